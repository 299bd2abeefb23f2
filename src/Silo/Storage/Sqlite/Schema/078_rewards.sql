-- What points are exchanged for. How many are left of one with a stock is an account.
CREATE TABLE rewards (
    no INTEGER PRIMARY KEY,
    project INTEGER NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    stocked INTEGER NOT NULL,
    fields BLOB NOT NULL,
    metadata BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER
);
CREATE UNIQUE INDEX rewards_id ON rewards (project, id);
CREATE INDEX rewards_created ON rewards (project, created_at, no);

-- In which programmes a reward is to be had, and for how many points.
CREATE TABLE reward_assignments (
    no INTEGER PRIMARY KEY,
    project INTEGER NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    pair TEXT NOT NULL,
    reward INTEGER NOT NULL,
    campaign INTEGER NOT NULL,
    points INTEGER,
    auto_redeem INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER
);
CREATE UNIQUE INDEX reward_assignments_id ON reward_assignments (project, id);
CREATE UNIQUE INDEX reward_assignments_pair ON reward_assignments (project, pair);
CREATE INDEX reward_assignments_reward ON reward_assignments (reward, no);
CREATE INDEX reward_assignments_campaign ON reward_assignments (campaign, no);
CREATE INDEX reward_assignments_created ON reward_assignments (project, created_at, no);
