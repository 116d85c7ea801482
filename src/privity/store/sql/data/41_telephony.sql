-- Messages, faxes, calls, recordings and the numbers they go between. What people wrote, said and dialled is sealed; a
-- number is found by a keyed hash. What is redacted keeps its row, which tells when and by whom.

-- Whose a number is, on the whole installation: the way in for what arrives. No role reads it; see the functions.
CREATE TABLE identity.number (
    number_index  bytea PRIMARY KEY CHECK (length(number_index) = 32),  -- keyed hash of the number
    tenant_id     uuid NOT NULL,
    project_id    uuid NOT NULL
);

CREATE FUNCTION identity.find_number(hash bytea) RETURNS TABLE (tenant_id uuid, project_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$ SELECT n.tenant_id, n.project_id FROM identity.number AS n WHERE n.number_index = hash $$;

-- Whether the number is the tenant's from now on; false when it is somebody's already.
CREATE FUNCTION identity.claim_number(hash bytea, project uuid) RETURNS boolean
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
        WITH claimed AS (
            INSERT INTO identity.number (number_index, tenant_id, project_id) VALUES (hash, guard.tenant(), project)
            ON CONFLICT DO NOTHING RETURNING 1
        )
        SELECT EXISTS (SELECT FROM claimed)
    $$;

GRANT EXECUTE ON FUNCTION identity.find_number(bytea) TO privity_lookup;
GRANT EXECUTE ON FUNCTION identity.claim_number(bytea, uuid) TO privity_app;

CREATE TABLE tenant.number (
    tenant_id     uuid NOT NULL,
    id            uuid NOT NULL,
    project_id    uuid NOT NULL,
    number_index  bytea NOT NULL CHECK (length(number_index) = 32),
    sealed        bytea NOT NULL,      -- the number and the name that the tenant gave it
    created_at    timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, number_index),
    FOREIGN KEY (tenant_id, project_id) REFERENCES tenant.project (tenant_id, id)
);

-- Which person a number of the other side belongs to, so that one subject has one id on every channel.
CREATE TABLE tenant.party (
    tenant_id     uuid NOT NULL,
    project_id    uuid NOT NULL,
    number_index  bytea NOT NULL CHECK (length(number_index) = 32),
    subject_id    uuid NOT NULL,
    PRIMARY KEY (tenant_id, project_id, number_index),
    FOREIGN KEY (tenant_id, subject_id) REFERENCES tenant.subject (tenant_id, id)
);

CREATE TABLE tenant.message (
    tenant_id    uuid NOT NULL,
    id           uuid NOT NULL,
    project_id   uuid NOT NULL,
    subject_id   uuid NOT NULL,
    direction    text NOT NULL CHECK (direction IN ('inbound', 'outbound-api')),
    status       text NOT NULL CHECK (status IN ('queued', 'sent', 'delivered', 'undelivered', 'failed', 'received')),
    error_code   integer,
    from_index   bytea NOT NULL CHECK (length(from_index) = 32),
    to_index     bytea NOT NULL CHECK (length(to_index) = 32),
    parties      bytea NOT NULL,       -- sealed: both numbers
    body         bytea,                -- sealed, card data masked before; null when there is none (any more)
    masked       integer NOT NULL,     -- how much card data was masked
    segments     integer NOT NULL,
    origin_id    uuid,                 -- the message that the carrier brought it from, so that it arrives once
    brought_by   text NOT NULL CHECK (length(brought_by) <= 120),
    cause        uuid NOT NULL,
    created_at   timestamptz NOT NULL,
    sent_at      timestamptz,
    updated_at   timestamptz NOT NULL,
    redacted_at  timestamptz,
    redacted_by  text CHECK (length(redacted_by) <= 120),
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, origin_id),
    FOREIGN KEY (tenant_id, project_id) REFERENCES tenant.project (tenant_id, id),
    FOREIGN KEY (tenant_id, subject_id) REFERENCES tenant.subject (tenant_id, id),
    CHECK ((redacted_at IS NULL) = (redacted_by IS NULL)),
    CHECK (redacted_at IS NULL OR body IS NULL)
);
CREATE INDEX message_newest ON tenant.message (tenant_id, project_id, created_at DESC, id DESC);
CREATE INDEX message_from ON tenant.message (tenant_id, project_id, from_index, created_at DESC, id DESC);
CREATE INDEX message_to ON tenant.message (tenant_id, project_id, to_index, created_at DESC, id DESC);

