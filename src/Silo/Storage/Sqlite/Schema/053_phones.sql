-- Customers are found by how their telephone numbers begin, as digits. Those of before have none here until they are written again.
ALTER TABLE customers ADD COLUMN phone TEXT;
CREATE INDEX customers_phone ON customers (project, phone) WHERE phone IS NOT NULL;
