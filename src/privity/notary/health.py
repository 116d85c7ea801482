"""Whether intents can be recorded now: how long the inbox has waited, and whether a sequencer lives."""

import asyncio

import msgspec

from privity.errors import LedgerUnavailable, PrivityError
from privity.notary.sequencer import BEAT
from privity.store.database import Database
from privity.store.roles import Role

RECORD_WITHIN = 2.0  # seconds that an intent may take where nothing else is set
MAX_DEPTH = 4096  # entries that may wait; above it new ones are refused
_ALIVE_WITHIN = 3  # seconds since the last beat of a sequencer that runs
_LOOK_WITHIN = 1.0  # seconds that the look itself may take


class InboxHealth(msgspec.Struct, frozen=True, kw_only=True):
    """How the inbox stands: seconds that its oldest row has waited, and how many rows wait (counted up to 4,097).

    `halted` are the logs that are not what was signed; their rows wait until those are put right, and do not count.
    `sequencing` says whether a sequencer holds the lock and has shown that it lives within the last seconds, `within`
    how many seconds a row may wait.
    """

    oldest: float
    depth: int
    sequencing: bool
    halted: tuple[str, ...] = ()
    within: float = RECORD_WITHIN

    @property
    def open(self) -> bool:
        """Whether new intents are taken; a sequencer that is away may be back before they have waited too long."""
        return self.oldest <= self.within and self.depth < MAX_DEPTH

    @property
    def ready(self) -> bool:
        """Whether new intents can be expected to be recorded."""
        return self.open and self.sequencing

    def refuse_if_halted(self, log: str) -> None:
        """Raise LedgerUnavailable if nothing can be recorded in a log because it is not what was signed."""
        if log in self.halted:
            raise LedgerUnavailable(
                "This log is not what was signed, so nothing is recorded in it.",
                advice="Nothing has happened. Run `privity ledger verify`, then restore the log.",
            )


async def read_health(database: Database, within: float = RECORD_WITHIN) -> InboxHealth:
    """Return how the inbox stands; raise LedgerUnavailable if nobody answers."""
    try:
        async with asyncio.timeout(_LOOK_WITHIN), database.connection(Role.LEDGER) as connection:
            cursor = await connection.execute(
                "SELECT coalesce((SELECT extract(epoch FROM clock_timestamp() - enqueued_at)::float8"
                " FROM ledger.inbox WHERE log <> ALL(ARRAY(SELECT log FROM ledger.halted)) ORDER BY id LIMIT 1), 0),"
                " (SELECT count(*) FROM (SELECT FROM ledger.inbox"
                "  WHERE log <> ALL(ARRAY(SELECT log FROM ledger.halted)) LIMIT %s) AS waiting),"
                " EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid = %s"
                "  AND objid::int8 > extract(epoch FROM clock_timestamp())::int8 - %s AND objsubid = 2"
                "  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())),"
                " ARRAY(SELECT log FROM ledger.halted ORDER BY log)",
                (MAX_DEPTH + 1, BEAT, _ALIVE_WITHIN),
            )
            row = await cursor.fetchone()
    except (PrivityError, TimeoutError):
        raise unavailable("The inbox of the ledger cannot be read.") from None
    assert row is not None
    oldest, depth, sequencing, halted = row
    return InboxHealth(oldest=max(0.0, oldest), depth=depth, sequencing=sequencing, halted=tuple(halted), within=within)


def unavailable(message: str) -> LedgerUnavailable:
    """Return the error that means that nothing has happened."""
    return LedgerUnavailable(message, advice="Nothing has happened. Run `privity doctor`, then ask again.")
