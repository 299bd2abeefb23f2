-- How many customers a project has, for lists: counting a million of them took longer than reading the page.
CREATE TABLE customer_counts (
    project INTEGER NOT NULL PRIMARY KEY,
    customers INTEGER NOT NULL
);
INSERT INTO customer_counts (project, customers) SELECT project, count(*) FROM customers GROUP BY project;
