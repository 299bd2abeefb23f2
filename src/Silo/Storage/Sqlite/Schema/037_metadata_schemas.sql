-- What metadata of objects and of custom events must be. Every silo keeps them.
CREATE TABLE metadata_schemas (
    no INTEGER PRIMARY KEY,
    project INTEGER NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    subject TEXT NOT NULL,
    allow_defined_only INTEGER,
    properties BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER
);
CREATE UNIQUE INDEX metadata_schemas_id ON metadata_schemas (project, id);
CREATE UNIQUE INDEX metadata_schemas_subject ON metadata_schemas (project, subject);
CREATE INDEX metadata_schemas_created ON metadata_schemas (project, created_at, no);
