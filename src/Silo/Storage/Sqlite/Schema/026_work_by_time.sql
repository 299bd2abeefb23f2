-- Who is due is asked project by project: one whose customers cannot be looked at holds up no other.
DROP INDEX customers_review;
CREATE INDEX customers_review ON customers (project, review_at, no) WHERE review_at IS NOT NULL;

-- From when on an unfinished distribution has something to do by itself. Null: now, as far as is known.
ALTER TABLE distributions ADD COLUMN work_at INTEGER;
