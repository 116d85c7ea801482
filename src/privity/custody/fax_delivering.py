"""From a queued fax to its carrier, what carriers report of it, and faxes that came in at carriers elsewhere."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

import msgspec

from privity.clock import Clock
from privity.custody.attachments import Attachments, Media
from privity.custody.between import open_parties
from privity.custody.carried import UNCERTAIN, CalledOff, CarriedState, Carrying, carried_of
from privity.custody.documents import LARGEST
from privity.custody.faxes import TABLE, FaxDraft, Faxes, still_waits
from privity.custody.media_links import MediaLinks
from privity.delivery.carrier_accounts import CarrierAccount, CarrierAccounts
from privity.delivery.carriers import Handed, Handover, Kind, Outgoing
from privity.delivery.vendor_records import Sid
from privity.delivery.webhooks import EventKind, tell
from privity.errors import BadInput, NotFound
from privity.gate import Access
from privity.ids import Ids
from privity.keys import Keys
from privity.store import Job, TenantTransaction, defer, hold
from privity.vault import Plaintext

FETCH_FAX: Final = "carry_fax_in"
_READ: Final = "SELECT status, quality, from_index, parties FROM tenant.fax WHERE id = %s"
_SETTLE: Final = """
    UPDATE tenant.fax SET status = %(status)s, error_code = %(error)s, updated_at = %(now)s
    WHERE id = %(id)s AND direction = 'outbound' AND status <> %(status)s
      AND (status = ANY(%(from)s) OR (status = 'failed' AND error_code = %(uncertain)s))
