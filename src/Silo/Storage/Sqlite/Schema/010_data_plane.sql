-- Instants are milliseconds since 1970 UTC. Numbers (no) come from sequences, handed out in blocks.

CREATE TABLE sequences (
    name TEXT NOT NULL PRIMARY KEY,
    next INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE customers (
    no INTEGER NOT NULL PRIMARY KEY,
    project INTEGER NOT NULL,
    id TEXT NOT NULL,
    source_id TEXT,
    version INTEGER NOT NULL,
    name TEXT,
    email TEXT,
    city TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER,
    -- When the segments were last looked at, and when time alone may change them next.
    evaluated_at INTEGER NOT NULL,
    review_at INTEGER,
    document BLOB NOT NULL
);
-- A synchronisation walks the customers of one project in order of number; counting them reads this smallest index.
CREATE INDEX customers_project ON customers (project, no);
CREATE UNIQUE INDEX customers_id ON customers (project, id);
-- Absent source ids are all different to a unique index; they are in it because lists are ordered by it.
CREATE UNIQUE INDEX customers_source ON customers (project, source_id);
CREATE INDEX customers_created ON customers (project, created_at, no);
CREATE INDEX customers_updated ON customers (project, updated_at, no);
CREATE INDEX customers_email ON customers (project, lower(email)) WHERE email IS NOT NULL;
CREATE INDEX customers_review ON customers (review_at) WHERE review_at IS NOT NULL;

CREATE TABLE memberships (
    segment INTEGER NOT NULL,
    customer INTEGER NOT NULL,
    PRIMARY KEY (segment, customer)
) WITHOUT ROWID;

CREATE TABLE activity (
    no INTEGER NOT NULL PRIMARY KEY,
    project INTEGER NOT NULL,
    customer INTEGER NOT NULL,
    type TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    group_id TEXT,
    channel TEXT NOT NULL,
    data BLOB NOT NULL
);
CREATE INDEX activity_customer ON activity (customer, created_at, no);

-- The queue: one row per (distribution, occurrence of the trigger, customer, channel). occurrence is the number of the
-- activity entry that triggered, 0 for the one send of a manual distribution, negative for members at an activation.
CREATE TABLE messages (
    distribution INTEGER NOT NULL,
    no INTEGER NOT NULL,
    project INTEGER NOT NULL,
    lane INTEGER NOT NULL,
    customer INTEGER NOT NULL,
    occurrence INTEGER NOT NULL,
    channel TEXT NOT NULL,
    -- 0 queued, 1 retrying, 2 sending, 3 sent, 4 failed, 5 skipped, 6 canceled
    status INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    epoch INTEGER NOT NULL DEFAULT 0,
    uncertain INTEGER NOT NULL DEFAULT 0,
    failed_at INTEGER,
    finished_at INTEGER,
    reason TEXT,
    PRIMARY KEY (distribution, no)
) WITHOUT ROWID;
CREATE UNIQUE INDEX messages_owed_once ON messages (customer, distribution, occurrence, channel);
-- Due rows apart from those being handed over, so that taking the next never walks over what was taken before. Queries repeat
-- the condition of a partial index word by word; nothing else makes the planner use it.
CREATE INDEX messages_due ON messages (distribution, lane, due_at, no) WHERE status <= 1;
CREATE INDEX messages_sending ON messages (distribution, lane, no) WHERE status = 2;
CREATE INDEX messages_finished ON messages (distribution, finished_at, no) WHERE finished_at IS NOT NULL;
-- The states that are usually few among millions: lists of them, and queueing failed ones again.
CREATE INDEX messages_exceptions ON messages (distribution, status, no) WHERE (status = 1 OR status >= 4);

CREATE TABLE lanes (
    distribution INTEGER NOT NULL,
    lane INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    PRIMARY KEY (distribution, lane)
) WITHOUT ROWID;

CREATE TABLE message_counts (
    distribution INTEGER NOT NULL,
    channel TEXT NOT NULL,
    audience INTEGER NOT NULL DEFAULT 0,
    queued INTEGER NOT NULL DEFAULT 0,
    retrying INTEGER NOT NULL DEFAULT 0,
    sending INTEGER NOT NULL DEFAULT 0,
    sent INTEGER NOT NULL DEFAULT 0,
    failed INTEGER NOT NULL DEFAULT 0,
    skipped INTEGER NOT NULL DEFAULT 0,
    canceled INTEGER NOT NULL DEFAULT 0,
    recovered INTEGER NOT NULL DEFAULT 0,
    uncertain INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (distribution, channel)
) WITHOUT ROWID;

CREATE TABLE message_series (
    distribution INTEGER NOT NULL,
    channel TEXT NOT NULL,
    hour INTEGER NOT NULL,
    sent INTEGER NOT NULL DEFAULT 0,
    failed INTEGER NOT NULL DEFAULT 0,
    skipped INTEGER NOT NULL DEFAULT 0,
    recovered INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (distribution, channel, hour)
) WITHOUT ROWID;

CREATE TABLE distribution_log (
    distribution INTEGER NOT NULL,
    no INTEGER NOT NULL,
    type TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    detail TEXT,
    PRIMARY KEY (distribution, created_at, no)
) WITHOUT ROWID;

CREATE TABLE orders (
    no INTEGER NOT NULL PRIMARY KEY,
    project INTEGER NOT NULL,
    id TEXT NOT NULL,
    source_id TEXT,
    customer INTEGER,
    customer_id TEXT,
    version INTEGER NOT NULL,
    status TEXT NOT NULL,
    total_amount INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER,
    document BLOB NOT NULL
);
CREATE UNIQUE INDEX orders_id ON orders (project, id);
CREATE UNIQUE INDEX orders_source ON orders (project, source_id) WHERE source_id IS NOT NULL;
CREATE INDEX orders_customer ON orders (customer) WHERE customer IS NOT NULL;
CREATE INDEX orders_created ON orders (project, created_at, no);
CREATE INDEX orders_updated ON orders (project, updated_at, no);

-- What an idempotency key already did.
CREATE TABLE operations (
    project INTEGER NOT NULL,
    key TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    result BLOB,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (project, key)
) WITHOUT ROWID;
CREATE INDEX operations_age ON operations (created_at);

CREATE TABLE suppressions (
    project INTEGER NOT NULL,
    channel TEXT NOT NULL,
    address TEXT NOT NULL,
    reason TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (project, channel, address)
) WITHOUT ROWID;

-- What lists and the catalogue read of the control plane.
CREATE TABLE segments (
    number INTEGER NOT NULL PRIMARY KEY,
    project INTEGER NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER,
    -- Membership of a customer is the filter's answer at the later of this and the customer's evaluated_at.
    baseline INTEGER NOT NULL,
    synced INTEGER NOT NULL,
    progress INTEGER NOT NULL,
    filter BLOB
);
CREATE UNIQUE INDEX segments_id ON segments (project, id);
CREATE TABLE segment_counts (
    segment INTEGER NOT NULL PRIMARY KEY,
    members INTEGER NOT NULL
);

CREATE TABLE distributions (
    number INTEGER NOT NULL PRIMARY KEY,
    project INTEGER NOT NULL,
    id TEXT NOT NULL,
    name TEXT,
    type TEXT,
    status TEXT NOT NULL,
    trigger_type TEXT,
    -- Each between commas.
    channels TEXT NOT NULL,
    subject TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER,
    document BLOB NOT NULL
);
CREATE UNIQUE INDEX distributions_id ON distributions (project, id);
CREATE UNIQUE INDEX distributions_name ON distributions (project, name) WHERE name IS NOT NULL;
CREATE INDEX distributions_status ON distributions (status);

CREATE TABLE async_actions (
    project INTEGER NOT NULL,
    id TEXT NOT NULL,
    type TEXT NOT NULL,
    status TEXT NOT NULL,
    cursor INTEGER NOT NULL DEFAULT 0,
    total INTEGER NOT NULL DEFAULT 0,
    processing_ms INTEGER NOT NULL DEFAULT 0,
    fingerprint TEXT,
    request_id TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER,
    payload BLOB,
    result BLOB,
    PRIMARY KEY (project, id)
) WITHOUT ROWID;
CREATE INDEX async_actions_created ON async_actions (project, created_at);
