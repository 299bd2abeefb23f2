-- Files of objects that somebody asked for. They and what is in them are there for a day.
CREATE TABLE exports (
    no bigint NOT NULL PRIMARY KEY,
    project integer NOT NULL,
    id text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    exported_object text COLLATE "C" NOT NULL,
    status text COLLATE "C" NOT NULL,
    parameters bytea NOT NULL,
    state bytea NOT NULL,
    secret bytea NOT NULL,
    channel text COLLATE "C" NOT NULL,
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    pending_since bigint
);
CREATE UNIQUE INDEX exports_id ON exports (project, id);
CREATE INDEX exports_created ON exports (project, created_at, no);
CREATE INDEX exports_status ON exports (project, status NULLS FIRST, no);
CREATE INDEX exports_expires ON exports (expires_at);
CREATE INDEX exports_pending ON exports (pending_since) WHERE pending_since IS NOT NULL;

CREATE TABLE export_parts (
    no bigint NOT NULL PRIMARY KEY,
    project integer NOT NULL,
    id text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    export bigint NOT NULL,
    data bytea NOT NULL,
    expires_at bigint NOT NULL
);
CREATE UNIQUE INDEX export_parts_id ON export_parts (project, id);
CREATE INDEX export_parts_export ON export_parts (export, no);
CREATE INDEX export_parts_expires ON export_parts (expires_at);
