-- What codes are made for, and what they are worth.
CREATE TABLE campaigns (
    no bigint NOT NULL PRIMARY KEY,
    project integer NOT NULL,
    id text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    name text COLLATE "C",
    campaign_type text COLLATE "C" NOT NULL,
    type text COLLATE "C" NOT NULL,
    active bigint NOT NULL,
    revision bigint NOT NULL,
    wanted bigint NOT NULL,
    short bigint NOT NULL,
    fields bytea NOT NULL,
    terms bytea NOT NULL,
    metadata bytea NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint
);
CREATE UNIQUE INDEX campaigns_id ON campaigns (project, id);
CREATE UNIQUE INDEX campaigns_name ON campaigns (project, name) WHERE name IS NOT NULL;
CREATE INDEX campaigns_created ON campaigns (project, created_at, no);

-- What codes were worth that were given out before a campaign was changed.
CREATE TABLE campaign_terms (
    no bigint NOT NULL PRIMARY KEY,
    project integer NOT NULL,
    id text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    campaign bigint NOT NULL,
    revision bigint NOT NULL,
    terms bytea NOT NULL,
    created_at bigint NOT NULL
);
CREATE UNIQUE INDEX campaign_terms_id ON campaign_terms (project, id);
CREATE INDEX campaign_terms_created ON campaign_terms (project, created_at, no);
CREATE TRIGGER campaigns_changed AFTER INSERT OR UPDATE OR DELETE ON campaigns FOR EACH ROW EXECUTE FUNCTION advance_catalogue();
CREATE TRIGGER campaign_terms_changed AFTER INSERT OR UPDATE OR DELETE ON campaign_terms FOR EACH ROW EXECUTE FUNCTION advance_catalogue();