CREATE TABLE tenant.fax (
    tenant_id    uuid NOT NULL,
    id           uuid NOT NULL,
    project_id   uuid NOT NULL,
    subject_id   uuid NOT NULL,
    direction    text NOT NULL CHECK (direction IN ('inbound', 'outbound')),
    status       text NOT NULL CHECK (status IN ('queued', 'delivered', 'received', 'no-answer', 'failed', 'canceled')),
    quality      text NOT NULL CHECK (quality IN ('standard', 'fine', 'superfine')),
    from_index   bytea NOT NULL CHECK (length(from_index) = 32),
    to_index     bytea NOT NULL CHECK (length(to_index) = 32),
    parties      bytea NOT NULL,       -- sealed: both numbers
    pages        integer NOT NULL,
    brought_by   text NOT NULL CHECK (length(brought_by) <= 120),
    cause        uuid NOT NULL,
    created_at   timestamptz NOT NULL,
    updated_at   timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, project_id) REFERENCES tenant.project (tenant_id, id),
    FOREIGN KEY (tenant_id, subject_id) REFERENCES tenant.subject (tenant_id, id)
);
CREATE INDEX fax_newest ON tenant.fax (tenant_id, project_id, created_at DESC, id DESC);

-- What came with a message, and the pages of a fax. A row outlives its bytes and tells when they went, and by whom.
CREATE TABLE tenant.media (
    tenant_id     uuid NOT NULL,
    id            uuid NOT NULL,
    project_id    uuid NOT NULL,
    parent_id     uuid NOT NULL,
    parent_kind   text NOT NULL CHECK (parent_kind IN ('message', 'fax')),
    content_type  text NOT NULL CHECK (content_type ~ '^[a-z]+/[a-z0-9.+-]{1,60}$'),
    pages         integer NOT NULL,
    bytes         bigint NOT NULL,
    blob          text,                -- sealed; named until it is erased
    created_at    timestamptz NOT NULL,
    deleted_at    timestamptz,
    deleted_by    text CHECK (length(deleted_by) <= 120),
    PRIMARY KEY (tenant_id, id),
    CHECK ((blob IS NULL) = (deleted_at IS NOT NULL)),
    CHECK ((deleted_at IS NULL) = (deleted_by IS NULL))
);
CREATE INDEX media_of ON tenant.media (tenant_id, parent_id, id);

CREATE TABLE tenant.call (
    tenant_id   uuid NOT NULL,
    id          uuid NOT NULL,
    project_id  uuid NOT NULL,
    subject_id  uuid NOT NULL,
    parent_id   uuid,
    direction   text NOT NULL CHECK (direction IN ('inbound', 'outbound-api')),
    status      text NOT NULL CHECK (status IN ('queued', 'ringing', 'in-progress', 'completed', 'busy', 'failed',
                                                'no-answer', 'canceled')),
    transport   text NOT NULL CHECK (transport IN ('srtp', 'dtls-srtp', 'wss', 'memory')),
    from_index  bytea NOT NULL CHECK (length(from_index) = 32),
    to_index    bytea NOT NULL CHECK (length(to_index) = 32),
    parties     bytea NOT NULL,        -- sealed: both numbers
    brought_by  text NOT NULL CHECK (length(brought_by) <= 120),
    cause       uuid NOT NULL,
    created_at  timestamptz NOT NULL,
    started_at  timestamptz,
    ended_at    timestamptz,
    updated_at  timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, project_id) REFERENCES tenant.project (tenant_id, id),
    FOREIGN KEY (tenant_id, subject_id) REFERENCES tenant.subject (tenant_id, id)
);
CREATE INDEX call_newest ON tenant.call (tenant_id, project_id, created_at DESC, id DESC);

