-- Customers who were brought with referral codes, or are to be. converted is unique, so that a customer is referred once in a programme.
CREATE TABLE referrals (
    no INTEGER PRIMARY KEY,
    project INTEGER NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    voucher INTEGER NOT NULL,
    assigned TEXT,
    converted TEXT,
    campaign INTEGER NOT NULL,
    customer INTEGER NOT NULL,
    referrer INTEGER NOT NULL,
    converted_at INTEGER,
    metadata BLOB NOT NULL,
    created_at INTEGER NOT NULL
);
CREATE UNIQUE INDEX referrals_id ON referrals (project, id);
CREATE UNIQUE INDEX referrals_assigned ON referrals (project, assigned) WHERE assigned IS NOT NULL;
CREATE UNIQUE INDEX referrals_converted ON referrals (project, converted) WHERE converted IS NOT NULL;
CREATE INDEX referrals_voucher ON referrals (voucher, no);
CREATE INDEX referrals_customer ON referrals (customer);
CREATE INDEX referrals_created ON referrals (project, created_at, no);

-- How many customers somebody brought to a programme.
CREATE TABLE referrers (
    no INTEGER PRIMARY KEY,
    project INTEGER NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    customer INTEGER NOT NULL,
    referred INTEGER NOT NULL,
    created_at INTEGER NOT NULL
);
CREATE UNIQUE INDEX referrers_id ON referrers (project, id);
CREATE INDEX referrers_customer ON referrers (customer);
CREATE INDEX referrers_created ON referrers (project, created_at, no);
