"""No place that can hold a tenant's data is missing from the registry, and none is listed that does not exist."""

import psycopg

from databases import FreshDatabase
from privity.store.registry import REGISTRY, Kind
from promises import promise

# A partition is the same store as its parent.
TABLES = """
    SELECT n.nspname || '.' || c.relname FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'm', 'f') AND NOT c.relispartition
        AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
"""


async def tables(dsn: str) -> set[str]:
    async with await psycopg.AsyncConnection.connect(dsn) as connection:
        return {str(name) for (name,) in await (await connection.execute(TABLES)).fetchall()}


@promise("D34", sabotage="store_is_not_registered")
async def test_every_table_is_registered(shared_database: FreshDatabase) -> None:
    found = await tables(shared_database.superuser_dsn) | await tables(shared_database.keys_superuser_dsn)
    assert found == {store.name for store in REGISTRY if store.kind is Kind.TABLE}


async def test_every_folder_of_a_cluster_that_holds_data_is_known(shared_database: FreshDatabase) -> None:
    """What PostgreSQL keeps in its folder is tables, WAL, sort files, and bookkeeping without rows."""
    bookkeeping = {
        *("global", "pg_commit_ts", "pg_dynshmem", "pg_logical", "pg_multixact", "pg_notify", "pg_replslot"),
        *("pg_serial", "pg_snapshots", "pg_stat", "pg_stat_tmp", "pg_subtrans", "pg_tblspc", "pg_twophase", "pg_xact"),
    }
    folders = {entry.name for entry in shared_database.data_folder.iterdir() if entry.is_dir()}
    assert folders == {"base", "pg_wal", *bookkeeping}


def test_a_store_is_listed_once_and_says_how_deletion_reaches_it() -> None:
    assert len({store.name for store in REGISTRY}) == len(REGISTRY)
    assert all(store.deletion for store in REGISTRY)
