"""The two databases of an installation: embedded clusters in its directory, or servers named by URL."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import msgspec
import psycopg
from psycopg.conninfo import make_conninfo

from privity import logs
from privity.clock import Clock
from privity.errors import Misconfigured, PrivityError
from privity.keys import FileKeyring
from privity.running.directory import DataDirectory
from privity.settings import Settings
from privity.store import Database, EmbeddedCluster, Guard, PasswordFor, Role, Side, derived_passwords, migrate
from privity.store.linter import require_sound_schema
from privity.store.migrations import require_this_schema
from privity.store.roles import SUPERUSER

_LOOK_EVERY = 0.5  # seconds between looks at the servers of ours

_log = logs.get("running")

DsnFor = Callable[[Role], str]


class Databases(msgspec.Struct, frozen=True):
    """Open pools to both databases, and how each role reaches the data database."""

    data: Database
    keys: Database
    data_dsn: DsnFor


def guard_of(keyring: FileKeyring, clock: Clock) -> Guard:
    """Return the maker of tenant tokens of this installation."""
    return Guard(bytes(keyring.derive("tenant guard").reveal()), clock)


@asynccontextmanager
async def open_databases(
    directory: DataDirectory, settings: Settings, keyring: FileKeyring, clock: Clock, *, ours: bool
) -> AsyncIterator[Databases]:
    """Open both databases at this version's schema.

    Embedded clusters are started when they are `ours` to run. Raises Misconfigured when a server by URL has not been
    migrated, StoreUnavailable when one does not answer.
    """
    password_for = derived_passwords(bytes(keyring.installation_secret().reveal()))
    clusters: list[EmbeddedCluster] = []
    if settings.database_url is None or settings.key_database_url is None:
        data_cluster = EmbeddedCluster(directory.data_cluster, password_for, logs=directory.logs)
        key_cluster = EmbeddedCluster(directory.key_cluster, password_for, logs=directory.logs)
        clusters = [data_cluster, key_cluster]
        data_dsn: DsnFor = data_cluster.dsn
        key_dsn: DsnFor = key_cluster.dsn
    else:
        data_dsn = _by_url(settings.database_url, password_for)
        key_dsn = _by_url(settings.key_database_url, password_for)
    try:
        if ours and clusters:
            _start_keys(data_cluster, key_cluster)
            migrate(key_dsn(Role.OWNER), Side.KEYS, password_for)
            _start_data(data_cluster, key_cluster)
            migrate(data_dsn(Role.OWNER), Side.DATA, password_for, guard_of(keyring, clock))
        data, keys = Database(data_dsn), Database(key_dsn)
        try:
            if ours:
                async with keys.connection(Role.KEYS) as connection:
                    await require_this_schema(connection, Side.KEYS)
                async with data.connection(Role.PLATFORM) as connection:
                    await require_this_schema(connection, Side.DATA)
                    await require_sound_schema(connection)
            reviving = asyncio.create_task(_revive(clusters if ours else []))
            try:
                yield Databases(data, keys, data_dsn)
            finally:
                reviving.cancel()
                await asyncio.gather(reviving, return_exceptions=True)
        finally:
            await asyncio.gather(data.close(), keys.close())
    finally:
        if ours:
            for cluster in clusters:
                cluster.stop()


def migrate_by_url(settings: Settings, keyring: FileKeyring, clock: Clock) -> bool:
    """Bring both servers by URL to this version's schema with their owners' credentials; return whether it was needed.

    Raises Misconfigured when the owners' URLs are missing or their roles lack a right.
    """
    if settings.database_owner_url is None or settings.key_database_owner_url is None:
        raise Misconfigured(
            "the owners' credentials are not given",
            advice="Set PRIVITY_DATABASE_OWNER_URL_FILE and PRIVITY_KEY_DATABASE_OWNER_URL_FILE for `privity migrate`.",
        )
    password_for = derived_passwords(bytes(keyring.installation_secret().reveal()))
    data = migrate(settings.database_owner_url, Side.DATA, password_for, guard_of(keyring, clock))
    return migrate(settings.key_database_owner_url, Side.KEYS, password_for) or data


def _start_keys(data: EmbeddedCluster, keys: EmbeddedCluster) -> None:
    """Start the cluster of keys; it is made before that of data, so data without it have lost it."""
    if data.exists and not keys.exists:
        raise Misconfigured(
            f"the cluster of keys in {keys.folder} is missing, and there is sealed data beside it",
            advice="Put the folder back from its copy; new keys could not open anything.",
        )
    keys.start()


def _start_data(data: EmbeddedCluster, keys: EmbeddedCluster) -> None:
    """Start the cluster of data; a new one is made only where there is no key of anything that it could have held."""
    if not data.exists:
        with psycopg.connect(keys.dsn(SUPERUSER)) as connection:
            if connection.execute("SELECT FROM keys.tenant_key LIMIT 1").fetchone() is not None:
                raise Misconfigured(
                    f"the cluster of data in {data.folder} is missing, and there are keys beside it",
                    advice="Put the folder back from its copy, or begin in a new directory with `privity init`.",
                )
    data.start()


async def _revive(clusters: list[EmbeddedCluster]) -> None:
    """Start a server of ours again when it was killed; what needed it meanwhile is refused, and nothing is lost."""
    while clusters:
        await asyncio.sleep(_LOOK_EVERY)
        for cluster in clusters:
            try:
                revived = cluster.revive()
            except (OSError, PrivityError) as failure:  # its folder may be gone; it is tried until we end
                _log.error("database_not_revived", failure, part=cluster.folder.name)
            else:
                if revived:
                    _log.error("database_revived", part=cluster.folder.name)


def _by_url(url: str, password_for: PasswordFor) -> DsnFor:
    """Return how each role reaches a server: the URL's host and database with the role's own name and password."""

    def dsn(role: Role) -> str:
        return make_conninfo(url, user=str(role), password=password_for(role))

    return dsn
