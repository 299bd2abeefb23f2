-- Which addresses more than one customer has is read from the index alone: it needs the address itself for that, not only what lower() makes of it.
DROP INDEX customers_email;
CREATE INDEX customers_email ON customers (project, lower(email)) INCLUDE (email) WHERE email IS NOT NULL;

-- Those whose address is not plain are in an order that no other index has: by their number alone the server goes through all customers to find that there are none.
DROP INDEX customers_odd_address;
CREATE INDEX customers_odd_address ON customers (project, (no + 0)) WHERE email IS NOT NULL AND (
    email !~ '^[a-z0-9_+][a-z0-9_+-]*([.][a-z0-9_+-]+)*@[a-z0-9]+([.-][a-z0-9]+)*$' OR length(email) > 254 OR strpos(email, '@') > 65);
