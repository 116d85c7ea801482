"""The schema and its walls on PostgreSQL 15, the oldest that is supported: Debian 12's own."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from test_tenant_isolation import ANNA, BERT, NOTES, Note

from privity.errors import Misconfigured
from privity.store import Database, EmbeddedCluster, Guard, Role, Side, defer, derived_passwords, migrate
from privity.store.cluster import Programs
from privity.store.linter import require_sound_schema
from privity.store.transactions.tenant import open_tenant_transaction
from promises import promise

PASSWORDS = derived_passwords(b"of one test")


@pytest.fixture
def cluster(oldest: Programs) -> Iterator[EmbeddedCluster]:
    folder = Path(tempfile.mkdtemp(prefix="privity-test-"))
    made = EmbeddedCluster(folder / "clusters" / "data", PASSWORDS, programs=oldest)
    try:
        made.start()
        yield made
    finally:
        made.stop()
        shutil.rmtree(folder)


@promise("D35", sabotage="guard_ignores_the_mac")
async def test_the_walls_stand(cluster: EmbeddedCluster) -> None:
    guard = Guard(b"g" * 32)
    assert migrate(cluster.dsn(Role.OWNER), Side.DATA, PASSWORDS, guard)
    assert not migrate(cluster.dsn(Role.OWNER), Side.DATA, PASSWORDS, guard)
    data = Database(cluster.dsn)
    async with data.connection(Role.OWNER) as connection:
        assert connection.info.server_version // 10000 == 15
        await connection.execute(NOTES)
    async with data.connection(Role.APP) as connection:
        await require_sound_schema(connection)
    for tenant in (ANNA, BERT):
        async with open_tenant_transaction(data, guard, tenant) as transaction:
            await transaction.execute("INSERT INTO tenant.note VALUES (%s, 1, NULL, 'the same')", (tenant,))
            rows = await transaction.fetch_all("SELECT * FROM tenant.note", into=Note)
            assert {row.tenant_id for row in rows} == {tenant}
            assert await defer(transaction, "work", thing=UUID(int=1)) > 0
    for refused in (Guard(bytes(32)), guard):
        with pytest.raises(Misconfigured):
            async with open_tenant_transaction(data, refused, ANNA) as transaction:
                await transaction.execute("INSERT INTO tenant.note VALUES (%s, 2, NULL, NULL)", (BERT,))
    async with data.connection(Role.APP) as connection:
        with pytest.raises(psycopg.errors.InvalidAuthorizationSpecification):
            await connection.execute("SELECT * FROM tenant.note")
    await data.close()


async def test_the_key_database_migrates(cluster: EmbeddedCluster) -> None:
    assert migrate(cluster.dsn(Role.OWNER), Side.KEYS, PASSWORDS)
    keys = Database(cluster.dsn)
    async with keys.connection(Role.KEYS) as connection:
        await require_sound_schema(connection)
    await keys.close()
