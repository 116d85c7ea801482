-- Everything with content. tenant_id leads every key; guard.protect() puts the wall around each table.

CREATE TABLE tenant.project (
    tenant_id   uuid NOT NULL,
    id          uuid NOT NULL,
    name        text NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
    created_at  timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, name)
);

-- The person that records are about, one across all channels.
CREATE TABLE tenant.subject (
    tenant_id   uuid NOT NULL,
    id          uuid NOT NULL,
    created_at  timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id)
);

CREATE TABLE tenant.conversation (
    tenant_id        uuid NOT NULL,
    id               uuid NOT NULL,
    project_id       uuid NOT NULL,
    subject_id       uuid NOT NULL,
    channel          text NOT NULL CHECK (channel IN ('upload', 'call', 'message')),
    retention_class  text NOT NULL CHECK (retention_class IN ('conversation')),
    state            text NOT NULL CHECK (state IN ('received', 'kept', 'refused', 'deleting')),
    refusal          text CHECK (refusal ~ '^[a-z-]{1,40}$'),
    brought_by       text NOT NULL CHECK (length(brought_by) <= 120),
    cause            uuid NOT NULL,        -- the decision that let it in
    source_kind      text NOT NULL CHECK (source_kind IN ('audio', 'text', 'turns')),
    source_object    text,                 -- the sealed source; named until it is wiped, then null
    source_bytes     bigint NOT NULL,
    content          bytea,                -- sealed: redacted turns and findings
    findings         integer,
    duration_ms      bigint,
    created_at       timestamptz NOT NULL,
    settled_at       timestamptz,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, project_id) REFERENCES tenant.project (tenant_id, id),
    FOREIGN KEY (tenant_id, subject_id) REFERENCES tenant.subject (tenant_id, id),
    CHECK ((state = 'kept') <= (content IS NOT NULL)),
    CHECK ((state = 'refused') <= (refusal IS NOT NULL AND content IS NULL))
);
ALTER TABLE tenant.conversation ALTER COLUMN content SET STORAGE EXTERNAL;  -- ciphertext does not compress
CREATE INDEX conversation_newest ON tenant.conversation (tenant_id, project_id, id DESC);
CREATE INDEX conversation_source ON tenant.conversation (tenant_id, created_at) WHERE source_object IS NOT NULL;

-- A request to delete and what came of it. The record's own id is kept as a keyed hash once the record is gone.
CREATE TABLE tenant.deletion (
    tenant_id         uuid NOT NULL,
    id                uuid NOT NULL,
    conversation_id   uuid,
    record_hash       bytea NOT NULL,
    project_id        uuid NOT NULL,
    state             text NOT NULL CHECK (state IN ('requested', 'purged')),
    requested_by      text NOT NULL CHECK (length(requested_by) <= 120),
    cause             uuid NOT NULL,
    key_ids           uuid[],              -- the record keys that there were, noted before they are destroyed
    requested_at      timestamptz NOT NULL,
    purged_at         timestamptz,
    certificate       bytea,               -- canonical JSON: ids, times and counts, no content
    certificate_entry uuid,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, record_hash),
    CHECK ((state = 'purged') = (conversation_id IS NULL AND purged_at IS NOT NULL AND certificate IS NOT NULL))
);

-- Short-lived facts: idempotency keys now; rate limits and events use the same table. Keys are keyed hashes.
CREATE TABLE tenant.ephemeral (
    tenant_id    uuid NOT NULL,
    kind         text NOT NULL CHECK (kind IN ('idempotency')),
    key          bytea NOT NULL CHECK (length(key) = 32),
    request      bytea NOT NULL CHECK (length(request) = 32),
    status       integer NOT NULL,
    resource_id  uuid NOT NULL,
    created_at   timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, kind, key),
    CHECK (expires_at <= created_at + interval '24 hours')
);

SELECT guard.protect('tenant.project');
SELECT guard.protect('tenant.subject');
SELECT guard.protect('tenant.conversation');
SELECT guard.protect('tenant.deletion');
SELECT guard.protect('tenant.ephemeral');
