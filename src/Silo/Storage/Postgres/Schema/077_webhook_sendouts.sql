-- What is owed to a webhook, was posted or could not be. Of what is owed, due_at says when it is posted.
CREATE TABLE webhook_sendouts (
    no bigint NOT NULL PRIMARY KEY,
    project integer NOT NULL,
    id text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    webhook bigint NOT NULL,
    customer bigint,
    type text COLLATE "C" NOT NULL,
    status text COLLATE "C" NOT NULL,
    attempts bigint NOT NULL,
    due_at bigint,
    created_at bigint NOT NULL,
    executed_at bigint,
    response_code bigint,
    answer text COLLATE "C",
    error text COLLATE "C",
    body bytea NOT NULL
);
CREATE UNIQUE INDEX webhook_sendouts_id ON webhook_sendouts (project, id);
CREATE INDEX webhook_sendouts_created ON webhook_sendouts (project, created_at, no);
CREATE INDEX webhook_sendouts_webhook ON webhook_sendouts (webhook, no);
CREATE INDEX webhook_sendouts_due ON webhook_sendouts (webhook, due_at, no) WHERE due_at IS NOT NULL;
CREATE INDEX webhook_sendouts_customer ON webhook_sendouts (customer) WHERE customer IS NOT NULL;
CREATE INDEX webhook_sendouts_age ON webhook_sendouts (created_at);
