-- Tiers of loyalty programmes.
CREATE TABLE loyalty_tiers (
    no INTEGER PRIMARY KEY,
    project INTEGER NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    campaign INTEGER NOT NULL,
    name TEXT NOT NULL,
    points_from INTEGER NOT NULL,
    fields BLOB NOT NULL,
    metadata BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER
);
CREATE UNIQUE INDEX loyalty_tiers_id ON loyalty_tiers (project, id);
CREATE INDEX loyalty_tiers_campaign ON loyalty_tiers (campaign, no);
CREATE INDEX loyalty_tiers_created ON loyalty_tiers (project, created_at, no);

-- For what members get points.
CREATE TABLE loyalty_earning_rules (
    no INTEGER PRIMARY KEY,
    project INTEGER NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    campaign INTEGER NOT NULL,
    event TEXT NOT NULL,
    active INTEGER NOT NULL,
    fields BLOB NOT NULL,
    metadata BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER
);
CREATE UNIQUE INDEX loyalty_earning_rules_id ON loyalty_earning_rules (project, id);
CREATE INDEX loyalty_earning_rules_campaign ON loyalty_earning_rules (campaign, no);
CREATE INDEX loyalty_earning_rules_created ON loyalty_earning_rules (project, created_at, no);
