-- Customers are found by how their names begin, in any case.
CREATE INDEX customers_name_begins ON customers (project, lower(name)) WHERE name IS NOT NULL AND length(name) <= 300;
