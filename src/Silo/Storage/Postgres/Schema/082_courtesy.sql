-- Which message of a distribution goes to an address, where each is written to once. What stands for the address is a digest of it with a secret.
CREATE TABLE message_addresses (
    distribution integer NOT NULL,
    address text COLLATE "C" NOT NULL,
    message bigint NOT NULL,
    PRIMARY KEY (distribution, address)
);

-- What a customer was given through a channel, as far back as the project's frequency caps look. Changed in place with every message, so pages keep room for it.
CREATE TABLE contacts (
    customer bigint NOT NULL,
    channel text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    messages bytea NOT NULL,
    PRIMARY KEY (customer, channel)
) WITH (fillfactor = 70);
