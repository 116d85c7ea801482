"""The sequencer: the one writer of all logs.

It takes rows out of the inbox, gives each its index and time, and commits entries, signed checkpoints and the deletion
of the rows together. Whoever waits for an entry hears of it by that commit's NOTIFY. It guarantees that

- an index is given once and without gaps: it comes from memory, and every commit compares size, root and epoch of each
  log that it touches with what stands in the database;
- one sequencer signs: a session lock keeps others out, and taking over raises the epoch of every log, so that one that
  lost its lock without knowing cannot commit;
- what it knows is thrown away with its connection. It goes on after errors that pass without having changed anything
  (disk full, a table locked or renamed, a right revoked); after any other, such as a failed fsync or a lost commit, it
  ends, and a new one starts from what is durable.

A checkpoint is signed before its commit and seen by nobody before it; docs/adr/0004-one-sequencer.md says why.
"""

import asyncio
import hmac
import math
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from itertools import islice

import psycopg
from psycopg import AsyncConnection

from privity import logs
from privity.clock import Clock
from privity.errors import Conflict
from privity.ids import Ids, TimeOrderedIds
from privity.notary import tables
from privity.notary.draft import PLATFORM, Draft, Drafts, Taken
from privity.notary.entry import check_mac_key, inbox_mac
from privity.notary.logbook import KeyNotOpened, Logbook
from privity.notary.timekeeper import ClockAnomaly, Timekeeper
from privity.store.database import Database
from privity.store.roles import Role
from privity.vault.kms import KeyManagement

INBOX_CHANNEL = "ledger_inbox"
TAKE = 256  # rows a batch; with the sequencer's own entries, at most two a row, a batch stays below MAX_BATCH entries

_LOCK = 0x5072_6976_4C65_6467  # "PrivLedg", the advisory lock of the one sequencer
_IDLE = 0.1  # seconds between looks into the inbox for rows that came without a NOTIFY
_RETRY = 0.1  # seconds to wait after an error that passes
_PUBLISH_EVERY = 1.0  # seconds between two heads of one log in the platform log

# Errors after which the same statements may succeed later and which have changed nothing: out of disk, memory or
# connections (53), rolled back by a conflict (40), a lock not had (55), a table or right missing (42), a statement
# stopped (57014); PostgreSQL manual, appendix A.
_PASSING = ("53", "40", "55", "42", "57014")

_log = logs.get("notary")


