-- Who was given which voucher. It has the number of the voucher, so that there is one at the most; and stays when the customer is erased, so that a code that was given out is not given out again.
CREATE TABLE holders (
    no bigint NOT NULL PRIMARY KEY,
    project integer NOT NULL,
    id text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    customer bigint NOT NULL,
    publication bigint NOT NULL,
    revision bigint,
    distribution bigint,
    created_at bigint NOT NULL
);
CREATE UNIQUE INDEX holders_id ON holders (project, id);
CREATE INDEX holders_customer ON holders (customer, no);
CREATE INDEX holders_created ON holders (project, created_at, no);

-- What was given out, and what could not be.
CREATE TABLE publications (
    no bigint NOT NULL PRIMARY KEY,
    project integer NOT NULL,
    id text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    source_id text COLLATE "C",
    once text COLLATE "C",
    customer bigint NOT NULL,
    campaign bigint,
    voucher bigint,
    result text COLLATE "C" NOT NULL,
    document bytea NOT NULL,
    created_at bigint NOT NULL
);
CREATE UNIQUE INDEX publications_id ON publications (project, id);
CREATE UNIQUE INDEX publications_source ON publications (project, source_id) WHERE source_id IS NOT NULL;
CREATE UNIQUE INDEX publications_once ON publications (project, once) WHERE once IS NOT NULL;
CREATE INDEX publications_customer ON publications (customer, no);
CREATE INDEX publications_campaign ON publications (campaign, no) WHERE campaign IS NOT NULL;
CREATE INDEX publications_voucher ON publications (voucher, no) WHERE voucher IS NOT NULL;
CREATE INDEX publications_created ON publications (project, created_at, no);
