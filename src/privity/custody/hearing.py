"""What carriers bring: messages that came in for numbers which are at them, and, a moment later, their media.

A carrier may bring a thing twice. It is known by what it is called there (its sid), and comes in once. Media are
fetched by a job, since a carrier does not wait for them, and only from the account that the message came from.
"""

import hashlib
from typing import Final
from uuid import UUID

import msgspec

from privity.custody.attachments import Attachments, Sealed
from privity.custody.carried import CarriedState, Carrying, carried_of
from privity.custody.documents import LARGEST
from privity.custody.messages import takes_media
from privity.custody.numbers import NumberIndex, parse_number
from privity.custody.undoing import undone_by
from privity.custody.writing import Draft, Writing
from privity.delivery.carrier_accounts import CarrierAccount, CarrierAccounts
from privity.delivery.carriers import Kind
from privity.delivery.vendor import VendorAccount
from privity.delivery.vendor_records import VendorMedia, record_of
from privity.errors import BadInput, Conflict, TooLarge, Unreadable
from privity.gate import Access
from privity.store import Job, TenantTransaction, defer, hold

FETCH: Final = "carry_media"
_MOST_MEDIA: Final = 10


class HeardMessage(msgspec.Struct, frozen=True, kw_only=True):
    """A message as a carrier brings it; `media` is how many attachments wait over there."""

    sid: str
    from_number: str
    to_number: str
    body: str
    media: int

    def __repr__(self) -> str:
        """Show which message, not what it says."""
        return f"HeardMessage({self.sid})"


class CameBefore(Conflict):
    """What a carrier brings had come before."""


class Hearing:
    """Takes in what carriers bring."""

    def __init__(
        self,
        writing: Writing,
        attachments: Attachments,
        accounts: CarrierAccounts,
        index: NumberIndex,
        carrying: Carrying,
    ) -> None:
        self._writing = writing
        self._attachments = attachments
        self._accounts = accounts
        self._index = index
        self._carrying = carrying

    async def message(self, access: Access, account: CarrierAccount, heard: HeardMessage) -> UUID | None:
        """Return the message that came in, or None when it had come before, also when it was deleted since.

        Raises BadInput for a number that is none, or is not at this carrier.
        """
        recipient = parse_number(heard.to_number, "the number it came in for")
        index = self._index.of(access.tenant, recipient)

        async def also(tx: TenantTransaction, message: UUID) -> None:
            await self.require_number(tx, access, account, index)
            new = await self._carrying.bring(
                tx, access, message, Kind.MESSAGE, account.id, heard.sid, awaits=bool(heard.media)
            )
            if not new:
                raise CameBefore("the message came before", advice="It was deleted since, and stays so.")
            if heard.media:
                await defer(tx, FETCH, message=message, cause=access.decision)

        draft = Draft(from_number=heard.from_number, to_number=recipient, body=heard.body)
        try:
            return await self._writing.receive(access, draft, origin_of(account.id, heard.sid), also)
        except CameBefore:
            return None

    async def require_number(
        self, tx: TenantTransaction, access: Access, account: CarrierAccount, index: bytes
    ) -> None:
        """Return when a number of the project's is at this carrier; raises BadInput."""
        if await self._accounts.of_number(tx, access.project, index) != account.id:
            raise BadInput(
                "the number is not at this carrier",
                advice="Put it there: `privity number carry`.",
            )

    async def fetch_media(self, access: Access, job: Job) -> None:
        """Fetch and seal the media of the message that the access is for, all of them or none.

        What no program can read, or is too large, is left out and counted. A message that was redacted meanwhile takes
        none: whoever had it redacted was promised that nothing of it is left. Raises Unavailable while the carrier
        does not give them.
        """
        message, tenant = UUID(access.resource_id), access.tenant
        async with access.transaction(settles=False) as tx:
            await hold(tx, job)
            carried = await carried_of(tx, message)
            if carried is None or carried.state is not CarriedState.ATTEMPTED or carried.sid is None:
                return
            account = await self._accounts.one(access, tx, carried.carrier_id)
        there = self._accounts.vendor_account(account)
        sealed: list[Sealed] = []

        async def take_back() -> None:
            await self._attachments.take_back(tenant, sealed)

        async with undone_by(take_back):
            try:
                left_out = await self._seal_all(tenant, there, carried.sid, sealed)
            finally:
                await there.close()
            async with access.transaction() as tx:
                await hold(tx, job)
                wanted = await takes_media(tx, message)
                kept = await self._carrying.note(tx, message, CarriedState.TAKEN, None) and wanted
                if kept:
                    await self._attachments.add(tx, access, message, "message", sealed)
                access.outcome |= {"media": len(sealed) if kept else 0, "left_out": left_out}
        if not kept:
            await take_back()

    async def give_up_media(self, access: Access, job: Job) -> None:
        """Note that the media of a message could not be had."""
        async with access.transaction() as tx:
            await hold(tx, job)
            await self._carrying.note(tx, UUID(access.resource_id), CarriedState.NOT_TAKEN, None)

    async def _seal_all(self, tenant: UUID, there: VendorAccount, sid: str, sealed: list[Sealed]) -> int:
        left_out = 0
        async for page in there.pages(f"Messages/{sid}/Media.json", "media_list"):
            for raw in page:
                media = record_of(raw, VendorMedia)
                try:
                    content = await there.content(f"Messages/{sid}/Media/{media.sid}", largest=LARGEST)
                    sealed.append(await self._attachments.seal(tenant, content))
                except (Unreadable, TooLarge):
                    left_out += 1
                if len(sealed) + left_out >= _MOST_MEDIA:
                    return left_out
        return left_out


def origin_of(carrier: UUID, sid: str) -> UUID:
    """Return the id by which what a carrier calls `sid` is known here, however often it comes."""
    return UUID(bytes=hashlib.sha256(carrier.bytes + sid.encode()).digest()[:16])
