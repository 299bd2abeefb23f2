-- Attempts to hand messages over, without those that say no more than the row of their message: one that was sent at the first.
CREATE TABLE message_attempts (
    no INTEGER PRIMARY KEY,
    distribution INTEGER NOT NULL,
    message INTEGER NOT NULL,
    began_at INTEGER NOT NULL,
    took INTEGER NOT NULL,
    -- The state of the message afterwards.
    status INTEGER NOT NULL,
    answer TEXT
);
CREATE INDEX message_attempts_message ON message_attempts (distribution, message, no);
