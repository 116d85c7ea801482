"""One tenant's rows are visible to that tenant's token and to nothing else."""

import asyncio
import hashlib
import hmac
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from uuid import UUID

import msgspec
import psycopg
import pytest
from psycopg import AsyncConnection

from databases import FreshDatabase
from privity.clock import SteppedClock
from privity.errors import BadInput, Conflict, Misconfigured, StoreUnavailable
from privity.store import Database, Guard, Role
from privity.store.transactions.statements import TenantTransaction
from privity.store.transactions.tenant import open_tenant_transaction
from promises import promise

ANNA, BERT = UUID(int=0xA), UUID(int=0xB)
NOTES = """
    CREATE TABLE tenant.note (
        tenant_id uuid NOT NULL, id integer NOT NULL, about integer, body text,
        PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, body), FOREIGN KEY (tenant_id, about) REFERENCES tenant.note
    );
    SELECT guard.protect('tenant.note');
"""


class Note(msgspec.Struct, frozen=True):
    tenant_id: UUID
    id: int
    body: str | None


@pytest.fixture
async def notes(fresh_database: FreshDatabase) -> FreshDatabase:
    """One note of Anna's and one of Bert's, under the same id and with the same body."""
    await write_notes(fresh_database)
    return fresh_database


@pytest.fixture
async def kept_notes(shared_database: FreshDatabase) -> FreshDatabase:
    """The same notes, for tests in which every change is rolled back or refused: each finds them as they were."""
    async with shared_database.data.connection(Role.OWNER) as connection:
        [there] = await (await connection.execute("SELECT to_regclass('tenant.note') IS NOT NULL")).fetchall()
    if not there[0]:
        await write_notes(shared_database)
    for tenant in (ANNA, BERT):  # a session that has served both, as one of a pool has
        async with open_tenant_transaction(shared_database.data, shared_database.guard, tenant) as transaction:
            assert await seen(transaction) == {tenant}
    return shared_database


async def write_notes(database: FreshDatabase) -> None:
    async with database.data.connection(Role.OWNER) as connection:
        await connection.execute(NOTES)
    for tenant in (ANNA, BERT):
        async with open_tenant_transaction(database.data, database.guard, tenant) as transaction:
            await transaction.execute("INSERT INTO tenant.note VALUES (%s, 1, NULL, 'the same')", (tenant,))


async def seen(transaction: TenantTransaction) -> set[UUID]:
    return {note.tenant_id for note in await transaction.fetch_all("SELECT * FROM tenant.note", into=Note)}


@promise("D35", sabotage="guard_ignores_the_mac")
async def test_each_tenant_sees_its_own_rows_only(notes: FreshDatabase) -> None:
    for tenant in (ANNA, BERT):
        async with open_tenant_transaction(notes.data, notes.guard, tenant) as transaction:
            assert await seen(transaction) == {tenant}
            assert await transaction.execute("UPDATE tenant.note SET body = 'mine'") == 1
    forged = Guard(bytes(32))
    with pytest.raises(Misconfigured, match="28000"):
        async with open_tenant_transaction(notes.data, forged, ANNA) as transaction:
            await seen(transaction)


OPEN = "SELECT guard.open(%s, false)"
Altered = Callable[[FreshDatabase, int], str]


def signed(database: FreshDatabase, message: str) -> str:
    return f"{message}.{hmac.new(database.guard_secret, message.encode(), 'sha256').hexdigest()}"


def in_seconds(seconds: float) -> int:
    return int(datetime.now(UTC).timestamp() + seconds)


BAD_TOKENS: dict[str, Altered] = {
    "none": lambda database, pid: "",
    "a bare tenant": lambda database, pid: str(BERT),
    "another tenant, same mac": lambda database, pid: database.guard.token(ANNA, pid).replace(str(ANNA), str(BERT)),
    "another backend": lambda database, pid: database.guard.token(BERT, pid + 1),
    "expired": lambda database, pid: signed(database, f"{BERT}.{in_seconds(-2):010d}.{pid}"),
    "too long a life": lambda database, pid: signed(database, f"{BERT}.{in_seconds(90):010d}.{pid}"),
    "another key": lambda database, pid: Guard(bytes(32)).token(BERT, pid),
    "no mac": lambda database, pid: database.guard.token(BERT, pid).rpartition(".")[0],
    "a mac that is not hexadecimal": lambda database, pid: database.guard.token(BERT, pid)[:-64] + "z" * 64,
    "upper case": lambda database, pid: database.guard.token(BERT, pid).upper(),
    "a line more": lambda database, pid: database.guard.token(BERT, pid) + "\n",
    "a field more": lambda database, pid: database.guard.token(BERT, pid) + ".0",
    "another separator": lambda database, pid: "_".join(database.guard.token(BERT, pid).rsplit(".", 1)),
    "the mac alone": lambda database, pid: database.guard.token(BERT, pid)[-64:],
    "not ASCII": lambda database, pid: "\u00e4" * 130,
    "the word of an open transaction": lambda database, pid: "opened",
}


