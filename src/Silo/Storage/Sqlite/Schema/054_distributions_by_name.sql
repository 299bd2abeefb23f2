-- Also in these orders a list is filtered without its rows, which have a mail in them.
DROP INDEX distributions_updated;
DROP INDEX distributions_named;
CREATE INDEX distributions_updated ON distributions (project, updated_at, number, status, type, trigger_type, channels, name, subject);
CREATE INDEX distributions_named ON distributions (project, name, number, status, type, trigger_type, channels, subject);
