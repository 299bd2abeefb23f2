-- Files of objects that somebody asked for. They and what is in them are there for a day.
CREATE TABLE exports (
    no INTEGER PRIMARY KEY,
    project INTEGER NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    exported_object TEXT NOT NULL,
    status TEXT NOT NULL,
    parameters BLOB NOT NULL,
    state BLOB NOT NULL,
    secret BLOB NOT NULL,
    channel TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    pending_since INTEGER
);
CREATE UNIQUE INDEX exports_id ON exports (project, id);
CREATE INDEX exports_created ON exports (project, created_at, no);
CREATE INDEX exports_status ON exports (project, status, no);
CREATE INDEX exports_expires ON exports (expires_at);
CREATE INDEX exports_pending ON exports (pending_since) WHERE pending_since IS NOT NULL;

CREATE TABLE export_parts (
    no INTEGER PRIMARY KEY,
    project INTEGER NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    export INTEGER NOT NULL,
    data BLOB NOT NULL,
    expires_at INTEGER NOT NULL
);
CREATE UNIQUE INDEX export_parts_id ON export_parts (project, id);
CREATE INDEX export_parts_export ON export_parts (export, no);
CREATE INDEX export_parts_expires ON export_parts (expires_at);
