"""The rules of the schema, checked against the catalog of a live database: at build, and at every start.

Each rule is one query that returns what breaks it, so an empty answer means that the wall stands. A table outside the
rules is listed in `OUTSIDE` with a reason, and then no role of the application may touch it directly except as listed.
"""

from collections.abc import Mapping
from typing import Final, LiteralString

import msgspec
from psycopg import AsyncConnection

from privity.errors import Misconfigured
from privity.store.roles import Role

POLICY: Final = "(tenant_id = ( SELECT guard.tenant() AS tenant))"
"""The restrictive policy as PostgreSQL prints it, the same from 15 to 18."""

OUTSIDE: Final[Mapping[str, str]] = {
    "public.alembic_version": "which revision the database is at",
    "guard.pads": "the pads of the guard's secret, which guard.tenant() alone reads",
}
"""Tables that no role of the application has any right on, and why they exist."""

DIRECT: Final[Mapping[str, tuple[Role, str]]] = {
    "platform": (Role.PLATFORM, "tenants as such, without content"),
    "ledger": (Role.LEDGER, "entries hold opaque ids; the sequencer works for all tenants"),
    "queue": (Role.QUEUE, "jobs hold ids; a worker works for all tenants and decides again for each"),
    "keys": (Role.KEYS, "wrapped keys, in a database of their own"),
}
"""Schemas without row-level security, the one role that may touch their tables directly, and why that is safe."""

EXCEPTIONS: Final[Mapping[tuple[str, Role], str]] = {
    ("ledger.inbox", Role.APP): "INSERT",  # gate puts an entry in; the sequencer checks the HMAC that it carries
    ("ledger.inbox", Role.PLATFORM): "INSERT",  # likewise, for acts of the platform
}
"""Direct rights on top of `DIRECT`."""

NAMED_FUNCTIONS: Final[Mapping[str, str]] = {
    "identity": "no role touches its tables: every way in is a function by exact key",
}
"""Schemas whose tables are reached by functions only."""

