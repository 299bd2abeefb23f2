-- Who writes to the customers of a project; a project has one row or none.
CREATE TABLE brands (
    no bigint NOT NULL PRIMARY KEY,
    project integer NOT NULL,
    id text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    place text COLLATE "C" NOT NULL,
    details text COLLATE "C" NOT NULL,
    created_at bigint NOT NULL
);
CREATE UNIQUE INDEX brands_id ON brands (project, id);
CREATE UNIQUE INDEX brands_place ON brands (project, place);
CREATE INDEX brands_created ON brands (project, created_at, no);
CREATE TRIGGER brands_changed AFTER INSERT OR UPDATE OR DELETE ON brands FOR EACH ROW EXECUTE FUNCTION advance_catalogue();
