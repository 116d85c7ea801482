-- How people come in: sessions, links, codes, second factors, and what is counted against guessing. As in 30_identity.sql
-- no role reads a table. Functions for privity_lookup take an exact key with its tenant; those for privity_app act on the
-- tenant of the bound token.

CREATE TABLE identity.session (
    tenant_id     uuid NOT NULL,
    id            uuid NOT NULL,
    person_id     uuid NOT NULL,
    factors       text[] NOT NULL,         -- what was shown in it so far
    generation    integer NOT NULL DEFAULT 1,  -- of its refresh token; an older one that comes again ends the session
    rotated_at    timestamptz NOT NULL,
    created_at    timestamptz NOT NULL,
    seen_at       timestamptz NOT NULL,
    expires_at    timestamptz NOT NULL,
    idle_seconds  integer NOT NULL CHECK (idle_seconds BETWEEN 60 AND 3600),
    came_from     bytea NOT NULL,          -- sealed: address and browser
    ended_at      timestamptz,
    ended_because text CHECK (ended_because ~ '^[a-z-]{1,40}$'),
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, person_id) REFERENCES identity.person (tenant_id, id),
    CHECK (expires_at <= created_at + interval '24 hours'),
    CHECK ((ended_at IS NULL) = (ended_because IS NULL))
);
CREATE INDEX session_alive ON identity.session (tenant_id, person_id) WHERE ended_at IS NULL;

-- A second factor of a person, or one of the recovery codes. One that is not confirmed yet opens nothing.
CREATE TABLE identity.factor (
    tenant_id     uuid NOT NULL,
    id            uuid NOT NULL,
    person_id     uuid NOT NULL,
    kind          text NOT NULL CHECK (kind IN ('totp', 'passkey', 'recovery')),
    name          text NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
    seed          bytea,                   -- totp: sealed
    last_step     bigint,                  -- totp: the newest time step that was used (RFC 6238 section 5.2)
    credential    bytea,                   -- passkey: its id
    public_key    bytea,                   -- passkey: COSE
    sign_count    bigint,                  -- passkey: 0 for those that do not count
    mac           bytea,                   -- recovery code: its keyed hash
    created_at    timestamptz NOT NULL,
    confirmed_at  timestamptz,
    used_at       timestamptz,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, credential),
    FOREIGN KEY (tenant_id, person_id) REFERENCES identity.person (tenant_id, id),
    CHECK ((kind = 'totp') = (seed IS NOT NULL)),
    CHECK ((kind = 'passkey') = (credential IS NOT NULL AND public_key IS NOT NULL AND sign_count IS NOT NULL)),
    CHECK ((kind = 'recovery') = (mac IS NOT NULL))
);
CREATE INDEX factor_of_person ON identity.factor (tenant_id, person_id);

-- A link that lets somebody in once: a person that there is, or one who is invited and becomes one by following it.
CREATE TABLE identity.link (
    tenant_id     uuid NOT NULL,
    id            text NOT NULL CHECK (id ~ '^[a-z0-9]{10}$'),
    kind          text NOT NULL CHECK (kind IN ('sign-in', 'invitation')),
    mac           bytea NOT NULL,
    person_id     uuid NOT NULL,           -- of an invitation: the id that the person will have
    role          text NOT NULL CHECK (role IN ('owner', 'admin', 'practitioner', 'receptionist', 'auditor')),
    clinical      boolean NOT NULL,
    every_project boolean NOT NULL,
    projects      uuid[] NOT NULL,
    email         bytea NOT NULL,          -- sealed for the person's id
    email_index   bytea NOT NULL,
    made_by       text NOT NULL CHECK (length(made_by) <= 120),
    created_at    timestamptz NOT NULL,
    expires_at    timestamptz NOT NULL,
    used_at       timestamptz,
    revoked_at    timestamptz,
    PRIMARY KEY (tenant_id, id),
    CHECK (expires_at <= created_at + interval '14 days')
);

-- A code that was sent by mail. One is kept for an unknown address too, without a person, so that nobody can tell.
CREATE TABLE identity.code (
    tenant_id     uuid NOT NULL,
    id            uuid NOT NULL,
    person_id     uuid,
    mac           bytea NOT NULL,
    browser       bytea NOT NULL,          -- keyed hash of what the browser that asked holds
    tries         integer NOT NULL DEFAULT 0,
    created_at    timestamptz NOT NULL,
    expires_at    timestamptz NOT NULL,
    used_at       timestamptz,
    PRIMARY KEY (tenant_id, id),
    CHECK (expires_at <= created_at + interval '10 minutes')
);
CREATE INDEX code_expiry ON identity.code (expires_at);

