-- What readers did with tracked messages. Rows expire; how many there were stays in the tallies of the distribution.
CREATE TABLE message_visits (
    no bigint NOT NULL PRIMARY KEY,
    project integer NOT NULL,
    id text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    opened_at bigint,
    opens bigint NOT NULL,
    clicked_at bigint,
    clicks bigint NOT NULL,
    machine_at bigint,
    machines bigint NOT NULL,
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL
);
CREATE UNIQUE INDEX message_visits_id ON message_visits (project, id);
CREATE INDEX message_visits_created ON message_visits (project, created_at, no);
CREATE INDEX message_visits_expires ON message_visits (expires_at);
