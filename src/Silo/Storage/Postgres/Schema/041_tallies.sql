-- Figures that are shown and decide nothing. A writer adds to its own shard, so that none waits for another's commit; changed in place.
CREATE TABLE tallies (
    project integer NOT NULL,
    name text COLLATE "C" NOT NULL,
    shard integer NOT NULL,
    value bigint NOT NULL,
    PRIMARY KEY (project, name, shard)
) WITH (fillfactor = 60);