-- Projects whose calls may be recorded: none until a person says so. There is no default and no setting.
CREATE TABLE tenant.recording_permission (
    tenant_id   uuid NOT NULL,
    project_id  uuid NOT NULL,
    granted_by  text NOT NULL CHECK (length(granted_by) <= 120),
    granted_at  timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, project_id),
    FOREIGN KEY (tenant_id, project_id) REFERENCES tenant.project (tenant_id, id)
);

CREATE TABLE tenant.recording (
    tenant_id    uuid NOT NULL,
    id           uuid NOT NULL,
    project_id   uuid NOT NULL,
    call_id      uuid NOT NULL,
    state        text NOT NULL CHECK (state IN ('announced', 'consented', 'recording', 'paused', 'stopped', 'absent')),
    timeline     jsonb NOT NULL,       -- which state was entered at which millisecond of the call, and who said so
    channels     integer NOT NULL CHECK (channels IN (1, 2)),
    duration_ms  bigint,
    blob         text,                 -- sealed audio
    silences     jsonb,                -- milliseconds that the default rendition silences; null until they are known
    started_by   text NOT NULL CHECK (length(started_by) <= 120),
    cause        uuid NOT NULL,
    created_at   timestamptz NOT NULL,
    stopped_at   timestamptz,
    listened_at  timestamptz,          -- when what it says was written down, or was given up: that is done once
    updated_at   timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, project_id) REFERENCES tenant.project (tenant_id, id),
    CHECK (blob IS NULL OR state = 'stopped')
);
CREATE INDEX recording_newest ON tenant.recording (tenant_id, project_id, created_at DESC, id DESC);
CREATE INDEX recording_of ON tenant.recording (tenant_id, call_id, id);

CREATE TABLE tenant.transcription (
    tenant_id     uuid NOT NULL,
    id            uuid NOT NULL,
    project_id    uuid NOT NULL,
    recording_id  uuid NOT NULL,
    status        text NOT NULL CHECK (status IN ('completed', 'failed')),
    content       bytea,               -- sealed: redacted turns and findings
    duration_ms   bigint NOT NULL,
    created_at    timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, recording_id)
);

-- Redaction of everything that a filter finds; `after` is how far it has come, so that whoever goes on loses nothing.
CREATE TABLE tenant.redaction (
    tenant_id     uuid NOT NULL,
    id            uuid NOT NULL,
    project_id    uuid NOT NULL,
    state         text NOT NULL CHECK (state IN ('running', 'done')),
    from_index    bytea CHECK (length(from_index) = 32),
    to_index      bytea CHECK (length(to_index) = 32),
    status        text,
    sent_from     timestamptz,
    sent_until    timestamptz,
    after         uuid,
    seen          bigint NOT NULL DEFAULT 0,
    bodies        bigint NOT NULL DEFAULT 0,
    media         bigint NOT NULL DEFAULT 0,
    ordered_by    text NOT NULL CHECK (length(ordered_by) <= 120),
    cause         uuid NOT NULL,
    created_at    timestamptz NOT NULL,
    done_at       timestamptz,
    PRIMARY KEY (tenant_id, id),
    CHECK ((state = 'done') = (done_at IS NOT NULL))
);

-- Keys to destroy and blobs to wipe, noted in the transaction that takes the ciphertext out of its row.
CREATE TABLE tenant.erasure (
    tenant_id     uuid NOT NULL,
    id            uuid NOT NULL,
    record_table  text NOT NULL CHECK (record_table ~ '^[a-z_]{1,62}$'),
    record_id     uuid NOT NULL,
    blob          text,
    ordered_by    text NOT NULL CHECK (length(ordered_by) <= 120),
    cause         uuid NOT NULL,
    ordered_at    timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id)
);

SELECT guard.protect('tenant.number');
SELECT guard.protect('tenant.party');
SELECT guard.protect('tenant.message');
SELECT guard.protect('tenant.fax');
SELECT guard.protect('tenant.media');
SELECT guard.protect('tenant.call');
SELECT guard.protect('tenant.recording_permission');
SELECT guard.protect('tenant.recording');
SELECT guard.protect('tenant.transcription');
SELECT guard.protect('tenant.redaction');
SELECT guard.protect('tenant.erasure');
