-- The row of a distribution or a segment is all that is known of it: what its grain remembers beside what lists show, which write of it this is,
-- and whether something is left to do that whoever finds it after a crash has to finish. Rows from before lack that; grain storage has it.
ALTER TABLE distributions ADD COLUMN revision bigint NOT NULL DEFAULT 1, ADD COLUMN state bytea, ADD COLUMN unfinished integer NOT NULL DEFAULT 0;
UPDATE distributions SET unfinished = 1 WHERE status NOT IN ('draft', 'sent');
CREATE INDEX distributions_unfinished ON distributions (number) WHERE unfinished <> 0;
ALTER TABLE segments ADD COLUMN revision bigint NOT NULL DEFAULT 1, ADD COLUMN fingerprint text COLLATE "C", ADD COLUMN cursor bigint,
    ADD COLUMN deleted integer NOT NULL DEFAULT 0;
DROP TRIGGER segments_changed ON segments;
CREATE TRIGGER segments_changed AFTER UPDATE ON segments FOR EACH ROW
    WHEN ((old.name, old.type, old.baseline, old.synced, old.filter, old.deleted)
        IS DISTINCT FROM (new.name, new.type, new.baseline, new.synced, new.filter, new.deleted))
    EXECUTE FUNCTION advance_catalogue();
