-- Schemas, who may enter them, and the guard: the functions that make a tenant's rows visible to its token only.
-- The roles exist already (privity.store.migrations); everything here is owned by the role that migrates.

CREATE SCHEMA guard;
CREATE SCHEMA tenant;
CREATE SCHEMA identity;
CREATE SCHEMA platform;
CREATE SCHEMA ledger;
CREATE SCHEMA queue;

ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
REVOKE ALL ON SCHEMA public FROM PUBLIC;

GRANT USAGE ON SCHEMA guard, tenant, queue, ledger TO privity_app;  -- ledger: gate puts entries into the inbox
GRANT USAGE ON SCHEMA identity TO privity_lookup, privity_app;
GRANT USAGE ON SCHEMA platform TO privity_platform;
GRANT USAGE ON SCHEMA ledger TO privity_ledger, privity_platform;
GRANT USAGE ON SCHEMA queue TO privity_queue;

-- The pads of HMAC (RFC 2104) stand for the guard secret. No role but the owner of guard.tenant() reads them.
CREATE TABLE guard.pads (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    inner_pad bytea NOT NULL CHECK (length(inner_pad) = 64),
    outer_pad bytea NOT NULL CHECK (length(outer_pad) = 64)
);

-- The tenant that this transaction was opened for, from the token that privity.store.guard made; raises without one.
-- Always written `tenant_id = (SELECT guard.tenant())`, so that it runs once a query and not once a row.
-- Parallel restricted, because a parallel worker is another backend than the one that the token is good for.
--
-- The whole token is compared with what it has to be, so nothing in it is parsed before it is known to be ours; a
-- pattern that checked its form first took three times as long as all the rest.
CREATE FUNCTION guard.tenant() RETURNS uuid
    LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    token CONSTANT text := current_setting('privity.token', true);
    message CONSTANT text := left(token, -65);  -- without the dot and the mac in hexadecimal
    pads guard.pads;
    mac bytea;
BEGIN
    SELECT * INTO STRICT pads FROM guard.pads;
    mac := sha256(pads.outer_pad || sha256(pads.inner_pad || convert_to(message, 'UTF8')));
    -- Compared under another keyed hash, so that the time which it takes tells nothing about the mac.
    IF sha256(pads.outer_pad || convert_to(token, 'UTF8'))
        = sha256(pads.outer_pad || convert_to(message || '.' || encode(mac, 'hex'), 'UTF8'))
    THEN
        IF split_part(message, '.', 3)::bigint = pg_backend_pid()
            AND split_part(message, '.', 2)::bigint - extract(epoch FROM statement_timestamp()) BETWEEN 0 AND 60
        THEN
            RETURN split_part(message, '.', 1)::uuid;
        END IF;
    END IF;
    RAISE 'no tenant' USING ERRCODE = 'invalid_authorization_specification';
END
$$;
GRANT EXECUTE ON FUNCTION guard.tenant() TO privity_app;

-- Puts a table of schema tenant under the rules and opens it to the app role. `SELECT guard.protect('tenant.…')`, once for
-- each, at its creation.
CREATE FUNCTION guard.protect(protected regclass) RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', protected);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', protected);
    EXECUTE format('CREATE POLICY visible ON %s AS PERMISSIVE USING (true) WITH CHECK (true)', protected);
    EXECUTE format('CREATE POLICY one_tenant ON %s AS RESTRICTIVE '
        'USING (tenant_id = (SELECT guard.tenant())) WITH CHECK (tenant_id = (SELECT guard.tenant()))', protected);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO privity_app', protected);
END
$$;
