-- What providers reported of messages after they had taken them.
CREATE TABLE receipts (
    no INTEGER PRIMARY KEY,
    project INTEGER NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    state TEXT NOT NULL,
    reason TEXT,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
);
CREATE UNIQUE INDEX receipts_id ON receipts (project, id);
CREATE INDEX receipts_created ON receipts (project, created_at, no);
CREATE INDEX receipts_expires ON receipts (expires_at);
