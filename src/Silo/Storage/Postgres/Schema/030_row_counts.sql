-- How many rows a project has in a table, as customer_counts says of customers.
CREATE TABLE row_counts (
    project integer NOT NULL,
    name text COLLATE "C" NOT NULL,
    rows bigint NOT NULL,
    PRIMARY KEY (project, name)
);
LOCK TABLE orders IN SHARE MODE;
INSERT INTO row_counts (project, name, rows) SELECT project, 'orders', count(*) FROM orders GROUP BY project;
