-- What accounts hold: points, credits, uses, budgets. Changed often and in place, so pages keep room for it.
CREATE TABLE balances (
    project integer NOT NULL,
    account text COLLATE "C" NOT NULL,
    value bigint NOT NULL,
    entries bigint NOT NULL,
    PRIMARY KEY (project, account)
) WITH (fillfactor = 60);

-- Every change of an account in the order they were made, and what it held afterwards. The sum of its changes is what it holds.
CREATE TABLE ledger (
    project integer NOT NULL,
    account text COLLATE "C" NOT NULL,
    position bigint NOT NULL,
    no bigint NOT NULL,
    delta bigint NOT NULL,
    value bigint NOT NULL,
    type text COLLATE "C" NOT NULL,
    created_at bigint NOT NULL,
    document bytea NOT NULL,
    PRIMARY KEY (project, account, position)
);
CREATE UNIQUE INDEX ledger_no ON ledger (no);
