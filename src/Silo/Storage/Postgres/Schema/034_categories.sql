-- By which discounts that are used together take their turn.
CREATE TABLE categories (
    no bigint NOT NULL PRIMARY KEY,
    project integer NOT NULL,
    id text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    name text COLLATE "C" NOT NULL,
    hierarchy bigint NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint
);
CREATE UNIQUE INDEX categories_id ON categories (project, id);
CREATE INDEX categories_created ON categories (project, created_at, no);
