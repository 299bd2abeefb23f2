-- Attempts to hand messages over, without those that say no more than the row of their message: one that was sent at the first.
CREATE TABLE message_attempts (
    distribution integer NOT NULL,
    message bigint NOT NULL,
    no bigint GENERATED ALWAYS AS IDENTITY,
    began_at bigint NOT NULL,
    took bigint NOT NULL,
    -- The state of the message afterwards.
    status integer NOT NULL,
    answer text,
    PRIMARY KEY (distribution, message, no)
);
