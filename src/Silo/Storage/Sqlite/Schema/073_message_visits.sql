-- What readers did with tracked messages. Rows expire; how many there were stays in the tallies of the distribution.
CREATE TABLE message_visits (
    no INTEGER PRIMARY KEY,
    project INTEGER NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    opened_at INTEGER,
    opens INTEGER NOT NULL,
    clicked_at INTEGER,
    clicks INTEGER NOT NULL,
    machine_at INTEGER,
    machines INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
);
CREATE UNIQUE INDEX message_visits_id ON message_visits (project, id);
CREATE INDEX message_visits_created ON message_visits (project, created_at, no);
CREATE INDEX message_visits_expires ON message_visits (expires_at);
