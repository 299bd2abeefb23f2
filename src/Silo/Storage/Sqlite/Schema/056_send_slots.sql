-- When the next message may be sent over a connection that has a limit, in microseconds since 1970.
CREATE TABLE send_slots (
    project INTEGER NOT NULL,
    connection TEXT NOT NULL,
    next_at INTEGER NOT NULL,
    PRIMARY KEY (project, connection)
) WITHOUT ROWID;
