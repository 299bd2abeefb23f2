-- What lists show of a distribution: its document without templates. Null in rows of before, until they are written again.
ALTER TABLE distributions ADD COLUMN summary BLOB;

-- Lists are read in the order of an index, and counted over one that has all they are filtered by: a row has a mail in it.
DROP INDEX distributions_created;
CREATE INDEX distributions_created ON distributions (project, created_at, number, status, type, trigger_type, channels, name, subject);
CREATE INDEX distributions_updated ON distributions (project, updated_at, number, status);
CREATE INDEX distributions_named ON distributions (project, name, number, status);
