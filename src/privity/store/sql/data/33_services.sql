-- Services that show who they are by a key or a certificate (OAuth 2.1 client credentials), and what was taken back.

CREATE TABLE identity.service (
    tenant_id      uuid NOT NULL,
    id             text NOT NULL CHECK (id ~ '^[a-z0-9]{10}$'),
    project_id     uuid NOT NULL,
    name           text NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
    scopes         text[] NOT NULL DEFAULT '{}',   -- a service that is new may do nothing
    keys           text CHECK (length(keys) <= 16384),  -- JWK Set (RFC 7517), public keys only
    certificate    text CHECK (certificate ~ '^[A-Za-z0-9_-]{43}$'),  -- x5t#S256 of the certificate that it shows
    token_seconds  integer NOT NULL CHECK (token_seconds BETWEEN 60 AND 3600),
    made_by        text NOT NULL CHECK (length(made_by) <= 120),  -- a caller in one word
    created_at     timestamptz NOT NULL,
    disabled_at    timestamptz,
    last_used_at   timestamptz,
    PRIMARY KEY (tenant_id, id),
    CHECK (keys IS NOT NULL OR certificate IS NOT NULL)
);

CREATE FUNCTION identity.find_service(tenant uuid, service text)
    RETURNS TABLE (project_id uuid, scopes text[], keys text, certificate text, token_seconds integer, enabled boolean)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
        SELECT s.project_id, s.scopes, s.keys, s.certificate, s.token_seconds, s.disabled_at IS NULL
        FROM identity.service AS s WHERE s.tenant_id = tenant AND s.id = service
    $$;

-- A service as the bearer of one of its tokens: `taken_back` says whether that token was revoked.
CREATE FUNCTION identity.find_bearer(tenant uuid, service text, token bytea)
    RETURNS TABLE (project_id uuid, scopes text[], enabled boolean, taken_back boolean)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
        SELECT s.project_id, s.scopes, s.disabled_at IS NULL,
               EXISTS (SELECT FROM identity.ephemeral AS e WHERE e.kind = 'spent' AND e.key = token)
        FROM identity.service AS s WHERE s.tenant_id = tenant AND s.id = service
    $$;

CREATE FUNCTION identity.note_service_use(tenants uuid[], services text[], times timestamptz[]) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
        UPDATE identity.service AS s SET last_used_at = used.at
        FROM unnest(tenants, services, times) AS used (tenant, service, at)
        WHERE s.tenant_id = used.tenant AND s.id = used.service
          AND (s.last_used_at IS NULL OR s.last_used_at < used.at)
    $$;

CREATE FUNCTION identity.add_service(
        service text, project uuid, name text, keys text, certificate text, token_seconds integer, maker text,
        created timestamptz
    ) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
        INSERT INTO identity.service
            (tenant_id, id, project_id, name, keys, certificate, token_seconds, made_by, created_at)
        VALUES (guard.tenant(), service, project, name, keys, certificate, token_seconds, maker, created)
    $$;

CREATE FUNCTION identity.list_services()
    RETURNS TABLE (id text, project_id uuid, name text, scopes text[], by_key boolean, certificate text,
                   token_seconds integer, made_by text, created_at timestamptz, disabled_at timestamptz, last_used_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
        SELECT s.id, s.project_id, s.name, s.scopes, s.keys IS NOT NULL, s.certificate, s.token_seconds, s.made_by, s.created_at,
               s.disabled_at, s.last_used_at
        FROM identity.service AS s WHERE s.tenant_id = guard.tenant() ORDER BY s.created_at, s.id
    $$;

CREATE FUNCTION identity.grant_service(service text, granted text[]) RETURNS boolean
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
        WITH changed AS (
            UPDATE identity.service AS s SET scopes = granted
            WHERE s.tenant_id = guard.tenant() AND s.id = service AND s.disabled_at IS NULL
            RETURNING 1
        )
        SELECT EXISTS (SELECT FROM changed)
    $$;

CREATE FUNCTION identity.disable_service(service text, moment timestamptz) RETURNS boolean
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
        WITH changed AS (
            UPDATE identity.service AS s SET disabled_at = coalesce(s.disabled_at, moment)
            WHERE s.tenant_id = guard.tenant() AND s.id = service
            RETURNING 1
        )
        SELECT EXISTS (SELECT FROM changed)
    $$;

REVOKE ALL ON FUNCTION
    identity.find_service(uuid, text),
    identity.find_bearer(uuid, text, bytea),
    identity.note_service_use(uuid[], text[], timestamptz[]),
    identity.add_service(text, uuid, text, text, text, integer, text, timestamptz),
    identity.list_services(),
    identity.grant_service(text, text[]),
    identity.disable_service(text, timestamptz)
FROM public;
GRANT EXECUTE ON FUNCTION
    identity.find_service(uuid, text),
    identity.find_bearer(uuid, text, bytea),
    identity.note_service_use(uuid[], text[], timestamptz[])
TO privity_lookup;
GRANT EXECUTE ON FUNCTION
    identity.add_service(text, uuid, text, text, text, integer, text, timestamptz),
    identity.list_services(),
    identity.grant_service(text, text[]),
    identity.disable_service(text, timestamptz)
TO privity_app;
