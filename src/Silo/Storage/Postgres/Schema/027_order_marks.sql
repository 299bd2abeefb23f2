-- Which steps of an order were said, and whether its amount was given: the bits of OrderMarks. Null: not written since this column is there.
ALTER TABLE orders ADD COLUMN marks integer;
