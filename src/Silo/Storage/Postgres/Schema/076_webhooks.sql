-- Where events of a project are posted to. Every silo keeps them.
CREATE TABLE webhooks (
    no bigint NOT NULL PRIMARY KEY,
    project integer NOT NULL,
    id text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    target_url text COLLATE "C" NOT NULL,
    events text COLLATE "C" NOT NULL,
    active bigint NOT NULL,
    disabled_reason text COLLATE "C",
    disabled_at bigint,
    secrets text COLLATE "C" NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint
);
CREATE UNIQUE INDEX webhooks_id ON webhooks (project, id);
CREATE INDEX webhooks_created ON webhooks (project, created_at, no);
CREATE TRIGGER webhooks_changed AFTER INSERT OR UPDATE OR DELETE ON webhooks FOR EACH ROW EXECUTE FUNCTION advance_catalogue();
