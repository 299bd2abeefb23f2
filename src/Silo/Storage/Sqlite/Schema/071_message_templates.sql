-- Saved contents of emails, and each of their versions.
CREATE TABLE message_templates (
    no INTEGER PRIMARY KEY,
    project INTEGER NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    name TEXT NOT NULL,
    newest INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER
);
CREATE UNIQUE INDEX message_templates_id ON message_templates (project, id);
CREATE UNIQUE INDEX message_templates_name ON message_templates (project, name);
CREATE INDEX message_templates_created ON message_templates (project, created_at, no);

CREATE TABLE message_template_versions (
    no INTEGER PRIMARY KEY,
    project INTEGER NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    template INTEGER NOT NULL,
    content TEXT NOT NULL,
    created_at INTEGER NOT NULL
);
CREATE UNIQUE INDEX message_template_versions_id ON message_template_versions (project, id);
CREATE INDEX message_template_versions_template ON message_template_versions (template, no);
CREATE INDEX message_template_versions_created ON message_template_versions (project, created_at, no);
