-- Tokens that open a project for a quarter of an hour. Only their hashes.
CREATE TABLE oauth_tokens (
    no INTEGER PRIMARY KEY,
    project INTEGER NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    hash BLOB NOT NULL,
    app_id TEXT NOT NULL,
    scope TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
);
CREATE UNIQUE INDEX oauth_tokens_id ON oauth_tokens (project, id);
CREATE INDEX oauth_tokens_created ON oauth_tokens (project, created_at, no);
CREATE INDEX oauth_tokens_expires ON oauth_tokens (expires_at);