"""
_GIVEN_UP: Final = 30008  # the vendors' code for an unknown error
_HANDED: Final = {Handed.DELIVERED: "delivered", Handed.TAKEN: "sending", Handed.REFUSED: "failed"}
_REPORTED: Final = {
    "queued": "sending",
    "processing": "sending",
    "sending": "sending",
    "delivered": "delivered",
    "no-answer": "no-answer",
    "busy": "no-answer",
    "failed": "failed",
    "canceled": "canceled",
}


class HeardFax(msgspec.Struct, frozen=True, kw_only=True, rename={"sender": "from", "recipient": "to"}):
    """A fax as a carrier has it, once it is asked: whom it went between, and which pages it has."""

    sender: str
    recipient: str
    media_sid: Sid

    def __repr__(self) -> str:
        """Show nothing of it."""
        return "HeardFax(hidden)"


class _Row(msgspec.Struct, frozen=True):
    status: str
    quality: str
    from_index: bytes
    parties: bytes


class FaxDelivering:
    """Hands queued faxes to the carrier of their number, and fetches those that came in at one."""

    def __init__(
        self,
        keys: Keys,
        faxes: Faxes,
        attachments: Attachments,
        accounts: CarrierAccounts,
        links: MediaLinks,
        carrying: Carrying,
        ids: Ids,
        clock: Clock,
    ) -> None:
        self._keys = keys
        self._faxes = faxes
        self._attachments = attachments
        self._accounts = accounts
        self._links = links
        self._carrying = carrying
        self._ids = ids
        self._clock = clock

    async def deliver(self, access: Access, job: Job) -> None:
        """Send the fax that the access is for, and note what became of it.

        Raises Unavailable, and leaves it queued, when it is not known yet.
        """
        fax = UUID(access.resource_id)
        async with access.transaction(settles=False) as tx:
            await hold(tx, job)
            row = await tx.fetch_one(_READ, (fax,), into=_Row)
            if row is None:
                raise NotFound("there is no such fax")
            media = await self._attachments.of(tx, fax)
            account = await self._accounts.behind(access, tx, row.from_index)
        if row.status != "queued":
            return
        if not media:  # its pages were erased while it waited
            await self._settle(access, job, Handover(handed=Handed.REFUSED, error_code=_GIVEN_UP))
            return
        outgoing = await self._outgoing(access, row, media[0], account)
        try:
            handover = await self._carrying.hand(access, job, account, outgoing, lambda tx: still_waits(tx, fax))
        except CalledOff:
            return
        await self._settle(access, job, handover)

    async def give_up(self, access: Access, job: Job) -> None:
        """Note that the fax could not be sent, or that nobody knows whether it was."""
        fax = UUID(access.resource_id)
        async with access.transaction() as tx:
            await hold(tx, job)
            carried = await self._carrying.give_up(tx, fax)
            uncertain = carried is not None and carried.state is CarriedState.ATTEMPTED
            await self._note(tx, access, "failed", UNCERTAIN if uncertain else _GIVEN_UP, before=["queued"])

    async def report(self, access: Access, carrier: UUID, status: str, sid: str, error: int | None) -> None:
        """Note what a carrier says of the fax that the access is for; late and repeated reports change nothing.

        Raises NotFound when the fax was never handed to this carrier under this sid.
        """
        fax = UUID(access.resource_id)
        async with access.transaction() as tx:
            await self._carrying.told(tx, fax, carrier, sid)
            if (known := _REPORTED.get(status)) is not None:
                await self._note(tx, access, known, error, before=["queued", "sending"])

    async def hear(self, access: Access, account: CarrierAccount, sid: str) -> bool:
        """Note that a fax came in at a carrier, for a job to fetch; false when it had come before."""
        if not account.vendor.has_faxes:
            raise BadInput("this carrier has no faxes", advice="Put the number on another one.")
        fax = self._ids.new()
        async with access.transaction() as tx:
            new = await self._carrying.bring(tx, access, fax, Kind.FAX, account.id, sid, awaits=True)
            if new:
                await defer(tx, FETCH_FAX, fax=fax, project=access.project, cause=access.decision)
                access.made(fax)
        return new

    async def fetch(self, access: Access, job: Job) -> None:
        """Take in a fax that came in at a carrier, once: its record and its pages, from the account and nowhere else.

        Raises Unreadable and TooLarge for pages that cannot be kept, Unavailable while the carrier does not give them.
        """
        fax = job.uuid("fax")
        async with access.transaction(settles=False) as tx:
            await hold(tx, job)
            carried = await carried_of(tx, fax)
            if carried is None or carried.state is not CarriedState.ATTEMPTED or carried.sid is None:
                return
            account = await self._accounts.one(access, tx, carried.carrier_id)
        there = self._accounts.vendor_account(account)
        try:
            told = await there.record(f"Faxes/{carried.sid}", HeardFax)
            paper = await there.content(f"Faxes/{carried.sid}/Media/{told.media_sid}", largest=LARGEST)
        finally:
            await there.close()
        draft = FaxDraft(from_number=told.sender, to_number=told.recipient, paper=paper)

        async def note_taken(tx: TenantTransaction) -> None:
            await hold(tx, job)
            await self._carrying.note(tx, fax, CarriedState.TAKEN, None)

        await self._faxes.receive(access, draft, fax, note_taken)

    async def give_up_fetching(self, access: Access, job: Job) -> None:
        """Note that a fax could not be had from its carrier."""
        async with access.transaction() as tx:
            await hold(tx, job)
            await self._carrying.note(tx, job.uuid("fax"), CarriedState.NOT_TAKEN, None)

    async def _settle(self, access: Access, job: Job, handover: Handover) -> None:
        async with access.transaction() as tx:
            await hold(tx, job)
            await self._carrying.settle(tx, UUID(access.resource_id), handover)
            await self._note(tx, access, _HANDED[handover.handed], handover.error_code, before=["queued"])

    async def _note(
        self, tx: TenantTransaction, access: Access, status: str, error: int | None, *, before: Sequence[str]
    ) -> None:
        fax, now = UUID(access.resource_id), self._clock.now()
        values = {
            "id": fax,
            "status": status,
            "error": error,
            "now": now,
            "from": list(before),
            "uncertain": UNCERTAIN,
        }
        if await tx.execute(_SETTLE, values):
            failed = status in {"failed", "no-answer"}
            await tell(tx, access, EventKind.FAX_SENT, [fax], at=now, status=status, failed=failed)

    async def _outgoing(self, access: Access, row: _Row, media: Media, account: CarrierAccount | None) -> Outgoing:
        fax, tenant = UUID(access.resource_id), access.tenant
        key = await self._keys.record_key(tenant, TABLE, fax)
        parties = open_parties(key, tenant, TABLE, fax, row.parties)
        paper: tuple[Plaintext, ...] = ()
        links: tuple[str, ...] = ()
        callback = None
        if account is None:
            content = bytearray()
            async for piece in self._attachments.content(tenant, media):
                content += piece
            paper = (Plaintext(content),)
        else:
            links = (self._links.url(self._accounts, tenant, account.id, media, self._clock.now()),)
            callback = self._accounts.callback(tenant, account.id, f"fax/{fax}")
        return Outgoing(
            id=fax,
            kind=Kind.FAX,
            from_number=parties.from_number,
            to_number=parties.to_number,
            body=Plaintext.of(""),
            attachments=paper,
            links=links,
            callback=callback,
            asked={"Quality": row.quality},
        )
