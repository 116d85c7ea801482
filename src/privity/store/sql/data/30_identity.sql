-- Who may come in: people and tokens. No role reads these tables; every path is one of the functions below. Functions
-- for privity_lookup take an exact key that carries its tenant; functions for privity_app act on the tenant of the
-- bound token.

CREATE TABLE identity.person (
    tenant_id     uuid NOT NULL,
    id            uuid NOT NULL,
    role          text NOT NULL CHECK (role IN ('owner', 'admin', 'practitioner', 'receptionist', 'auditor')),
    clinical      boolean NOT NULL DEFAULT false,    -- may be granted clinical content
    every_project boolean NOT NULL DEFAULT false,
    projects      uuid[] NOT NULL DEFAULT '{}',      -- those that may be seen, unless it is every one
    state         text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'locked')),
    email         bytea NOT NULL,          -- sealed
    email_index   bytea NOT NULL,          -- keyed hash of the normalised address
    created_at    timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, email_index)
);

CREATE TABLE identity.token (
    tenant_id          uuid NOT NULL,
    id                 text NOT NULL CHECK (id ~ '^[a-z0-9]{10}$'),
    project_id         uuid NOT NULL,
    name               text NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
    scopes             text[] NOT NULL,
    hash               text NOT NULL CHECK (hash LIKE '$2b$%'),
    mac                bytea NOT NULL,
    made_by            text NOT NULL CHECK (length(made_by) <= 120),  -- a caller in one word
    created_at         timestamptz NOT NULL,
    expires_at         timestamptz NOT NULL,
    revoked_at         timestamptz,
    last_used_at       timestamptz,
    last_used_address  bytea,              -- sealed
    PRIMARY KEY (tenant_id, id)
);

CREATE FUNCTION identity.find_token(tenant uuid, token text)
    RETURNS TABLE (project_id uuid, scopes text[], hash text, mac bytea, expires_at timestamptz, revoked_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
        SELECT t.project_id, t.scopes, t.hash, t.mac, t.expires_at, t.revoked_at
        FROM identity.token AS t WHERE t.tenant_id = tenant AND t.id = token
    $$;

CREATE FUNCTION identity.note_use(tenants uuid[], tokens text[], times timestamptz[], addresses bytea[]) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
        UPDATE identity.token AS t SET last_used_at = used.at, last_used_address = used.address
        FROM unnest(tenants, tokens, times, addresses) AS used (tenant, token, at, address)
        WHERE t.tenant_id = used.tenant AND t.id = used.token
          AND (t.last_used_at IS NULL OR t.last_used_at < used.at)
    $$;

CREATE FUNCTION identity.add_token(
        token text, project uuid, name text, scopes text[], hash text, mac bytea, maker text, created timestamptz,
        expires timestamptz
    ) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
        INSERT INTO identity.token (tenant_id, id, project_id, name, scopes, hash, mac, made_by, created_at, expires_at)
        VALUES (guard.tenant(), token, project, name, scopes, hash, mac, maker, created, expires)
    $$;

CREATE FUNCTION identity.list_tokens()
    RETURNS TABLE (id text, project_id uuid, name text, scopes text[], made_by text, created_at timestamptz,
                   expires_at timestamptz, revoked_at timestamptz, last_used_at timestamptz, last_used_address bytea)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
        SELECT t.id, t.project_id, t.name, t.scopes, t.made_by, t.created_at, t.expires_at, t.revoked_at, t.last_used_at,
               t.last_used_address
        FROM identity.token AS t WHERE t.tenant_id = guard.tenant() ORDER BY t.created_at, t.id
    $$;

CREATE FUNCTION identity.revoke_token(token text, moment timestamptz) RETURNS boolean
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
        WITH revoked AS (
            UPDATE identity.token AS t SET revoked_at = coalesce(t.revoked_at, moment)
            WHERE t.tenant_id = guard.tenant() AND t.id = token
            RETURNING 1
        )
        SELECT EXISTS (SELECT FROM revoked)
    $$;

CREATE FUNCTION identity.add_person(
        person uuid, role text, clinical boolean, every_project boolean, projects uuid[], email bytea,
        email_index bytea, created timestamptz
    ) RETURNS boolean
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
        WITH added AS (
            INSERT INTO identity.person
                (tenant_id, id, role, clinical, every_project, projects, email, email_index, created_at)
            VALUES (guard.tenant(), person, role, clinical, every_project, projects, email, email_index, created)
            ON CONFLICT DO NOTHING
            RETURNING 1
        )
        SELECT EXISTS (SELECT FROM added)
    $$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA identity FROM public;
GRANT EXECUTE ON FUNCTION identity.find_token(uuid, text) TO privity_lookup;
GRANT EXECUTE ON FUNCTION identity.note_use(uuid[], text[], timestamptz[], bytea[]) TO privity_lookup;
GRANT EXECUTE ON FUNCTION
    identity.add_token(text, uuid, text, text[], text, bytea, text, timestamptz, timestamptz),
    identity.list_tokens(),
    identity.revoke_token(text, timestamptz),
    identity.add_person(uuid, text, boolean, boolean, uuid[], bytea, bytea, timestamptz)
TO privity_app;