@pytest.mark.parametrize("token", BAD_TOKENS)
async def test_a_bad_token_raises(kept_notes: FreshDatabase, token: str) -> None:
    """As SQL injection would have it: inside Anna's transaction, with every statement allowed."""
    async with kept_notes.data.connection(Role.APP) as connection:
        text = BAD_TOKENS[token](kept_notes, connection.info.backend_pid)
        await connection.execute("BEGIN")
        await connection.execute("SELECT set_config('privity.token', %s, true)", (text,))
        with pytest.raises(psycopg.errors.InvalidAuthorizationSpecification):
            await connection.execute("SELECT * FROM tenant.note")
        await connection.execute("ROLLBACK")
        await connection.execute("BEGIN")
        await connection.execute(OPEN, (kept_notes.guard.token(ANNA, connection.info.backend_pid),))
        with pytest.raises(psycopg.errors.InvalidAuthorizationSpecification):
            await connection.execute(OPEN, (text,))
        await connection.execute("ROLLBACK")
        await connection.execute("SELECT set_config('privity.token', 'opened', false)")
        with pytest.raises(psycopg.errors.InvalidAuthorizationSpecification):
            await connection.execute("SELECT * FROM tenant.note")


async def test_without_a_token_every_statement_raises(kept_notes: FreshDatabase) -> None:
    for statement in (
        "SELECT * FROM tenant.note",
        "SELECT count(*) FROM tenant.note WHERE false OR tenant_id IS NOT NULL",
        "DELETE FROM tenant.note",
    ):
        with pytest.raises(Misconfigured):
            async with kept_notes.data.connection(Role.APP) as connection:
                await connection.execute(statement)


@promise("D35", sabotage="guard_takes_any_backend")
async def test_a_token_is_good_for_one_backend(notes: FreshDatabase) -> None:
    async with notes.data.connection(Role.APP) as one, notes.data.connection(Role.APP) as other:
        token = notes.guard.token(ANNA, one.info.backend_pid)
        await one.execute("SELECT set_config('privity.token', %s, false)", (token,))
        assert len(await (await one.execute("SELECT * FROM tenant.note")).fetchall()) == 1
        await other.execute("SELECT set_config('privity.token', %s, false)", (token,))
        with pytest.raises(psycopg.errors.InvalidAuthorizationSpecification):
            await other.execute("SELECT * FROM tenant.note")


async def test_a_token_lives_less_than_a_minute(kept_notes: FreshDatabase) -> None:
    clock = SteppedClock(datetime.now(UTC) - timedelta(seconds=57))
    with pytest.raises(Misconfigured, match="28000"):
        async with open_tenant_transaction(kept_notes.data, Guard(kept_notes.guard_secret, clock), ANNA) as transaction:
            await seen(transaction)


async def test_rows_of_another_tenant_cannot_be_written(notes: FreshDatabase) -> None:
    for statement in (
        "INSERT INTO tenant.note VALUES (%s, 2, NULL, NULL)",
        "UPDATE tenant.note SET tenant_id = %s",
        "INSERT INTO tenant.note VALUES (%s, 1, NULL, 'x') ON CONFLICT (tenant_id, id) DO UPDATE SET body = 'x'",
    ):
        with pytest.raises(Misconfigured, match="42501"):
            async with open_tenant_transaction(notes.data, notes.guard, ANNA) as transaction:
                await transaction.execute(statement, (BERT,))
    async with open_tenant_transaction(notes.data, notes.guard, ANNA) as transaction:
        assert await transaction.execute("UPDATE tenant.note SET body = 'x' WHERE tenant_id = %s", (BERT,)) == 0
        assert await transaction.execute("DELETE FROM tenant.note WHERE tenant_id = %s", (BERT,)) == 0


async def test_a_key_of_another_tenant_is_unknown(notes: FreshDatabase) -> None:
    """Neither a foreign key nor a unique constraint tells whether another tenant has a row."""
    async with open_tenant_transaction(notes.data, notes.guard, BERT) as transaction:
        await transaction.execute("INSERT INTO tenant.note VALUES (%s, 7, NULL, 'only here')", (BERT,))
    with pytest.raises(Conflict, match="note_tenant_id_about_fkey"):
        async with open_tenant_transaction(notes.data, notes.guard, ANNA) as transaction:
            await transaction.execute("INSERT INTO tenant.note VALUES (%s, 2, 7, NULL)", (ANNA,))
    async with open_tenant_transaction(notes.data, notes.guard, ANNA) as transaction:
        await transaction.execute("INSERT INTO tenant.note VALUES (%s, 2, 1, 'only here')", (ANNA,))


