-- Webhooks: whom a project tells of what happens in it, what each was told, and every attempt at it. Ids and times only;
-- the address and the secrets are sealed.

CREATE TABLE tenant.webhook_endpoint (
    tenant_id     uuid NOT NULL,
    id            uuid NOT NULL,
    project_id    uuid NOT NULL,
    state         text NOT NULL CHECK (state IN ('enabled', 'disabled')),
    disabled_for  text CHECK (disabled_for IN ('by-hand', 'gone', 'failing')),
    kinds         text[] NOT NULL,     -- which events it is told of; all of them when there is none
    sealed        bytea NOT NULL,      -- its address, and the secrets that sign what it is sent
    slow          boolean NOT NULL DEFAULT false,  -- its last attempt ran into the time limit
    created_by    text NOT NULL CHECK (length(created_by) <= 120),
    cause         uuid NOT NULL,
    created_at    timestamptz NOT NULL,
    updated_at    timestamptz NOT NULL,
    answered_at   timestamptz,         -- when it last took something
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, project_id) REFERENCES tenant.project (tenant_id, id),
    CHECK ((state = 'disabled') = (disabled_for IS NOT NULL))
);
CREATE INDEX webhook_endpoint_of ON tenant.webhook_endpoint (tenant_id, project_id, id);

-- What one endpoint is told of one event. It comes into being in the transaction of the act that it tells of.
CREATE TABLE tenant.webhook_delivery (
    tenant_id     uuid NOT NULL,
    endpoint_id   uuid NOT NULL,
    event_id      uuid NOT NULL,       -- the same for every endpoint and every attempt
    project_id    uuid NOT NULL,
    kind          text NOT NULL CHECK (kind ~ '^[a-z]+[.][a-z]+$'),
    about         uuid NOT NULL,       -- the record that it happened to
    status        text CHECK (status ~ '^[a-z-]{1,24}$'),
    failed        boolean NOT NULL,    -- whether it tells of a failure; which one is not told
    state         text NOT NULL CHECK (state IN ('waiting', 'delivered', 'failed')),
    attempts      integer NOT NULL DEFAULT 0,  -- since it was first, or again, put on its way
    occurred_at   timestamptz NOT NULL,
    due_at        timestamptz NOT NULL,
    leased_until  timestamptz,         -- somebody is at it until then at the latest
    settled_at    timestamptz,
    PRIMARY KEY (tenant_id, endpoint_id, event_id),
    FOREIGN KEY (tenant_id, endpoint_id) REFERENCES tenant.webhook_endpoint (tenant_id, id) ON DELETE CASCADE,
    CHECK ((state = 'waiting') = (settled_at IS NULL))
);
CREATE INDEX webhook_delivery_due ON tenant.webhook_delivery (tenant_id, endpoint_id, due_at) WHERE state = 'waiting';
CREATE INDEX webhook_delivery_age ON tenant.webhook_delivery (tenant_id, occurred_at);

CREATE TABLE tenant.webhook_attempt (
    tenant_id    uuid NOT NULL,
    endpoint_id  uuid NOT NULL,
    event_id     uuid NOT NULL,
    id           uuid NOT NULL,
    at           timestamptz NOT NULL,
    outcome      text NOT NULL CHECK (outcome ~ '^[a-z-]{1,24}$'),
    status       integer,              -- what the endpoint answered with, if it answered
    duration_ms  integer NOT NULL,
    PRIMARY KEY (tenant_id, endpoint_id, event_id, id),
    FOREIGN KEY (tenant_id, endpoint_id, event_id)
        REFERENCES tenant.webhook_delivery (tenant_id, endpoint_id, event_id) ON DELETE CASCADE
);

-- When the next job looks for deliveries that are due, so that there is one such job and not one for every event.
CREATE TABLE tenant.webhook_wake (
    tenant_id  uuid NOT NULL,
    at         timestamptz NOT NULL,
    PRIMARY KEY (tenant_id)
);

SELECT guard.protect('tenant.webhook_endpoint');
SELECT guard.protect('tenant.webhook_delivery');
SELECT guard.protect('tenant.webhook_attempt');
SELECT guard.protect('tenant.webhook_wake');
