-- What the shop sells.
CREATE TABLE products (
    no bigint NOT NULL PRIMARY KEY,
    project integer NOT NULL,
    id text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    source_id text COLLATE "C",
    name text COLLATE "C",
    price bigint,
    attributes bytea NOT NULL,
    image_url text COLLATE "C",
    metadata bytea NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint
);
CREATE UNIQUE INDEX products_id ON products (project, id);
CREATE UNIQUE INDEX products_source ON products (project, source_id) WHERE source_id IS NOT NULL;
CREATE INDEX products_created ON products (project, created_at, no);
CREATE INDEX products_updated ON products (project, updated_at NULLS FIRST, no);

-- In which forms it sells a product.
CREATE TABLE skus (
    no bigint NOT NULL PRIMARY KEY,
    project integer NOT NULL,
    id text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    source_id text COLLATE "C",
    product bigint NOT NULL,
    product_id text COLLATE "C" NOT NULL,
    sku text COLLATE "C",
    price bigint,
    currency text COLLATE "C",
    attributes bytea NOT NULL,
    image_url text COLLATE "C",
    metadata bytea NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint
);
CREATE UNIQUE INDEX skus_id ON skus (project, id);
CREATE UNIQUE INDEX skus_source ON skus (project, source_id) WHERE source_id IS NOT NULL;
CREATE INDEX skus_product ON skus (product, no);
CREATE INDEX skus_created ON skus (project, created_at, no);
CREATE INDEX skus_updated ON skus (project, updated_at NULLS FIRST, no);
