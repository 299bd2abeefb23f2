-- What must hold before an incentive is given. Every silo keeps rules and assignments in memory; a change moves the catalogue's version.
CREATE TABLE validation_rules (
    no bigint NOT NULL PRIMARY KEY,
    project integer NOT NULL,
    id text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    name text COLLATE "C" NOT NULL,
    type text COLLATE "C" NOT NULL,
    context_type text COLLATE "C" NOT NULL,
    document bytea NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint
);
CREATE UNIQUE INDEX validation_rules_id ON validation_rules (project, id);
CREATE INDEX validation_rules_created ON validation_rules (project, created_at, no);
CREATE INDEX validation_rules_updated ON validation_rules (project, updated_at NULLS FIRST, no);
CREATE INDEX validation_rules_name ON validation_rules (project, name NULLS FIRST, no);
CREATE TRIGGER validation_rules_made AFTER INSERT OR DELETE ON validation_rules FOR EACH ROW EXECUTE FUNCTION advance_catalogue();
CREATE TRIGGER validation_rules_changed AFTER UPDATE ON validation_rules FOR EACH ROW
    WHEN ((old.name, old.context_type, old.document) IS DISTINCT FROM (new.name, new.context_type, new.document))
    EXECUTE FUNCTION advance_catalogue();

-- To what a rule applies. The target is rule, type and id in one, so that it is there once; the object's number is a hash of its id, by which it is found.
CREATE TABLE validation_rule_assignments (
    no bigint NOT NULL PRIMARY KEY,
    project integer NOT NULL,
    id text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    target text COLLATE "C" NOT NULL,
    rule bigint NOT NULL,
    rule_id text COLLATE "C" NOT NULL,
    object bigint NOT NULL,
    object_type text COLLATE "C" NOT NULL,
    object_id text COLLATE "C" NOT NULL,
    created_at bigint NOT NULL
);
CREATE UNIQUE INDEX validation_rule_assignments_id ON validation_rule_assignments (project, id);
CREATE UNIQUE INDEX validation_rule_assignments_target ON validation_rule_assignments (project, target);
CREATE INDEX validation_rule_assignments_rule ON validation_rule_assignments (rule, no);
CREATE INDEX validation_rule_assignments_object ON validation_rule_assignments (object, no);
CREATE INDEX validation_rule_assignments_created ON validation_rule_assignments (project, created_at, no);
CREATE TRIGGER validation_rule_assignments_made AFTER INSERT OR DELETE ON validation_rule_assignments FOR EACH ROW EXECUTE FUNCTION advance_catalogue();
