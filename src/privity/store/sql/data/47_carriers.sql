-- Accounts at carriers, by which numbers of a project send and receive, and what was handed over to them. Address,
-- account and secrets are sealed; the sids are those that the vendor gave.

CREATE TABLE identity.carrier (
    tenant_id   uuid NOT NULL,
    id          uuid NOT NULL,
    project_id  uuid NOT NULL,
    vendor      text NOT NULL CHECK (vendor IN ('twilio', 'signalwire')),
    sealed      bytea NOT NULL,
    created_at  timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id)
);

-- Found while a carrier shows by its signature that it is one; nothing is opened for it yet.
CREATE FUNCTION identity.find_carrier(tenant uuid, carrier uuid)
    RETURNS TABLE (id uuid, project_id uuid, vendor text, sealed bytea, created_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
        SELECT c.id, c.project_id, c.vendor, c.sealed, c.created_at
        FROM identity.carrier AS c WHERE c.tenant_id = tenant AND c.id = carrier
    $$;

CREATE FUNCTION identity.add_carrier(carrier uuid, project uuid, vendor text, sealed bytea, created timestamptz)
    RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
        INSERT INTO identity.carrier (tenant_id, id, project_id, vendor, sealed, created_at)
        VALUES (guard.tenant(), carrier, project, vendor, sealed, created)
    $$;

CREATE FUNCTION identity.list_carriers(project uuid)
    RETURNS TABLE (id uuid, project_id uuid, vendor text, sealed bytea, created_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
        SELECT c.id, c.project_id, c.vendor, c.sealed, c.created_at
        FROM identity.carrier AS c WHERE c.tenant_id = guard.tenant() AND c.project_id = project ORDER BY c.id
    $$;

CREATE FUNCTION identity.remove_carrier(carrier uuid, project uuid) RETURNS boolean
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
        WITH removed AS (
            DELETE FROM identity.carrier AS c
            WHERE c.tenant_id = guard.tenant() AND c.id = carrier AND c.project_id = project RETURNING 1
        )
        SELECT EXISTS (SELECT FROM removed)
    $$;

REVOKE ALL ON FUNCTION
    identity.find_carrier(uuid, uuid),
    identity.add_carrier(uuid, uuid, text, bytea, timestamptz),
    identity.list_carriers(uuid),
    identity.remove_carrier(uuid, uuid)
FROM public;
GRANT EXECUTE ON FUNCTION identity.find_carrier(uuid, uuid) TO privity_lookup;
GRANT EXECUTE ON FUNCTION
    identity.add_carrier(uuid, uuid, text, bytea, timestamptz),
    identity.list_carriers(uuid),
    identity.remove_carrier(uuid, uuid)
TO privity_app;

-- Whose account a number is at; the loopback carrier has those without one.
ALTER TABLE tenant.number ADD COLUMN carrier_id uuid;

-- Faxes that are sent: what they were refused with, and what they arrived from, so that they arrive once.
ALTER TABLE tenant.fax
    ADD COLUMN error_code integer,
    ADD COLUMN origin_id uuid,
    ADD UNIQUE (tenant_id, origin_id),
    DROP CONSTRAINT fax_status_check,
    ADD CONSTRAINT fax_status_check CHECK (
        status IN ('queued', 'sending', 'delivered', 'received', 'no-answer', 'failed', 'canceled')
    );

-- Calls at a carrier elsewhere: their media do not come here.
ALTER TABLE tenant.call
    DROP CONSTRAINT call_transport_check,
    ADD CONSTRAINT call_transport_check CHECK (transport IN ('srtp', 'dtls-srtp', 'wss', 'memory', 'carrier'));

-- What was handed to a carrier, noted before it is asked: after a crash it is known that the carrier may have it.
CREATE TABLE tenant.carried (
    tenant_id     uuid NOT NULL,
    id            uuid NOT NULL,       -- the message, fax or call
    project_id    uuid NOT NULL,
    carrier_id    uuid NOT NULL,
    kind          text NOT NULL CHECK (kind IN ('message', 'fax', 'call')),
    state         text NOT NULL CHECK (state IN ('attempted', 'not-taken', 'taken', 'refused', 'uncertain')),
    sid           text CHECK (sid ~ '^[A-Za-z0-9-]{1,64}$'),
    cause         uuid NOT NULL,
    attempted_at  timestamptz NOT NULL,
    settled_at    timestamptz,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, carrier_id, sid),
    CHECK (state <> 'taken' OR sid IS NOT NULL)
);

SELECT guard.protect('tenant.carried');
