-- Pictures that mails show, and the files themselves apart from what lists show of them.
CREATE TABLE images (
    no bigint NOT NULL PRIMARY KEY,
    project integer NOT NULL,
    id text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    name text COLLATE "C",
    content_type text COLLATE "C" NOT NULL,
    width bigint NOT NULL,
    height bigint NOT NULL,
    bytes bigint NOT NULL,
    digest text COLLATE "C" NOT NULL,
    created_at bigint NOT NULL
);
CREATE UNIQUE INDEX images_id ON images (project, id);
CREATE UNIQUE INDEX images_digest ON images (project, digest);
CREATE INDEX images_created ON images (project, created_at, no);

CREATE TABLE image_contents (
    no bigint NOT NULL PRIMARY KEY,
    project integer NOT NULL,
    id text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    content_type text COLLATE "C" NOT NULL,
    content bytea NOT NULL,
    created_at bigint NOT NULL
);
CREATE UNIQUE INDEX image_contents_id ON image_contents (project, id);
CREATE INDEX image_contents_created ON image_contents (project, created_at, no);
