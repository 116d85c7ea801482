"""What is due: claimed for a moment by whoever sends it, and when the next look is worth while."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import msgspec

from privity.delivery.webhooks.events import SEND, Told
from privity.gate import Access
from privity.store import TenantTransaction, defer
from privity.store.queue import defer_until

LEASE: Final = timedelta(seconds=45)  # longer than any call may take
AT_ONCE: Final = 4
"""How many calls one endpoint has at once; one that is slow has a single one."""

_CLAIM: Final = """
    WITH claimed AS (
        SELECT e.id AS endpoint_id, d.event_id, e.sealed, e.slow FROM tenant.webhook_endpoint AS e
        CROSS JOIN LATERAL (
            SELECT w.event_id FROM tenant.webhook_delivery AS w
            WHERE w.endpoint_id = e.id AND w.state = 'waiting' AND w.due_at <= %(now)s
              AND (w.leased_until IS NULL OR w.leased_until <= %(now)s)
            ORDER BY w.due_at, w.event_id
            LIMIT greatest(0, CASE WHEN e.slow THEN 1 ELSE %(at_once)s END - (
                SELECT count(*) FROM tenant.webhook_delivery AS x
                WHERE x.endpoint_id = e.id AND x.state = 'waiting' AND x.leased_until > %(now)s))
            FOR UPDATE SKIP LOCKED
        ) AS d
        WHERE e.state = 'enabled' AND (NOT e.slow OR %(slow_room)s > 0)
        ORDER BY e.slow LIMIT %(room)s
    )
    UPDATE tenant.webhook_delivery AS d SET leased_until = %(until)s
    FROM claimed WHERE d.endpoint_id = claimed.endpoint_id AND d.event_id = claimed.event_id
    RETURNING d.endpoint_id, d.event_id, d.project_id, d.kind, d.about, d.status, d.failed, d.occurred_at, d.attempts,
        claimed.sealed, claimed.slow
"""
_NEXT: Final = """
    SELECT min(greatest(due_at, leased_until)) AS at FROM tenant.webhook_delivery WHERE state = 'waiting'
"""
_WAKE: Final = """
    INSERT INTO tenant.webhook_wake (tenant_id, at) VALUES (%(tenant)s, %(at)s)
    ON CONFLICT (tenant_id) DO UPDATE SET at = excluded.at
    WHERE webhook_wake.at <= %(now)s OR webhook_wake.at > excluded.at + interval '1 second'
"""


class Claimed(Told, frozen=True, kw_only=True):
    """A delivery that is the claimer's until its lease ends; `attempts` were made before."""

    endpoint_id: UUID
    attempts: int
    sealed: bytes
    slow: bool


class _Next(msgspec.Struct, frozen=True):
    at: datetime | None


async def claim(tx: TenantTransaction, *, now: datetime, room: int, slow_room: int) -> list[Claimed]:
    """Return up to `room` deliveries that are due; those of slow endpoints come last, and only if there is room."""
    values = {"now": now, "until": now + LEASE, "room": room, "slow_room": slow_room, "at_once": AT_ONCE}
    return await tx.fetch_all(_CLAIM, values, into=Claimed)


async def order_next(tx: TenantTransaction, access: Access, now: datetime) -> None:
    """Order a job for when something is due next, unless one is ordered for then or before."""
    found = await tx.fetch_one(_NEXT, into=_Next)
    if found is None or found.at is None:
        return
    if found.at <= now:
        await defer(tx, SEND, cause=access.decision)
    elif await tx.execute(_WAKE, {"tenant": access.tenant, "at": found.at, "now": now}):
        await defer_until(tx, found.at, SEND, cause=access.decision)
