-- How often the author of a segment wrote it; and the distribution to whose draft it belongs until that is activated.
ALTER TABLE segments ADD COLUMN version bigint NOT NULL DEFAULT 1, ADD COLUMN draft_of text COLLATE "C";
DROP TRIGGER segments_changed ON segments;
CREATE TRIGGER segments_changed AFTER UPDATE ON segments FOR EACH ROW
    WHEN ((old.name, old.type, old.baseline, old.synced, old.filter, old.deleted, old.zones, old.draft_of)
        IS DISTINCT FROM (new.name, new.type, new.baseline, new.synced, new.filter, new.deleted, new.zones, new.draft_of))
    EXECUTE FUNCTION advance_catalogue();
