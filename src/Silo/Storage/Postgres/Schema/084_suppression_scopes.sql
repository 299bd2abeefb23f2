-- Suppressions of all channels, and of one topic. Who is asked about first is the address: one walk finds everything that is said of it.
ALTER TABLE suppressions ADD COLUMN topic text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE suppressions DROP CONSTRAINT suppressions_pkey;
ALTER TABLE suppressions ADD PRIMARY KEY (project, address, channel, topic);
DROP INDEX suppressions_created;
CREATE INDEX suppressions_created ON suppressions (project, created_at DESC, channel, address, topic);
CREATE INDEX suppressions_reason ON suppressions (project, reason, created_at DESC, channel, address, topic);