INJECTIONS = (
    "SET ROLE privity_owner",
    "SET SESSION AUTHORIZATION privity_owner",
    "SELECT * FROM guard.pads",
    "ALTER TABLE tenant.note DISABLE ROW LEVEL SECURITY",
    "CREATE TABLE public.copy AS SELECT * FROM tenant.note",
    "CREATE TEMPORARY TABLE copy AS SELECT * FROM tenant.note",
    "COPY tenant.note TO '/tmp/copy'",
    "TRUNCATE tenant.note",
    "CREATE FUNCTION pg_temp.see() RETURNS bigint LANGUAGE sql AS 'SELECT 1'",
    "SET session_replication_role = replica",
    "SET track_activities = on",
    "SELECT guard.protect('tenant.note')",
    "SELECT guard.check_token('')",
    pytest.param("SELECT setval('guard.opened_high', 11)", marks=promise("D35", sabotage="opening_needs_no_token")),
    "SELECT nextval('guard.opened_low')",
    "SELECT currval('guard.opened_low')",
    "SELECT last_value FROM guard.opened_low",
    "ALTER SEQUENCE guard.opened_low RESTART 11",
    "INSERT INTO queue.procrastinate_jobs (queue_name, task_name) VALUES ('default', 'x')",
    "SELECT pg_read_file('postgresql.conf')",
)


@pytest.mark.parametrize("statement", INJECTIONS)
async def test_injected_sql_cannot_leave_the_tenant(kept_notes: FreshDatabase, statement: str) -> None:
    async with kept_notes.data.connection(Role.APP) as connection:
        token = kept_notes.guard.token(ANNA, connection.info.backend_pid)
        await connection.execute("BEGIN")
        await connection.execute("SELECT set_config('privity.token', %s, true)", (token,))
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            await connection.execute(statement.encode())


async def test_row_security_off_reads_nothing(kept_notes: FreshDatabase) -> None:
    async with kept_notes.data.connection(Role.APP) as connection:
        await connection.execute("SET row_security = off")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            await connection.execute("SELECT * FROM tenant.note")
        await connection.execute("RESET row_security")


async def backend(transaction: TenantTransaction) -> int:
    class Pid(msgspec.Struct):
        pid: int

    row = await transaction.fetch_one("SELECT pg_backend_pid() AS pid", into=Pid)
    assert row is not None
    return row.pid


@pytest.mark.parametrize(
    "end",
    [
        pytest.param("commit", marks=promise("D35", sabotage="token_outlives_its_transaction")),
        "error",
        "cancel",
        "failed statement",
    ],
)
async def test_a_pooled_connection_keeps_no_tenant(notes: FreshDatabase, end: str) -> None:
    data = Database(notes.data_dsn, connections=1)

    async def use() -> int:
        async with open_tenant_transaction(data, notes.guard, ANNA) as transaction:
            used = await backend(transaction)
            if end == "error":
                raise ZeroDivisionError
            if end == "failed statement":
                await transaction.execute("SELECT 1 / 0")
            if end == "cancel":
                await transaction.execute("SELECT pg_sleep(30)")
            return used

    used = asyncio.create_task(use())
    if end == "cancel":
        await asyncio.sleep(0.2)
        used.cancel()
    (outcome,) = await asyncio.gather(used, return_exceptions=True)
    assert isinstance(outcome, int | ZeroDivisionError | asyncio.CancelledError | BadInput)
    async with data.connection(Role.APP) as connection:
        if end == "commit":
            assert connection.info.backend_pid == outcome
            await connection.execute("SELECT set_config('privity.token', 'opened', false)")
        with pytest.raises(psycopg.errors.InvalidAuthorizationSpecification):
            await connection.execute("SELECT * FROM tenant.note")
    async with open_tenant_transaction(data, notes.guard, BERT) as transaction:
        assert await seen(transaction) == {BERT}
    await data.close()


