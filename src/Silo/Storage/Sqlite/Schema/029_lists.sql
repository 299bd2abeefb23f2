-- Lists find customers over the index of what they are filtered by. Behind the order it also has what else is asked or sorted by, so that nothing
-- of a customer is read that is not on the page.
CREATE INDEX customers_name ON customers (project, name, created_at, no, updated_at) WHERE name IS NOT NULL;
CREATE INDEX customers_city ON customers (project, city, created_at, no, updated_at) WHERE city IS NOT NULL;
DROP INDEX customers_updated;
CREATE INDEX customers_updated ON customers (project, updated_at, no, created_at);

-- Members in the order in which they were created. That never changes, so neither does this.
ALTER TABLE memberships ADD COLUMN created_at INTEGER NOT NULL DEFAULT 0;
UPDATE memberships SET created_at = coalesce((SELECT c.created_at FROM customers c WHERE c.no = memberships.customer), 0);
CREATE INDEX memberships_created ON memberships (segment, created_at, customer);

-- Whom mail does not reach, for estimates: those without an address, and those whose address is not of the plain kind that is one for certain.
CREATE INDEX customers_no_address ON customers (project, no, email) WHERE email IS NULL;
CREATE INDEX customers_odd_address ON customers (project, no, email) WHERE email IS NOT NULL AND (
    email GLOB '*[^a-z0-9@._+-]*' OR email NOT GLOB '[a-z0-9_+]*@[a-z0-9]*' OR email GLOB '*@*@*' OR email GLOB '*..*' OR email GLOB '*.@*'
    OR email GLOB '*@*[_+]*' OR email GLOB '*--*' OR email GLOB '*[.-]' OR length(email) > 254 OR instr(email, '@') > 65);

CREATE INDEX suppressions_created ON suppressions (project, created_at DESC, channel, address);
CREATE INDEX suppressions_address ON suppressions (project, address);
CREATE INDEX distributions_created ON distributions (project, created_at, number);