DEFINERS: Final[Mapping[str, str]] = {
    "guard.tenant": "reads the pads, which no other may read, and what guard.open kept",
    "guard.open": "reads the pads, and keeps for this transaction whose a good token is",
    "queue.defer": "inserts a job and stamps the tenant of the token",
    "queue.still_mine": "holds the job of one attempt, of the token's tenant only",
    "queue.under_way": "names what jobs of the token's tenant are about, no other",
    "platform.own_tenant": "reads the facts of the token's tenant only",
    "platform.keep_policy_set": "keeps the text of policies under its digest; nothing of a tenant's",
    "platform.find_policy_set": "reads the text of policies by its digest; nothing of a tenant's",
    "identity.standing": "reads the role of one person or token of the token's tenant only",
    "identity.note_standing": "a trigger: writes who was what when, whoever changes a person",
    "identity.people_at": "lists what the people of the token's tenant were at a time",
    "identity.find_token": "finds one token by tenant and id",
    "identity.note_use": "notes the last use of tokens by tenant and id",
    "identity.add_token": "adds a token for the token's tenant only",
    "identity.list_tokens": "lists tokens of the token's tenant only",
    "identity.revoke_token": "revokes a token of the token's tenant only",
    "identity.add_person": "adds a person to the token's tenant only",
    "identity.find_number": "finds whose one number is, by its keyed hash",
    "identity.claim_number": "claims a free number for the token's tenant only",
    "identity.release_number": "lets go of a number of the token's tenant only",
    "identity.find_workspace": "finds the tenant of a name",
    "identity.find_person": "finds one person by tenant and id, or by tenant and keyed hash of an address",
    "identity.find_session": "finds one session by tenant and id",
    "identity.note_seen": "notes when sessions were seen, by tenant and id",
    "identity.rotate_session": "takes the next refresh token of one session by tenant, id and generation",
    "identity.drop_session": "ends one session by tenant and id",
    "identity.open_code": "keeps one code that was sent by mail",
    "identity.try_code": "tries one code by tenant and id",
    "identity.find_link": "finds one link by tenant and id",
    "identity.find_passkey": "finds one passkey by tenant and credential id",
    "identity.take": "counts tries by keyed hash",
    "identity.forgive": "forgets tries by keyed hash",
    "identity.spend": "remembers a keyed hash that may come once",
    "identity.forget_expired": "deletes what has expired",
    "identity.add_session": "adds a session for the token's tenant only",
    "identity.raise_session": "adds a factor to a session of the token's tenant only",
    "identity.end_sessions": "ends sessions of the token's tenant only",
    "identity.list_sessions": "lists sessions of the token's tenant only",
    "identity.list_people": "lists people of the token's tenant only",
    "identity.own_person": "reads one person of the token's tenant only",
    "identity.hold_owners": "holds the owners of the token's tenant only",
    "identity.change_person": "changes a person of the token's tenant only",
    "identity.add_link": "adds a link for the token's tenant only",
    "identity.use_link": "uses a link of the token's tenant only",
    "identity.revoke_links": "revokes links of the token's tenant only",
    "identity.withdraw_links": "revokes links of the token's tenant only",
    "identity.list_invitations": "lists invitations of the token's tenant only",
    "identity.add_factor": "adds a factor for the token's tenant only",
    "identity.list_factors": "lists factors of the token's tenant only",
    "identity.own_factor": "reads one factor of the token's tenant only",
    "identity.use_totp": "uses a time step of a factor of the token's tenant only",
    "identity.use_passkey": "uses a passkey of the token's tenant only",
    "identity.use_recovery": "uses a recovery code of the token's tenant only",
    "identity.remove_factors": "removes factors of the token's tenant only",
    "identity.find_service": "finds one service by tenant and id",
    "identity.find_bearer": "finds one service by tenant and id, and whether a token of it was given back",
    "identity.note_service_use": "notes the last use of services by tenant and id",
    "identity.add_service": "adds a service for the token's tenant only",
    "identity.list_services": "lists services of the token's tenant only",
    "identity.grant_service": "changes what a service of the token's tenant may do",
    "identity.disable_service": "ends a service of the token's tenant only",
    "identity.find_carrier": "finds one account at a carrier by tenant and id",
    "identity.add_carrier": "adds an account at a carrier for the token's tenant only",
    "identity.list_carriers": "lists accounts at carriers of the token's tenant only",
    "identity.remove_carrier": "removes an account at a carrier of the token's tenant only",
    "keys.shred_records": "rewrites a table's file, which takes an owner's right; removes rows only",
    "keys.shred_tenant": "rewrites a table's file, which takes an owner's right; removes rows only",
}
"""Functions that run with the owner's rights, and why each may."""


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """A rule that is broken, and the table, function or role that breaks it."""

    rule: str
    thing: str


_OURS: Final = "nspname !~ '^pg_' AND nspname <> 'information_schema'"
_TENANT_TABLES: Final = """
    (SELECT c.* FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
     WHERE n.nspname = 'tenant' AND c.relkind IN ('r', 'p')) AS c"""
_LEADS: Final = """
    (SELECT attname = 'tenant_id' FROM pg_attribute WHERE attrelid = {table} AND attnum = {column})"""

