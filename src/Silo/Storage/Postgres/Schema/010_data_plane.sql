-- Instants are milliseconds since 1970 UTC. Numbers (no) come from sequences, handed out in blocks.

CREATE TABLE sequences (
    name text COLLATE "C" NOT NULL PRIMARY KEY,
    next bigint NOT NULL
);

CREATE TABLE customers (
    no bigint NOT NULL PRIMARY KEY,
    project integer NOT NULL,
    id text COLLATE "C" NOT NULL,
    source_id text COLLATE "C",
    version bigint NOT NULL,
    name text COLLATE "C",
    email text COLLATE "C",
    city text COLLATE "C",
    created_at bigint NOT NULL,
    updated_at bigint,
    -- When the segments were last looked at, and when time alone may change them next.
    evaluated_at bigint NOT NULL,
    review_at bigint,
    document bytea NOT NULL
)
-- Room for the next version of a row on its own page: every event writes one, and one that finds room leaves the seven indexes alone.
WITH (fillfactor = 60);
-- A synchronisation walks the customers of one project in order of number; counting them reads this smallest index.
CREATE INDEX customers_project ON customers (project, no);
CREATE UNIQUE INDEX customers_id ON customers (project, id);
-- Absent source ids are all different to a unique index; they are in it because lists are ordered by it.
CREATE UNIQUE INDEX customers_source ON customers (project, source_id NULLS FIRST);
CREATE INDEX customers_created ON customers (project, created_at, no);
CREATE INDEX customers_updated ON customers (project, updated_at NULLS FIRST, no);
CREATE INDEX customers_email ON customers (project, lower(email)) WHERE email IS NOT NULL;
CREATE INDEX customers_review ON customers (review_at) WHERE review_at IS NOT NULL;

CREATE TABLE memberships (
    segment integer NOT NULL,
    customer bigint NOT NULL,
    PRIMARY KEY (segment, customer)
);

CREATE TABLE activity (
    no bigint NOT NULL PRIMARY KEY,
    project integer NOT NULL,
    customer bigint NOT NULL,
    type text COLLATE "C" NOT NULL,
    created_at bigint NOT NULL,
    group_id text COLLATE "C",
    channel text COLLATE "C" NOT NULL,
    data bytea NOT NULL
);
CREATE INDEX activity_customer ON activity (customer, created_at, no);

-- The queue: one row per (distribution, occurrence of the trigger, customer, channel). occurrence is the number of the
-- activity entry that triggered, 0 for the one send of a manual distribution, negative for members at an activation.
CREATE TABLE messages (
    distribution integer NOT NULL,
    no bigint NOT NULL,
    project integer NOT NULL,
    lane integer NOT NULL,
    customer bigint NOT NULL,
    occurrence bigint NOT NULL,
    channel text COLLATE "C" NOT NULL,
    -- 0 queued, 1 retrying, 3 sent, 4 failed, 5 skipped, 6 canceled; 2, sending, is to be in hand_offs while it is one of the first two
    status integer NOT NULL,
    due_at bigint NOT NULL,
    created_at bigint NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    -- Of the lane, when it handed the message over.
    epoch bigint NOT NULL DEFAULT 0,
    uncertain integer NOT NULL DEFAULT 0,
    failed_at bigint,
    finished_at bigint,
    reason text COLLATE "C",
    PRIMARY KEY (distribution, no)
);
CREATE UNIQUE INDEX messages_owed_once ON messages (customer, distribution, occurrence, channel);
-- Queries repeat the condition of a partial index word by word; nothing else makes the planner use it.
CREATE INDEX messages_due ON messages (distribution, lane, due_at, no) WHERE status <= 1;
CREATE INDEX messages_finished ON messages (distribution, finished_at, no) WHERE finished_at IS NOT NULL;
-- The states that are usually few among millions: lists of them, and queueing failed ones again.
CREATE INDEX messages_exceptions ON messages (distribution, status, no) WHERE (status = 1 OR status >= 4);

-- What is being handed over right now, so that it is known whoever dies: one row for a batch. Ends with the last outcome of the batch;
-- until then those that were sent are still in it, the others with an outcome are not.
CREATE TABLE hand_offs (
    distribution integer NOT NULL,
    lane integer NOT NULL,
    no bigint NOT NULL,
    epoch bigint NOT NULL,
    messages bigint[] NOT NULL,
    PRIMARY KEY (distribution, lane, no)
);

CREATE TABLE lanes (
    distribution integer NOT NULL,
    lane integer NOT NULL,
    epoch bigint NOT NULL,
    PRIMARY KEY (distribution, lane)
);

CREATE TABLE message_counts (
    distribution integer NOT NULL,
    channel text COLLATE "C" NOT NULL,
    audience bigint NOT NULL DEFAULT 0,
    queued bigint NOT NULL DEFAULT 0,
    retrying bigint NOT NULL DEFAULT 0,
    sending bigint NOT NULL DEFAULT 0,
    sent bigint NOT NULL DEFAULT 0,
    failed bigint NOT NULL DEFAULT 0,
    skipped bigint NOT NULL DEFAULT 0,
    canceled bigint NOT NULL DEFAULT 0,
    recovered bigint NOT NULL DEFAULT 0,
    uncertain integer NOT NULL DEFAULT 0,
    PRIMARY KEY (distribution, channel)
);

