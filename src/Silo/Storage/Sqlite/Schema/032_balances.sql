-- What accounts hold: points, credits, uses, budgets.
CREATE TABLE balances (
    project INTEGER NOT NULL,
    account TEXT NOT NULL,
    value INTEGER NOT NULL,
    entries INTEGER NOT NULL,
    PRIMARY KEY (project, account)
) WITHOUT ROWID;

-- Every change of an account in the order they were made, and what it held afterwards. The sum of its changes is what it holds.
CREATE TABLE ledger (
    project INTEGER NOT NULL,
    account TEXT NOT NULL,
    position INTEGER NOT NULL,
    no INTEGER NOT NULL,
    delta INTEGER NOT NULL,
    value INTEGER NOT NULL,
    type TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    document BLOB NOT NULL,
    PRIMARY KEY (project, account, position)
) WITHOUT ROWID;
CREATE UNIQUE INDEX ledger_no ON ledger (no);
