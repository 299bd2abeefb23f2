-- What must hold before an incentive is given.
CREATE TABLE validation_rules (
    no INTEGER PRIMARY KEY,
    project INTEGER NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    context_type TEXT NOT NULL,
    document BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER
);
CREATE UNIQUE INDEX validation_rules_id ON validation_rules (project, id);
CREATE INDEX validation_rules_created ON validation_rules (project, created_at, no);
CREATE INDEX validation_rules_updated ON validation_rules (project, updated_at, no);
CREATE INDEX validation_rules_name ON validation_rules (project, name, no);

-- To what a rule applies. The target is rule, type and id in one, so that it is there once; the object's number is a hash of its id, by which it is found.
CREATE TABLE validation_rule_assignments (
    no INTEGER PRIMARY KEY,
    project INTEGER NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    target TEXT NOT NULL,
    rule INTEGER NOT NULL,
    rule_id TEXT NOT NULL,
    object INTEGER NOT NULL,
    object_type TEXT NOT NULL,
    object_id TEXT NOT NULL,
    created_at INTEGER NOT NULL
);
CREATE UNIQUE INDEX validation_rule_assignments_id ON validation_rule_assignments (project, id);
CREATE UNIQUE INDEX validation_rule_assignments_target ON validation_rule_assignments (project, target);
CREATE INDEX validation_rule_assignments_rule ON validation_rule_assignments (rule, no);
CREATE INDEX validation_rule_assignments_object ON validation_rule_assignments (object, no);
CREATE INDEX validation_rule_assignments_created ON validation_rule_assignments (project, created_at, no);
