-- Which silo claimed the lane. Null: nobody since this column is there.
ALTER TABLE lanes ADD COLUMN owner TEXT;
