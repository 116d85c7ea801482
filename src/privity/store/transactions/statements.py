"""Statements inside an open transaction, with rows as msgspec structs."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, LiteralString, TypeVar
from uuid import UUID

import msgspec
from psycopg import AsyncConnection, AsyncCursor

from privity.errors import Misconfigured
from privity.store.failures import translated_failures

Parameters = Sequence[Any] | Mapping[str, Any]
Row = TypeVar("Row", bound=msgspec.Struct)


class Statements:
    """Runs SQL on a connection for as long as its transaction is open.

    Values are always bound (`%s`, `%(name)s`); the text of a statement is a literal. Once the transaction has ended the
    object is dead: the connection has gone back to the pool and may already serve another tenant.
    """

    def __init__(self, connection: AsyncConnection) -> None:
        self._lent: AsyncConnection | None = connection

    def end(self) -> None:
        """Let go of the connection; every later statement raises RuntimeError."""
        self._lent = None

    @property
    def _connection(self) -> AsyncConnection:
        if self._lent is None:
            raise RuntimeError("a statement came after its transaction had ended")
        return self._lent

    async def fetch_one(self, sql: LiteralString, parameters: Parameters = (), *, into: type[Row]) -> Row | None:
        """Return the first row as `into`, columns matched to fields by name, or None when there is none.

        Raises what `privity.store.failures` makes of a PostgreSQL error, and Misconfigured when a row does not fit.
        """
        with translated_failures():
            async with self._connection.cursor(row_factory=struct_rows(into)) as cursor:
                return await (await cursor.execute(sql, parameters)).fetchone()

    async def fetch_all(self, sql: LiteralString, parameters: Parameters = (), *, into: type[Row]) -> list[Row]:
        """Return all rows as `into`; raises as `fetch_one`."""
        with translated_failures():
            async with self._connection.cursor(row_factory=struct_rows(into)) as cursor:
                return await (await cursor.execute(sql, parameters)).fetchall()

    async def execute(self, sql: LiteralString, parameters: Parameters = ()) -> int:
        """Run one statement and return how many rows it touched; raises as `fetch_one`."""
        with translated_failures():
            return (await self._connection.execute(sql, parameters)).rowcount

    async def execute_many(self, sql: LiteralString, rows: Iterable[Parameters]) -> int:
        """Run one statement for each of `rows` in few round trips and return how many rows it touched in all."""
        with translated_failures():
            async with self._connection.cursor() as cursor:
                await cursor.executemany(sql, rows)
                return cursor.rowcount


class TenantTransaction(Statements):
    """Statements that see and change the rows of one tenant, whatever they say; only `gate` can open one."""

    def __init__(self, connection: AsyncConnection, tenant_id: UUID) -> None:
        super().__init__(connection)
        self.tenant_id = tenant_id


def struct_rows(into: type[Row]) -> Callable[[AsyncCursor[Any]], Callable[[Sequence[Any]], Row]]:
    """Return a psycopg row factory that makes `into` from each row, by column name."""

    def for_cursor(cursor: AsyncCursor[Any]) -> Callable[[Sequence[Any]], Row]:
        names = [column.name for column in cursor.description or ()]

        def make(values: Sequence[Any]) -> Row:
            try:
                return msgspec.convert(dict(zip(names, values, strict=True)), into)
            except msgspec.ValidationError:
                raise Misconfigured(
                    f"A row does not fit {into.__name__}.", advice="Run `privity migrate` with this version."
                ) from None

        return make

    return for_cursor
