-- What the shop sells.
CREATE TABLE products (
    no INTEGER PRIMARY KEY,
    project INTEGER NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    source_id TEXT,
    name TEXT,
    price INTEGER,
    attributes BLOB NOT NULL,
    image_url TEXT,
    metadata BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER
);
CREATE UNIQUE INDEX products_id ON products (project, id);
CREATE UNIQUE INDEX products_source ON products (project, source_id) WHERE source_id IS NOT NULL;
CREATE INDEX products_created ON products (project, created_at, no);
CREATE INDEX products_updated ON products (project, updated_at, no);

-- In which forms it sells a product.
CREATE TABLE skus (
    no INTEGER PRIMARY KEY,
    project INTEGER NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    source_id TEXT,
    product INTEGER NOT NULL,
    product_id TEXT NOT NULL,
    sku TEXT,
    price INTEGER,
    currency TEXT,
    attributes BLOB NOT NULL,
    image_url TEXT,
    metadata BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER
);
CREATE UNIQUE INDEX skus_id ON skus (project, id);
CREATE UNIQUE INDEX skus_source ON skus (project, source_id) WHERE source_id IS NOT NULL;
CREATE INDEX skus_product ON skus (product, no);
CREATE INDEX skus_created ON skus (project, created_at, no);
CREATE INDEX skus_updated ON skus (project, updated_at, no);