CREATE TABLE message_series (
    distribution integer NOT NULL,
    channel text COLLATE "C" NOT NULL,
    hour bigint NOT NULL,
    sent bigint NOT NULL DEFAULT 0,
    failed bigint NOT NULL DEFAULT 0,
    skipped bigint NOT NULL DEFAULT 0,
    recovered bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (distribution, channel, hour)
);

CREATE TABLE distribution_log (
    distribution integer NOT NULL,
    no bigint NOT NULL,
    type text COLLATE "C" NOT NULL,
    created_at bigint NOT NULL,
    detail text COLLATE "C",
    PRIMARY KEY (distribution, created_at, no)
);

CREATE TABLE orders (
    no bigint NOT NULL PRIMARY KEY,
    project integer NOT NULL,
    id text COLLATE "C" NOT NULL,
    source_id text COLLATE "C",
    customer bigint,
    customer_id text COLLATE "C",
    version bigint NOT NULL,
    status text COLLATE "C" NOT NULL,
    total_amount bigint NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint,
    document bytea NOT NULL
);
CREATE UNIQUE INDEX orders_id ON orders (project, id);
CREATE UNIQUE INDEX orders_source ON orders (project, source_id) WHERE source_id IS NOT NULL;
CREATE INDEX orders_customer ON orders (customer) WHERE customer IS NOT NULL;
CREATE INDEX orders_created ON orders (project, created_at, no);
CREATE INDEX orders_updated ON orders (project, updated_at NULLS FIRST, no);

-- What an idempotency key already did.
CREATE TABLE operations (
    project integer NOT NULL,
    key text COLLATE "C" NOT NULL,
    fingerprint text COLLATE "C" NOT NULL,
    result bytea,
    created_at bigint NOT NULL,
    PRIMARY KEY (project, key)
);
CREATE INDEX operations_age ON operations (created_at);

CREATE TABLE suppressions (
    project integer NOT NULL,
    channel text COLLATE "C" NOT NULL,
    address text COLLATE "C" NOT NULL,
    reason text COLLATE "C" NOT NULL,
    created_at bigint NOT NULL,
    PRIMARY KEY (project, channel, address)
);

-- What lists and the catalogue read of the control plane.
CREATE TABLE segments (
    number integer NOT NULL PRIMARY KEY,
    project integer NOT NULL,
    id text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    type text COLLATE "C" NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint,
    -- Membership of a customer is the filter's answer at the later of this and the customer's evaluated_at.
    baseline bigint NOT NULL,
    synced integer NOT NULL,
    progress integer NOT NULL,
    filter bytea
);
CREATE UNIQUE INDEX segments_id ON segments (project, id);
CREATE TABLE segment_counts (
    segment integer NOT NULL PRIMARY KEY,
    members bigint NOT NULL
);

CREATE TABLE distributions (
    number integer NOT NULL PRIMARY KEY,
    project integer NOT NULL,
    id text COLLATE "C" NOT NULL,
    name text COLLATE "C",
    type text COLLATE "C",
    status text COLLATE "C" NOT NULL,
    trigger_type text COLLATE "C",
    -- Each between commas.
    channels text COLLATE "C" NOT NULL,
    subject text COLLATE "C",
    created_at bigint NOT NULL,
    updated_at bigint,
    document bytea NOT NULL
);
CREATE UNIQUE INDEX distributions_id ON distributions (project, id);
CREATE UNIQUE INDEX distributions_name ON distributions (project, name) WHERE name IS NOT NULL;
CREATE INDEX distributions_status ON distributions (status);

-- What events of a project are matched against has a version. It moves with the rows it is made of, so that no crash comes between them.
CREATE TABLE catalogue_versions (
    project integer NOT NULL PRIMARY KEY,
    version bigint NOT NULL
);
CREATE FUNCTION advance_catalogue() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO catalogue_versions AS v (project, version) VALUES (coalesce(new.project, old.project), 2)
    ON CONFLICT (project) DO UPDATE SET version = v.version + 1;
    RETURN NULL;
END $$;
CREATE TRIGGER segments_made AFTER INSERT OR DELETE ON segments FOR EACH ROW EXECUTE FUNCTION advance_catalogue();
CREATE TRIGGER segments_changed AFTER UPDATE ON segments FOR EACH ROW
    WHEN ((old.name, old.type, old.baseline, old.synced, old.filter) IS DISTINCT FROM (new.name, new.type, new.baseline, new.synced, new.filter))
    EXECUTE FUNCTION advance_catalogue();
-- Drafts are not part of it: working on one must not cost those who match anything.
CREATE TRIGGER distributions_changed AFTER UPDATE ON distributions FOR EACH ROW
    WHEN ((old.status <> 'draft' OR new.status <> 'draft') AND (old.status, old.document) IS DISTINCT FROM (new.status, new.document))
    EXECUTE FUNCTION advance_catalogue();

CREATE TABLE async_actions (
    project integer NOT NULL,
    id text COLLATE "C" NOT NULL,
    type text COLLATE "C" NOT NULL,
    status text COLLATE "C" NOT NULL,
    cursor bigint NOT NULL DEFAULT 0,
    total bigint NOT NULL DEFAULT 0,
    processing_ms bigint NOT NULL DEFAULT 0,
    fingerprint text COLLATE "C",
    request_id text COLLATE "C",
    created_at bigint NOT NULL,
    updated_at bigint,
    payload bytea,
    result bytea,
    PRIMARY KEY (project, id)
);
CREATE INDEX async_actions_created ON async_actions (project, created_at);
