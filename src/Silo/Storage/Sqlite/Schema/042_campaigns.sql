-- What codes are made for, and what they are worth.
CREATE TABLE campaigns (
    no INTEGER PRIMARY KEY,
    project INTEGER NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    name TEXT,
    campaign_type TEXT NOT NULL,
    type TEXT NOT NULL,
    active INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    wanted INTEGER NOT NULL,
    short INTEGER NOT NULL,
    fields BLOB NOT NULL,
    terms BLOB NOT NULL,
    metadata BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER
);
CREATE UNIQUE INDEX campaigns_id ON campaigns (project, id);
CREATE UNIQUE INDEX campaigns_name ON campaigns (project, name) WHERE name IS NOT NULL;
CREATE INDEX campaigns_created ON campaigns (project, created_at, no);

-- What codes were worth that were given out before a campaign was changed.
CREATE TABLE campaign_terms (
    no INTEGER PRIMARY KEY,
    project INTEGER NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    campaign INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    terms BLOB NOT NULL,
    created_at INTEGER NOT NULL
);
CREATE UNIQUE INDEX campaign_terms_id ON campaign_terms (project, id);
CREATE INDEX campaign_terms_created ON campaign_terms (project, created_at, no);
