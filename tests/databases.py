"""Databases for every test: fixtures `clusters` and `fresh_database`.

    async def test_something(fresh_database: FreshDatabase) -> None:
        async with fresh_database.data.connection(Role.APP) as connection: ...

`fresh_database` is a copy of a migrated pair of databases, data and keys, that belongs to one test and is dropped after
it. The two embedded clusters below it are made once for a test session, or once for each worker of pytest-xdist.
A test that kills or fills a cluster makes its own with `privity.store.EmbeddedCluster`.
"""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path

import msgspec
import psycopg
import pytest
from psycopg import sql

from privity.store import Database, EmbeddedCluster, Guard, PasswordFor, Role, Side, derived_passwords, migrate
from privity.store.cluster.embedded import DATABASE
from privity.store.migrations import admit_roles
from privity.store.roles import SUPERUSER

GUARD_SECRET = b"the guard secret of tests".ljust(32, b".")


class Clusters(msgspec.Struct, frozen=True, kw_only=True):
    """A running data cluster and a running key cluster, both migrated."""

    data: EmbeddedCluster
    keys: EmbeddedCluster
    password_for: PasswordFor


class FreshDatabase(msgspec.Struct, frozen=True, kw_only=True):
    """A migrated and empty pair of databases.

    `data_folder` and `keys_folder` are the PGDATA of their clusters, shared with other tests of the session.
    `data_dsn` and `keys_dsn` give connection strings by role. `superuser_dsn` and `keys_superuser_dsn` are for looking
    behind the walls.
    """

    data: Database
    keys: Database
    data_folder: Path
    keys_folder: Path
    data_dsn: Callable[[Role], str]
    keys_dsn: Callable[[Role], str]
    superuser_dsn: str
    keys_superuser_dsn: str
    guard: Guard
    guard_secret: bytes
    password_for: PasswordFor


@pytest.fixture(scope="session")
def clusters() -> Iterator[Clusters]:
    """Two embedded clusters in a short private folder: the paths of sockets are limited."""
    folder = Path(tempfile.mkdtemp(prefix="privity-test-"))
    password_for = derived_passwords(b"the installation secret of tests")
    made = Clusters(
        data=EmbeddedCluster(folder / "clusters" / Side.DATA, password_for),
        keys=EmbeddedCluster(folder / "clusters" / Side.KEYS, password_for),
        password_for=password_for,
    )
    try:
        made.data.start()
        made.keys.start()
        for cluster in (made.data, made.keys):
            _hurry(cluster)
        migrate(made.data.dsn(Role.OWNER), Side.DATA, password_for, Guard(GUARD_SECRET))
        migrate(made.keys.dsn(Role.OWNER), Side.KEYS, password_for)
        yield made
    finally:
        made.data.stop()
        made.keys.stop()
        shutil.rmtree(folder)


def _hurry(cluster: EmbeddedCluster) -> None:
    """Copy and drop databases without waiting for the disk; only a failing machine would tell the difference.

    DROP DATABASE waits for every process of the server, and now and then for the autovacuum launcher's nap of a minute.
    """
    with psycopg.connect(cluster.dsn(SUPERUSER, "postgres"), autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("ALTER SYSTEM SET autovacuum = off")
        connection.execute("SELECT pg_reload_conf()")


_numbers = count(1)


@pytest.fixture
async def fresh_database(clusters: Clusters) -> AsyncIterator[FreshDatabase]:
    """A copy of the migrated databases for one test."""
    async with _databases(clusters) as name, _opened(clusters, name) as database:
        yield database


@pytest.fixture(scope="module")
def copied_databases(clusters: Clusters) -> Iterator[str]:
    """The name of a copy of the migrated databases for one file of tests."""
    name = f"test_{next(_numbers)}"
    for cluster, side in ((clusters.data, Side.DATA), (clusters.keys, Side.KEYS)):
        _copy(cluster, side, name)
    try:
        yield name
    finally:
        _drop(clusters, name)


@pytest.fixture
async def shared_database(clusters: Clusters, copied_databases: str) -> AsyncIterator[FreshDatabase]:
    """The databases of one file of tests: for those whose every change is rolled back or refused."""
    async with _opened(clusters, copied_databases) as database:
        yield database


@asynccontextmanager
async def _databases(clusters: Clusters) -> AsyncIterator[str]:
    name = f"test_{next(_numbers)}"
    await asyncio.gather(
        asyncio.to_thread(_copy, clusters.data, Side.DATA, name),
        asyncio.to_thread(_copy, clusters.keys, Side.KEYS, name),
    )
    try:
        yield name
    finally:
        _drop(clusters, name)


@asynccontextmanager
async def _opened(clusters: Clusters, name: str) -> AsyncIterator[FreshDatabase]:
    data = Database(lambda role: clusters.data.dsn(role, name), answer_within=10.0)
    keys = Database(lambda role: clusters.keys.dsn(role, name), answer_within=10.0)
    try:
        yield FreshDatabase(
            data=data,
            keys=keys,
            data_folder=clusters.data.folder,
            keys_folder=clusters.keys.folder,
            data_dsn=lambda role: clusters.data.dsn(role, name),
            keys_dsn=lambda role: clusters.keys.dsn(role, name),
            superuser_dsn=clusters.data.dsn(SUPERUSER, name),
            keys_superuser_dsn=clusters.keys.dsn(SUPERUSER, name),
            guard=Guard(GUARD_SECRET),
            guard_secret=GUARD_SECRET,
            password_for=clusters.password_for,
        )
    finally:
        await data.close()
        await keys.close()


def _drop(clusters: Clusters, name: str) -> None:
    for cluster in (clusters.data, clusters.keys):
        with psycopg.connect(cluster.dsn(SUPERUSER, "postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _copy(cluster: EmbeddedCluster, side: Side, name: str) -> None:
    with psycopg.connect(cluster.dsn(SUPERUSER, "postgres"), autocommit=True) as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {} STRATEGY file_copy").format(
                *map(sql.Identifier, (name, DATABASE, Role.OWNER))
            )
        )
    with psycopg.connect(cluster.dsn(Role.OWNER, name), autocommit=True) as connection:
        admit_roles(connection, side)
