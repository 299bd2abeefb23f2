-- Named sets of credentials of providers. Every silo keeps them.
CREATE TABLE connections (
    no INTEGER PRIMARY KEY,
    project INTEGER NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    provider TEXT NOT NULL,
    settings TEXT NOT NULL,
    secrets TEXT NOT NULL,
    credentials TEXT NOT NULL,
    is_default INTEGER NOT NULL,
    is_paused INTEGER NOT NULL,
    rate_limit INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER
);
CREATE UNIQUE INDEX connections_id ON connections (project, id);
CREATE UNIQUE INDEX connections_name ON connections (project, name);
CREATE INDEX connections_created ON connections (project, created_at, no);
