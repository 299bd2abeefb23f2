-- Products and SKUs that are spoken of together. Every silo keeps them.
CREATE TABLE product_collections (
    no INTEGER PRIMARY KEY,
    project INTEGER NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    content BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER
);
CREATE UNIQUE INDEX product_collections_id ON product_collections (project, id);
CREATE UNIQUE INDEX product_collections_name ON product_collections (project, name);
CREATE INDEX product_collections_created ON product_collections (project, created_at, no);
CREATE INDEX product_collections_updated ON product_collections (project, updated_at, no);
