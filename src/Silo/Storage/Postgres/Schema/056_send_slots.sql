-- When the next message may be sent over a connection that has a limit, in microseconds since 1970.
CREATE TABLE send_slots (
    project integer NOT NULL,
    connection text COLLATE "C" NOT NULL,
    next_at bigint NOT NULL,
    PRIMARY KEY (project, connection)
) WITH (fillfactor = 50);
