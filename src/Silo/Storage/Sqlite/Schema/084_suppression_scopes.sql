-- Suppressions of all channels, and of one topic. Who is asked about first is the address: one walk finds everything that is said of it.
CREATE TABLE suppressions_scoped (
    project INTEGER NOT NULL,
    channel TEXT NOT NULL,
    address TEXT NOT NULL,
    topic TEXT NOT NULL DEFAULT '',
    reason TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (project, address, channel, topic)
) WITHOUT ROWID;
INSERT INTO suppressions_scoped (project, channel, address, reason, created_at) SELECT project, channel, address, reason, created_at FROM suppressions;
DROP TABLE suppressions;
ALTER TABLE suppressions_scoped RENAME TO suppressions;
CREATE INDEX suppressions_created ON suppressions (project, created_at DESC, channel, address, topic);
CREATE INDEX suppressions_reason ON suppressions (project, reason, created_at DESC, channel, address, topic);
CREATE INDEX suppressions_address ON suppressions (project, address);
