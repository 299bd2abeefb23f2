-- Products and SKUs that are spoken of together. Every silo keeps them.
CREATE TABLE product_collections (
    no bigint NOT NULL PRIMARY KEY,
    project integer NOT NULL,
    id text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    name text COLLATE "C" NOT NULL,
    type text COLLATE "C" NOT NULL,
    content bytea NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint
);
CREATE UNIQUE INDEX product_collections_id ON product_collections (project, id);
CREATE UNIQUE INDEX product_collections_name ON product_collections (project, name);
CREATE INDEX product_collections_created ON product_collections (project, created_at, no);
CREATE INDEX product_collections_updated ON product_collections (project, updated_at NULLS FIRST, no);
CREATE TRIGGER product_collections_changed AFTER INSERT OR UPDATE OR DELETE ON product_collections FOR EACH ROW EXECUTE FUNCTION advance_catalogue();
