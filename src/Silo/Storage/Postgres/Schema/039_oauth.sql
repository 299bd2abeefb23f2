-- Tokens that open a project for a quarter of an hour. Only their hashes.
CREATE TABLE oauth_tokens (
    no bigint NOT NULL PRIMARY KEY,
    project integer NOT NULL,
    id text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    hash bytea NOT NULL,
    app_id text COLLATE "C" NOT NULL,
    scope text COLLATE "C" NOT NULL,
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL
);
CREATE UNIQUE INDEX oauth_tokens_id ON oauth_tokens (project, id);
CREATE INDEX oauth_tokens_created ON oauth_tokens (project, created_at, no);
CREATE INDEX oauth_tokens_expires ON oauth_tokens (expires_at);
