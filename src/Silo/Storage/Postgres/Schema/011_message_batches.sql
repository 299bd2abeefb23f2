-- No index of messages holds anything that changes when a message is sent, and there is room for the next version of a row on its own page: so
-- the indexes are left alone. What is waiting, and when what was finished, is in tables of their own, by batches.
DROP INDEX messages_due, messages_finished, messages_exceptions;
ALTER TABLE messages SET (fillfactor = 75);

-- The status again where it is neither queued nor sent, which is usually of few among millions.
ALTER TABLE messages ADD COLUMN exception integer;
UPDATE messages SET exception = status WHERE status = 1 OR status >= 4;
-- Lists of them, and queueing failed ones again.
CREATE INDEX messages_exceptions ON messages (distribution, exception, no) WHERE exception IS NOT NULL;

-- What is being handed over right now, so that it is known whoever dies: one row for a batch. Whatever has an outcome leaves it.
ALTER TABLE hand_offs ADD COLUMN project integer;
UPDATE hand_offs h SET project = d.project FROM distributions d WHERE d.number = h.distribution;
UPDATE hand_offs h SET messages = ARRAY(
    SELECT e.no FROM unnest(h.messages) AS e (no) JOIN messages m ON m.distribution = h.distribution AND m.no = e.no AND m.status <= 1);
DELETE FROM hand_offs WHERE project IS NULL OR cardinality(messages) = 0;
ALTER TABLE hand_offs ALTER COLUMN project SET NOT NULL, DROP CONSTRAINT hand_offs_pkey, ADD PRIMARY KEY (distribution, no);
CREATE INDEX hand_offs_lane ON hand_offs (distribution, lane);

-- What waits: batches of one lane whose messages became owed together. A message that is queued or retrying is in one batch here, or in one
-- of hand_offs; one with a final state is in neither. A batch has the number of its first message, or a negative one.
CREATE TABLE queue (
    distribution integer NOT NULL,
    no bigint NOT NULL,
    lane integer NOT NULL,
    project integer NOT NULL,
    -- That of all its messages: 0 or 1.
    status integer NOT NULL,
    -- The latest of its messages.
    due_at bigint NOT NULL,
    messages bigint[] NOT NULL,
    PRIMARY KEY (distribution, no)
);
CREATE INDEX queue_due ON queue (distribution, lane, due_at, no);
CREATE SEQUENCE queue_numbers INCREMENT -1 CACHE 50;
INSERT INTO queue (distribution, no, lane, project, status, due_at, messages)
SELECT distribution, nextval('queue_numbers'), lane, project, status, due_at, messages FROM (
    SELECT distribution, lane, project, status, due_at, array_agg(no ORDER BY no) AS messages FROM (
        SELECT m.*, (row_number() OVER (PARTITION BY distribution, lane, status, due_at ORDER BY no) - 1) / 200 AS part FROM messages m
        WHERE status <= 1 AND NOT EXISTS (SELECT 1 FROM hand_offs h WHERE h.distribution = m.distribution AND h.lane = m.lane AND m.no = ANY (h.messages))
    ) waiting GROUP BY distribution, lane, project, status, due_at, part
) batches;

-- In which order messages were finished: those of one moment that ended alike. Only those whose finished_at is still this one count.
CREATE TABLE outcomes (
    distribution integer NOT NULL,
    finished_at bigint NOT NULL,
    -- 3 sent, 4 failed, 5 skipped, 6 canceled, 7 sent after it had failed
    kind integer NOT NULL,
    messages bigint[] NOT NULL
);
INSERT INTO outcomes (distribution, finished_at, kind, messages)
SELECT distribution, finished_at, CASE WHEN status = 3 AND failed_at IS NOT NULL THEN 7 ELSE status END AS kind, array_agg(no)
FROM messages WHERE finished_at IS NOT NULL GROUP BY 1, 2, 3;
CREATE INDEX outcomes_finished ON outcomes (distribution, finished_at);
CREATE INDEX outcomes_kind ON outcomes (distribution, kind, finished_at);
