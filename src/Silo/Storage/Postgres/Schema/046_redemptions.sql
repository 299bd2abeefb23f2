-- What was redeemed, refused and taken back.
CREATE TABLE redemptions (
    no bigint NOT NULL PRIMARY KEY,
    project integer NOT NULL,
    id text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    kind bigint NOT NULL,
    status bigint NOT NULL,
    parent bigint,
    undoes text COLLATE "C",
    customer bigint,
    campaign bigint,
    voucher bigint,
    document bytea NOT NULL,
    created_at bigint NOT NULL
);
CREATE UNIQUE INDEX redemptions_id ON redemptions (project, id);
CREATE UNIQUE INDEX redemptions_undoes ON redemptions (project, undoes) WHERE undoes IS NOT NULL;
CREATE INDEX redemptions_parent ON redemptions (parent, no) WHERE parent IS NOT NULL;
CREATE INDEX redemptions_customer ON redemptions (customer, no) WHERE customer IS NOT NULL;
CREATE INDEX redemptions_campaign ON redemptions (campaign, no) WHERE campaign IS NOT NULL;
CREATE INDEX redemptions_voucher ON redemptions (voucher, no) WHERE voucher IS NOT NULL;
CREATE INDEX redemptions_created ON redemptions (project, created_at, no);

-- What is held for a session until it is redeemed.
CREATE TABLE redemption_sessions (
    no bigint NOT NULL PRIMARY KEY,
    project integer NOT NULL,
    id text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    session bigint NOT NULL,
    voucher bigint NOT NULL,
    expires_at bigint NOT NULL,
    document bytea NOT NULL
);
CREATE UNIQUE INDEX redemption_sessions_id ON redemption_sessions (project, id);
CREATE INDEX redemption_sessions_session ON redemption_sessions (session, no);
CREATE INDEX redemption_sessions_voucher ON redemption_sessions (voucher, no);
CREATE INDEX redemption_sessions_expires ON redemption_sessions (project, expires_at, no);
