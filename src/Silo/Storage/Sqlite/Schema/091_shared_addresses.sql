-- Which addresses more than one customer has is read from the index alone: it needs the address itself for that, not only what lower() makes of it.
DROP INDEX customers_email;
CREATE INDEX customers_email ON customers (project, lower(email), email) WHERE email IS NOT NULL;
