-- Which message of a distribution goes to an address, where each is written to once. What stands for the address is a digest of it with a secret.
CREATE TABLE message_addresses (
    distribution INTEGER NOT NULL,
    address TEXT NOT NULL,
    message INTEGER NOT NULL,
    PRIMARY KEY (distribution, address)
) WITHOUT ROWID;

-- What a customer was given through a channel, as far back as the project's frequency caps look.
CREATE TABLE contacts (
    customer INTEGER NOT NULL,
    channel TEXT NOT NULL,
    version INTEGER NOT NULL,
    messages BLOB NOT NULL,
    PRIMARY KEY (customer, channel)
) WITHOUT ROWID;
