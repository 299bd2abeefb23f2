-- Counts of rows in shards, one for each writer, as those of messages: a writer that had to wait for another one's count waited until that one's transaction was on disk.
ALTER TABLE row_counts ADD COLUMN shard integer NOT NULL DEFAULT 0;
ALTER TABLE row_counts DROP CONSTRAINT row_counts_pkey;
ALTER TABLE row_counts ADD PRIMARY KEY (project, name, shard);
ALTER TABLE row_counts SET (fillfactor = 60);
ALTER TABLE customer_counts ADD COLUMN shard integer NOT NULL DEFAULT 0;
ALTER TABLE customer_counts DROP CONSTRAINT customer_counts_pkey;
ALTER TABLE customer_counts ADD PRIMARY KEY (project, shard);
ALTER TABLE customer_counts SET (fillfactor = 60);
