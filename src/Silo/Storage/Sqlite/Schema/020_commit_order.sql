-- In which order outcomes and log entries were committed, for readers that follow a distribution. Transactions are numbered by the only writer.
CREATE TABLE commit_position (
    position INTEGER NOT NULL
);
INSERT INTO commit_position (position) VALUES (0);

-- The messages of a distribution that one transaction finished, as a JSON array; those that still name it count.
CREATE TABLE outcomes (
    distribution INTEGER NOT NULL,
    recorded INTEGER NOT NULL,
    messages TEXT NOT NULL,
    PRIMARY KEY (distribution, recorded)
) WITHOUT ROWID;
ALTER TABLE messages ADD COLUMN recorded INTEGER;
ALTER TABLE distribution_log ADD COLUMN recorded INTEGER NOT NULL DEFAULT 0;

-- What is there already comes before everything else, by time.
UPDATE messages SET recorded = finished_at - 1000000000000000 WHERE finished_at IS NOT NULL;
INSERT INTO outcomes (distribution, recorded, messages)
SELECT distribution, recorded, json_group_array(no) FROM messages WHERE finished_at IS NOT NULL GROUP BY distribution, recorded;
UPDATE distribution_log SET recorded = created_at - 1000000000000000;

CREATE INDEX distribution_log_recorded ON distribution_log (distribution, recorded);
CREATE TRIGGER distribution_log_recorded AFTER INSERT ON distribution_log BEGIN
    UPDATE commit_position SET position = position + 1;
    UPDATE distribution_log SET recorded = (SELECT position FROM commit_position)
    WHERE distribution = new.distribution AND created_at = new.created_at AND no = new.no;
END;
