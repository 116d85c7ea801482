-- What exists on this installation, without any content: tenants, their profile and their state.

CREATE TABLE platform.tenant (
    id             uuid PRIMARY KEY,
    name           text NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
    profile        text NOT NULL CHECK (profile IN ('clinic', 'firm', 'agency', 'voice', 'messaging')),
    state          text NOT NULL CHECK (state IN ('open', 'closed')),
    baa_reference  text CHECK (length(baa_reference) BETWEEN 1 AND 200),
    synthetic      boolean NOT NULL DEFAULT false,
    created_at     timestamptz NOT NULL
);
CREATE UNIQUE INDEX tenant_name ON platform.tenant (lower(name));

GRANT SELECT, INSERT ON platform.tenant TO privity_platform;
GRANT UPDATE (state, baa_reference) ON platform.tenant TO privity_platform;

-- The facts about its own tenant that a tenant transaction may read.
CREATE FUNCTION platform.own_tenant(OUT profile text, OUT state text, OUT has_baa boolean, OUT synthetic boolean)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
        SELECT t.profile, t.state, t.baa_reference IS NOT NULL, t.synthetic
        FROM platform.tenant AS t WHERE t.id = guard.tenant()
    $$;
REVOKE ALL ON FUNCTION platform.own_tenant() FROM public;
GRANT USAGE ON SCHEMA platform TO privity_app;
GRANT EXECUTE ON FUNCTION platform.own_tenant() TO privity_app;
