-- How a file is read, as JSON. Null: as files are where nothing else was asked for.
ALTER TABLE async_actions ADD COLUMN options TEXT;

-- Which rows of a job became durable in a transaction, as a JSON array: numbers of rows that created a customer, negative ones of rows that changed one.
-- They are gone once the job's result counts them.
CREATE TABLE import_rows (
    project INTEGER NOT NULL,
    action TEXT NOT NULL,
    last INTEGER NOT NULL,
    rows TEXT NOT NULL
);
CREATE INDEX import_rows_action ON import_rows (project, action, last);
