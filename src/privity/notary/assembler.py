"""Puts batches together: takes rows out of the inbox, judges them, gives them their places.

Nothing here is durable. A batch changes what the logs look like from the next one on, and `undo` takes that back, for
batches in the reverse of the order in which they were made.
"""

import asyncio
import hmac
import math
from collections import Counter
from datetime import datetime
from itertools import islice

from psycopg import AsyncConnection

from privity.clock import Clock
from privity.ids import Ids
from privity.notary import tables
from privity.notary.draft import PLATFORM, Batch, Draft, Drafts, Taken
from privity.notary.entry import InboxMac
from privity.notary.logbook import Logbook
from privity.notary.timekeeper import Timekeeper

TAKE = 500  # rows a batch; with the sequencer's own entries, at most two a row, a batch stays below MAX_BATCH entries
_LOOK_BACK = 1.0  # seconds in which rows are looked up in the log after one was found to be there already
_PUBLISH_EVERY = 1.0  # seconds between two heads of one log in the platform log


class Assembler:
    """Makes batches for one sequencer; one at a time."""

    def __init__(self, logbook: Logbook, timekeeper: Timekeeper, mac_key: bytes, clock: Clock, ids: Ids) -> None:
        self._logbook = logbook
        self._timekeeper = timekeeper
        self._mac = InboxMac(mac_key)
        self._clock = clock
        self._ids = ids
        self._unpublished = logbook.unpublished()
        self._published_at: dict[str, float] = {}
        self._looking_back_until = -math.inf

    def look_back(self) -> None:
        """Look up rows in the log for a while: one of them was recorded before, which is too rare to look each time."""
        self._looking_back_until = self._clock.monotonic() + _LOOK_BACK

    async def take(self, connection: AsyncConnection) -> list[Taken] | None:
        """Begin a transaction and take rows; None when there are none and nothing else is to be recorded."""
        looking_back = self._clock.monotonic() < self._looking_back_until
        rows = await tables.begin_and_take(connection, TAKE, self._logbook.blocked(), looking_back=looking_back)
        await self._logbook.look_again(connection)
        self._timekeeper.stamp()  # a clock that jumps is told of when it jumps, and not with the next row
        news = self._due() or self._timekeeper.anomaly or self._logbook.has_findings
        return rows if rows or news else None

    async def assemble(self, connection: AsyncConnection, rows: list[Taken]) -> Batch:
        """Return the batch of these rows, for the transaction that took them.

        Raises KeyNotOpened, LogHalted and VerificationError as `Logbook.hold` does; nothing has changed then.
        """
        await asyncio.sleep(0)  # before and between computing, let the other lane send its statements
        sound, forged = self._told_apart(rows)
        await asyncio.sleep(0)
        time, due = self._timekeeper.stamp(), self._due()
        # What a forged row says of its log is believed only as far as choosing where to tell of it.
        told = Counter(taken.log if self._logbook.knows(taken.log) else PLATFORM for taken in forged)
        touched = {taken.log for taken in sound} | set(told)
        opened = await self._hold(connection, sorted(touched | due), time)
        drafts = Drafts(self._logbook.held, time, self._ids)
        for log in opened:
            drafts.introduce(log)
        anomaly = self._timekeeper.tell()
        if anomaly is not None:
            for log in sorted(touched | {PLATFORM}):
                drafts.note(log, "clock_anomaly", anomaly.body())
        findings = self._logbook.tell()
        for finding in findings:
            drafts.tell(finding)
        acknowledged = [f"{taken.entry_id.hex()}:{drafts.index_of(taken)}" for taken in sound]
        for log, count in sorted(told.items()):
            drafts.note(log, "inbox_tampered", {"rows": count})
        for log in sorted(due | {log for log in touched if self._may_publish(log)}):
            drafts.publish(log)
        batch = Batch(
            drafts=drafts.all(),
            sound=sound,
            forged=forged,
            opened=opened,
            anomaly=anomaly,
            findings=findings,
            acknowledged=acknowledged,
        )
        for draft in batch.drafts:
            draft.go_ahead()
            self._remember_publishing(draft)
        return batch

    def undo(self, batch: Batch) -> None:
        """Take back what a batch changed; every batch made after it must have been undone before."""
        for draft in batch.drafts:
            draft.undo()
            if draft.held.log != PLATFORM and draft.held.published < draft.held.frontier.size:
                self._unpublished.add(draft.held.log)
        self._forget(batch.opened)
        self._timekeeper.untold(batch.anomaly)
        self._logbook.untold(batch.findings)

    async def _hold(self, connection: AsyncConnection, logs: list[str], time: datetime) -> list[str]:
        """Hold these logs and return those that are new."""
        opened: list[str] = []
        try:
            for log in logs:
                if await self._logbook.hold(connection, log, time):
                    opened.append(log)  # noqa: PERF401 - what was opened before a failure has to be known after it
        except BaseException:
            self._forget(opened)
            raise
        return opened

    def _told_apart(self, rows: list[Taken]) -> tuple[list[Taken], list[Taken]]:
        """Return the rows that Privity wrote, and those that it did not."""
        sound: list[Taken] = []
        forged: list[Taken] = []
        for taken in rows:
            ours = hmac.compare_digest(taken.mac, self._mac.over(*taken[1:7]))
            (sound if ours else forged).append(taken)
        return sound, forged

    def _may_publish(self, log: str) -> bool:
        last = self._published_at.get(log, -math.inf)
        return log != PLATFORM and self._clock.monotonic() >= last + _PUBLISH_EVERY

    def _due(self) -> set[str]:
        """Return logs of which the platform log has news to hear, at most as many as a batch takes rows."""
        blocked = set(self._logbook.blocked())
        waiting = (log for log in self._unpublished if log not in blocked and self._may_publish(log))
        return set(islice(waiting, TAKE))

    def _remember_publishing(self, draft: Draft) -> None:
        log = draft.held.log
        if log == PLATFORM:
            return
        if draft.published == draft.frontier.size:
            self._published_at[log] = self._clock.monotonic()
            self._unpublished.discard(log)
        else:
            self._unpublished.add(log)

    def _forget(self, opened: list[str]) -> None:
        for log in opened:
            self._logbook.forget(log)
            self._unpublished.discard(log)
