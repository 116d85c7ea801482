"""A shredded key is gone from every file of the key cluster; a key without a row is swept."""

import asyncio
import shutil
import sys
import tempfile
from asyncio.subprocess import PIPE
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest

import privity
from databases import FreshDatabase
from privity.clock import SteppedClock
from privity.errors import BadInput, NotFound
from privity.keys import FileKeyring, KeyDatabase, Keys
from privity.store import Database, EmbeddedCluster, Role, Side, derived_passwords, migrate
from privity.vault import Record
from promises import promise

MakeKeys = Callable[..., Keys]


@pytest.fixture
def cluster() -> Iterator[EmbeddedCluster]:
    """A key cluster of one test: others would write to its WAL while its files are searched."""
    folder = Path(tempfile.mkdtemp(prefix="privity-test-"))
    passwords = derived_passwords(b"the installation secret of tests")
    cluster = EmbeddedCluster(folder / "clusters" / "keys", passwords)
    try:
        cluster.start()
        migrate(cluster.dsn(Role.OWNER), Side.KEYS, passwords)
        yield cluster
    finally:
        cluster.stop()
        shutil.rmtree(folder)


def files_with(cluster: EmbeddedCluster, *contents: bytes) -> list[set[str]]:
    """For each content the files of the cluster that hold it, WAL and statistics included."""
    files = {
        str(path.relative_to(cluster.folder)): path.read_bytes() for path in cluster.folder.rglob("*") if path.is_file()
    }
    return [{name for name, held in files.items() if content in held} for content in contents]


async def wrapped(pools: Database, row: UUID) -> bytes:
    async with pools.connection(Role.KEYS) as connection:
        cursor = await connection.execute("SELECT wrapped FROM keys.record_key WHERE row_id = %s", (row,))
        found = await cursor.fetchone()
    assert found is not None
    return bytes(found[0])


def flush(cluster: EmbeddedCluster) -> None:
    """Write every table to its file and collect statistics: the worst case for what has to be found."""
    with psycopg.connect(cluster.dsn(Role.OWNER), autocommit=True) as connection:
        connection.execute("ANALYZE")
    with psycopg.connect(cluster.dsn("privity_superuser"), autocommit=True) as connection:
        connection.execute("CHECKPOINT")


@promise("C11", "C14", sabotage="shred_leaves_the_wal")
async def test_a_shredded_key_is_in_no_file_of_the_key_cluster(cluster: EmbeddedCluster, tmp_path: Path) -> None:
    pools = Database(cluster.dsn)
    keys = Keys(KeyDatabase(pools), FileKeyring.create(tmp_path / "keyring"))
    tenant, rows = uuid4(), [uuid4() for _ in range(6)]
    try:
        await keys.create_tenant(tenant)
        for row in rows:
            await keys.new_record_key(tenant, "transcript", row)
        forms = [await wrapped(pools, row) for row in rows]
        # A rotation leaves former versions of the rows behind; they have to go too.
        await keys.rotate_tenant_key(tenant)
        await keys.rewrap(tenant)
        forms += [await wrapped(pools, row) for row in rows]
        flush(cluster)
        doomed = forms[0], forms[6]
        # The control: the search finds every form, the former ones too, in a table's file.
        assert all(any(name.startswith("base/") for name in names) for names in files_with(cluster, *forms))

        receipt = await keys.shred(tenant, "transcript", rows[0])

        assert len(receipt.key_ids) == 1
        assert receipt.wal_forgotten
        assert "no write-ahead log" in receipt.statement()
        assert files_with(cluster, *doomed) == [set(), set()]
        flush(cluster)
        assert files_with(cluster, *doomed) == [set(), set()]
        assert all(files_with(cluster, *forms[7:]))
    finally:
        await pools.close()


