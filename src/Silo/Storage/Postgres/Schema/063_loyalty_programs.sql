-- Tiers of loyalty programmes.
CREATE TABLE loyalty_tiers (
    no bigint NOT NULL PRIMARY KEY,
    project integer NOT NULL,
    id text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    campaign bigint NOT NULL,
    name text COLLATE "C" NOT NULL,
    points_from bigint NOT NULL,
    fields bytea NOT NULL,
    metadata bytea NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint
);
CREATE UNIQUE INDEX loyalty_tiers_id ON loyalty_tiers (project, id);
CREATE INDEX loyalty_tiers_campaign ON loyalty_tiers (campaign, no);
CREATE INDEX loyalty_tiers_created ON loyalty_tiers (project, created_at, no);

-- For what members get points.
CREATE TABLE loyalty_earning_rules (
    no bigint NOT NULL PRIMARY KEY,
    project integer NOT NULL,
    id text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    campaign bigint NOT NULL,
    event text COLLATE "C" NOT NULL,
    active bigint NOT NULL,
    fields bytea NOT NULL,
    metadata bytea NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint
);
CREATE UNIQUE INDEX loyalty_earning_rules_id ON loyalty_earning_rules (project, id);
CREATE INDEX loyalty_earning_rules_campaign ON loyalty_earning_rules (campaign, no);
CREATE INDEX loyalty_earning_rules_created ON loyalty_earning_rules (project, created_at, no);

CREATE TRIGGER loyalty_tiers_changed AFTER INSERT OR UPDATE OR DELETE ON loyalty_tiers FOR EACH ROW EXECUTE FUNCTION advance_catalogue();
CREATE TRIGGER loyalty_earning_rules_changed AFTER INSERT OR UPDATE OR DELETE ON loyalty_earning_rules FOR EACH ROW EXECUTE FUNCTION advance_catalogue();
