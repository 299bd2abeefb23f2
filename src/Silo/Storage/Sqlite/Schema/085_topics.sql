-- What a project writes about, so that who reads can choose. Every silo keeps them.
CREATE TABLE topics (
    no INTEGER PRIMARY KEY,
    project INTEGER NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    name TEXT NOT NULL,
    description TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER
);
CREATE UNIQUE INDEX topics_id ON topics (project, id);
CREATE UNIQUE INDEX topics_name ON topics (project, name);
CREATE INDEX topics_created ON topics (project, created_at, no);

-- Since when a mailbox is read for a connection that mail comes back to.
ALTER TABLE connections ADD COLUMN mailbox_since INTEGER;
CREATE INDEX connections_pending ON connections (mailbox_since) WHERE mailbox_since IS NOT NULL;