-- Short-lived facts by keyed hash: how often something was tried, and what may not come twice.
CREATE TABLE identity.ephemeral (
    kind          text NOT NULL CHECK (kind IN ('rate', 'spent')),
    key           bytea NOT NULL CHECK (length(key) = 32),
    full_until    timestamptz,             -- rate: the theoretical arrival time of the generic cell rate algorithm
    created_at    timestamptz NOT NULL,
    expires_at    timestamptz NOT NULL,
    PRIMARY KEY (kind, key),
    CHECK (expires_at <= created_at + interval '24 hours')
);
CREATE INDEX ephemeral_expiry ON identity.ephemeral (expires_at);

-- Lookups, before a tenant is bound.

CREATE FUNCTION identity.find_workspace(workspace text) RETURNS TABLE (tenant_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$ SELECT t.id FROM platform.tenant AS t WHERE lower(t.name) = lower(workspace) AND t.state = 'open' $$;

CREATE FUNCTION identity.find_person(tenant uuid, person uuid, address bytea)
    RETURNS TABLE (id uuid, role text, clinical boolean, every_project boolean, projects uuid[], open boolean,
                   enrolled boolean)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
        SELECT p.id, p.role, p.clinical, p.every_project, p.projects, p.state = 'open',
               EXISTS (SELECT FROM identity.factor AS f WHERE f.tenant_id = p.tenant_id AND f.person_id = p.id
                       AND f.kind <> 'recovery' AND f.confirmed_at IS NOT NULL)
        FROM identity.person AS p WHERE p.tenant_id = tenant AND (p.id = person OR p.email_index = address)
    $$;

CREATE FUNCTION identity.find_session(tenant uuid, session uuid)
    RETURNS TABLE (person_id uuid, role text, clinical boolean, every_project boolean, projects uuid[], factors text[],
                   generation integer, rotated_at timestamptz, seen_at timestamptz, expires_at timestamptz,
                   idle_seconds integer, alive boolean, enrolled boolean)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
        SELECT p.id, p.role, p.clinical, p.every_project, p.projects, s.factors, s.generation, s.rotated_at, s.seen_at,
               s.expires_at, s.idle_seconds, s.ended_at IS NULL AND p.state = 'open',
               EXISTS (SELECT FROM identity.factor AS f WHERE f.tenant_id = p.tenant_id AND f.person_id = p.id
                       AND f.kind <> 'recovery' AND f.confirmed_at IS NOT NULL)
        FROM identity.session AS s JOIN identity.person AS p ON p.tenant_id = s.tenant_id AND p.id = s.person_id
        WHERE s.tenant_id = tenant AND s.id = session
    $$;

CREATE FUNCTION identity.note_seen(tenants uuid[], sessions uuid[], times timestamptz[]) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
        UPDATE identity.session AS s SET seen_at = seen.at
        FROM unnest(tenants, sessions, times) AS seen (tenant, session, at)
        WHERE s.tenant_id = seen.tenant AND s.id = seen.session AND s.seen_at < seen.at
    $$;

-- Takes the next generation of a session's refresh token, for the holder of the present one only: of two who hold it one
-- comes first, and the other is a reuse.
CREATE FUNCTION identity.rotate_session(tenant uuid, session uuid, present integer, moment timestamptz) RETURNS boolean
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
        WITH rotated AS (
            UPDATE identity.session AS s SET generation = s.generation + 1, rotated_at = moment
            WHERE s.tenant_id = tenant AND s.id = session AND s.generation = present AND s.ended_at IS NULL
            RETURNING 1
        )
        SELECT EXISTS (SELECT FROM rotated)
    $$;

CREATE FUNCTION identity.drop_session(tenant uuid, session uuid, because text, moment timestamptz) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
        UPDATE identity.session AS s SET ended_at = moment, ended_because = because
        WHERE s.tenant_id = tenant AND s.id = session AND s.ended_at IS NULL
    $$;

CREATE FUNCTION identity.open_code(
        tenant uuid, code uuid, person uuid, mac bytea, browser bytea, moment timestamptz, until timestamptz
    ) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
        INSERT INTO identity.code (tenant_id, id, person_id, mac, browser, created_at, expires_at)
        VALUES (tenant, code, person, mac, browser, moment, until)
    $$;

-- Tries a code once and counts the try; a code that fits is used up by the same statement.
CREATE FUNCTION identity.try_code(tenant uuid, code uuid, given bytea, from_browser bytea, most integer, moment timestamptz)
    RETURNS TABLE (fits boolean, person_id uuid)
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
        UPDATE identity.code AS c
        SET tries = c.tries + 1, used_at = CASE WHEN c.mac = given THEN moment END
        WHERE c.tenant_id = tenant AND c.id = code AND c.browser = from_browser AND c.used_at IS NULL
          AND c.tries < most AND c.expires_at > moment
        RETURNING c.used_at IS NOT NULL, c.person_id
    $$;

CREATE FUNCTION identity.find_link(tenant uuid, link text)
    RETURNS TABLE (kind text, mac bytea, person_id uuid, role text, clinical boolean, every_project boolean,
                   projects uuid[], email bytea, email_index bytea, expires_at timestamptz, good boolean)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
        SELECT l.kind, l.mac, l.person_id, l.role, l.clinical, l.every_project, l.projects, l.email, l.email_index,
               l.expires_at, l.used_at IS NULL AND l.revoked_at IS NULL
        FROM identity.link AS l WHERE l.tenant_id = tenant AND l.id = link
    $$;

CREATE FUNCTION identity.find_passkey(tenant uuid, passkey bytea)
    RETURNS TABLE (id uuid, person_id uuid, public_key bytea, sign_count bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
        SELECT f.id, f.person_id, f.public_key, f.sign_count FROM identity.factor AS f
        WHERE f.tenant_id = tenant AND f.credential = passkey AND f.confirmed_at IS NOT NULL
    $$;

-- Counts one try against each key and says whether all had room. `spacing` is how long one try takes to be forgotten,
-- `bursts` how many may come at once. Keys are taken in order, so that two callers never wait for each other.
CREATE FUNCTION identity.take(keys bytea[], spacings interval[], bursts integer[], moment timestamptz) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
DECLARE
    one record;
    room boolean := true;
BEGIN
    FOR one IN
        SELECT k.key, k.spacing, k.burst FROM unnest(keys, spacings, bursts) AS k (key, spacing, burst) ORDER BY k.key
    LOOP
        INSERT INTO identity.ephemeral AS e (kind, key, full_until, created_at, expires_at)
        VALUES ('rate', one.key, moment + one.spacing, moment, moment + one.spacing * one.burst)
        ON CONFLICT (kind, key) DO UPDATE
        SET full_until = greatest(e.full_until, moment) + one.spacing,
            created_at = moment, expires_at = moment + one.spacing * one.burst
        WHERE greatest(e.full_until, moment) + one.spacing - moment <= one.spacing * one.burst;
        room := room AND FOUND;
    END LOOP;
    RETURN room;
END
$$;

CREATE FUNCTION identity.forgive(keys bytea[]) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$ DELETE FROM identity.ephemeral AS e WHERE e.kind = 'rate' AND e.key = ANY (keys) $$;

-- Says whether this comes for the first time.
CREATE FUNCTION identity.spend(fact bytea, moment timestamptz, until timestamptz) RETURNS boolean
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
        WITH spent AS (
            INSERT INTO identity.ephemeral (kind, key, created_at, expires_at) VALUES ('spent', fact, moment, until)
            ON CONFLICT DO NOTHING
            RETURNING 1
        )
        SELECT EXISTS (SELECT FROM spent)
    $$;

CREATE FUNCTION identity.forget_expired(moment timestamptz) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
        DELETE FROM identity.ephemeral AS e WHERE e.expires_at < moment;
        DELETE FROM identity.code AS c WHERE c.expires_at < moment;
    $$;

-- Acts inside the tenant of the bound token.

CREATE FUNCTION identity.add_session(
        session uuid, person uuid, factors text[], moment timestamptz, until timestamptz, idle integer, came_from bytea
    ) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
        INSERT INTO identity.session
            (tenant_id, id, person_id, factors, rotated_at, created_at, seen_at, expires_at, idle_seconds, came_from)
        VALUES (guard.tenant(), session, person, factors, moment, moment, moment, until, idle, came_from)
    $$;

-- Adds a factor to a session and takes the next generation, so that what was lent out before is of no use any more.
CREATE FUNCTION identity.raise_session(session uuid, factor text, moment timestamptz) RETURNS TABLE (generation integer)
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
        UPDATE identity.session AS s
        SET factors = CASE WHEN factor = ANY (s.factors) THEN s.factors ELSE s.factors || factor END,
            generation = s.generation + 1, rotated_at = moment, seen_at = moment
        WHERE s.tenant_id = guard.tenant() AND s.id = session AND s.ended_at IS NULL
        RETURNING s.generation
    $$;

-- Ends one session of a person, all but one, or all: `session` and `but` are null for all.
CREATE FUNCTION identity.end_sessions(person uuid, session uuid, but uuid, because text, moment timestamptz) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
        WITH ended AS (
            UPDATE identity.session AS s SET ended_at = moment, ended_because = because
            WHERE s.tenant_id = guard.tenant() AND s.person_id = person AND s.ended_at IS NULL
              AND (session IS NULL OR s.id = session) AND (but IS NULL OR s.id <> but)
            RETURNING 1
        )
        SELECT count(*) FROM ended
    $$;

CREATE FUNCTION identity.list_sessions(person uuid, moment timestamptz)
    RETURNS TABLE (id uuid, factors text[], created_at timestamptz, seen_at timestamptz, expires_at timestamptz,
                   came_from bytea)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
        SELECT s.id, s.factors, s.created_at, s.seen_at, s.expires_at, s.came_from FROM identity.session AS s
        WHERE s.tenant_id = guard.tenant() AND s.person_id = person AND s.ended_at IS NULL AND s.expires_at > moment
          AND s.seen_at + make_interval(secs => s.idle_seconds) > moment
        ORDER BY s.seen_at DESC, s.id
    $$;

CREATE FUNCTION identity.list_people()
    RETURNS TABLE (id uuid, role text, clinical boolean, every_project boolean, projects uuid[], state text, email bytea,
                   created_at timestamptz, seen_at timestamptz, factors text[])
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
        SELECT p.id, p.role, p.clinical, p.every_project, p.projects, p.state, p.email, p.created_at,
               (SELECT max(s.seen_at) FROM identity.session AS s WHERE s.tenant_id = p.tenant_id AND s.person_id = p.id),
               ARRAY(SELECT DISTINCT f.kind FROM identity.factor AS f WHERE f.tenant_id = p.tenant_id
                     AND f.person_id = p.id AND f.confirmed_at IS NOT NULL AND f.kind <> 'recovery' ORDER BY f.kind)
        FROM identity.person AS p WHERE p.tenant_id = guard.tenant() ORDER BY p.created_at, p.id
    $$;

CREATE FUNCTION identity.own_person(person uuid)
    RETURNS TABLE (id uuid, role text, clinical boolean, every_project boolean, projects uuid[], state text, email bytea,
                   email_index bytea, owners bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
        SELECT p.id, p.role, p.clinical, p.every_project, p.projects, p.state, p.email, p.email_index,
               (SELECT count(*) FROM identity.person AS o
                WHERE o.tenant_id = p.tenant_id AND o.role = 'owner' AND o.state = 'open')
        FROM identity.person AS p WHERE p.tenant_id = guard.tenant() AND p.id = person
    $$;

-- Whoever may take an owner away holds all of them first: of two at once, the second counts what the first has left.
CREATE FUNCTION identity.hold_owners() RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
        SELECT FROM identity.person AS p WHERE p.tenant_id = guard.tenant() AND p.role = 'owner' ORDER BY p.id FOR UPDATE
    $$;

CREATE FUNCTION identity.change_person(
        person uuid, role text, clinical boolean, every_project boolean, projects uuid[], state text
    ) RETURNS boolean
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
        WITH changed AS (
            UPDATE identity.person AS p SET role = change_person.role, clinical = change_person.clinical,
                every_project = change_person.every_project, projects = change_person.projects,
                state = change_person.state
            WHERE p.tenant_id = guard.tenant() AND p.id = person
            RETURNING 1
        )
        SELECT EXISTS (SELECT FROM changed)
    $$;

CREATE FUNCTION identity.add_link(
        link text, kind text, mac bytea, person uuid, role text, clinical boolean, every_project boolean, projects uuid[],
        email bytea, email_index bytea, made_by text, moment timestamptz, until timestamptz
    ) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
        INSERT INTO identity.link (tenant_id, id, kind, mac, person_id, role, clinical, every_project, projects, email,
                                   email_index, made_by, created_at, expires_at)
        VALUES (guard.tenant(), link, kind, mac, person, role, clinical, every_project, projects, email, email_index,
                made_by, moment, until)
    $$;

CREATE FUNCTION identity.use_link(link text, moment timestamptz) RETURNS boolean
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
        WITH used AS (
            UPDATE identity.link AS l SET used_at = moment
            WHERE l.tenant_id = guard.tenant() AND l.id = link AND l.used_at IS NULL AND l.revoked_at IS NULL
              AND l.expires_at > moment
            RETURNING 1
        )
        SELECT EXISTS (SELECT FROM used)
    $$;

CREATE FUNCTION identity.revoke_links(link text, person uuid, moment timestamptz) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
        WITH revoked AS (
            UPDATE identity.link AS l SET revoked_at = moment
            WHERE l.tenant_id = guard.tenant() AND (l.id = link OR l.person_id = person)
              AND l.used_at IS NULL AND l.revoked_at IS NULL
            RETURNING 1
        )
        SELECT count(*) FROM revoked
    $$;

-- What somebody made who was locked, or may give less than before; `maker` is a caller in one word.
CREATE FUNCTION identity.withdraw_links(maker text, moment timestamptz) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
        WITH withdrawn AS (
            UPDATE identity.link AS l SET revoked_at = moment
            WHERE l.tenant_id = guard.tenant() AND l.made_by = maker AND l.used_at IS NULL AND l.revoked_at IS NULL
              AND l.expires_at > moment
            RETURNING 1
        )
        SELECT count(*) FROM withdrawn
    $$;

CREATE FUNCTION identity.list_invitations()
    RETURNS TABLE (id text, person_id uuid, role text, clinical boolean, every_project boolean, projects uuid[],
                   email bytea, made_by text, created_at timestamptz, expires_at timestamptz, used_at timestamptz,
                   revoked_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
        SELECT l.id, l.person_id, l.role, l.clinical, l.every_project, l.projects, l.email, l.made_by, l.created_at,
               l.expires_at, l.used_at, l.revoked_at
        FROM identity.link AS l WHERE l.tenant_id = guard.tenant() AND l.kind = 'invitation'
        ORDER BY l.created_at DESC, l.person_id DESC  -- of one moment too: ids of people rise
    $$;

CREATE FUNCTION identity.add_factor(
        factor uuid, person uuid, kind text, name text, seed bytea, credential bytea, public_key bytea, sign_count bigint,
        mac bytea, moment timestamptz, confirmed timestamptz
    ) RETURNS boolean
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
        WITH added AS (
            INSERT INTO identity.factor (tenant_id, id, person_id, kind, name, seed, credential, public_key, sign_count,
                                         mac, created_at, confirmed_at)
            VALUES (guard.tenant(), factor, person, kind, name, seed, credential, public_key, sign_count, mac, moment,
                    confirmed)
            ON CONFLICT DO NOTHING
            RETURNING 1
        )
        SELECT EXISTS (SELECT FROM added)
    $$;

CREATE FUNCTION identity.list_factors(person uuid)
    RETURNS TABLE (id uuid, kind text, name text, seed bytea, credential bytea, public_key bytea, sign_count bigint,
                   created_at timestamptz, confirmed_at timestamptz, used_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
        SELECT f.id, f.kind, f.name, f.seed, f.credential, f.public_key, f.sign_count, f.created_at, f.confirmed_at,
               f.used_at
        FROM identity.factor AS f WHERE f.tenant_id = guard.tenant() AND f.person_id = person ORDER BY f.created_at, f.id
    $$;

CREATE FUNCTION identity.own_factor(factor uuid)
    RETURNS TABLE (person_id uuid, kind text, others bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
        SELECT f.person_id, f.kind,
               (SELECT count(*) FROM identity.factor AS o WHERE o.tenant_id = f.tenant_id AND o.person_id = f.person_id
                AND o.id <> f.id AND o.kind <> 'recovery' AND o.confirmed_at IS NOT NULL)
        FROM identity.factor AS f WHERE f.tenant_id = guard.tenant() AND f.id = factor
    $$;

-- Uses a time step of a TOTP seed: only one that is newer than the last, so that a code works once.
CREATE FUNCTION identity.use_totp(factor uuid, step bigint, moment timestamptz) RETURNS boolean
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
        WITH used AS (
            UPDATE identity.factor AS f SET last_step = step, used_at = moment, confirmed_at = coalesce(f.confirmed_at, moment)
            WHERE f.tenant_id = guard.tenant() AND f.id = factor AND f.kind = 'totp' AND coalesce(f.last_step, -1) < step
            RETURNING 1
        )
        SELECT EXISTS (SELECT FROM used)
    $$;

-- Uses a passkey: its counter has to rise, unless it does not count at all.
CREATE FUNCTION identity.use_passkey(factor uuid, count bigint, moment timestamptz) RETURNS boolean
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
        WITH used AS (
            UPDATE identity.factor AS f SET sign_count = count, used_at = moment
            WHERE f.tenant_id = guard.tenant() AND f.id = factor AND f.kind = 'passkey'
              AND (f.sign_count < count OR (f.sign_count = 0 AND count = 0))
            RETURNING 1
        )
        SELECT EXISTS (SELECT FROM used)
    $$;

CREATE FUNCTION identity.use_recovery(person uuid, given bytea, moment timestamptz) RETURNS boolean
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
        WITH used AS (
            DELETE FROM identity.factor AS f
            WHERE f.tenant_id = guard.tenant() AND f.person_id = person AND f.kind = 'recovery' AND f.mac = given
            RETURNING 1
        )
        SELECT EXISTS (SELECT FROM used)
    $$;

-- Removes one factor of a person, all of a kind, or all: `factor` and `kind` are null for all.
CREATE FUNCTION identity.remove_factors(person uuid, factor uuid, kind text) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
        WITH removed AS (
            DELETE FROM identity.factor AS f
            WHERE f.tenant_id = guard.tenant() AND f.person_id = person
              AND (factor IS NULL OR f.id = factor) AND (remove_factors.kind IS NULL OR f.kind = remove_factors.kind)
            RETURNING 1
        )
        SELECT count(*) FROM removed
    $$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA identity FROM public;
GRANT EXECUTE ON FUNCTION
    identity.find_workspace(text),
    identity.find_person(uuid, uuid, bytea),
    identity.find_session(uuid, uuid),
    identity.note_seen(uuid[], uuid[], timestamptz[]),
    identity.rotate_session(uuid, uuid, integer, timestamptz),
    identity.drop_session(uuid, uuid, text, timestamptz),
    identity.open_code(uuid, uuid, uuid, bytea, bytea, timestamptz, timestamptz),
    identity.try_code(uuid, uuid, bytea, bytea, integer, timestamptz),
    identity.find_link(uuid, text),
    identity.find_passkey(uuid, bytea),
    identity.take(bytea[], interval[], integer[], timestamptz),
    identity.forgive(bytea[]),
    identity.spend(bytea, timestamptz, timestamptz),
    identity.forget_expired(timestamptz)
TO privity_lookup;
GRANT EXECUTE ON FUNCTION
    identity.add_session(uuid, uuid, text[], timestamptz, timestamptz, integer, bytea),
    identity.raise_session(uuid, text, timestamptz),
    identity.end_sessions(uuid, uuid, uuid, text, timestamptz),
    identity.list_sessions(uuid, timestamptz),
    identity.list_people(),
    identity.own_person(uuid),
    identity.hold_owners(),
    identity.change_person(uuid, text, boolean, boolean, uuid[], text),
    identity.add_link(text, text, bytea, uuid, text, boolean, boolean, uuid[], bytea, bytea, text, timestamptz, timestamptz),
    identity.use_link(text, timestamptz),
    identity.revoke_links(text, uuid, timestamptz),
    identity.withdraw_links(text, timestamptz),
    identity.list_invitations(),
    identity.add_factor(uuid, uuid, text, text, bytea, bytea, bytea, bigint, bytea, timestamptz, timestamptz),
    identity.list_factors(uuid),
    identity.own_factor(uuid),
    identity.use_totp(uuid, bigint, timestamptz),
    identity.use_passkey(uuid, bigint, timestamptz),
    identity.use_recovery(uuid, bytea, timestamptz),
    identity.remove_factors(uuid, uuid, text)
TO privity_app;
