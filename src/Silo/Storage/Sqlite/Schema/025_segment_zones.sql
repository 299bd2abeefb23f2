-- In which time zones the filter was and is read, each from an instant on, as a JSON array. Null: always in the project's.
ALTER TABLE segments ADD COLUMN zones TEXT;
