-- By which discounts that are used together take their turn.
CREATE TABLE categories (
    no INTEGER PRIMARY KEY,
    project INTEGER NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    name TEXT NOT NULL,
    hierarchy INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER
);
CREATE UNIQUE INDEX categories_id ON categories (project, id);
CREATE INDEX categories_created ON categories (project, created_at, no);
