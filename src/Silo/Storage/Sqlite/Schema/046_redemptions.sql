-- What was redeemed, refused and taken back.
CREATE TABLE redemptions (
    no INTEGER PRIMARY KEY,
    project INTEGER NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    status INTEGER NOT NULL,
    parent INTEGER,
    undoes TEXT,
    customer INTEGER,
    campaign INTEGER,
    voucher INTEGER,
    document BLOB NOT NULL,
    created_at INTEGER NOT NULL
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
    no INTEGER PRIMARY KEY,
    project INTEGER NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    session INTEGER NOT NULL,
    voucher INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    document BLOB NOT NULL
);
CREATE UNIQUE INDEX redemption_sessions_id ON redemption_sessions (project, id);
CREATE INDEX redemption_sessions_session ON redemption_sessions (session, no);
CREATE INDEX redemption_sessions_voucher ON redemption_sessions (voucher, no);
CREATE INDEX redemption_sessions_expires ON redemption_sessions (project, expires_at, no);
