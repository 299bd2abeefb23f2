-- What is owed to customers because of referrals, until it is given.
CREATE TABLE referral_debts (
    no INTEGER PRIMARY KEY,
    project INTEGER NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    customer INTEGER NOT NULL,
    campaign INTEGER NOT NULL,
    owed_since INTEGER NOT NULL,
    document BLOB NOT NULL,
    created_at INTEGER NOT NULL
);
CREATE UNIQUE INDEX referral_debts_id ON referral_debts (project, id);
CREATE INDEX referral_debts_customer ON referral_debts (customer, no);
CREATE INDEX referral_debts_created ON referral_debts (project, created_at, no);
CREATE INDEX referral_debts_pending ON referral_debts (owed_since);
