-- The row of a distribution or a segment is all that is known of it: what its grain remembers beside what lists show, which write of it this is,
-- and whether something is left to do that whoever finds it after a crash has to finish. Rows from before lack that; grain storage has it.
ALTER TABLE distributions ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;
ALTER TABLE distributions ADD COLUMN state BLOB;
ALTER TABLE distributions ADD COLUMN unfinished INTEGER NOT NULL DEFAULT 0;
UPDATE distributions SET unfinished = 1 WHERE status NOT IN ('draft', 'sent');
CREATE INDEX distributions_unfinished ON distributions (number) WHERE unfinished <> 0;
ALTER TABLE segments ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;
ALTER TABLE segments ADD COLUMN fingerprint TEXT;
ALTER TABLE segments ADD COLUMN cursor INTEGER;
ALTER TABLE segments ADD COLUMN deleted INTEGER NOT NULL DEFAULT 0;
