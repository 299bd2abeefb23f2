-- In which order outcomes and log entries were committed, for readers that follow a distribution: the transaction that wrote them. Every
-- transaction below the oldest one that is still open has ended, so nothing more comes there.
ALTER TABLE outcomes ADD COLUMN recorded bigint;
ALTER TABLE distribution_log ADD COLUMN recorded bigint;
-- What is there already comes before everything else, by time.
UPDATE outcomes SET recorded = finished_at - 1000000000000000;
UPDATE distribution_log SET recorded = created_at - 1000000000000000;
ALTER TABLE outcomes
    ALTER recorded SET NOT NULL, ALTER recorded SET STATISTICS 10,
    ALTER recorded SET DEFAULT CAST(CAST(pg_current_xact_id() AS text) AS bigint);
ALTER TABLE distribution_log
    ALTER recorded SET NOT NULL, ALTER recorded SET DEFAULT CAST(CAST(pg_current_xact_id() AS text) AS bigint);
CREATE INDEX outcomes_recorded ON outcomes (distribution, recorded, finished_at);
CREATE INDEX distribution_log_recorded ON distribution_log (distribution, recorded);
