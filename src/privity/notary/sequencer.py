"""The sequencer: the one writer of all logs.

It takes rows out of the inbox, gives each its index and time, and commits entries, signed checkpoints and the deletion
of the rows together. Whoever waits for an entry hears of it by that commit's NOTIFY. It guarantees that

- an index is given once and without gaps: it comes from memory, and every commit compares size, root and epoch of each
  log that it touches with what stands in the database;
- one sequencer signs: a session lock keeps others out, and taking over raises the epoch of every log, so that one that
  lost its lock without knowing cannot commit;
- rows are taken, put together and committed in one order. Two lanes, each with a connection, take turns at each of the
  three: while one waits for the database, the other computes;
- a tenant's log that is not what was signed takes no more entries, and no other log waits for it;
- it goes on after errors that pass without having changed anything (disk full, a table locked or renamed, a right
  revoked). After any other, such as a failed fsync or a lost commit, it ends; a new one starts from what is durable.

A checkpoint is signed before its commit and seen by nobody before it; docs/adr/0004-one-sequencer.md says why.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from enum import StrEnum
from uuid import UUID

import psycopg
from psycopg import AsyncConnection

from privity import logs
from privity.clock import Clock
from privity.errors import Conflict
from privity.ids import Ids, TimeOrderedIds
from privity.notary import tables
from privity.notary.assembler import TAKE, Assembler
from privity.notary.draft import PLATFORM, Batch, Taken
from privity.notary.logbook import KeyNotOpened, Logbook, LogHalted
from privity.notary.timekeeper import Timekeeper
from privity.store.database import Database
from privity.store.roles import Role
from privity.vault.kms import KeyManagement

INBOX_CHANNEL = "ledger_inbox"

BEAT = 0x5072_6976  # "Priv", with the second of the last beat the other advisory lock of the sequencer
_LOCK = 0x5072_6976_4C65_6467  # "PrivLedg", the advisory lock of the one sequencer
_LANES = 2
_IDLE = 0.1  # seconds between looks into the inbox for rows that came without a NOTIFY
_RETRY = 0.1  # seconds to wait after an error that passes

# Errors after which the same statements may succeed later and which have changed nothing: out of disk, memory or
# connections (53), rolled back by a conflict (40), a lock not had (55), a table or right missing (42), a statement
# stopped (57014); PostgreSQL manual, appendix A.
_PASSING = ("53", "40", "55", "42", "57014")
_RECORDED_BEFORE = "entry_entry_id_log_key"  # the constraint that keeps an id from being recorded twice

_log = logs.get("notary")


class Barrier(StrEnum):
    """The moments of a batch at which tests stop the sequencer."""

    TAKEN = "taken"
    COPIED = "copied"
    COMMITTED = "committed"


class _Run:
    """What the lanes share until one of them fails: whose turn it is, and the batches that are not committed yet."""

    def __init__(self, stopping: asyncio.Event) -> None:
        self.taking = asyncio.Lock()
        self.assembling = asyncio.Lock()  # acquired while `taking` is held, so both are had in the same order
        self.uncommitted: deque[Batch] = deque()
        self.failed = False
        self.emptied = False  # the last look left nothing behind: the next one waits until it hears of rows
        self._stopping = stopping
        self._last = asyncio.Event()
        self._last.set()

    @property
    def ending(self) -> bool:
        return self.failed or self._stopping.is_set()

    def line_up(self, batch: Batch) -> tuple[asyncio.Event, asyncio.Event]:
        """Return what tells that the batch before is settled, and what has to tell so of this one."""
        self.uncommitted.append(batch)
        before, self._last = self._last, asyncio.Event()
        return before, self._last


class Sequencer:
    """Turns the inbox into entries for as long as `run` runs.

    `mac_key` is the inbox's, `kms` wraps the signing keys. `reached` is called at each barrier of a batch.
    """

    def __init__(
        self,
        database: Database,
        kms: KeyManagement,
        mac_key: bytes,
        clock: Clock,
        *,
        ids: Ids | None = None,
        reached: Callable[[Barrier], None] = lambda _: None,
    ) -> None:
        self._database = database
        self._kms = kms
        self._mac_key = mac_key
        self._clock = clock
        self._ids = ids or TimeOrderedIds(clock)
        self._reached = reached
        self._bell = asyncio.Event()
        self._put_off_by: type[BaseException] | None = None
        self._last_beat: tuple[int, float] | None = None  # the server's second, our monotonic time

    async def run(
        self,
        *,
        ready: Callable[[], None] = lambda: None,
        waiting: Callable[[], None] = lambda: None,
        stopping: asyncio.Event | None = None,
        wait: bool = True,
    ) -> None:
        """Take over all logs and sequence until `stopping` is set.

        While another sequencer holds the lock, call `waiting` and wait for it, or raise Conflict if `wait` is False.
        `ready` is called when all logs are taken over. Raises Conflict when
        another has taken over, VerificationError when the platform's log is not what its key signed, StoreUnavailable
        when the database has failed in a way that only a new start mends.
        """
        stopping = stopping or asyncio.Event()
        async with AsyncExitStack() as stack:
            guard = await stack.enter_async_context(self._own_connection())
            if not await _locked(guard, stopping, waiting if wait else None):
                return
            self._last_beat = None
            assembler = await self._take_over(guard)
            lanes = [await stack.enter_async_context(self._own_connection()) for _ in range(_LANES)]
            ready()
            while not stopping.is_set():
                run = _Run(stopping)
                working = (self._lane(lane, assembler, run) for lane in lanes)
                # Every lane ends by itself, so that none is cut off in a commit, whose outcome nobody would know.
                ended = await asyncio.gather(self._listen(guard, run), *working, return_exceptions=True)
                for batch in reversed(run.uncommitted):
                    assembler.undo(batch)
                failures = [failure for failure in ended if failure is not None]
                if any(_recorded_before(failure) for failure in failures):
                    assembler.look_back()
                    failures = [failure for failure in failures if not _recorded_before(failure)]
                await self._outlive(failures)

    async def _take_over(self, guard: AsyncConnection) -> Assembler:
        """Make all logs this sequencer's own, with the platform log open."""
        logbook = Logbook(self._kms, self._clock, self._ids)
        timekeeper = Timekeeper(self._clock, await logbook.take_over(guard))
        assembler = Assembler(logbook, timekeeper, self._mac_key, self._clock, self._ids)
        async with guard.transaction():
            await logbook.hold(guard, PLATFORM, timekeeper.stamp())
        return assembler

    async def _listen(self, guard: AsyncConnection, run: _Run) -> None:
        """Hear when rows come in, on the connection that holds the lock; its loss ends the sequencer."""
        try:
            while not run.ending:
                await self._beat(guard)
                async for _ in guard.notifies(timeout=_IDLE):
                    self._bell.set()
        except BaseException:
            run.failed = True
            raise

    async def _beat(self, guard: AsyncConnection) -> None:
        """Lock the present second, once in each: whoever asks sees that we live, and nothing is written for it."""
        now, last = self._clock.monotonic(), self._last_beat
        if last is not None and now < last[1] + 1:
            return
        cursor = await guard.execute(
            "SELECT second, pg_advisory_lock(%(beat)s, second), pg_advisory_unlock(%(beat)s, %(last)s::int)"
            " FROM (SELECT extract(epoch FROM clock_timestamp())::int) AS now (second)",
            {"beat": BEAT, "last": None if last is None else last[0]},
        )
        row = await cursor.fetchone()
        assert row is not None
        self._last_beat = row[0], now

    async def _lane(self, connection: AsyncConnection, assembler: Assembler, run: _Run) -> None:
        """Assemble and write batches until told to stop, or until a batch of either lane fails."""
        settled = asyncio.Event()
        try:
            while True:
                async with run.taking:
                    rows = await self._next_rows(connection, assembler, run)
                    if rows is None:
                        return
                    await run.assembling.acquire()
                try:
                    batch = await assembler.assemble(connection, rows)
                    before, settled = run.line_up(batch)
                finally:
                    run.assembling.release()
                self._reached(Barrier.TAKEN)
                await tables.write_batch(connection, batch)
                self._reached(Barrier.COPIED)
                await before.wait()
                if run.failed:
                    return
                await tables.seal_and_commit(connection, batch.drafts, batch.acknowledged)
                self._reached(Barrier.COMMITTED)
                run.uncommitted.popleft()
                self._put_off_by = None
                settled.set()
        except BaseException:
            run.failed = True
            raise
        finally:
            settled.set()
            with suppress(psycopg.Error):
                await connection.rollback()

    async def _next_rows(self, connection: AsyncConnection, assembler: Assembler, run: _Run) -> list[Taken] | None:
        """Return the next rows, their transaction open, as soon as there are any; None when it is time to end."""
        while not run.ending:
            if run.emptied:
                with suppress(TimeoutError):
                    async with asyncio.timeout(_IDLE):
                        await self._bell.wait()
            self._bell.clear()
            rows = await assembler.take(connection)
            run.emptied = rows is None or len(rows) < TAKE
            if rows is not None:
                return rows
            await connection.execute("ROLLBACK")
        return None

    async def _outlive(self, failures: list[BaseException]) -> None:
        """Wait a moment after failures that pass; raise the first that does not."""
        for failure in failures:
            passing = isinstance(failure, psycopg.Error) and _passes(failure)
            if not passing and not isinstance(failure, KeyNotOpened | LogHalted):
                raise failure
            if isinstance(failure, LogHalted):
                tenant, first = UUID(failure.log), failure.first_bad_index
                _log.error("log_halted", failure, tenant_id=tenant, first_bad_index=first)
                continue
            if type(failure) is not self._put_off_by:  # once: it is tried again many times a second
                self._put_off_by = type(failure)
                _log.error("batch_put_off", failure)
            if passing:
                await asyncio.sleep(_RETRY)

    @asynccontextmanager
    async def _own_connection(self) -> AsyncIterator[AsyncConnection]:
        """Lend a connection whose lock, LISTEN and settings are nobody else's."""
        async with self._database.own_connection(Role.LEDGER) as connection:
            await connection.execute("SET synchronous_commit = on")  # acknowledged is on disk, whatever the server
            yield connection


def _passes(failure: psycopg.Error) -> bool:
    return (failure.sqlstate or "").startswith(_PASSING)


def _recorded_before(failure: BaseException) -> bool:
    """Tell whether a batch failed because an entry of it stands in its log already."""
    return isinstance(failure, psycopg.errors.UniqueViolation) and failure.diag.constraint_name == _RECORDED_BEFORE


async def _locked(guard: AsyncConnection, stopping: asyncio.Event, waiting: Callable[[], None] | None) -> bool:
    """Return True with the lock held, or False when told to stop before it was had."""
    await guard.execute(f"LISTEN {INBOX_CHANNEL}")
    told = False
    while not stopping.is_set():
        row = await (await guard.execute("SELECT pg_try_advisory_lock(%s)", (_LOCK,))).fetchone()
        if row == (True,):
            return True
        if waiting is None:
            raise Conflict("Another sequencer is running.", advice="One sequencer serves all processes.")
        if not told:
            waiting()
            told = True
        await asyncio.sleep(_RETRY)
    return False
