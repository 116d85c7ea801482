-- Access beyond a role: grants, plugins' requests, emergencies, and which policies there were. Functions
-- of identity and platform here act on the tenant of the bound token, or hold nothing of a tenant's.
--
-- The checks repeat what the policies say, so that a row which they would refuse cannot be written by any way at all.

CREATE TABLE tenant.access_grant (
    tenant_id     uuid NOT NULL,
    id            uuid NOT NULL,
    grantee       text NOT NULL CHECK (grantee ~ '^(person|service):[a-z0-9-]{1,64}$'),
    scope         text NOT NULL CHECK (scope ~ '^(conversation|subject|project|author:person):[0-9a-f-]{36}$'),
    state         text NOT NULL CHECK (state IN ('asked', 'given', 'declined', 'revoked')),
    reason        bytea NOT NULL,          -- sealed
    asked_by      text CHECK (length(asked_by) <= 120),
    asked_at      timestamptz,
    given_by      text CHECK (length(given_by) <= 120),
    on_behalf_of  text CHECK (on_behalf_of ~ '^person:[0-9a-f-]{36}$'),
    given_at      timestamptz,
    starts_at     timestamptz NOT NULL,
    ends_at       timestamptz NOT NULL,
    ended_by      text CHECK (length(ended_by) <= 120),
    ended_at      timestamptz,             -- declined or revoked
    cause         uuid NOT NULL,           -- the decision that made it
    uses          bigint NOT NULL DEFAULT 0,
    last_used_at  timestamptz,
    PRIMARY KEY (tenant_id, id),
    CHECK (ends_at > starts_at AND ends_at <= starts_at + interval '366 days'),
    CHECK ((state IN ('given', 'revoked')) <= (given_by IS NOT NULL AND given_at IS NOT NULL)),
    CHECK ((state IN ('declined', 'revoked')) = (ended_by IS NOT NULL AND ended_at IS NOT NULL)),
    CONSTRAINT nobody_grants_to_himself CHECK (given_by <> grantee AND on_behalf_of IS DISTINCT FROM grantee),
    CONSTRAINT nobody_approves_what_he_asked_for CHECK (given_by IS DISTINCT FROM asked_by OR given_by IS NULL)
);
-- Finds the grant in force for one grantee and one scope without looking at any other, however many there are.
CREATE INDEX access_grant_in_force ON tenant.access_grant (tenant_id, grantee, scope, ends_at DESC) WHERE state = 'given';

-- An emergency: at most an hour, with a reason, approved by a second person or told to the owners, reviewed afterwards.
CREATE TABLE tenant.break_glass (
    tenant_id       uuid NOT NULL,
    id              uuid NOT NULL,
    holder          text NOT NULL CHECK (length(holder) <= 120),
    reason          bytea NOT NULL,        -- sealed
    factors         text[] NOT NULL,       -- what the holder's session had shown
    opened_at       timestamptz NOT NULL,
    ends_at         timestamptz NOT NULL,
    owners_told_at  timestamptz,
    approved_by     text CHECK (length(approved_by) <= 120),
    approved_at     timestamptz,
    ended_by        text CHECK (length(ended_by) <= 120),
    ended_at        timestamptz,
    reviewed_by     text CHECK (length(reviewed_by) <= 120),
    reviewed_at     timestamptz,
    review          bytea,                 -- sealed
    cause           uuid NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CHECK (ends_at > opened_at AND ends_at <= opened_at + interval '60 minutes'),
    CHECK (approved_by <> holder),
    CHECK (reviewed_by <> holder)
);
CREATE INDEX break_glass_of ON tenant.break_glass (tenant_id, holder, ends_at DESC) WHERE ended_at IS NULL;

