"""From a queued message to its carrier, one attempt of one job at a time, and what carriers report of it later."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

import msgspec

from privity.clock import Clock
from privity.custody.attachments import Attachments, Media
from privity.custody.between import open_parties
from privity.custody.carried import UNCERTAIN, CarriedState, Carrying
from privity.custody.media_links import MediaLinks
from privity.custody.messages import BODY, TABLE, open_body
from privity.delivery.carrier_accounts import CarrierAccount, CarrierAccounts
from privity.delivery.carriers import Handed, Handover, Kind, Outgoing
from privity.delivery.webhooks import EventKind, tell
from privity.errors import NotFound
from privity.gate import Access
from privity.keys import Keys
from privity.store import Job, TenantTransaction, hold
from privity.vault import Plaintext

_READ: Final = "SELECT status, from_index, parties, body FROM tenant.message WHERE id = %s"
_SETTLE: Final = """
    UPDATE tenant.message
    SET status = %(status)s, error_code = %(error)s, sent_at = coalesce(sent_at, %(now)s), updated_at = %(now)s
    WHERE id = %(id)s AND direction = 'outbound-api' AND status <> %(status)s
      AND (status = ANY(%(from)s) OR (status = 'failed' AND error_code = %(uncertain)s))
"""
_GIVEN_UP: Final = 30008  # the vendors' code for an unknown error
REPORTED: Final = {
    "accepted": "sent",
    "scheduled": "sent",
    "queued": "sent",
    "sending": "sent",
    "sent": "sent",
    "delivered": "delivered",
    "read": "delivered",
    "undelivered": "undelivered",
    "failed": "failed",
    "canceled": "failed",
}
"""What a message is here when its carrier says that it is this."""


class _Row(msgspec.Struct, frozen=True):
    status: str
    from_index: bytes
    parties: bytes
    body: bytes | None


class Delivering:
    """Hands queued messages to the carrier of the number that they are sent from: `loopback`, unless it has another."""

    def __init__(
        self,
        keys: Keys,
        attachments: Attachments,
        accounts: CarrierAccounts,
        links: MediaLinks,
        carrying: Carrying,
        clock: Clock,
    ) -> None:
        self._keys = keys
        self._attachments = attachments
        self._accounts = accounts
        self._links = links
        self._carrying = carrying
        self._clock = clock

    async def deliver(self, access: Access, job: Job) -> None:
        """Send the message that the access is for, and note what became of it.

        Raises Unavailable, and leaves it queued, when it is not known yet.
        """
        message = UUID(access.resource_id)
        async with access.transaction(settles=False) as tx:
            await hold(tx, job)
            row = await tx.fetch_one(_READ, (message,), into=_Row)
            if row is None:
                raise NotFound("there is no such message")
            media = await self._attachments.of(tx, message)
            account = await self._accounts.behind(access, tx, row.from_index)
        if row.status != "queued":
            return
        outgoing = await self._outgoing(access, row, media, account)
        await self._settle(access, job, await self._carrying.hand(access, job, account, outgoing))

    async def give_up(self, access: Access, job: Job) -> None:
        """Note that the message could not be sent, or that nobody knows whether it was."""
        message = UUID(access.resource_id)
        async with access.transaction() as tx:
            await hold(tx, job)
            carried = await self._carrying.give_up(tx, message)
            uncertain = carried is not None and carried.state is CarriedState.ATTEMPTED
            status = "undelivered" if carried is None else "failed"
            await self._note(tx, access, status, UNCERTAIN if uncertain else _GIVEN_UP, before=["queued"])

    async def report(self, access: Access, carrier: UUID, status: str, sid: str, error: int | None) -> None:
        """Note what a carrier says of the message that the access is for; late and repeated reports change nothing.

        Raises NotFound when the message was never handed to this carrier under this sid.
        """
        message = UUID(access.resource_id)
        async with access.transaction() as tx:
            await self._carrying.told(tx, message, carrier, sid)
            if (known := REPORTED.get(status)) is not None:
                await self._note(tx, access, known, error, before=["queued", "sent"])

    async def _settle(self, access: Access, job: Job, handover: Handover) -> None:
        status = {Handed.DELIVERED: "delivered", Handed.TAKEN: "sent"}.get(handover.handed, "undelivered")
        async with access.transaction() as tx:
            await hold(tx, job)
            if await self._carrying.settle(tx, UUID(access.resource_id), handover) and handover.sid is None:
                status = "failed"
            await self._note(tx, access, status, handover.error_code, before=["queued"])

    async def _note(
        self, tx: TenantTransaction, access: Access, status: str, error: int | None, *, before: Sequence[str]
    ) -> None:
        message, now = UUID(access.resource_id), self._clock.now()
        values = {
            "id": message,
            "status": status,
            "error": error,
            "now": now,
            "from": list(before),
            "uncertain": UNCERTAIN,
        }
        if await tx.execute(_SETTLE, values):
            failed = status in {"failed", "undelivered"}
            await tell(tx, access, EventKind.MESSAGE_SENT, [message], at=now, status=status, failed=failed)

    async def _outgoing(
        self, access: Access, row: _Row, media: Sequence[Media], account: CarrierAccount | None
    ) -> Outgoing:
        message, tenant = UUID(access.resource_id), access.tenant
        key = await self._keys.record_key(tenant, TABLE, message)
        parties = open_parties(key, tenant, TABLE, message, row.parties)
        body = ""
        if row.body is not None:
            body = open_body(await self._keys.record_key(tenant, BODY, message), tenant, message, row.body)
        attachments: list[Plaintext] = []
        for each in media if account is None else ():
            content = bytearray()
            async for piece in self._attachments.content(tenant, each):
                content += piece
            attachments.append(Plaintext(content))
        links: list[str] = []
        callback = None
        if account is not None:
            links = [self._links.url(self._accounts, tenant, account.id, each, self._clock.now()) for each in media]
            callback = self._accounts.callback(tenant, account.id, f"message/{message}")
        return Outgoing(
            id=message,
            kind=Kind.MESSAGE,
            from_number=parties.from_number,
            to_number=parties.to_number,
            body=Plaintext.of(body),
            attachments=tuple(attachments),
            links=tuple(links),
            callback=callback,
        )
