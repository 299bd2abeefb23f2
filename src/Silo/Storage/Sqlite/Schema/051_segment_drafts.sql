-- How often the author of a segment wrote it; and the distribution to whose draft it belongs until that is activated.
ALTER TABLE segments ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE segments ADD COLUMN draft_of TEXT;
