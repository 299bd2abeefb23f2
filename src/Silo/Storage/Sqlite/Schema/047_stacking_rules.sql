-- How several discounts of one request go together: one row a project at the most. Every silo keeps it.
CREATE TABLE stacking_rules (
    no INTEGER PRIMARY KEY,
    project INTEGER NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    place TEXT NOT NULL,
    rules BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER
);
CREATE UNIQUE INDEX stacking_rules_id ON stacking_rules (project, id);
CREATE UNIQUE INDEX stacking_rules_place ON stacking_rules (project, place);
CREATE INDEX stacking_rules_created ON stacking_rules (project, created_at, no);