class Barrier(StrEnum):
    """The moments of a batch at which tests stop the sequencer."""

    TAKEN = "taken"
    COPIED = "copied"
    COMMITTED = "committed"


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
        self._mac_key = check_mac_key(mac_key)
        self._clock = clock
        self._ids = ids or TimeOrderedIds(clock)
        self._reached = reached
        self._logbook = Logbook(kms, clock, self._ids)
        self._unpublished: set[str] = set()
        self._published_at: dict[str, float] = {}
        self._put_off_by: type[Exception] | None = None

    async def run(
        self, *, ready: Callable[[], None] = lambda: None, stopping: asyncio.Event | None = None, wait: bool = True
    ) -> None:
        """Take over all logs and sequence until `stopping` is set.

        While another sequencer holds the lock, wait for it, or raise Conflict if `wait` is False. Raises Conflict when
        another has taken over, VerificationError when a log is not what its key signed, StoreUnavailable when the
        database has failed in a way that only a new start mends.
        """
        stopping = stopping or asyncio.Event()
        async with self._database.connection(Role.LEDGER) as connection:
            try:
                if not await _locked(connection, stopping, wait=wait):
                    return
                timekeeper = Timekeeper(self._clock, await self._logbook.take_over(connection))
                self._unpublished = self._logbook.unpublished()
                async with connection.transaction():
                    await self._logbook.hold(connection, PLATFORM, timekeeper.stamp())
                self._logbook.committed()
                ready()
                while not stopping.is_set():
                    if not await self._turn(connection, timekeeper):
                        async for _ in connection.notifies(timeout=_IDLE, stop_after=1):
                            pass
            finally:
                await connection.close()  # the lock and the LISTEN end with the session; the pool must not keep it

    async def _turn(self, connection: AsyncConnection, timekeeper: Timekeeper) -> bool:
        """Sequence one batch, or wait out an error that passes; return False when there was nothing to do."""
        self._logbook.rolled_back()
        try:
            async with connection.transaction():
                rows = await tables.take(connection, TAKE, self._logbook.blocked())
                time, due = timekeeper.stamp(), self._due()
                if not rows and not due and timekeeper.anomaly is None:
                    return False
                self._reached(Barrier.TAKEN)
                drafts = await self._sequence(connection, rows, due, time, timekeeper.anomaly)
        except KeyNotOpened as failure:
            self._put_off(failure)
            return True
        except psycopg.Error as failure:
            if failure.sqlstate is None or not failure.sqlstate.startswith(_PASSING):
                raise
            self._put_off(failure)
            await asyncio.sleep(_RETRY)
            return True
        self._reached(Barrier.COMMITTED)
        self._put_off_by = None
        self._logbook.committed()
        timekeeper.recorded()
        self._adopt(drafts)
        return True

    async def _sequence(
        self,
        connection: AsyncConnection,
        rows: list[Taken],
        due: set[str],
        time: datetime,
        anomaly: ClockAnomaly | None,
    ) -> list[Draft]:
        """Write one batch inside the open transaction and return its drafts."""
        sound, forged = self._told_apart(rows)
        # What a forged row says of its log is believed only as far as choosing where to tell of it.
        told = Counter(taken.row.log if self._logbook.knows(taken.row.log) else PLATFORM for taken in forged)
        touched = {taken.row.log for taken in sound} | set(told)
        drafts = Drafts(self._logbook.held, time, self._ids)
        for log in sorted(touched | due):
            if await self._logbook.hold(connection, log, time):
                drafts.introduce(log)
        if anomaly is not None:
            for log in sorted(touched | {PLATFORM}):
                drafts.note(log, "clock_anomaly", anomaly.body())
        acknowledged = [f"{taken.row.entry_id.hex}:{drafts.index_of(taken)}" for taken in sound]
        for log, count in sorted(told.items()):
            drafts.note(log, "inbox_tampered", {"rows": count})
        for log in sorted(due | {log for log in touched if self._may_publish(log)}):
            drafts.publish(log)
        await tables.copy_entries(connection, [entry for draft in drafts.all() for entry in draft.entries])
        await tables.add_details(connection, [taken.row for taken in sound if taken.stands_at is None])
        await tables.add_incidents(connection, forged)
        self._reached(Barrier.COPIED)
        await tables.seal_heads(connection, drafts.all(), acknowledged)
        return drafts.all()

    def _put_off(self, failure: Exception) -> None:
        """Say once what keeps the batch from being written; it is tried again many times a second."""
        if type(failure) is not self._put_off_by:
            self._put_off_by = type(failure)
            _log.error("batch_put_off", failure)

    def _told_apart(self, rows: list[Taken]) -> tuple[list[Taken], list[Taken]]:
        """Return the rows that Privity wrote, and those that it did not."""
        sound: list[Taken] = []
        forged: list[Taken] = []
        for taken in rows:
            ours = hmac.compare_digest(taken.row.mac, inbox_mac(taken.row, self._mac_key))
            (sound if ours else forged).append(taken)
        return sound, forged

    def _may_publish(self, log: str) -> bool:
        last = self._published_at.get(log, -math.inf)
        return log != PLATFORM and self._clock.monotonic() >= last + _PUBLISH_EVERY

    def _due(self) -> set[str]:
        """Return logs of which the platform log has news to hear, at most as many as a batch takes rows."""
        return set(islice((log for log in self._unpublished if self._may_publish(log)), TAKE))

    def _adopt(self, drafts: list[Draft]) -> None:
        for draft in drafts:
            draft.adopt()
            log = draft.held.log
            if log == PLATFORM:
                continue
            if draft.published == draft.frontier.size:
                self._published_at[log] = self._clock.monotonic()
                self._unpublished.discard(log)
            else:
                self._unpublished.add(log)


async def _locked(connection: AsyncConnection, stopping: asyncio.Event, *, wait: bool) -> bool:
    """Return True with the lock held, or False when told to stop before it was had."""
    await connection.execute("SET synchronous_commit = on")  # acknowledged means on disk, whatever the server's default
    await connection.execute(f"LISTEN {INBOX_CHANNEL}")
    while not stopping.is_set():
        row = await (await connection.execute("SELECT pg_try_advisory_lock(%s)", (_LOCK,))).fetchone()
        if row == (True,):
            return True
        if not wait:
            raise Conflict("Another sequencer is running.", advice="One sequencer serves all processes.")
        await asyncio.sleep(_RETRY)
    return False
