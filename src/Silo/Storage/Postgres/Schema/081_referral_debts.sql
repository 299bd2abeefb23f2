-- What is owed to customers because of referrals, until it is given.
CREATE TABLE referral_debts (
    no bigint NOT NULL PRIMARY KEY,
    project integer NOT NULL,
    id text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    customer bigint NOT NULL,
    campaign bigint NOT NULL,
    owed_since bigint NOT NULL,
    document bytea NOT NULL,
    created_at bigint NOT NULL
);
CREATE UNIQUE INDEX referral_debts_id ON referral_debts (project, id);
CREATE INDEX referral_debts_customer ON referral_debts (customer, no);
CREATE INDEX referral_debts_created ON referral_debts (project, created_at, no);
CREATE INDEX referral_debts_pending ON referral_debts (owed_since);
