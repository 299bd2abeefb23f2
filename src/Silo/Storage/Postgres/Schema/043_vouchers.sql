-- Codes. What one of a campaign is worth is said by the campaign, as long as the document does not say otherwise.
CREATE TABLE vouchers (
    no bigint NOT NULL PRIMARY KEY,
    project integer NOT NULL,
    id text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    code text COLLATE "C" NOT NULL,
    code_key text COLLATE "C" NOT NULL,
    campaign bigint,
    revision bigint,
    type text COLLATE "C" NOT NULL,
    active bigint NOT NULL,
    document bytea NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint
);
CREATE UNIQUE INDEX vouchers_id ON vouchers (project, id);
CREATE UNIQUE INDEX vouchers_code ON vouchers (project, code_key);
CREATE INDEX vouchers_campaign ON vouchers (campaign, no);
CREATE INDEX vouchers_created ON vouchers (project, created_at, no);
CREATE INDEX vouchers_updated ON vouchers (project, updated_at NULLS FIRST, no);

-- Numbers of vouchers of a campaign that may be free: nobody was given one without a row in holders. A range that is leased is worked through by one silo, and by
-- another one when there is nothing else left.
CREATE TABLE code_ranges (
    no bigint NOT NULL PRIMARY KEY,
    project integer NOT NULL,
    id text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    campaign bigint NOT NULL,
    first bigint NOT NULL,
    last bigint NOT NULL,
    leased_by text COLLATE "C",
    created_at bigint NOT NULL
);
CREATE UNIQUE INDEX code_ranges_id ON code_ranges (project, id);
CREATE INDEX code_ranges_campaign ON code_ranges (campaign, no);
CREATE INDEX code_ranges_created ON code_ranges (project, created_at, no);
