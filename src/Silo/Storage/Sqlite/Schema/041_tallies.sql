-- Figures that are shown and decide nothing.
CREATE TABLE tallies (
    project INTEGER NOT NULL,
    name TEXT NOT NULL,
    value INTEGER NOT NULL,
    PRIMARY KEY (project, name)
) WITHOUT ROWID;
