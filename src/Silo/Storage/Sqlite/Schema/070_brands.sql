-- Who writes to the customers of a project; a project has one row or none.
CREATE TABLE brands (
    no INTEGER PRIMARY KEY,
    project INTEGER NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    place TEXT NOT NULL,
    details TEXT NOT NULL,
    created_at INTEGER NOT NULL
);
CREATE UNIQUE INDEX brands_id ON brands (project, id);
CREATE UNIQUE INDEX brands_place ON brands (project, place);
CREATE INDEX brands_created ON brands (project, created_at, no);
