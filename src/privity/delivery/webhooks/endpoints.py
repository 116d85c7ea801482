"""The receivers of webhooks: made with a secret that is shown once, rotated, switched on and off, tried out, removed.

Address and secrets are sealed under the tenant's key. After a rotation both secrets sign for a day, so that a receiver
changes over without losing anything.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import msgspec

from privity.clock import Clock
from privity.delivery.egress import Egress
from privity.delivery.webhooks.events import SEND, EventKind
from privity.delivery.webhooks.log import Delivery, deliveries_of
from privity.errors import BadInput, Conflict, NotFound
from privity.gate import Access
from privity.ids import Ids
from privity.keys import TenantSeals
from privity.store import TenantTransaction, defer
from privity.vault import Plaintext, Randomness
from privity.webhooks import make_secret

OVERLAP: Final = timedelta(hours=24)
_SECRET_BYTES: Final = 32
_MOST_SECRETS: Final = 3
_MOST_ENDPOINTS: Final = 5000
_COLUMNS: Final = """
    id, project_id, state, disabled_for, kinds, sealed, slow, created_by, created_at, updated_at, answered_at
"""
_ADD: Final = """
    INSERT INTO tenant.webhook_endpoint (tenant_id, id, project_id, state, kinds, sealed, created_by, cause, created_at,
                                         updated_at)
    VALUES (%(tenant)s, %(id)s, %(project)s, 'enabled', %(kinds)s, %(sealed)s, %(by)s, %(cause)s, %(now)s, %(now)s)
"""
_COUNT: Final = "SELECT count(*) AS count FROM tenant.webhook_endpoint WHERE project_id = %s"
_ONE: Final = f"SELECT {_COLUMNS} FROM tenant.webhook_endpoint WHERE id = %s"
_HELD: Final = f"SELECT {_COLUMNS} FROM tenant.webhook_endpoint WHERE id = %s FOR UPDATE"
_PAGE: Final = f"""
    SELECT {_COLUMNS} FROM tenant.webhook_endpoint
    WHERE project_id = %(project)s AND (%(after)s::uuid IS NULL OR id < %(after)s) ORDER BY id DESC LIMIT %(limit)s
"""
_CHANGE: Final = """
    UPDATE tenant.webhook_endpoint
    SET state = %(state)s, disabled_for = %(why)s, kinds = %(kinds)s, slow = false, updated_at = %(now)s
    WHERE id = %(id)s
"""
_RESEAL: Final = "UPDATE tenant.webhook_endpoint SET sealed = %s, updated_at = %s WHERE id = %s"
_DELETE: Final = "DELETE FROM tenant.webhook_endpoint WHERE id = %s"
DROP_WAITING: Final = """
    UPDATE tenant.webhook_delivery SET state = 'failed', settled_at = %(now)s, leased_until = NULL
    WHERE endpoint_id = %(id)s AND state = 'waiting'
"""
"""What is not told any more because its receiver was switched off; it can be told again by hand."""
_TEST: Final = """
    INSERT INTO tenant.webhook_delivery (tenant_id, endpoint_id, event_id, project_id, kind, about, failed, state,
                                         occurred_at, due_at)
    VALUES (%(tenant)s, %(id)s, %(event)s, %(project)s, %(kind)s, %(id)s, false, 'waiting', %(now)s, %(now)s)
"""
_AGAIN: Final = """
    UPDATE tenant.webhook_delivery SET state = 'waiting', settled_at = NULL, attempts = 0, due_at = %(now)s
    WHERE endpoint_id = %(id)s AND event_id = %(event)s AND (leased_until IS NULL OR leased_until <= %(now)s)
"""


class SigningSecret(msgspec.Struct, frozen=True):
    """One secret, and until when it signs; the newest signs without an end."""

    secret: str
    until: datetime | None = None

    def __repr__(self) -> str:
        """Show that there is one."""
        return "SigningSecret(hidden)"


class Where(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is sealed of an endpoint: its address and its secrets, the newest first."""

    url: str
    secrets: tuple[SigningSecret, ...]

    def __repr__(self) -> str:
        """Show neither."""
        return "Where(hidden)"

    def signing(self, now: datetime) -> list[str]:
        """Return the secrets that sign at a moment."""
        return [each.secret for each in self.secrets if each.until is None or each.until > now]

    def encoded(self) -> Plaintext:
        """Return the bytes to be sealed."""
        return Plaintext(msgspec.json.encode(self))


