-- How several discounts of one request go together: one row a project at the most. Every silo keeps it.
CREATE TABLE stacking_rules (
    no bigint NOT NULL PRIMARY KEY,
    project integer NOT NULL,
    id text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    place text COLLATE "C" NOT NULL,
    rules bytea NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint
);
CREATE UNIQUE INDEX stacking_rules_id ON stacking_rules (project, id);
CREATE UNIQUE INDEX stacking_rules_place ON stacking_rules (project, place);
CREATE INDEX stacking_rules_created ON stacking_rules (project, created_at, no);
CREATE TRIGGER stacking_rules_changed AFTER INSERT OR UPDATE OR DELETE ON stacking_rules FOR EACH ROW EXECUTE FUNCTION advance_catalogue();
-- Every silo keeps categories as well now.
CREATE TRIGGER categories_changed AFTER INSERT OR UPDATE OR DELETE ON categories FOR EACH ROW EXECUTE FUNCTION advance_catalogue();
