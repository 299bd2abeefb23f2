-- The key ring that secrets in grain state are protected with, unless it is kept in a directory.
CREATE TABLE data_protection_keys (
    name text PRIMARY KEY,
    xml  text NOT NULL
);
