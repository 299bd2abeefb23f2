-- Discounts that need no code, and several of them that are used together.
CREATE TABLE promotion_tiers (
    no INTEGER PRIMARY KEY,
    project INTEGER NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    campaign INTEGER NOT NULL,
    name TEXT NOT NULL,
    active INTEGER NOT NULL,
    hierarchy INTEGER NOT NULL,
    fields BLOB NOT NULL,
    metadata BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER
);
CREATE UNIQUE INDEX promotion_tiers_id ON promotion_tiers (project, id);
CREATE INDEX promotion_tiers_campaign ON promotion_tiers (campaign, no);
CREATE INDEX promotion_tiers_created ON promotion_tiers (project, created_at, no);

CREATE TABLE promotion_stacks (
    no INTEGER PRIMARY KEY,
    project INTEGER NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    campaign INTEGER NOT NULL,
    name TEXT NOT NULL,
    tiers BLOB NOT NULL,
    category_id TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER
);
CREATE UNIQUE INDEX promotion_stacks_id ON promotion_stacks (project, id);
CREATE INDEX promotion_stacks_campaign ON promotion_stacks (campaign, no);
CREATE INDEX promotion_stacks_created ON promotion_stacks (project, created_at, no);
