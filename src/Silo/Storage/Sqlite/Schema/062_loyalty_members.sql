-- Members of loyalty programmes: the card, and what is on it. due_on is a day of the project's calendar.
CREATE TABLE loyalty_members (
    no INTEGER PRIMARY KEY,
    project INTEGER NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    campaign INTEGER NOT NULL,
    customer INTEGER NOT NULL,
    due_on INTEGER NOT NULL,
    document BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER
);
CREATE UNIQUE INDEX loyalty_members_id ON loyalty_members (project, id);
CREATE INDEX loyalty_members_campaign ON loyalty_members (campaign, no);
CREATE INDEX loyalty_members_customer ON loyalty_members (customer, no);
CREATE INDEX loyalty_members_due_on ON loyalty_members (project, due_on, no);
CREATE INDEX loyalty_members_created ON loyalty_members (project, created_at, no);
CREATE INDEX loyalty_members_updated ON loyalty_members (project, updated_at, no);

-- Points that wait for a day to become points, and for a while those that did.
CREATE TABLE loyalty_pending_points (
    no INTEGER PRIMARY KEY,
    project INTEGER NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    waiting_in INTEGER,
    waiting_for INTEGER,
    customer INTEGER NOT NULL,
    campaign INTEGER NOT NULL,
    member INTEGER NOT NULL,
    points INTEGER NOT NULL,
    status TEXT NOT NULL,
    activates_on INTEGER NOT NULL,
    document BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER
);
CREATE UNIQUE INDEX loyalty_pending_points_id ON loyalty_pending_points (project, id);
CREATE INDEX loyalty_pending_points_waiting_in ON loyalty_pending_points (waiting_in, no);
CREATE INDEX loyalty_pending_points_waiting_for ON loyalty_pending_points (waiting_for, no);
CREATE INDEX loyalty_pending_points_customer ON loyalty_pending_points (customer);
CREATE INDEX loyalty_pending_points_created ON loyalty_pending_points (project, created_at, no);

-- Which orders were rewarded by which rules.
CREATE TABLE loyalty_earnings (
    no INTEGER PRIMARY KEY,
    project INTEGER NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    customer INTEGER NOT NULL,
    created_at INTEGER NOT NULL
);
CREATE UNIQUE INDEX loyalty_earnings_id ON loyalty_earnings (project, id);
CREATE INDEX loyalty_earnings_customer ON loyalty_earnings (customer);
CREATE INDEX loyalty_earnings_created ON loyalty_earnings (project, created_at, no);

-- Projects that have a loyalty programme.
CREATE TABLE loyalty_nights (
    no INTEGER PRIMARY KEY,
    project INTEGER NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    since INTEGER NOT NULL
);
CREATE UNIQUE INDEX loyalty_nights_id ON loyalty_nights (project, id);
CREATE INDEX loyalty_nights_since ON loyalty_nights (project, since, no);
CREATE INDEX loyalty_nights_pending ON loyalty_nights (since);
