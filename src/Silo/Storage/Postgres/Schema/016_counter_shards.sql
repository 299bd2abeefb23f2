-- A counter has a row for each of sixteen groups of writers, and is the sum of them: of a single one each writer held the lock until its
-- transaction was on disk, so that all of them were written one after the other.
ALTER TABLE message_counts ADD COLUMN shard integer NOT NULL DEFAULT 0;
ALTER TABLE message_counts DROP CONSTRAINT message_counts_pkey, ADD PRIMARY KEY (distribution, channel, shard);
ALTER TABLE message_series ADD COLUMN shard integer NOT NULL DEFAULT 0;
ALTER TABLE message_series DROP CONSTRAINT message_series_pkey, ADD PRIMARY KEY (distribution, channel, hour, shard);