-- What the people of a role have to know: an emergency, a request that waits for them. Ids only.
CREATE TABLE tenant.notice (
    tenant_id   uuid NOT NULL,
    id          uuid NOT NULL,
    for_role    text NOT NULL CHECK (for_role IN ('owner', 'admin')),
    kind        text NOT NULL CHECK (kind IN ('break-glass-opened', 'grant-asked')),
    about       uuid NOT NULL,
    created_at  timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX notice_newest ON tenant.notice (tenant_id, for_role, id DESC);

SELECT guard.protect('tenant.access_grant');
SELECT guard.protect('tenant.break_glass');
SELECT guard.protect('tenant.notice');

-- Every policy set that ever decided here, by its digest, so that an old decision is explained with the text of then.
CREATE TABLE platform.policy_set (
    digest         text PRIMARY KEY CHECK (digest ~ '^[0-9a-f]{64}$'),
    policies       text NOT NULL,
    schema         text NOT NULL,
    first_used_at  timestamptz NOT NULL,
    CHECK (digest = encode(sha256(convert_to(schema, 'UTF8') || '\x00' || convert_to(policies, 'UTF8')), 'hex'))
);
GRANT SELECT ON platform.policy_set TO privity_platform;

CREATE FUNCTION platform.keep_policy_set(set_digest text, set_policies text, set_schema text, moment timestamptz)
    RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
        INSERT INTO platform.policy_set (digest, policies, schema, first_used_at)
        VALUES (set_digest, set_policies, set_schema, moment) ON CONFLICT DO NOTHING
    $$;

CREATE FUNCTION platform.find_policy_set(set_digest text)
    RETURNS TABLE (policies text, schema text, first_used_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
        SELECT s.policies, s.schema, s.first_used_at FROM platform.policy_set AS s WHERE s.digest = set_digest
    $$;

-- What somebody is in the token's tenant: a person's role while nobody locked him out, `service` for an accepted token.
CREATE FUNCTION identity.standing(principal text, moment timestamptz) RETURNS TABLE (role text, clinical boolean)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
        SELECT p.role, p.clinical OR p.role = 'practitioner' FROM identity.person AS p
        WHERE p.tenant_id = guard.tenant() AND p.state = 'open'
          AND p.id = CASE WHEN principal ~ '^person:[0-9a-f-]{36}$' THEN substr(principal, 8)::uuid END
        UNION ALL
        SELECT 'service', false FROM identity.token AS t
        WHERE t.tenant_id = guard.tenant() AND t.revoked_at IS NULL AND t.expires_at > moment
          AND t.id = CASE WHEN principal LIKE 'service:%' THEN substr(principal, 9) END
    $$;

-- What each person was allowed, from when to when: written by the database itself, so that no way past it exists.
CREATE TABLE identity.person_history (
    tenant_id  uuid NOT NULL,
    person_id  uuid NOT NULL,
    since      timestamptz NOT NULL,
    until      timestamptz,
    standing   jsonb NOT NULL,             -- role, clinical, every_project, projects, state; no name and no address
    PRIMARY KEY (tenant_id, person_id, since)
);

CREATE FUNCTION identity.note_standing() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    kept CONSTANT text[] := ARRAY['role', 'clinical', 'every_project', 'projects', 'state'];
    old_standing jsonb;
    new_standing jsonb;
    moment CONSTANT timestamptz := clock_timestamp();
BEGIN
    IF TG_OP <> 'DELETE' THEN
        SELECT jsonb_object_agg(key, value) INTO new_standing FROM jsonb_each(to_jsonb(NEW)) WHERE key = ANY (kept);
    END IF;
    IF TG_OP <> 'INSERT' THEN
        SELECT jsonb_object_agg(key, value) INTO old_standing FROM jsonb_each(to_jsonb(OLD)) WHERE key = ANY (kept);
        IF old_standing IS NOT DISTINCT FROM new_standing THEN
            RETURN NULL;
        END IF;
        UPDATE identity.person_history SET until = moment
        WHERE tenant_id = OLD.tenant_id AND person_id = OLD.id AND until IS NULL;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO identity.person_history (tenant_id, person_id, since, standing)
        VALUES (NEW.tenant_id, NEW.id, moment, new_standing);
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER standing_changes AFTER INSERT OR UPDATE OR DELETE ON identity.person
    FOR EACH ROW EXECUTE FUNCTION identity.note_standing();

CREATE FUNCTION identity.people_at(moment timestamptz) RETURNS TABLE (id uuid, since timestamptz, standing jsonb)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
        SELECT h.person_id, h.since, h.standing FROM identity.person_history AS h
        WHERE h.tenant_id = guard.tenant() AND h.since <= moment AND (h.until IS NULL OR h.until > moment)
        ORDER BY h.person_id
    $$;

REVOKE ALL ON FUNCTION platform.keep_policy_set(text, text, text, timestamptz), platform.find_policy_set(text),
    identity.standing(text, timestamptz), identity.people_at(timestamptz), identity.note_standing() FROM public;
GRANT EXECUTE ON FUNCTION platform.keep_policy_set(text, text, text, timestamptz), platform.find_policy_set(text),
    identity.standing(text, timestamptz), identity.people_at(timestamptz) TO privity_app;
