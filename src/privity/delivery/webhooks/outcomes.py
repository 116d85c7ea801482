"""What became of attempts: written down for many at once, with what follows for their endpoints."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

import msgspec

from privity.delivery.egress import Called
from privity.delivery.webhooks.due import Claimed
from privity.delivery.webhooks.endpoints import DROP_WAITING
from privity.ids import Ids
from privity.store import TenantTransaction

WAITS: Final = tuple(timedelta(seconds=each) for each in (5, 300, 1800, 7200, 18000, 36000))
"""How long the next attempt waits after the first, second, … one failed; after the last there is none."""

_GONE: Final = 410

_NOTE: Final = """
    UPDATE tenant.webhook_delivery AS d
    SET state = n.state, attempts = d.attempts + 1, due_at = coalesce(n.due_at, d.due_at), leased_until = NULL,
        settled_at = CASE n.state WHEN 'waiting' THEN NULL ELSE %(now)s::timestamptz END
    FROM unnest(%(endpoints)s::uuid[], %(events)s::uuid[], %(states)s::text[], %(dues)s::timestamptz[])
        AS n (endpoint_id, event_id, state, due_at)
    WHERE d.endpoint_id = n.endpoint_id AND d.event_id = n.event_id AND d.state = 'waiting'
"""
_ATTEMPT: Final = """
    INSERT INTO tenant.webhook_attempt (tenant_id, endpoint_id, event_id, id, at, outcome, status, duration_ms)
    SELECT d.tenant_id, n.endpoint_id, n.event_id, n.id, n.at, n.outcome, n.status, n.ms
    FROM unnest(%(endpoints)s::uuid[], %(events)s::uuid[], %(ids)s::uuid[], %(ats)s::timestamptz[],
                %(outcomes)s::text[], %(answers)s::integer[], %(spans)s::integer[])
        AS n (endpoint_id, event_id, id, at, outcome, status, ms)
    JOIN tenant.webhook_delivery AS d ON d.endpoint_id = n.endpoint_id AND d.event_id = n.event_id
"""
_TEMPER: Final = """
    UPDATE tenant.webhook_endpoint AS e
    SET slow = n.slow, answered_at = CASE WHEN n.took THEN %(now)s ELSE e.answered_at END
    FROM (
        SELECT endpoint_id, bool_or(state = 'delivered') AS took, bool_and(outcome = 'timed-out') AS slow
        FROM unnest(%(endpoints)s::uuid[], %(states)s::text[], %(outcomes)s::text[]) AS n (endpoint_id, state, outcome)
        GROUP BY endpoint_id
    ) AS n
    WHERE e.id = n.endpoint_id
"""
_DISABLE: Final = """
    UPDATE tenant.webhook_endpoint SET state = 'disabled', disabled_for = %(why)s, updated_at = %(now)s
    WHERE id = %(id)s AND state = 'enabled' AND (answered_at IS NULL OR answered_at <= %(since)s)
"""


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """A delivery after one attempt, which began at `at`."""

    claimed: Claimed
    called: Called
    at: datetime
    duration_ms: int

    @property
    def delivered(self) -> bool:
        """Whether the endpoint took it."""
        return self.called.status is not None and 200 <= self.called.status < 300

    @property
    def state(self) -> str:
        """What the delivery is now: delivered, waiting for another attempt, or failed."""
        if self.delivered:
            return "delivered"
        return "failed" if self.gone or self.claimed.attempts >= len(WAITS) else "waiting"

    @property
    def gone(self) -> bool:
        """Whether the endpoint said that it takes nothing any more."""
        return self.called.status == _GONE


async def note(tx: TenantTransaction, done: Sequence[Done], now: datetime, ids: Ids) -> None:
    """Write down what became of some attempts.

    An endpoint that says 410 is switched off at once. One that took nothing at all while a delivery was tried to its
    end is switched off as well.
    """
    values = {
        "endpoints": [each.claimed.endpoint_id for each in done],
        "events": [each.claimed.event_id for each in done],
        "states": [each.state for each in done],
        "dues": [now + WAITS[each.claimed.attempts] if each.state == "waiting" else None for each in done],
        "ids": [ids.new() for _ in done],
        "ats": [each.at for each in done],
        "outcomes": [str(each.called.outcome) for each in done],
        "answers": [each.called.status for each in done],
        "spans": [each.duration_ms for each in done],
        "now": now,
    }
    await tx.execute(_ATTEMPT, values)
    await tx.execute(_NOTE, values)
    await tx.execute(_TEMPER, values)
    for each in done:
        if each.state == "failed":
            why, since = ("gone", now) if each.gone else ("failing", each.claimed.occurred_at)
            ending = {"id": each.claimed.endpoint_id, "why": why, "since": since, "now": now}
            if await tx.execute(_DISABLE, ending):
                await tx.execute(DROP_WAITING, ending)
