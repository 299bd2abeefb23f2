-- Codes. What one of a campaign is worth is said by the campaign, as long as the document does not say otherwise.
CREATE TABLE vouchers (
    no INTEGER PRIMARY KEY,
    project INTEGER NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    code TEXT NOT NULL,
    code_key TEXT NOT NULL,
    campaign INTEGER,
    revision INTEGER,
    type TEXT NOT NULL,
    active INTEGER NOT NULL,
    document BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER
);
CREATE UNIQUE INDEX vouchers_id ON vouchers (project, id);
CREATE UNIQUE INDEX vouchers_code ON vouchers (project, code_key);
CREATE INDEX vouchers_campaign ON vouchers (campaign, no);
CREATE INDEX vouchers_created ON vouchers (project, created_at, no);
CREATE INDEX vouchers_updated ON vouchers (project, updated_at, no);

-- Numbers of vouchers of a campaign that may be free: nobody was given one without a row in holders. A range that is leased is worked through by one silo, and by
-- another one when there is nothing else left.
CREATE TABLE code_ranges (
    no INTEGER PRIMARY KEY,
    project INTEGER NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    campaign INTEGER NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    leased_by TEXT,
    created_at INTEGER NOT NULL
);
CREATE UNIQUE INDEX code_ranges_id ON code_ranges (project, id);
CREATE INDEX code_ranges_campaign ON code_ranges (campaign, no);
CREATE INDEX code_ranges_created ON code_ranges (project, created_at, no);
