"""Connections to one PostgreSQL database: a pool for each role, opened when first used.

Waiting is bounded everywhere: a database that does not answer is StoreUnavailable after `answer_within` seconds.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import psycopg
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from privity.errors import StoreUnavailable
from privity.store.failures import is_undone, leave_undecided, translated_failures
from privity.store.roles import Role

_LEAST = 0.1  # seconds that are left for the last try, however long those before it took

Begin = Callable[[AsyncConnection], Awaitable[object]]
"""Begins a transaction on an idle connection. It may be called twice: nothing in it may have an effect outside."""


async def begin(connection: AsyncConnection) -> None:
    """Begin an ordinary transaction."""
    await connection.execute("BEGIN")


class Database:
    """One database, reached by several roles.

    `dsn_for` gives the connection string of a role, `connections` how many each role may hold at once, and
    `answer_within` how many seconds to wait for a connection that answers.
    """

    def __init__(self, dsn_for: Callable[[Role], str], *, connections: int = 10, answer_within: float = 4.0) -> None:
        self._dsn_for = dsn_for
        self._connections = connections
        self._answer_within = answer_within
        self._options: dict[str, Any] = {"autocommit": True, "connect_timeout": max(2, round(answer_within))}
        self._pools: dict[Role, AsyncConnectionPool] = {}

    @asynccontextmanager
    async def connection(self, role: Role) -> AsyncIterator[AsyncConnection]:
        """Lend a connection in autocommit mode, outside any transaction.

        Raises StoreUnavailable when the database does not answer, and what `translated_failures` makes of its errors.
        """
        with translated_failures():
            pool = await self._pool(role)
            connection = await self._answering(pool, _probe)
            try:
                yield connection
            finally:
                await _return(pool, connection)

    @asynccontextmanager
    async def own_connection(self, role: Role) -> AsyncIterator[AsyncConnection]:
        """Lend a connection outside of any pool, in autocommit mode, and close it afterwards.

        It is for what a pool must not lend on: locks, subscriptions, settings. Raises as `connection` does.
        """
        with translated_failures():
            connection = await AsyncConnection.connect(self._dsn_for(role), **self._options)
            try:
                yield connection
            finally:
                await connection.close()

    @asynccontextmanager
    async def transaction(
        self, role: Role, *, begin: Begin = begin, keep: bool = True
    ) -> AsyncIterator[AsyncConnection]:
        """Lend a connection in a transaction that commits when the block ends, and rolls back when it raises.

        With `keep` false it always rolls back. Raises StoreUnavailable when the database does not answer, or when a
        statement had failed and its error was swallowed: a commit would then silently have kept nothing. An error,
        or a cancellation, that came when the commit was under way says so: see `failures.is_undecided`.
        """
        committing = False
        try:
            with translated_failures():
                pool = await self._pool(role)
                connection = await self._answering(pool, begin)
                try:
                    yield connection
                    committing = keep
                    try:
                        ended = await connection.execute("COMMIT" if keep else "ROLLBACK")
                    except psycopg.Error as error:
                        committing = keep and not is_undone(error)
                        raise
                    if keep and ended.statusmessage != "COMMIT":
                        committing = False
                        raise StoreUnavailable("The transaction was rolled back because a statement in it had failed.")
                finally:
                    await _return(pool, connection)
        except BaseException as error:
            if committing:
                leave_undecided(error)
            raise

    async def close(self) -> None:
        """Close every connection."""
        pools, self._pools = self._pools, {}
        for pool in pools.values():
            await pool.close()

    async def _pool(self, role: Role) -> AsyncConnectionPool:
        pool = self._pools.get(role)
        if pool is None:
            pool = self._pools[role] = AsyncConnectionPool(
                self._dsn_for(role),
                kwargs=self._options,
                min_size=0,
                max_size=self._connections,
                timeout=self._answer_within,
                reconnect_timeout=self._answer_within,
                name=role,
                open=False,
            )
        if pool.closed:
            await pool.open()
        return pool

    async def _answering(self, pool: AsyncConnectionPool, begin: Begin) -> AsyncConnection:
        """Return a connection on which `begin` has succeeded, `answer_within` seconds from now at the latest.

        A connection may have died in the pool with the server that it led to. Nothing has happened before `begin`, so
        the dead ones are thrown out once and one fresh connection is tried.
        """
        loop = asyncio.get_running_loop()
        until = loop.time() + self._answer_within
        for last in (False, True):
            connection = await pool.getconn(timeout=max(_LEAST, until - loop.time()))
            try:
                async with asyncio.timeout_at(max(until, loop.time() + _LEAST)):
                    await begin(connection)
            except psycopg.OperationalError:
                dead = connection.broken
                await _return(pool, connection)
                if last or not dead:
                    raise
                await pool.check()
            except BaseException:
                await _return(pool, connection)
                raise
            else:
                return connection
        raise AssertionError("unreachable: the last turn returns or raises")


async def _probe(connection: AsyncConnection) -> None:
    await connection.execute("")


async def _return(pool: AsyncConnectionPool, connection: AsyncConnection) -> None:
    """Give the connection back without a transaction; the pool drops it when it is beyond that."""
    with suppress(psycopg.Error):
        await connection.rollback()
    await pool.putconn(connection)
