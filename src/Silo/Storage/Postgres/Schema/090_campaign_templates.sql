-- What campaigns and promotion tiers are made of again and again.
CREATE TABLE campaign_templates (
    no bigint NOT NULL PRIMARY KEY,
    project integer NOT NULL,
    id text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    name text COLLATE "C" NOT NULL,
    description text COLLATE "C",
    campaign_type text COLLATE "C" NOT NULL,
    document bytea NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint
);
CREATE UNIQUE INDEX campaign_templates_id ON campaign_templates (project, id);
CREATE UNIQUE INDEX campaign_templates_name ON campaign_templates (project, name);
CREATE INDEX campaign_templates_created ON campaign_templates (project, created_at, no);
