-- How many of the audience an event brought. Where that is nobody, members at an activation need not be looked up among those already owed.
ALTER TABLE message_counts ADD COLUMN triggered INTEGER NOT NULL DEFAULT 0;
-- What is there already is not counted again: one stands for not known.
UPDATE message_counts SET triggered = 1;
