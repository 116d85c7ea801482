"""Databases for every test: fixtures `clusters` and `fresh_database`.

    async def test_something(fresh_database: FreshDatabase) -> None:
        async with fresh_database.data.connection(Role.APP) as connection: ...

`fresh_database` is a copy of a migrated pair of databases, data and keys, that belongs to one test and is dropped after
it. The two embedded clusters below it are made once for a test session, or once for each worker of pytest-xdist.
A test that kills or fills a cluster makes its own with `privity.store.EmbeddedCluster`.
"""

import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from functools import cached_property
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


class FreshDatabase:
    """A migrated and empty pair of databases, each copied when a test first asks for something of it.

    `data_folder` and `keys_folder` are the PGDATA of their clusters, shared with other tests of the session.
    `data_dsn` and `keys_dsn` give connection strings by role. `superuser_dsn` and `keys_superuser_dsn` are for looking
    behind the walls.
    """

    def __init__(self, clusters: Clusters, name: str, copied: set[Side]) -> None:
        self.data_folder = clusters.data.folder
        self.keys_folder = clusters.keys.folder
        self.guard = Guard(GUARD_SECRET)
        self.guard_secret = GUARD_SECRET
        self.password_for = clusters.password_for
        self._clusters, self._name, self._copied = clusters, name, copied
        self._opened: list[Database] = []

    @cached_property
    def data(self) -> Database:
        return self._open(self.data_dsn)

    @cached_property
    def keys(self) -> Database:
        return self._open(self.keys_dsn)

    @property
    def data_dsn(self) -> Callable[[str], str]:
        cluster = self._with_a_copy(Side.DATA)
        return lambda role: cluster.dsn(role, self._name)

    @property
    def keys_dsn(self) -> Callable[[str], str]:
        cluster = self._with_a_copy(Side.KEYS)
        return lambda role: cluster.dsn(role, self._name)

    @property
    def superuser_dsn(self) -> str:
        return self.data_dsn(SUPERUSER)

    @property
    def keys_superuser_dsn(self) -> str:
        return self.keys_dsn(SUPERUSER)

    async def close(self) -> None:
        for database in self._opened:
            await database.close()

    def _open(self, dsn: Callable[[str], str]) -> Database:
        self._opened.append(Database(dsn, answer_within=10.0))
        return self._opened[-1]

    def _with_a_copy(self, side: Side) -> EmbeddedCluster:
        cluster = _cluster(self._clusters, side)
        if side not in self._copied:
            _copy(cluster, side, self._name)
            self._copied.add(side)
        return cluster


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
    name, copied = f"test_{next(_numbers)}", set[Side]()
    database = FreshDatabase(clusters, name, copied)
    try:
        yield database
    finally:
        await database.close()
        _drop(clusters, name, copied)


@pytest.fixture(scope="module")
def copied_databases(clusters: Clusters) -> Iterator[tuple[str, set[Side]]]:
    """The name of a copy of the migrated databases for one file of tests, and the sides that are copied by now."""
    name, copied = f"test_{next(_numbers)}", set[Side]()
    try:
        yield name, copied
    finally:
        _drop(clusters, name, copied)


@pytest.fixture
async def shared_database(clusters: Clusters, copied_databases: tuple[str, set[Side]]) -> AsyncIterator[FreshDatabase]:
    """The databases of one file of tests: for those whose every change is rolled back or refused."""
    database = FreshDatabase(clusters, *copied_databases)
    try:
        yield database
    finally:
        await database.close()


def _cluster(clusters: Clusters, side: Side) -> EmbeddedCluster:
    return clusters.data if side is Side.DATA else clusters.keys


def _drop(clusters: Clusters, name: str, copied: set[Side]) -> None:
    for side in copied:
        with psycopg.connect(_cluster(clusters, side).dsn(SUPERUSER, "postgres"), autocommit=True) as connection:
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
