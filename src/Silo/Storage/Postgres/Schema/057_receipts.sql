-- What providers reported of messages after they had taken them.
CREATE TABLE receipts (
    no bigint NOT NULL PRIMARY KEY,
    project integer NOT NULL,
    id text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    state text COLLATE "C" NOT NULL,
    reason text COLLATE "C",
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL
);
CREATE UNIQUE INDEX receipts_id ON receipts (project, id);
CREATE INDEX receipts_created ON receipts (project, created_at, no);
CREATE INDEX receipts_expires ON receipts (expires_at);
