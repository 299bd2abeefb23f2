-- What lists show of a distribution: its document without templates. Null in rows of before, until they are written again.
ALTER TABLE distributions ADD COLUMN summary bytea;

-- Lists are read in the order of an index. What they are filtered by is in the row, which has its mail elsewhere.
CREATE INDEX distributions_updated ON distributions (project, updated_at NULLS FIRST, number);
CREATE INDEX distributions_named ON distributions (project, name NULLS FIRST, number);
