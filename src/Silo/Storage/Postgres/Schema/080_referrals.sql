-- Customers who were brought with referral codes, or are to be. converted is unique, so that a customer is referred once in a programme.
CREATE TABLE referrals (
    no bigint NOT NULL PRIMARY KEY,
    project integer NOT NULL,
    id text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    voucher bigint NOT NULL,
    assigned text COLLATE "C",
    converted text COLLATE "C",
    campaign bigint NOT NULL,
    customer bigint NOT NULL,
    referrer bigint NOT NULL,
    converted_at bigint,
    metadata bytea NOT NULL,
    created_at bigint NOT NULL
);
CREATE UNIQUE INDEX referrals_id ON referrals (project, id);
CREATE UNIQUE INDEX referrals_assigned ON referrals (project, assigned) WHERE assigned IS NOT NULL;
CREATE UNIQUE INDEX referrals_converted ON referrals (project, converted) WHERE converted IS NOT NULL;
CREATE INDEX referrals_voucher ON referrals (voucher, no);
CREATE INDEX referrals_customer ON referrals (customer);
CREATE INDEX referrals_created ON referrals (project, created_at, no);

-- How many customers somebody brought to a programme.
CREATE TABLE referrers (
    no bigint NOT NULL PRIMARY KEY,
    project integer NOT NULL,
    id text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    customer bigint NOT NULL,
    referred bigint NOT NULL,
    created_at bigint NOT NULL
);
CREATE UNIQUE INDEX referrers_id ON referrers (project, id);
CREATE INDEX referrers_customer ON referrers (customer);
CREATE INDEX referrers_created ON referrers (project, created_at, no);
