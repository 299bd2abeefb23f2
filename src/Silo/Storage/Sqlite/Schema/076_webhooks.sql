-- Where events of a project are posted to. Every silo keeps them.
CREATE TABLE webhooks (
    no INTEGER PRIMARY KEY,
    project INTEGER NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    target_url TEXT NOT NULL,
    events TEXT NOT NULL,
    active INTEGER NOT NULL,
    disabled_reason TEXT,
    disabled_at INTEGER,
    secrets TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER
);
CREATE UNIQUE INDEX webhooks_id ON webhooks (project, id);
CREATE INDEX webhooks_created ON webhooks (project, created_at, no);
