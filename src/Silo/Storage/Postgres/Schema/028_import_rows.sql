-- How a file is read, as JSON. Null: as files are where nothing else was asked for.
ALTER TABLE async_actions ADD COLUMN options text COLLATE "C";

-- Which rows of a job became durable in a transaction, as a JSON array: numbers of rows that created a customer, negative ones of rows that changed one.
-- They are gone once the job's result counts them.
CREATE TABLE import_rows (
    project integer NOT NULL,
    action text COLLATE "C" NOT NULL,
    last bigint NOT NULL,
    rows text COLLATE "C" NOT NULL
);
CREATE INDEX import_rows_action ON import_rows (project, action, last);
