-- How many rows a project has in a table, as customer_counts says of customers.
CREATE TABLE row_counts (
    project INTEGER NOT NULL,
    name TEXT NOT NULL,
    rows INTEGER NOT NULL,
    PRIMARY KEY (project, name)
) WITHOUT ROWID;
INSERT INTO row_counts (project, name, rows) SELECT project, 'orders', count(*) FROM orders GROUP BY project;