RULES: Final[Mapping[str, LiteralString]] = {
    "a table of schema tenant has tenant_id uuid NOT NULL": f"""
        SELECT c.oid::regclass::text FROM {_TENANT_TABLES} WHERE NOT EXISTS (
            SELECT FROM pg_attribute WHERE attrelid = c.oid AND attname = 'tenant_id' AND attnotnull
                AND atttypid = 'uuid'::regtype)""",
    "a table of schema tenant has a primary key": f"""
        SELECT c.oid::regclass::text FROM {_TENANT_TABLES}
        WHERE NOT EXISTS (SELECT FROM pg_index WHERE indrelid = c.oid AND indisprimary)""",
    "tenant_id leads every primary key and unique constraint": f"""
        SELECT i.indexrelid::regclass::text FROM {_TENANT_TABLES} JOIN pg_index AS i ON i.indrelid = c.oid
        WHERE i.indisunique AND {_LEADS.format(table="c.oid", column="i.indkey[0]")} IS NOT TRUE""",
    "tenant_id leads every foreign key, on both sides": f"""
        SELECT c.oid::regclass::text || '.' || f.conname FROM {_TENANT_TABLES}
        JOIN pg_constraint AS f ON f.conrelid = c.oid AND f.contype = 'f'
        WHERE {_LEADS.format(table="c.oid", column="f.conkey[1]")} IS NOT TRUE
           OR {_LEADS.format(table="f.confrelid", column="f.confkey[1]")} IS NOT TRUE""",
    "row-level security is enabled and forced": f"""
        SELECT c.oid::regclass::text FROM {_TENANT_TABLES} WHERE NOT (c.relrowsecurity AND c.relforcerowsecurity)""",
    "one restrictive policy holds every command to the token's tenant": f"""
        SELECT c.oid::regclass::text FROM {_TENANT_TABLES} WHERE 1 <> (
            SELECT count(*) FROM pg_policy AS p WHERE p.polrelid = c.oid AND NOT p.polpermissive)
        OR NOT EXISTS (
            SELECT FROM pg_policy AS p WHERE p.polrelid = c.oid AND NOT p.polpermissive AND p.polcmd = '*'
                AND p.polroles = ARRAY[0::oid] AND pg_get_expr(p.polqual, p.polrelid) = %(policy)s
                AND pg_get_expr(p.polwithcheck, p.polrelid) = %(policy)s)""",
    "there are no materialized views and no foreign tables": f"""
        SELECT c.oid::regclass::text FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('m', 'f') AND {_OURS}""",
    "a view runs with the rights of its reader": f"""
        SELECT c.oid::regclass::text FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE c.relkind = 'v' AND {_OURS} AND NOT coalesce('security_invoker=true' = ANY (c.reloptions), false)""",
    "a function with the owner's rights is listed with a reason": f"""
        SELECT n.nspname || '.' || p.proname FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace
        WHERE p.prosecdef AND {_OURS} AND NOT n.nspname || '.' || p.proname = ANY (%(definers)s)""",
    "a function with the owner's rights pins its search_path": f"""
        SELECT n.nspname || '.' || p.proname FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace
        WHERE p.prosecdef AND {_OURS} AND NOT EXISTS (
            SELECT FROM unnest(p.proconfig) AS setting WHERE setting ~ '^search_path=.*pg_temp$')""",
    "no function is open to everyone": f"""
        SELECT n.nspname || '.' || p.proname FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace
        WHERE {_OURS} AND EXISTS (
            SELECT FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) AS g WHERE g.grantee = 0)""",
    "a role of the application owns nothing": """
        SELECT r.rolname FROM pg_roles AS r WHERE r.rolname = ANY (%(roles)s) AND (
            EXISTS (SELECT FROM pg_class WHERE relowner = r.oid) OR EXISTS (SELECT FROM pg_proc WHERE proowner = r.oid)
            OR EXISTS (SELECT FROM pg_namespace WHERE nspowner = r.oid)
            OR EXISTS (SELECT FROM pg_largeobject_metadata WHERE lomowner = r.oid))""",
    "a role of the application has no power over others and cannot bypass row-level security": """
        SELECT rolname FROM pg_roles WHERE rolname = ANY (%(roles)s)
            AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication)""",
    "a role of the application is a member of no other": """
        SELECT r.rolname || ' in ' || g.rolname FROM pg_auth_members AS m
        JOIN pg_roles AS r ON r.oid = m.member JOIN pg_roles AS g ON g.oid = m.roleid
        WHERE r.rolname = ANY (%(roles)s) AND g.rolname <> 'pg_checkpoint'""",
    "a role of the application creates nothing, not even a temporary table": f"""
        SELECT r.rolname FROM pg_roles AS r WHERE r.rolname = ANY (%(roles)s) AND (
            has_database_privilege(r.oid, current_database(), 'CREATE')
            OR has_database_privilege(r.oid, current_database(), 'TEMPORARY')
            OR EXISTS (SELECT FROM pg_namespace WHERE {_OURS} AND has_schema_privilege(r.oid, oid, 'CREATE')))""",
    "statements and parameters of a role stay out of pg_stat_activity and the log": """
        SELECT rolname FROM pg_roles WHERE rolname = ANY (%(roles)s)
            AND NOT coalesce(rolconfig, '{}') @> ARRAY['track_activities=off', 'log_parameter_max_length=0']""",
    "what a session has opened is written by guard.open alone": """
        SELECT c.oid::regclass::text FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE c.relkind = 'S' AND n.nspname = 'guard'
            AND EXISTS (SELECT FROM aclexplode(c.relacl) AS g WHERE g.grantee <> c.relowner)""",
    "every table stands under a rule": f"""
        SELECT c.oid::regclass::text FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p') AND {_OURS}
            AND NOT n.nspname = ANY (%(schemas)s) AND NOT n.nspname || '.' || c.relname = ANY (%(outside)s)""",
    "a table is touched by no other role than the rules name": f"""
        SELECT DISTINCT n.nspname || '.' || c.relname || ' by ' || coalesce(r.rolname, 'everyone') || ': '
            || g.privilege_type
        FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
        CROSS JOIN LATERAL (
            SELECT * FROM aclexplode(c.relacl) UNION ALL
            SELECT e.* FROM pg_attribute AS a CROSS JOIN aclexplode(a.attacl) AS e WHERE a.attrelid = c.oid
        ) AS g LEFT JOIN pg_roles AS r ON r.oid = g.grantee
        WHERE c.relkind IN ('r', 'p', 'v') AND {_OURS} AND g.grantee <> c.relowner
            AND NOT (n.nspname = 'tenant' AND r.rolname = %(app)s
                AND g.privilege_type IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE'))
            AND NOT coalesce(n.nspname || '|' || r.rolname = ANY (%(direct)s)
                AND g.privilege_type IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE'), false)
            AND NOT coalesce(n.nspname || '.' || c.relname || '|' || r.rolname || '|' || g.privilege_type
                = ANY (%(exceptions)s), false)""",
}
"""Every rule in words, and the query that finds what breaks it."""

