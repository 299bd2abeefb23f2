-- Discounts that need no code, and several of them that are used together.
CREATE TABLE promotion_tiers (
    no bigint NOT NULL PRIMARY KEY,
    project integer NOT NULL,
    id text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    campaign bigint NOT NULL,
    name text COLLATE "C" NOT NULL,
    active bigint NOT NULL,
    hierarchy bigint NOT NULL,
    fields bytea NOT NULL,
    metadata bytea NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint
);
CREATE UNIQUE INDEX promotion_tiers_id ON promotion_tiers (project, id);
CREATE INDEX promotion_tiers_campaign ON promotion_tiers (campaign, no);
CREATE INDEX promotion_tiers_created ON promotion_tiers (project, created_at, no);

CREATE TABLE promotion_stacks (
    no bigint NOT NULL PRIMARY KEY,
    project integer NOT NULL,
    id text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    campaign bigint NOT NULL,
    name text COLLATE "C" NOT NULL,
    tiers bytea NOT NULL,
    category_id text COLLATE "C",
    created_at bigint NOT NULL,
    updated_at bigint
);
CREATE UNIQUE INDEX promotion_stacks_id ON promotion_stacks (project, id);
CREATE INDEX promotion_stacks_campaign ON promotion_stacks (campaign, no);
CREATE INDEX promotion_stacks_created ON promotion_stacks (project, created_at, no);
CREATE TRIGGER promotion_tiers_changed AFTER INSERT OR UPDATE OR DELETE ON promotion_tiers FOR EACH ROW EXECUTE FUNCTION advance_catalogue();
CREATE TRIGGER promotion_stacks_changed AFTER INSERT OR UPDATE OR DELETE ON promotion_stacks FOR EACH ROW EXECUTE FUNCTION advance_catalogue();

-- Every silo keeps the categories that discounts are in.
CREATE TRIGGER categories_of_tiers_changed AFTER INSERT OR UPDATE OR DELETE ON categories FOR EACH ROW EXECUTE FUNCTION advance_catalogue();
