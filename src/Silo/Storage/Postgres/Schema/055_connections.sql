-- Named sets of credentials of providers. Every silo keeps them.
CREATE TABLE connections (
    no bigint NOT NULL PRIMARY KEY,
    project integer NOT NULL,
    id text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    name text COLLATE "C" NOT NULL,
    type text COLLATE "C" NOT NULL,
    provider text COLLATE "C" NOT NULL,
    settings text COLLATE "C" NOT NULL,
    secrets text COLLATE "C" NOT NULL,
    credentials text COLLATE "C" NOT NULL,
    is_default bigint NOT NULL,
    is_paused bigint NOT NULL,
    rate_limit bigint,
    created_at bigint NOT NULL,
    updated_at bigint
);
CREATE UNIQUE INDEX connections_id ON connections (project, id);
CREATE UNIQUE INDEX connections_name ON connections (project, name);
CREATE INDEX connections_created ON connections (project, created_at, no);
CREATE TRIGGER connections_changed AFTER INSERT OR UPDATE OR DELETE ON connections FOR EACH ROW EXECUTE FUNCTION advance_catalogue();
