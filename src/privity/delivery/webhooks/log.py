"""The log of deliveries: what an endpoint was told, and every attempt at it."""

from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec

from privity.store import TenantTransaction

_PAGE: Final = """
    SELECT event_id, kind, about, status, failed, state, attempts, occurred_at, due_at, settled_at
    FROM tenant.webhook_delivery AS d
    WHERE endpoint_id = %(endpoint)s AND (%(state)s::text IS NULL OR state = %(state)s)
      AND (%(after)s::uuid IS NULL OR (occurred_at, event_id) < (
        SELECT a.occurred_at, a.event_id FROM tenant.webhook_delivery AS a
        WHERE a.endpoint_id = %(endpoint)s AND a.event_id = %(after)s))
    ORDER BY occurred_at DESC, event_id DESC LIMIT %(limit)s
"""
_ATTEMPTS: Final = """
    SELECT event_id, at, outcome, status, duration_ms FROM tenant.webhook_attempt
    WHERE endpoint_id = %s AND event_id = ANY(%s) ORDER BY id
"""


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """One attempt: when it began, what became of it, and what the endpoint answered with, if it answered."""

    event_id: UUID
    at: datetime
    outcome: str
    status: int | None
    duration_ms: int


class DeliveryRow(msgspec.Struct, frozen=True, kw_only=True):
    """One delivery as it stands in its table; `due_at` is when the next attempt is due while it waits."""

    event_id: UUID
    kind: str
    about: UUID
    status: str | None
    failed: bool
    state: str
    attempts: int
    occurred_at: datetime
    due_at: datetime
    settled_at: datetime | None


class Delivery(msgspec.Struct, frozen=True):
    """What an endpoint was told, or is to be told, with every attempt, oldest first."""

    row: DeliveryRow
    attempts: list[Attempt]


async def deliveries_of(
    tx: TenantTransaction, endpoint: UUID, *, state: str | None, after: UUID | None, limit: int
) -> list[Delivery]:
    """Return up to `limit` deliveries of an endpoint, newest first, older than `after`."""
    values = {"endpoint": endpoint, "state": state, "after": after, "limit": limit}
    rows = await tx.fetch_all(_PAGE, values, into=DeliveryRow)
    found = await tx.fetch_all(_ATTEMPTS, (endpoint, [row.event_id for row in rows]), into=Attempt)
    attempts: dict[UUID, list[Attempt]] = {row.event_id: [] for row in rows}
    for attempt in found:
        attempts[attempt.event_id].append(attempt)
    return [Delivery(row, attempts[row.event_id]) for row in rows]
