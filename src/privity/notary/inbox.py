"""The inbox: how the rest of Privity records, in one of three ways.

`record` returns once the entry stands in its log, durable and under a signed checkpoint: an intent, before which
nothing may happen. `enqueue` puts the entry into the caller's own transaction: an outcome, which is recorded exactly if
what it tells of was committed. `post` is for the outcome of an act that had no transaction: it returns once the entry
lies in the inbox, durable, and nobody waits for its place in the log.

When `record` raises LedgerUnavailable, nothing has happened and the row is withdrawn if it is not sequenced yet. Two
things may remain: an entry that was sequenced just as the time ran out, and, if the database cannot be reached or this
process dies, a row that is sequenced later. Either is an intent without an outcome, and that is its meaning: it was
asked for and nothing happened.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import LiteralString, Protocol, Self
from uuid import UUID

import psycopg
from psycopg import AsyncConnection

from privity import logs
from privity.clock import Clock
from privity.errors import Conflict, LedgerUnavailable, PrivityError
from privity.notary.entry import Entry, InboxMac, InboxRow, Receipt, inbox_row
from privity.notary.health import MAX_DEPTH, RECORD_WITHIN, InboxHealth, read_health, unavailable
from privity.notary.packed import Column, ColumnDumper
from privity.notary.sequencer import INBOX_CHANNEL
from privity.notary.tables import SEQUENCED_CHANNEL
from privity.store.database import Database
from privity.store.ending import end_tasks
from privity.store.roles import Role

_WITHDRAW_WITHIN = 0.3
_ANSWER_WITHIN = 5.0  # seconds after which a connection that does not answer is given up
_GROUP, _GROUP_AT_MOST = 32, 256  # entries a statement
_LOOK_EVERY = 0.5  # seconds between looks at the depth
_CATCH_UP_EVERY = 1.0
_RECONNECT = 0.2
_DOUBTED_FOR = 5.0  # seconds without readiness after an entry could not be recorded, unless one could since

_log = logs.get("notary")


class Transaction(Protocol):
    """What `enqueue` needs of a transaction: a tenant transaction is one, and so is a psycopg connection."""

    async def execute(self, sql: LiteralString, parameters: Sequence[object], /) -> object:
        """Run one statement."""
        ...


class _Waiting:
    """An entry that `record` or, when it is `posted`, `post` waits for, and how far it has come."""

    __slots__ = ("deadline", "entry_id", "given_up", "index", "posted", "row", "withdrawn", "written")

    def __init__(self, entry_id: UUID, row: InboxRow, within: float, *, posted: bool) -> None:
        self.entry_id = entry_id
        self.row = row
        self.posted = posted
        loop = asyncio.get_running_loop()
        self.deadline = loop.time() + within
        self.index: asyncio.Future[int | None] = loop.create_future()  # None: it lies in the inbox
        self.written = False  # a statement with it may have reached the database
        self.given_up = False
        self.withdrawn = asyncio.Event()


class Inbox:
    """Records entries for one process; `async with` starts and ends its three tasks.

    Concurrent callers share one INSERT and one commit, and one NOTIFY of the sequencer tells them all. The INSERT waits
    for the disk only if an entry was posted: the others are acknowledged by the sequencer's commit, which comes later.
    """

    def __init__(self, database: Database, mac_key: bytes, clock: Clock, *, within: float = RECORD_WITHIN) -> None:
        self._database = database
        self._within = within
        self._mac = InboxMac(mac_key)
        self._clock = clock
        self._waiting: dict[str, _Waiting] = {}  # in the order of their deadlines
        self._timer: asyncio.TimerHandle | None = None
        self._queue: deque[_Waiting] = deque()
        self._withdrawals: deque[_Waiting] = deque()
        self._work = asyncio.Event()
        self._seen: InboxHealth | None = None
        self._unanswered_since: float | None = None  # by the loop's clock; a process that does not look is not refused
        self._failed_at: float | None = None  # likewise
        self._tasks: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Self:
        await self._look()
        self._tasks = [
            asyncio.create_task(self._for_ever(self._write)),
            asyncio.create_task(self._for_ever(self._listen)),
            asyncio.create_task(self._watch()),
        ]
        return self

    async def __aexit__(self, *_exception: object) -> None:
        if self._timer is not None:
            self._timer.cancel()
        ending, self._tasks = self._tasks, []
        await end_tasks(*ending, again_after=0.2)
        for waiting in self._waiting.values():
            _fail(waiting, "The process is ending.")

    async def record(self, entry: Entry) -> Receipt:
        """Return where the entry stands, once it is durable under a signed checkpoint.

        Recording an id twice returns the place of the first. Raises LedgerUnavailable when that takes longer
        than `within`, at once when the inbox is stuck or full or the log halted, BadInput for what cannot be a leaf.
        """
        index = await self._entrust(entry, posted=False)
        assert index is not None
        return Receipt(log=entry.log, entry_id=entry.id, index=index)

    async def post(self, entry: Entry) -> None:
        """Return once the entry lies in the inbox, durable; it is recorded soon after that.

        Raises as `record`.
        """
        await self._entrust(entry, posted=True)

    async def _entrust(self, entry: Entry, *, posted: bool) -> int | None:
        row = inbox_row(entry, self._mac)
        self._refuse_if_stuck()
        if self._seen and not posted:
            self._seen.refuse_if_halted(entry.log)
        name = entry.id.hex
        if name in self._waiting:
            raise Conflict("An entry of this id is being recorded.")
        waiting = self._waiting[name] = _Waiting(entry.id, row, self._within, posted=posted)
        self._queue.append(waiting)
        self._work.set()
        if self._timer is None:
            self._expire()
        try:
            return await waiting.index
        except TimeoutError:
            self._give_up(waiting)
            with suppress(TimeoutError):
                async with asyncio.timeout(_WITHDRAW_WITHIN):
                    await waiting.withdrawn.wait()
            if self._seen:
                self._seen.refuse_if_halted(entry.log)
            self._failed_at = asyncio.get_running_loop().time()
            raise unavailable("The ledger did not record in time.") from None
        except asyncio.CancelledError:
            self._give_up(waiting)
            raise
        finally:
            del self._waiting[name]

    async def enqueue(self, transaction: Transaction, entry: Entry) -> None:
        """Put the entry into the caller's transaction; it is recorded soon after that commits, or never.

        Raises BadInput for what cannot be a leaf, and whatever the transaction raises.
        """
        row = inbox_row(entry, self._mac)
        await transaction.execute(
            "INSERT INTO ledger.inbox (log, entry_id, kind, body, detail, about, mac)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s)",
            (row.log, entry.id, row.kind, row.body, row.detail, row.about and UUID(bytes=row.about), row.mac),
        )

    @property
    def seen(self) -> InboxHealth | None:
        """How the inbox stood at the last look, half a second ago, or None when nobody answered it."""
        return self._seen

    async def health(self) -> InboxHealth:
        """Return how the inbox stands; raise LedgerUnavailable if nobody answers."""
        return await read_health(self._database, self._within)

    async def readiness(self) -> InboxHealth:
        """Return the health of an inbox that is ready; raise LedgerUnavailable if it is not.

        A sequencer may live and the inbox be empty while nothing can be written, as on a full disk: what could not be
        recorded a moment ago says so.
        """
        health = await self.health()
        if self._failed_at is not None and asyncio.get_running_loop().time() < self._failed_at + _DOUBTED_FOR:
            raise unavailable("The ledger did not record a moment ago.")
        if not health.ready:
            raise unavailable("The ledger is behind." if health.sequencing else "No sequencer is running.")
        return health

    def _refuse_if_stuck(self) -> None:
        if not self._tasks:
            raise RuntimeError("record() was called outside `async with inbox`")
        since = self._unanswered_since
        if since is not None and asyncio.get_running_loop().time() - since > self._within:
            raise unavailable("The inbox of the ledger cannot be read.")
        if self._seen is not None and not self._seen.open:
            raise unavailable("The ledger is behind.")
        if len(self._waiting) >= MAX_DEPTH:
            raise unavailable("Too many entries wait to be recorded.")

    def _expire(self) -> None:
        """Let those stop waiting whose time is over; one timer for all, set to the first deadline."""
        self._timer, loop = None, asyncio.get_running_loop()
        for waiting in self._waiting.values():
            if waiting.deadline > loop.time():
                self._timer = loop.call_at(waiting.deadline, self._expire)
                return
            if not waiting.index.done():
                waiting.index.set_exception(TimeoutError())

    def _give_up(self, waiting: _Waiting) -> None:
        """Withdraw an entry for which nobody waits any more."""
        waiting.given_up = True
        if waiting.written:
            self._withdrawals.append(waiting)
            self._work.set()
        else:
            waiting.withdrawn.set()  # it never left this process, and `_write` passes over it

    async def _for_ever(self, serve: Callable[[AsyncConnection], Awaitable[None]]) -> None:
        """Serve on a connection of its own, and on a new one whenever that fails."""
        while True:
            try:
                async with self._database.own_connection(Role.LEDGER) as connection:
                    await serve(connection)
            except PrivityError as failure:
                _log.error("inbox_connection_lost", failure)
                await asyncio.sleep(_RECONNECT)

    async def _write(self, connection: AsyncConnection) -> None:
        """Put waiting entries into the inbox, all that have gathered in one statement, and take back abandoned ones."""
        connection.adapters.register_dumper(Column, ColumnDumper)
        await connection.execute("SET synchronous_commit = off")
        await connection.execute("SET statement_timeout = '2s'")
        self._work.set()  # there may be something left from the connection before
        while True:
            await self._work.wait()
            self._work.clear()
            while self._withdrawals:
                await self._withdraw(connection, list(self._withdrawals))
            while group := self._next_group():
                await self._insert(connection, group)

    def _next_group(self) -> list[_Waiting]:
        """Return half of a crowd, so that one half is sequenced while the other is on its way, or all of a few."""
        group: list[_Waiting] = []
        most = min(max(_GROUP, len(self._queue) // 2), _GROUP_AT_MOST)
        while self._queue and len(group) < most:
            waiting = self._queue.popleft()
            if not waiting.given_up:
                waiting.written = True
                group.append(waiting)
        return group

    async def _insert(self, connection: AsyncConnection, group: list[_Waiting]) -> None:
        logs, ids, kinds, bodies, details, abouts, macs = zip(*(waiting.row for waiting in group), strict=True)
        texts = [[text.encode() for text in column] for column in (logs, kinds)]
        columns = map(Column.of, (*texts, ids, bodies, details, abouts, macs))
        try:
            async with asyncio.timeout(_ANSWER_WITHIN):
                await connection.execute(
                    "WITH put AS (INSERT INTO ledger.inbox (log, entry_id, kind, body, detail, about, mac)"
                    " SELECT convert_from(log, 'UTF8'), encode(entry_id, 'hex')::uuid, convert_from(kind, 'UTF8'),"
                    "  body, detail, encode(about, 'hex')::uuid, mac FROM unnest(%b, %b, %b, %b, %b, %b, %b)"
                    "  AS row (log, kind, entry_id, body, detail, about, mac))"
                    " SELECT pg_notify(%b, ''), set_config('synchronous_commit', %b, true)",
                    (*columns, INBOX_CHANNEL, "on" if any(waiting.posted for waiting in group) else "off"),
                )
        except (psycopg.Error, TimeoutError) as failure:
            if connection.closed or isinstance(failure, TimeoutError):
                self._queue.extendleft(reversed(group))  # it may have been written; an id is recorded only once
                raise
            _log.error("inbox_refused", failure)
            self._failed_at = asyncio.get_running_loop().time()
            for waiting in group:
                _fail(waiting, "The ledger's inbox cannot be written.")
            return
        for waiting in group:
            if waiting.posted and not waiting.index.done():
                waiting.index.set_result(None)

    async def _withdraw(self, connection: AsyncConnection, group: list[_Waiting]) -> None:
        """Delete rows that are not sequenced yet; one that the sequencer holds at this moment is being sequenced."""
        try:
            async with asyncio.timeout(_ANSWER_WITHIN):
                await connection.execute(
                    "DELETE FROM ledger.inbox WHERE id IN (SELECT id FROM ledger.inbox WHERE entry_id = ANY(%b)"
                    " FOR UPDATE SKIP LOCKED)",
                    ([waiting.entry_id for waiting in group],),
                )
        except psycopg.Error as failure:
            if connection.closed:
                raise
            _log.error("withdrawal_refused", failure)
            await asyncio.sleep(_RECONNECT)  # it is tried until it succeeds: nobody waits for these entries
            return
        for waiting in group:
            self._withdrawals.remove(waiting)
            waiting.withdrawn.set()

    async def _listen(self, connection: AsyncConnection) -> None:
        """Hear what was sequenced; a look into the log makes up for what was said while nobody listened."""
        await connection.execute(f"LISTEN {SEQUENCED_CHANNEL}")
        while True:
            await self._catch_up(connection)
            async for notification in connection.notifies(timeout=_CATCH_UP_EVERY):
                for acknowledged in notification.payload.split():
                    name, _, index = acknowledged.partition(":")
                    self._acknowledge(name, int(index))

    async def _catch_up(self, connection: AsyncConnection) -> None:
        written = [waiting for waiting in self._waiting.values() if waiting.written]
        if not written:
            return
        async with asyncio.timeout(_ANSWER_WITHIN):
            cursor = await connection.execute(
                "SELECT entry_id, index FROM ledger.entry JOIN unnest(%b::text[], %b::uuid[]) AS asked (log, entry_id)"
                " USING (log, entry_id)",
                ([waiting.row.log for waiting in written], [waiting.entry_id for waiting in written]),
            )
            for entry_id, index in await cursor.fetchall():
                self._acknowledge(entry_id.hex, index)

    def _acknowledge(self, name: str, index: int) -> None:
        waiting = self._waiting.get(name)
        if waiting is not None and not waiting.index.done():
            self._failed_at = None
            waiting.index.set_result(index)

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(_LOOK_EVERY)
            await self._look()

    async def _look(self) -> None:
        try:
            self._seen = await self.health()
        except LedgerUnavailable:
            self._seen = None
            if self._unanswered_since is None:
                self._unanswered_since = asyncio.get_running_loop().time()
        else:
            self._unanswered_since = None


def _fail(waiting: _Waiting, message: str) -> None:
    if not waiting.index.done():
        waiting.index.set_exception(unavailable(message))