class EndpointRow(msgspec.Struct, frozen=True, kw_only=True):
    """An endpoint as it stands in its table."""

    id: UUID
    project_id: UUID
    state: str
    disabled_for: str | None
    kinds: list[str]
    sealed: bytes
    slow: bool
    created_by: str
    created_at: datetime
    updated_at: datetime
    answered_at: datetime | None


class Endpoint(msgspec.Struct, frozen=True):
    """An endpoint and its address; never a secret."""

    row: EndpointRow
    url: str

    def __repr__(self) -> str:
        """Show which one, not where."""
        return f"Endpoint({self.row.id})"


class Made(msgspec.Struct, frozen=True):
    """A new endpoint, with the secret that is shown this once."""

    endpoint: Endpoint
    secret: str

    def __repr__(self) -> str:
        """Show which endpoint."""
        return f"Made({self.endpoint.row.id})"


class Rotated(msgspec.Struct, frozen=True):
    """A new secret, shown this once, and until when the former one signs as well."""

    secret: str
    former_until: datetime

    def __repr__(self) -> str:
        """Show when, not what."""
        return f"Rotated(former_until={self.former_until})"


class _Count(msgspec.Struct, frozen=True):
    count: int


class Endpoints:
    """Makes, shows, changes and removes endpoints, and puts deliveries on their way again."""

    def __init__(self, seals: TenantSeals, egress: Egress, ids: Ids, clock: Clock, randomness: Randomness) -> None:
        self._seals = seals
        self._egress = egress
        self._ids = ids
        self._clock = clock
        self._randomness = randomness

    async def create(self, access: Access, url: str, kinds: Sequence[str]) -> Made:
        """Return a new endpoint of the access's project; raises BadInput for an address that may not be called."""
        self._egress.check_url(url)
        chosen, now, endpoint = parse_kinds(kinds), self._clock.now(), self._ids.new()
        where = Where(url, (SigningSecret(self._secret()),))
        row = {
            "tenant": access.tenant,
            "id": endpoint,
            "project": access.project,
            "kinds": chosen,
            "sealed": await self._seals.seal(access.tenant, endpoint, where.encoded()),
            "by": access.caller.principal,
            "cause": access.decision,
            "now": now,
        }
        async with access.transaction() as tx:
            counted = await tx.fetch_one(_COUNT, (access.project,), into=_Count)
            if counted is not None and counted.count >= _MOST_ENDPOINTS:
                raise Conflict(f"the project has {_MOST_ENDPOINTS} webhooks", advice="Remove one first.")
            await tx.execute(_ADD, row)
            access.made(endpoint)
            made = await _found(tx, endpoint)
        return Made(Endpoint(made, url), where.secrets[0].secret)

    async def page(self, access: Access, *, after: UUID | None, limit: int) -> list[Endpoint]:
        """Return up to `limit` endpoints of the access's project, newest first, older than `after`."""
        values = {"project": access.project, "after": after, "limit": limit}
        async with access.transaction() as tx:
            rows = await tx.fetch_all(_PAGE, values, into=EndpointRow)
            access.touched(row.id for row in rows)
        return [await self._opened(access.tenant, row) for row in rows]

    async def read(self, access: Access) -> Endpoint:
        """Return the endpoint that the access is for."""
        async with access.transaction() as tx:
            row = await _found(tx, UUID(access.resource_id))
        return await self._opened(access.tenant, row)

    async def change(self, access: Access, *, enabled: bool | None, kinds: Sequence[str] | None) -> Endpoint:
        """Switch the endpoint on or off, or choose anew what it is told of; what is None stays as it is.

        What waits for an endpoint when it is switched off is not told any more.
        """
        endpoint, now = UUID(access.resource_id), self._clock.now()
        chosen = None if kinds is None else parse_kinds(kinds)
        async with access.transaction() as tx:
            row = await _found(tx, endpoint, held=True)
            on = row.state == "enabled" if enabled is None else enabled
            values = {
                "id": endpoint,
                "state": "enabled" if on else "disabled",
                "why": None if on else row.disabled_for or "by-hand",
                "kinds": row.kinds if chosen is None else chosen,
                "now": now,
            }
            await tx.execute(_CHANGE, values)
            if not on:
                await tx.execute(DROP_WAITING, {"id": endpoint, "now": now})
            access.outcome["state"] = values["state"]
            row = await _found(tx, endpoint)
        return await self._opened(access.tenant, row)

    async def rotate(self, access: Access) -> Rotated:
        """Return a new secret for the endpoint; the former one signs beside it for a day, and then no more."""
        endpoint, now = UUID(access.resource_id), self._clock.now()
        until = (now + OVERLAP).replace(microsecond=0)
        secret = self._secret()
        async with access.transaction() as tx:
            row = await _found(tx, endpoint, held=True)
            where = await self._where(access.tenant, row)
            former = [
                SigningSecret(each.secret, each.until or until)
                for each in where.secrets
                if each.until is None or each.until > now
            ]
            kept = Where(where.url, (SigningSecret(secret), *former)[:_MOST_SECRETS])
            sealed = await self._seals.seal(access.tenant, endpoint, kept.encoded())
            await tx.execute(_RESEAL, (sealed, now, endpoint))
        return Rotated(secret, until)

    async def delete(self, access: Access) -> None:
        """Remove the endpoint with its secrets, what waits for it, and the log of what it was told."""
        async with access.transaction() as tx:
            if not await tx.execute(_DELETE, (UUID(access.resource_id),)):
                raise _unknown()

    async def test(self, access: Access) -> UUID:
        """Return the id of an event that is made up and told to this endpoint alone, signed like every other."""
        endpoint, event, now = UUID(access.resource_id), self._ids.new(), self._clock.now()
        async with access.transaction() as tx:
            row = await _found(tx, endpoint)
            if row.state != "enabled":
                raise Conflict("the webhook is switched off", advice="Enable it first.")
            values = {
                "tenant": access.tenant,
                "id": endpoint,
                "event": event,
                "project": row.project_id,
                "kind": str(EventKind.WEBHOOK_TEST),
                "now": now,
            }
            await tx.execute(_TEST, values)
            await defer(tx, SEND, cause=access.decision)
            access.outcome["event"] = str(event)
        return event

    async def deliveries(self, access: Access, *, state: str | None, after: UUID | None, limit: int) -> list[Delivery]:
        """Return what the endpoint was told or is to be told, newest first, each with every attempt."""
        async with access.transaction() as tx:
            return await deliveries_of(tx, UUID(access.resource_id), state=state, after=after, limit=limit)

    async def read_with_deliveries(
        self, access: Access, *, state: str | None, after: UUID | None, limit: int
    ) -> tuple[Endpoint, list[Delivery]]:
        """Return the endpoint that the access is for, and what it was told as `deliveries` has it."""
        endpoint = UUID(access.resource_id)
        async with access.transaction() as tx:
            row = await _found(tx, endpoint)
            found = await deliveries_of(tx, endpoint, state=state, after=after, limit=limit)
        return await self._opened(access.tenant, row), found

    async def redeliver(self, access: Access, event: UUID) -> None:
        """Put one delivery on its way again, under the id that it has; raises Conflict while somebody is at it."""
        endpoint, now = UUID(access.resource_id), self._clock.now()
        async with access.transaction() as tx:
            row = await _found(tx, endpoint)
            if row.state != "enabled":
                raise Conflict("the webhook is switched off", advice="Enable it first.")
            if not await tx.execute(_AGAIN, {"id": endpoint, "event": event, "now": now}):
                raise Conflict(
                    "there is no such delivery, or it is under way", advice="The list of deliveries shows them."
                )
            await defer(tx, SEND, cause=access.decision)
            access.outcome["event"] = str(event)

    def _secret(self) -> str:
        return make_secret(self._randomness(_SECRET_BYTES))

    async def _where(self, tenant: UUID, row: EndpointRow) -> Where:
        opened = await self._seals.open(tenant, row.id, row.sealed)
        return msgspec.json.decode(opened.reveal(), type=Where)

    async def _opened(self, tenant: UUID, row: EndpointRow) -> Endpoint:
        return Endpoint(row, (await self._where(tenant, row)).url)


def parse_kinds(texts: Sequence[str]) -> list[str]:
    """Return the kinds of events that were asked for; raises BadInput, which lists those that there are."""
    known = {str(kind) for kind in EventKind} - {str(EventKind.WEBHOOK_TEST)}
    if set(texts) - known:
        raise BadInput("an event is none that exists", advice=f"Choose from {', '.join(sorted(known))}.")
    return sorted(set(texts))


async def _found(tx: TenantTransaction, endpoint: UUID, *, held: bool = False) -> EndpointRow:
    row = await tx.fetch_one(_HELD if held else _ONE, (endpoint,), into=EndpointRow)
    if row is None:
        raise _unknown()
    return row


def _unknown() -> NotFound:
    return NotFound("there is no such webhook", advice="It may have been removed.")
