-- What points are exchanged for. How many are left of one with a stock is an account.
CREATE TABLE rewards (
    no bigint NOT NULL PRIMARY KEY,
    project integer NOT NULL,
    id text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    name text COLLATE "C" NOT NULL,
    type text COLLATE "C" NOT NULL,
    stocked bigint NOT NULL,
    fields bytea NOT NULL,
    metadata bytea NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint
);
CREATE UNIQUE INDEX rewards_id ON rewards (project, id);
CREATE INDEX rewards_created ON rewards (project, created_at, no);

-- In which programmes a reward is to be had, and for how many points.
CREATE TABLE reward_assignments (
    no bigint NOT NULL PRIMARY KEY,
    project integer NOT NULL,
    id text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    pair text COLLATE "C" NOT NULL,
    reward bigint NOT NULL,
    campaign bigint NOT NULL,
    points bigint,
    auto_redeem bigint NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint
);
CREATE UNIQUE INDEX reward_assignments_id ON reward_assignments (project, id);
CREATE UNIQUE INDEX reward_assignments_pair ON reward_assignments (project, pair);
CREATE INDEX reward_assignments_reward ON reward_assignments (reward, no);
CREATE INDEX reward_assignments_campaign ON reward_assignments (campaign, no);
CREATE INDEX reward_assignments_created ON reward_assignments (project, created_at, no);

CREATE TRIGGER rewards_changed AFTER INSERT OR UPDATE OR DELETE ON rewards FOR EACH ROW EXECUTE FUNCTION advance_catalogue();
CREATE TRIGGER reward_assignments_changed AFTER INSERT OR UPDATE OR DELETE ON reward_assignments FOR EACH ROW EXECUTE FUNCTION advance_catalogue();
