-- What metadata of objects and of custom events must be. Every silo keeps them.
CREATE TABLE metadata_schemas (
    no bigint NOT NULL PRIMARY KEY,
    project integer NOT NULL,
    id text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    subject text COLLATE "C" NOT NULL,
    allow_defined_only bigint,
    properties bytea NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint
);
CREATE UNIQUE INDEX metadata_schemas_id ON metadata_schemas (project, id);
CREATE UNIQUE INDEX metadata_schemas_subject ON metadata_schemas (project, subject);
CREATE INDEX metadata_schemas_created ON metadata_schemas (project, created_at, no);
CREATE TRIGGER metadata_schemas_changed AFTER INSERT OR UPDATE OR DELETE ON metadata_schemas FOR EACH ROW EXECUTE FUNCTION advance_catalogue();
