-- Saved contents of emails, and each of their versions.
CREATE TABLE message_templates (
    no bigint NOT NULL PRIMARY KEY,
    project integer NOT NULL,
    id text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    name text COLLATE "C" NOT NULL,
    newest bigint NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint
);
CREATE UNIQUE INDEX message_templates_id ON message_templates (project, id);
CREATE UNIQUE INDEX message_templates_name ON message_templates (project, name);
CREATE INDEX message_templates_created ON message_templates (project, created_at, no);

CREATE TABLE message_template_versions (
    no bigint NOT NULL PRIMARY KEY,
    project integer NOT NULL,
    id text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    template bigint NOT NULL,
    content text COLLATE "C" NOT NULL,
    created_at bigint NOT NULL
);
CREATE UNIQUE INDEX message_template_versions_id ON message_template_versions (project, id);
CREATE INDEX message_template_versions_template ON message_template_versions (template, no);
CREATE INDEX message_template_versions_created ON message_template_versions (project, created_at, no);
