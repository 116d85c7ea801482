"""From a queued message to its carrier, one attempt of one job at a time."""

from typing import Final
from uuid import UUID

import msgspec

from privity.clock import Clock
from privity.custody.attachments import Attachments
from privity.custody.between import open_parties
from privity.custody.messages import BODY, TABLE, open_body
from privity.delivery.carriers import Carrier, Handover, Kind, Outgoing
from privity.delivery.webhooks import EventKind, tell
from privity.errors import NotFound
from privity.gate import Access
from privity.keys import Keys
from privity.store import Job, hold
from privity.vault import Plaintext

_READ: Final = "SELECT status, parties, body FROM tenant.message WHERE id = %s"
_SETTLE: Final = """
    UPDATE tenant.message SET status = %(status)s, error_code = %(error)s, sent_at = %(now)s, updated_at = %(now)s
    WHERE id = %(id)s AND status = 'queued'
"""
_GIVEN_UP: Final = 30008  # the vendors' code for an unknown error


class _Row(msgspec.Struct, frozen=True):
    status: str
    parties: bytes
    body: bytes | None


class Delivering:
    """Hands queued messages to a carrier."""

    def __init__(self, keys: Keys, attachments: Attachments, carrier: Carrier, clock: Clock) -> None:
        self._keys = keys
        self._attachments = attachments
        self._carrier = carrier
        self._clock = clock

    async def deliver(self, access: Access, job: Job) -> None:
        """Send the message that the access is for, and note what became of it.

        Raises Unavailable, and leaves it queued, when the carrier does not answer.
        """
        outgoing = await self._outgoing(access, job)
        if outgoing is not None:
            await self._settle(access, job, await self._carrier.send(outgoing))

    async def give_up(self, access: Access, job: Job) -> None:
        """Note that the message could not be sent."""
        await self._settle(access, job, Handover(delivered=False, error_code=_GIVEN_UP))

    async def _outgoing(self, access: Access, job: Job) -> Outgoing | None:
        message, tenant = UUID(access.resource_id), access.tenant
        async with access.transaction(settles=False) as tx:
            await hold(tx, job)
            row = await tx.fetch_one(_READ, (message,), into=_Row)
            media = await self._attachments.of(tx, message)
        if row is None:
            raise NotFound("there is no such message")
        if row.status != "queued":
            return None
        key = await self._keys.record_key(tenant, TABLE, message)
        parties = open_parties(key, tenant, TABLE, message, row.parties)
        body = ""
        if row.body is not None:
            body = open_body(await self._keys.record_key(tenant, BODY, message), tenant, message, row.body)
        attachments = []
        for each in media:
            content = bytearray()
            async for piece in self._attachments.content(tenant, each):
                content += piece
            attachments.append(Plaintext(content))
        return Outgoing(
            id=message,
            kind=Kind.MESSAGE,
            from_number=parties.from_number,
            to_number=parties.to_number,
            body=Plaintext.of(body),
            attachments=tuple(attachments),
        )

    async def _settle(self, access: Access, job: Job, handover: Handover) -> None:
        status, now = "delivered" if handover.delivered else "undelivered", self._clock.now()
        message, failed = UUID(access.resource_id), not handover.delivered
        values = {"id": message, "status": status, "error": handover.error_code, "now": now}
        async with access.transaction() as tx:
            await hold(tx, job)
            if await tx.execute(_SETTLE, values):
                await tell(tx, access, EventKind.MESSAGE_SENT, [message], at=now, status=status, failed=failed)
            access.outcome["state"] = status
