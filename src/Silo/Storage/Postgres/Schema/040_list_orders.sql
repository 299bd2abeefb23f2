-- Taken at once and at the beginning, as in 029.
LOCK TABLE customers, memberships IN ACCESS EXCLUSIVE MODE;

-- Members in the order of their source ids. A source id is given once and never changed; who is given one while a member has it written here, too.
ALTER TABLE memberships ADD COLUMN source_id text COLLATE "C";
ALTER TABLE memberships ALTER source_id SET STATISTICS 10;
UPDATE memberships m SET source_id = c.source_id FROM customers c WHERE c.no = m.customer AND c.source_id IS NOT NULL;
CREATE INDEX memberships_source ON memberships (segment, source_id NULLS FIRST, customer);

CREATE FUNCTION place_members() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- A chunk of a synchronisation that is not committed has members that cannot be seen yet (SyncLocks, whose number this is).
    PERFORM pg_advisory_xact_lock_shared(2, s.number) FROM segments s WHERE s.project = NEW.project AND s.synced = 0;
    UPDATE memberships m SET source_id = NEW.source_id FROM segments s WHERE s.project = NEW.project AND m.segment = s.number AND m.customer = NEW.no;
    RETURN NULL;
END
$$;
CREATE TRIGGER customers_placed AFTER UPDATE OF source_id ON customers FOR EACH ROW
    WHEN (OLD.source_id IS DISTINCT FROM NEW.source_id) EXECUTE FUNCTION place_members();

-- What else is asked or sorted by stands in the index, so that nothing is read of a row that is not on the page. None of it changes with an event.
DROP INDEX customers_source;
CREATE UNIQUE INDEX customers_source ON customers (project, source_id NULLS FIRST) INCLUDE (no, created_at, updated_at);

-- Names and cities themselves instead of their beginnings, which the planner does not take for them: what is longer than they may be today was
-- written by an earlier version, and has an index of its own.
DROP INDEX customers_name;
DROP INDEX customers_city;
CREATE INDEX customers_name ON customers (project, name, created_at, no) INCLUDE (updated_at) WHERE length(name) <= 300;
CREATE INDEX customers_city ON customers (project, city, created_at, no) INCLUDE (updated_at) WHERE length(city) <= 300;
CREATE INDEX customers_long_name ON customers (project, left(name, 300), created_at, no) WHERE length(name) > 300;
CREATE INDEX customers_long_city ON customers (project, left(city, 300), created_at, no) WHERE length(city) > 300;
