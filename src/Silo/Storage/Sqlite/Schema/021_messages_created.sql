-- Lists show the newest messages first, whatever their numbers.
CREATE INDEX messages_created ON messages (distribution, created_at, no);
DROP INDEX messages_exceptions;
CREATE INDEX messages_exceptions ON messages (distribution, status, created_at, no) WHERE (status = 1 OR status >= 4);