async def test_a_destroyed_tenants_key_is_in_no_file_of_the_key_cluster(
    cluster: EmbeddedCluster, tmp_path: Path
) -> None:
    pools = Database(cluster.dsn)
    database = KeyDatabase(pools)
    keys = Keys(database, FileKeyring.create(tmp_path / "keyring"))
    tenant, other = uuid4(), uuid4()
    try:
        for each in (tenant, other):
            await keys.create_tenant(each)
            await keys.new_record_key(each, "transcript", uuid4())
        forms = {row.tenant: row.wrapped for row in await database.tenant_keys()}
        flush(cluster)
        assert all(files_with(cluster, *forms.values()))
        receipt = await keys.destroy_tenant(tenant)
        assert receipt.wal_forgotten
        gone, kept = files_with(cluster, forms[tenant], forms[other])
        assert not gone
        assert kept
    finally:
        await pools.close()


@promise("C14", sabotage="receipt_overstates")
@pytest.mark.parametrize(
    "withheld",
    [
        "REVOKE EXECUTE ON FUNCTION pg_catalog.pg_switch_wal() FROM privity_owner CASCADE",
        "SELECT pg_create_physical_replication_slot('standby')",
    ],
)
async def test_a_server_that_keeps_its_wal_is_named_in_the_receipt(
    cluster: EmbeddedCluster, tmp_path: Path, withheld: str
) -> None:
    with psycopg.connect(cluster.dsn("privity_superuser"), autocommit=True) as connection:
        connection.execute(withheld.encode())
    pools = Database(cluster.dsn)
    keys = Keys(KeyDatabase(pools), FileKeyring.create(tmp_path / "keyring"))
    tenant, row = uuid4(), uuid4()
    try:
        await keys.create_tenant(tenant)
        await keys.new_record_key(tenant, "transcript", row)
        form = await wrapped(pools, row)
        receipt = await keys.shred(tenant, "transcript", row)
        assert not receipt.wal_forgotten
        assert "until it is recycled" in receipt.statement()
        assert not (await keys.health()).wal_can_be_forgotten
        (names,) = files_with(cluster, form)
        assert all(name.startswith("pg_wal/") for name in names)
    finally:
        await pools.close()


@promise("C11", sabotage="shred_does_nothing")
async def test_a_shredded_record_has_no_key_in_any_process(keys: Keys, make_keys: MakeKeys, tenant: UUID) -> None:
    doomed, other = uuid4(), uuid4()
    made = await keys.new_record_key(tenant, "transcript", doomed)
    kept = await keys.new_record_key(tenant, "transcript", other)
    receipt = await make_keys().shred(tenant, "transcript", doomed)
    assert receipt.key_ids == (made.key_id,)
    for process in (keys, make_keys()):
        with pytest.raises(NotFound):
            await process.record_key(tenant, "transcript", doomed)
        assert await process.record_key(tenant, "transcript", other) == kept
    assert (await keys.shred(tenant, "transcript", doomed)).key_ids == ()


async def test_many_are_shredded_in_one_go_and_no_other(keys: Keys, tenant: UUID) -> None:
    rows = [uuid4() for _ in range(200)]
    made = {row: await keys.new_record_key(tenant, "transcript", row) for row in rows}
    namesake = await keys.new_record_key(tenant, "message", rows[0])
    other = uuid4()
    await keys.create_tenant(other)
    neighbour = await keys.new_record_key(other, "transcript", rows[0])
    receipt = await keys.shred_many(tenant, [Record(tenant=tenant, table="transcript", row=row) for row in rows[:150]])
    assert set(receipt.key_ids) == {made[row].key_id for row in rows[:150]}
    for row in rows[:150]:
        with pytest.raises(NotFound):
            await keys.record_key(tenant, "transcript", row)
    for row in rows[150:]:
        assert await keys.record_key(tenant, "transcript", row) == made[row]
    assert await keys.record_key(tenant, "message", rows[0]) == namesake
    assert await keys.record_key(other, "transcript", rows[0]) == neighbour


async def test_records_of_two_tenants_are_not_shredded_together(keys: Keys, tenant: UUID) -> None:
    with pytest.raises(BadInput):
        await keys.shred_many(tenant, [Record(tenant=uuid4(), table="transcript", row=uuid4())])


