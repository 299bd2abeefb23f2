-- In which time zones the filter was and is read, each from an instant on, as a JSON array. Null: always in the project's.
ALTER TABLE segments ADD COLUMN zones text COLLATE "C";
DROP TRIGGER segments_changed ON segments;
CREATE TRIGGER segments_changed AFTER UPDATE ON segments FOR EACH ROW
    WHEN ((old.name, old.type, old.baseline, old.synced, old.filter, old.deleted, old.zones)
        IS DISTINCT FROM (new.name, new.type, new.baseline, new.synced, new.filter, new.deleted, new.zones))
    EXECUTE FUNCTION advance_catalogue();
