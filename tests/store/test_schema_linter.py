"""The linter finds every breach of the schema's rules, and the schema has none."""

import psycopg
import pytest

from databases import FreshDatabase
from privity.errors import Misconfigured
from privity.store import Role
from privity.store.linter import RULES, lint, require_sound_schema
from promises import promise

BREACHES = {
    "a table of schema tenant has tenant_id uuid NOT NULL": "ALTER TABLE tenant.note DROP CONSTRAINT note_pkey,"
    " ALTER COLUMN tenant_id DROP NOT NULL",
    "a table of schema tenant has a primary key": "ALTER TABLE tenant.note DROP CONSTRAINT note_pkey",
    "tenant_id leads every primary key and unique constraint": "CREATE UNIQUE INDEX ON tenant.note (id)",
    "tenant_id leads every foreign key, on both sides": "CREATE TABLE public.other (id uuid PRIMARY KEY);"
    " ALTER TABLE tenant.note ADD FOREIGN KEY (id) REFERENCES public.other",
    "row-level security is enabled and forced": "ALTER TABLE tenant.note NO FORCE ROW LEVEL SECURITY",
    "one restrictive policy holds every command to the token's tenant": "ALTER POLICY one_tenant ON tenant.note"
    " USING (tenant_id = (SELECT guard.tenant()) OR true)",
    "there are no materialized views and no foreign tables": "CREATE MATERIALIZED VIEW public.copy AS SELECT 1",
    "a view runs with the rights of its reader": "CREATE VIEW tenant.all_notes AS SELECT * FROM tenant.note",
    "a function with the owner's rights is listed with a reason": "CREATE FUNCTION tenant.every() RETURNS bigint"
    " LANGUAGE sql SECURITY DEFINER SET search_path = pg_temp AS 'SELECT count(*) FROM tenant.note'",
    "a function with the owner's rights pins its search_path": "ALTER FUNCTION guard.tenant() RESET search_path",
    "no function is open to everyone": "GRANT EXECUTE ON FUNCTION guard.tenant() TO PUBLIC",
    "a role of the application owns nothing": "ALTER TABLE tenant.note OWNER TO privity_app",
    "a role of the application has no power over others and cannot bypass row-level security": "ALTER ROLE privity_app"
    " BYPASSRLS",
    "a role of the application is a member of no other": "GRANT pg_read_all_data TO privity_app",
    "a role of the application creates nothing, not even a temporary table": "GRANT CREATE ON SCHEMA public"
    " TO privity_app",
    "statements and parameters of a role stay out of pg_stat_activity and the log": "ALTER ROLE privity_app"
    " SET track_activities = on",
    "what a session has opened is written by guard.open alone": "GRANT USAGE ON SEQUENCE guard.opened_in"
    " TO privity_app",
    "every table stands under a rule": "CREATE TABLE public.forgotten ()",
    "a table is touched by no other role than the rules name": "GRANT SELECT (inner_pad) ON guard.pads TO privity_app",
}
NOTE = (
    "CREATE TABLE tenant.note (tenant_id uuid NOT NULL, id uuid NOT NULL, PRIMARY KEY (tenant_id, id));"
    " SELECT guard.protect('tenant.note')"
)


@promise("D34", sabotage="protect_without_force")
async def test_the_schema_breaks_no_rule(shared_database: FreshDatabase) -> None:
    async with shared_database.data.connection(Role.APP) as connection:
        assert await lint(connection) == []
    async with shared_database.keys.connection(Role.KEYS) as connection:
        assert await lint(connection) == []


@pytest.mark.parametrize("rule", RULES)
async def test_a_breach_is_found(shared_database: FreshDatabase, rule: str) -> None:
    # Roles belong to the whole cluster, so a breach is made in a transaction that never commits.
    async with await psycopg.AsyncConnection.connect(shared_database.superuser_dsn) as connection:
        await connection.execute("SET ROLE privity_owner")
        await connection.execute(NOTE)
        await connection.execute("RESET ROLE")
        assert await lint(connection) == []
        await connection.execute(BREACHES[rule])
        assert rule in {finding.rule for finding in await lint(connection)}
        await connection.rollback()


async def test_a_breach_keeps_everything_from_starting(shared_database: FreshDatabase) -> None:
    async with await psycopg.AsyncConnection.connect(shared_database.superuser_dsn) as connection:
        await require_sound_schema(connection)
        await connection.execute("ALTER TABLE tenant.conversation DISABLE ROW LEVEL SECURITY")
        with pytest.raises(Misconfigured, match=r"tenant\.conversation: row-level security is enabled and forced"):
            await require_sound_schema(connection)
        await connection.rollback()


async def test_large_objects_would_be_found(shared_database: FreshDatabase) -> None:
    """They lie outside of every table and of row-level security."""
    async with await psycopg.AsyncConnection.connect(shared_database.superuser_dsn) as connection:
        await connection.execute("SET ROLE privity_app")
        await connection.execute("SELECT lo_create(0)")
        assert [finding.thing for finding in await lint(connection)] == ["privity_app"]
        await connection.rollback()
