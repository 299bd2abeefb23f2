-- Pictures that mails show, and the files themselves apart from what lists show of them.
CREATE TABLE images (
    no INTEGER PRIMARY KEY,
    project INTEGER NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    name TEXT,
    content_type TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    digest TEXT NOT NULL,
    created_at INTEGER NOT NULL
);
CREATE UNIQUE INDEX images_id ON images (project, id);
CREATE UNIQUE INDEX images_digest ON images (project, digest);
CREATE INDEX images_created ON images (project, created_at, no);

CREATE TABLE image_contents (
    no INTEGER PRIMARY KEY,
    project INTEGER NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    content_type TEXT NOT NULL,
    content BLOB NOT NULL,
    created_at INTEGER NOT NULL
);
CREATE UNIQUE INDEX image_contents_id ON image_contents (project, id);
CREATE INDEX image_contents_created ON image_contents (project, created_at, no);
