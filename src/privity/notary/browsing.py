"""Looking through a log: newest entries first, by what they say; and that one head grew from another."""

from datetime import datetime
from enum import StrEnum
from typing import Final

import msgspec

from privity.errors import BadInput, NotFound
from privity.ledger import consistency_proof
from privity.notary.reader import LoggedEntry, stored_nodes
from privity.store.database import Database
from privity.store.transactions.ledger import open_ledger_transaction

SEARCHED: Final = 5000
"""How many entries one page of a search looks at; older ones are on the following page."""

_PAGE: Final = """
    SELECT log, index, entry_id, leaf, leaf_hash, time
    FROM (
        SELECT entry.*, convert_from(leaf, 'UTF8')::jsonb AS said
        FROM ledger.log AS whole JOIN ledger.entry ON entry.log = whole.log
        WHERE whole.log = %(log)s AND index < least(%(before)s, whole.size)
          AND index >= least(%(before)s, whole.size) - %(searched)s
    ) AS entry
    WHERE (%(kinds)s::text[] IS NULL OR said ->> 'kind' = ANY (%(kinds)s)
           OR (%(failed)s AND (said -> 'body' ->> 'status')::int >= 400))
      AND (%(actor)s::text IS NULL OR said -> 'body' -> 'actor' ->> 'kind' = %(actor)s)
      AND (%(action)s::text IS NULL OR said -> 'body' ->> 'action' = %(action)s)
      AND (%(since)s::timestamptz IS NULL OR time >= %(since)s)
    ORDER BY index DESC LIMIT %(limit)s
"""
_TALLY: Final = """
    SELECT date_bin('30 minutes', time, %(since)s) AS began,
           count(*) FILTER (WHERE kind = 'intent') AS allowed, count(*) FILTER (WHERE kind = 'denial') AS denied
    FROM (
        SELECT time, convert_from(leaf, 'UTF8')::jsonb ->> 'kind' AS kind FROM (
            SELECT time, leaf FROM ledger.entry WHERE log = %(log)s ORDER BY index DESC LIMIT %(searched)s
        ) AS newest WHERE time >= %(since)s
    ) AS entry GROUP BY began ORDER BY began
"""
_HEAD_AT: Final = "SELECT size, root, note, at FROM ledger.checkpoint WHERE log = %s AND size = %s"


class Show(StrEnum):
    """Which entries a search is for."""

    ALL = "all"
    DECISIONS = "decisions"
    DENIED = "denied"
    WARNINGS = "warnings"


_KINDS: Final = {
    Show.ALL: None,
    Show.DECISIONS: ["intent", "denial"],
    Show.DENIED: ["denial"],
    # What failed is found by its status too.
    Show.WARNINGS: ["denial", "call", "clock_anomaly", "incident"],
}


class Search(msgspec.Struct, frozen=True, kw_only=True):
    """What to look for: entries before an index, of a kind, by a kind of actor, of one action, since a time."""

    before: int | None = None
    show: Show = Show.ALL
    actor: str | None = None
    action: str | None = None
    since: datetime | None = None


class Half(msgspec.Struct, frozen=True):
    """How many decisions of half an hour allowed and denied."""

    began: datetime
    allowed: int
    denied: int


class PastHead(msgspec.Struct, frozen=True):
    """A checkpoint as it was signed."""

    size: int
    root: bytes
    note: str
    at: datetime


class LedgerBrowser:
    """Answers what pages ask of a log. What they show can be proved; that it is all there is, only an export can."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def page(self, log: str, search: Search, limit: int = 50) -> list[LoggedEntry]:
        """Return up to `limit` entries, newest first, out of the SEARCHED entries before `search.before`."""
        values = {
            "log": log,
            "before": 1 << 62 if search.before is None else search.before,
            "searched": SEARCHED,
            "kinds": _KINDS[search.show],
            "failed": search.show is Show.WARNINGS,
            "actor": search.actor,
            "action": search.action,
            "since": search.since,
            "limit": limit,
        }
        async with open_ledger_transaction(self._database) as transaction:
            return await transaction.fetch_all(_PAGE, values, into=LoggedEntry)

    async def tally(self, log: str, since: datetime) -> list[Half]:
        """Return decisions by half hours since a time, of the newest SEARCHED entries at most."""
        async with open_ledger_transaction(self._database) as transaction:
            return await transaction.fetch_all(_TALLY, {"log": log, "since": since, "searched": SEARCHED}, into=Half)

    async def checkpoint_at(self, log: str, size: int) -> PastHead:
        """Return the checkpoint that was signed at this size; raise NotFound."""
        async with open_ledger_transaction(self._database) as transaction:
            found = await transaction.fetch_one(_HEAD_AT, (log, size), into=PastHead)
        if found is None:
            raise NotFound("No checkpoint was signed at this size.")
        return found

    async def consistency(self, log: str, old: int, new: int) -> list[bytes]:
        """Return the proof that the log of size `old` is the beginning of that of size `new` (RFC 6962 §2.1.2)."""
        if not 0 < old <= new:
            raise BadInput("the sizes do not order two trees", advice="Give the smaller one first; both are above 0.")
        async with open_ledger_transaction(self._database) as transaction:
            node = await stored_nodes(transaction, log, lambda ask: consistency_proof(old, new, ask))
        return consistency_proof(old, new, node)
