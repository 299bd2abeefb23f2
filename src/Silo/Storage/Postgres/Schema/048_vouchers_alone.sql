-- Codes that belong to no campaign, the newest first: those that a shop shows to everybody. A project may have a million others.
CREATE INDEX vouchers_without_campaign ON vouchers (project, created_at, no) WHERE campaign IS NULL;
