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

-- The pads of HMAC (RFC 2104) stand for the guard secret. No role reads them but their owner, as whom the guard's
-- functions run.
CREATE TABLE guard.pads (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    inner_pad bytea NOT NULL CHECK (length(inner_pad) = 64),
    outer_pad bytea NOT NULL CHECK (length(outer_pad) = 64)
);

-- Whose a token is, if it is ours, good for this backend and not expired; raises otherwise. For the functions below,
-- which pin the search_path that it runs with.
-- The whole token is compared with what it has to be, so nothing in it is parsed before it is known to be ours; a
-- pattern that checked its form first took three times as long as all the rest.
CREATE FUNCTION guard.check_token(token text) RETURNS uuid
    LANGUAGE plpgsql STABLE
AS $$
DECLARE
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

-- What this session has opened: the two halves of the tenant's id, in which transaction (when it began), and until
-- when. The value that a session gave a sequence last is seen by that session only (currval), costs a third of checking
-- a token again, and nobody gives one who has no right on the sequence. Unlogged, so that opening writes no WAL; what
-- the sequences hold on disk is read by nobody.
CREATE UNLOGGED SEQUENCE guard.opened_high MINVALUE -9223372036854775808;
CREATE UNLOGGED SEQUENCE guard.opened_low MINVALUE -9223372036854775808;
CREATE UNLOGGED SEQUENCE guard.opened_in MINVALUE -9223372036854775808;
CREATE UNLOGGED SEQUENCE guard.opened_until;

-- Opens this transaction for the tenant of a token, which is checked here and by no statement of it again.
-- `read_only` makes the transaction so, which it cannot be before: a sequence is given no value in one.
CREATE FUNCTION guard.open(token text, read_only boolean) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    halves CONSTANT text := encode(uuid_send(guard.check_token(token)), 'hex');
    began CONSTANT text := encode(timestamptz_send(transaction_timestamp()), 'hex');
    kept bigint;  -- assigned, not PERFORMed: that would be a query, which costs more than all of them
BEGIN
    kept := setval('guard.opened_high', ('x' || left(halves, 16))::bit(64)::bigint);
    kept := setval('guard.opened_low', ('x' || right(halves, 16))::bit(64)::bigint);
    kept := setval('guard.opened_in', ('x' || began)::bit(64)::bigint);
    kept := setval('guard.opened_until', split_part(token, '.', 2)::bigint);
    token := set_config('privity.token', 'opened', true);
    IF read_only THEN
        SET TRANSACTION READ ONLY;
    END IF;
END
$$;
GRANT EXECUTE ON FUNCTION guard.open(text, boolean) TO privity_app;

-- The tenant that this transaction was opened for; raises without one. Where the setting is a token and not the word
-- that guard.open() leaves, the token is checked. Saying that word opens nothing: what counts is what guard.open() kept
-- in this session, of this very transaction.
-- Always written `tenant_id = (SELECT guard.tenant())`, so that it runs once a query and not once a row.
-- Parallel restricted, because a parallel worker is another backend than the one that the token is good for.
CREATE FUNCTION guard.tenant() RETURNS uuid
    LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    token CONSTANT text := current_setting('privity.token', true);
BEGIN
    IF token = 'opened' THEN
        IF int8send(currval('guard.opened_in')) = timestamptz_send(transaction_timestamp())
            AND currval('guard.opened_until') >= extract(epoch FROM statement_timestamp())
        THEN
            RETURN encode(int8send(currval('guard.opened_high')) || int8send(currval('guard.opened_low')), 'hex')::uuid;
        END IF;
        RAISE 'no tenant' USING ERRCODE = 'invalid_authorization_specification';
    END IF;
    RETURN guard.check_token(token);
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