async def test_keys_made_and_read_while_others_are_shredded_are_all_there(
    keys: Keys, make_keys: MakeKeys, tenant: UUID
) -> None:
    doomed = [uuid4() for _ in range(40)]
    for row in doomed:
        await keys.new_record_key(tenant, "transcript", row)
    fresh = [uuid4() for _ in range(120)]

    async def write(row: UUID) -> None:
        made = await keys.new_record_key(tenant, "transcript", row)
        assert await keys.record_key(tenant, "transcript", row) == made

    other = make_keys()
    async with asyncio.TaskGroup() as tasks:
        for row in fresh:
            tasks.create_task(write(row))
        for row in doomed:
            tasks.create_task(other.shred(tenant, "transcript", row))
    for row in fresh:
        await make_keys().record_key(tenant, "transcript", row)
    for row in doomed:
        with pytest.raises(NotFound):
            await keys.record_key(tenant, "transcript", row)


KILLED_BEFORE_ITS_ROW = """
import asyncio, sys
from pathlib import Path
from uuid import UUID
source, keyring, dsn, tenant, row = sys.stdin.read().split("\\n")
sys.path.insert(0, source)
from privity.keys import FileKeyring, KeyDatabase, Keys
from privity.store import Database
async def main():
    keys = Keys(KeyDatabase(Database(lambda role: dsn)), FileKeyring(Path(keyring)))
    await keys.new_record_key(UUID(tenant), "transcript", UUID(row))
    print("committed", flush=True)
    await asyncio.Event().wait()  # the data row would be written here
asyncio.run(main())
"""


@promise("C11", sabotage="orphans_stay")
async def test_a_key_whose_row_never_came_is_swept_after_a_day(
    keys: Keys, clock: SteppedClock, tenant: UUID, fresh_database: FreshDatabase, tmp_path: Path
) -> None:
    orphan, kept = uuid4(), uuid4()
    clock.advance(timedelta(days=365 * 100))  # after the machine's own clock, which the child goes by
    await keys.new_record_key(tenant, "transcript", kept)
    source = str(Path(privity.__file__).parent.parent)
    given = (source, str(tmp_path / "keyring"), fresh_database.keys_dsn(Role.KEYS), str(tenant), str(orphan))
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-I", "-c", KILLED_BEFORE_ITS_ROW), stdin=PIPE, stdout=PIPE, env={}
    )
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.write("\n".join(given).encode())
    child.stdin.close()
    assert await child.stdout.readline() == b"committed\n"
    child.kill()
    await child.wait()
    await keys.record_key(tenant, "transcript", orphan)
    clock.advance(timedelta(hours=25))
    young = uuid4()
    await keys.new_record_key(tenant, "transcript", young)
    asked: list[Record] = []

    async def exists(records: Sequence[Record]) -> Collection[Record]:
        asked.extend(records)
        return [record for record in records if record.row == kept]

    receipts = await keys.sweep_orphans(tenant, exists)
    assert sorted(record.row for record in asked) == sorted([orphan, kept])
    assert sum(len(receipt.key_ids) for receipt in receipts) == 1
    with pytest.raises(NotFound):
        await keys.record_key(tenant, "transcript", orphan)
    for row in (kept, young):
        await keys.record_key(tenant, "transcript", row)


async def test_a_sweep_walks_every_batch(
    keys: Keys, clock: SteppedClock, tenant: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("privity.keys.hierarchy._BATCH", 7)
    rows = [uuid4() for _ in range(30)]
    for row in rows:
        await keys.new_record_key(tenant, "transcript" if row.int % 2 else "message", row)
    clock.advance(timedelta(days=2))
    seen: list[UUID] = []

    async def none_exists(records: Sequence[Record]) -> Collection[Record]:
        seen.extend(record.row for record in records)
        return []

    await keys.sweep_orphans(tenant, none_exists)
    assert sorted(seen) == sorted(rows)
    assert await keys.sweep_orphans(tenant, none_exists) == []


async def test_a_sweep_that_cannot_ask_shreds_nothing(keys: Keys, clock: SteppedClock, tenant: UUID) -> None:
    row = uuid4()
    await keys.new_record_key(tenant, "transcript", row)
    clock.advance(timedelta(days=2))

    async def unreachable(_records: Sequence[Record]) -> Collection[Record]:
        raise NotFound("the data database does not answer")

    with pytest.raises(NotFound):
        await keys.sweep_orphans(tenant, unreachable)
    await keys.record_key(tenant, "transcript", row)
