-- What a project writes about, so that who reads can choose. Every silo keeps them.
CREATE TABLE topics (
    no bigint NOT NULL PRIMARY KEY,
    project integer NOT NULL,
    id text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    name text COLLATE "C" NOT NULL,
    description text COLLATE "C",
    created_at bigint NOT NULL,
    updated_at bigint
);
CREATE UNIQUE INDEX topics_id ON topics (project, id);
CREATE UNIQUE INDEX topics_name ON topics (project, name);
CREATE INDEX topics_created ON topics (project, created_at, no);
CREATE TRIGGER topics_changed AFTER INSERT OR UPDATE OR DELETE ON topics FOR EACH ROW EXECUTE FUNCTION advance_catalogue();

-- Since when a mailbox is read for a connection that mail comes back to.
ALTER TABLE connections ADD COLUMN mailbox_since bigint;
CREATE INDEX connections_pending ON connections (mailbox_since) WHERE mailbox_since IS NOT NULL;