_PARAMETERS: Final = {
    "app": Role.APP.value,
    "policy": POLICY,
    "definers": list(DEFINERS),
    "roles": [role.value for role in Role if role is not Role.OWNER],
    "schemas": ["tenant", *DIRECT, *NAMED_FUNCTIONS],
    "outside": list(OUTSIDE),
    "direct": [f"{schema}|{role}" for schema, (role, _) in DIRECT.items()],
    "exceptions": [f"{table}|{role}|{right}" for (table, role), right in EXCEPTIONS.items()],
}


async def lint(connection: AsyncConnection) -> list[Finding]:
    """Return every breach of the rules in the database that the connection leads to; any role may ask."""
    findings = []
    for rule, query in RULES.items():
        rows = await (await connection.execute(query, _PARAMETERS)).fetchall()
        findings += [Finding(rule=rule, thing=str(thing)) for (thing,) in rows]
    return findings


async def require_sound_schema(connection: AsyncConnection) -> None:
    """Return when every rule holds; raises Misconfigured, which names what breaks them, so that nothing starts."""
    findings = await lint(connection)
    if findings:
        told = "; ".join(f"{finding.thing}: {finding.rule}" for finding in findings[:3])
        raise Misconfigured(
            f"The database does not keep tenants apart ({len(findings)} breaches): {told}.",
            advice="Something changed the schema after Privity did. Undo that, or restore the database.",
        )
