-- What campaigns and promotion tiers are made of again and again.
CREATE TABLE campaign_templates (
    no INTEGER PRIMARY KEY,
    project INTEGER NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    name TEXT NOT NULL,
    description TEXT,
    campaign_type TEXT NOT NULL,
    document BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER
);
CREATE UNIQUE INDEX campaign_templates_id ON campaign_templates (project, id);
CREATE UNIQUE INDEX campaign_templates_name ON campaign_templates (project, name);
CREATE INDEX campaign_templates_created ON campaign_templates (project, created_at, no);
