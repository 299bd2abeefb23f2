-- How many of the audience an event brought. Where that is nobody, members at an activation need not be looked up among those already owed.
-- What is there already is not counted again: one stands for not known.
ALTER TABLE message_counts ADD COLUMN triggered bigint NOT NULL DEFAULT 1;
ALTER TABLE message_counts ALTER COLUMN triggered SET DEFAULT 0;
