-- What is owed to a webhook, was posted or could not be. Of what is owed, due_at says when it is posted.
CREATE TABLE webhook_sendouts (
    no INTEGER PRIMARY KEY,
    project INTEGER NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    webhook INTEGER NOT NULL,
    customer INTEGER,
    type TEXT NOT NULL,
    status TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    due_at INTEGER,
    created_at INTEGER NOT NULL,
    executed_at INTEGER,
    response_code INTEGER,
    answer TEXT,
    error TEXT,
    body BLOB NOT NULL
);
CREATE UNIQUE INDEX webhook_sendouts_id ON webhook_sendouts (project, id);
CREATE INDEX webhook_sendouts_created ON webhook_sendouts (project, created_at, no);
CREATE INDEX webhook_sendouts_webhook ON webhook_sendouts (webhook, no);
CREATE INDEX webhook_sendouts_due ON webhook_sendouts (webhook, due_at, no) WHERE due_at IS NOT NULL;
CREATE INDEX webhook_sendouts_customer ON webhook_sendouts (customer) WHERE customer IS NOT NULL;
CREATE INDEX webhook_sendouts_age ON webhook_sendouts (created_at);
