-- Members of loyalty programmes: the card, and what is on it. due_on is a day of the project's calendar.
CREATE TABLE loyalty_members (
    no bigint NOT NULL PRIMARY KEY,
    project integer NOT NULL,
    id text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    campaign bigint NOT NULL,
    customer bigint NOT NULL,
    due_on bigint NOT NULL,
    document bytea NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint
);
CREATE UNIQUE INDEX loyalty_members_id ON loyalty_members (project, id);
CREATE INDEX loyalty_members_campaign ON loyalty_members (campaign, no);
CREATE INDEX loyalty_members_customer ON loyalty_members (customer, no);
CREATE INDEX loyalty_members_due_on ON loyalty_members (project, due_on, no);
CREATE INDEX loyalty_members_created ON loyalty_members (project, created_at, no);
CREATE INDEX loyalty_members_updated ON loyalty_members (project, updated_at, no);

-- Points that wait for a day to become points, and for a while those that did.
CREATE TABLE loyalty_pending_points (
    no bigint NOT NULL PRIMARY KEY,
    project integer NOT NULL,
    id text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    waiting_in bigint,
    waiting_for bigint,
    customer bigint NOT NULL,
    campaign bigint NOT NULL,
    member bigint NOT NULL,
    points bigint NOT NULL,
    status text COLLATE "C" NOT NULL,
    activates_on bigint NOT NULL,
    document bytea NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint
);
CREATE UNIQUE INDEX loyalty_pending_points_id ON loyalty_pending_points (project, id);
CREATE INDEX loyalty_pending_points_waiting_in ON loyalty_pending_points (waiting_in, no);
CREATE INDEX loyalty_pending_points_waiting_for ON loyalty_pending_points (waiting_for, no);
CREATE INDEX loyalty_pending_points_customer ON loyalty_pending_points (customer);
CREATE INDEX loyalty_pending_points_created ON loyalty_pending_points (project, created_at, no);

-- Which orders were rewarded by which rules.
CREATE TABLE loyalty_earnings (
    no bigint NOT NULL PRIMARY KEY,
    project integer NOT NULL,
    id text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    customer bigint NOT NULL,
    created_at bigint NOT NULL
);
CREATE UNIQUE INDEX loyalty_earnings_id ON loyalty_earnings (project, id);
CREATE INDEX loyalty_earnings_customer ON loyalty_earnings (customer);
CREATE INDEX loyalty_earnings_created ON loyalty_earnings (project, created_at, no);

-- Projects that have a loyalty programme.
CREATE TABLE loyalty_nights (
    no bigint NOT NULL PRIMARY KEY,
    project integer NOT NULL,
    id text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    since bigint NOT NULL
);
CREATE UNIQUE INDEX loyalty_nights_id ON loyalty_nights (project, id);
CREATE INDEX loyalty_nights_since ON loyalty_nights (project, since, no);
CREATE INDEX loyalty_nights_pending ON loyalty_nights (since);