@pytest.mark.parametrize("ending", ["COMMIT AND CHAIN", "ROLLBACK AND CHAIN", "DISCARD SEQUENCES"])
async def test_what_is_opened_is_one_transaction(kept_notes: FreshDatabase, ending: str) -> None:
    """Within it no token is left in the session to be read; after it, nobody becomes Anna again by saying so."""
    async with kept_notes.data.connection(Role.APP) as connection:
        await connection.execute("BEGIN")
        await connection.execute(OPEN, (kept_notes.guard.token(ANNA, connection.info.backend_pid),))
        setting = await connection.execute("SELECT current_setting('privity.token')")
        assert await setting.fetchall() == [("opened",)]
        rows = await connection.execute("SELECT tenant_id FROM tenant.note")
        assert await rows.fetchall() == [(ANNA,)]
        await connection.execute(ending.encode())
        await connection.execute("SELECT set_config('privity.token', 'opened', true)")
        with pytest.raises(psycopg.OperationalError, match=r"no tenant|not yet defined in this session"):
            await connection.execute("SELECT * FROM tenant.note")


@promise("D35", sabotage="opening_outlives_its_token")
async def test_an_open_transaction_is_closed_when_its_token_expires(notes: FreshDatabase) -> None:
    clock = SteppedClock(datetime.now(UTC) - timedelta(seconds=54))
    async with notes.data.connection(Role.APP) as connection:
        await connection.execute("BEGIN")
        await connection.execute(OPEN, (Guard(notes.guard_secret, clock).token(ANNA, connection.info.backend_pid),))
        await connection.execute("SELECT pg_sleep(2)")
        with pytest.raises(psycopg.errors.InvalidAuthorizationSpecification):
            await connection.execute("SELECT * FROM tenant.note")


async def test_a_transaction_that_has_ended_is_dead(notes: FreshDatabase) -> None:
    async with open_tenant_transaction(notes.data, notes.guard, ANNA) as transaction:
        pass
    with pytest.raises(RuntimeError, match="ended"):
        await seen(transaction)


async def test_a_read_only_transaction_writes_nothing(notes: FreshDatabase) -> None:
    async with open_tenant_transaction(notes.data, notes.guard, ANNA, read_only=True) as transaction:
        assert await seen(transaction) == {ANNA}
    with pytest.raises(Misconfigured, match="25006"):
        async with open_tenant_transaction(notes.data, notes.guard, ANNA, read_only=True) as transaction:
            await transaction.execute("DELETE FROM tenant.note")


async def test_a_swallowed_error_is_no_silent_rollback(notes: FreshDatabase) -> None:
    async def swallow() -> None:
        async with open_tenant_transaction(notes.data, notes.guard, ANNA) as transaction:
            with suppress(Conflict):
                await transaction.execute("INSERT INTO tenant.note VALUES (%s, 1, NULL, 'again')", (ANNA,))

    with pytest.raises(StoreUnavailable, match="rolled back"):
        await swallow()


@promise("D35", sabotage="role_shows_its_statements")
async def test_statements_and_tokens_are_not_seen_by_another_session(notes: FreshDatabase) -> None:
    async with open_tenant_transaction(notes.data, notes.guard, ANNA) as transaction:
        await transaction.fetch_all("SELECT * FROM tenant.note WHERE body <> 'canary-in-text'", into=Note)
        async with notes.data.connection(Role.APP) as other:
            shown = await (
                await other.execute("SELECT query FROM pg_stat_activity WHERE usename = 'privity_app'")
            ).fetchall()
    assert len(shown) >= 2
    assert {text for (text,) in shown} <= {"", "<insufficient privilege>"}


async def test_the_token_is_bound_and_not_in_the_statement(notes: FreshDatabase) -> None:
    """The second wall: even where a superuser looks, or an operator has switched activities on, there is no token."""

    async def look(superuser: AsyncConnection) -> list[str]:
        rows = await superuser.execute("SELECT query FROM pg_stat_activity WHERE usename = 'privity_app'")
        return [str(text) for (text,) in await rows.fetchall()]

    async with await psycopg.AsyncConnection.connect(notes.superuser_dsn, autocommit=True) as superuser:
        seen_by = Database(lambda role: notes.data_dsn(role) + " options='-c application_name=x'", connections=1)
        async with seen_by.connection(Role.APP) as connection:
            await connection.execute("BEGIN")
            await connection.execute("SELECT set_config('privity.token', %s, true)", ("canary-token",))
            assert not any("canary-token" in text for text in await look(superuser))
        await seen_by.close()


async def test_the_pads_give_the_mac_that_the_guard_makes() -> None:
    for secret in (b"k" * 32, b"k" * 64, b"k" * 200):
        guard = Guard(secret)
        inner, outer = guard.pads()
        message, _, mac = guard.token(ANNA, 1).rpartition(".")
        inner_hash = hashlib.sha256(inner + message.encode()).digest()
        assert hashlib.sha256(outer + inner_hash).hexdigest() == mac
    assert "k" not in repr(guard)


async def test_a_short_guard_secret_is_refused() -> None:
    with pytest.raises(Misconfigured):
        Guard(b"short")
