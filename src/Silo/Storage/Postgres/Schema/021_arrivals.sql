-- When messages were made, by runs of numbers: lists show the newest first, and the numbers of two silos do not follow time. Of the messages of
-- a distribution with numbers from first to last, those of this moment are meant; a run may name others too, or one that another run names.
CREATE TABLE arrivals (
    distribution integer NOT NULL,
    created_at bigint NOT NULL,
    first bigint NOT NULL,
    last bigint NOT NULL
);
INSERT INTO arrivals (distribution, created_at, first, last)
SELECT distribution, created_at, min(no), max(no) FROM messages GROUP BY distribution, created_at, no / 1000;
CREATE INDEX arrivals_created ON arrivals (distribution, created_at, last, first);
ALTER TABLE arrivals
    ALTER distribution SET STATISTICS 10, ALTER created_at SET STATISTICS 10, ALTER first SET STATISTICS 0, ALTER last SET STATISTICS 0;

-- In the order in which lists show them.
DROP INDEX messages_exceptions;
CREATE INDEX messages_exceptions ON messages (distribution, exception, created_at, no) WHERE exception IS NOT NULL;
