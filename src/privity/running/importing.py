"""Bringing a vendor's account in: list, take in, read back; and, when that is asked for, blank what was over there.

Each record is an act of its own, and so is each batch that is read back or blanked. It may be killed anywhere and run
again: what is here is not taken in twice, what was not read back is read back, and nothing else is ever blanked.
"""

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, contextmanager
from typing import Final
from uuid import UUID

import msgspec

from privity.custody.telephony import Expected, Imported, Kind, PastFax, PastMessage, PastRecording, Source
from privity.delivery.vendor import Vendor, VendorAccount
from privity.delivery.vendor_records import (
    AnyRecord,
    VendorFax,
    VendorMedia,
    VendorMessage,
    VendorRecording,
    moment_of,
    record_of,
    sid_of,
)
from privity.errors import (
    KeysUnavailable,
    LedgerUnavailable,
    NotAuthenticated,
    PrivityError,
    Refused,
    StoreUnavailable,
    Unreadable,
)
from privity.gate import Access, Action, resources
from privity.identity import Caller
from privity.running.installation import Installation

_BATCH: Final = 50
_LARGEST_MEDIA: Final = 20 * 1024 * 1024
_ENDS_IT: Final = (NotAuthenticated, Refused, LedgerUnavailable, KeysUnavailable, StoreUnavailable)
"""What is wrong with everything and not with one record."""

_MESSAGES: Final = {
    "sent": "sent",
    "delivered": "delivered",
    "partially_delivered": "delivered",
    "read": "delivered",
    "undelivered": "undelivered",
    "failed": "failed",
    "canceled": "failed",
    "received": "received",
}
_FAXES: Final = {
    "delivered": "delivered",
    "received": "received",
    "no-answer": "no-answer",
    "busy": "no-answer",
    "failed": "failed",
    "canceled": "canceled",
}


class Failure(msgspec.Struct, frozen=True):
    """A record that did not come in or was not blanked, and why; without a sid it is a whole page."""

    kind: Kind
    sid: str
    reason: str


class Report(msgspec.Struct):
    """What became of a run: counts of each kind, and what failed."""

    brought: dict[Kind, int] = msgspec.field(default_factory=lambda: dict.fromkeys(Kind, 0))
    verified: int = 0
    known: int = 0
    empty: int = 0
    under_way: int = 0
    to_blank: dict[Kind, int] = msgspec.field(default_factory=dict)
    blanked: dict[Kind, int] = msgspec.field(default_factory=lambda: dict.fromkeys(Kind, 0))
    failures: list[Failure] = msgspec.field(default_factory=list)


class Importing:
    """One run over one account, for one project."""

    def __init__(
        self, installation: Installation, operator: Caller, account: VendorAccount, project: UUID | None
    ) -> None:
        self.report = Report()
        self._installation = installation
        self._operator = operator
        self._account = account
        self._project = project
        self._source = Source(account.vendor, account.account)
        self._taking_in = installation.telephony.bringing_in
        self._imported = installation.telephony.imported

    async def bring_in(self) -> None:
        """Take in every record of the account that is not here, and read back what was not read back."""
        await self._messages()
        if self._account.vendor.has_faxes:
            await self._faxes()
        await self._recordings()

    async def plan(self) -> dict[Kind, int]:
        """Return how many records of each kind are sealed here, read back, and not blank over there."""
        async with self._act(Action.IMPORT_LIST) as access:
            self.report.to_blank = await self._imported.plan(access, self._source)
        return self.report.to_blank

    async def blank(self) -> None:
        """Blank over there what is sealed here and was read back."""
        after: UUID | None = None
        batch: Sequence[Imported] = ()
        while after is None or len(batch) == _BATCH:
            async with self._act(Action.IMPORT_BLANK) as access:
                batch = await self._imported.next(access, self._source, after, _BATCH)
                done = []
                for each in batch:
                    with self._reporting(each.kind, each.sid):
                        await self._blank(each)
                        await self._imported.blanked(access, each)
                        self.report.blanked[each.kind] += 1
                        done.append(each.record_id)
                access.touched(done)
            if not batch:
                return
            after = batch[-1].id

    async def _blank(self, each: Imported) -> None:
        if each.kind is Kind.MESSAGE:
            await self._account.blank(each.sid)
        elif each.kind is Kind.MEDIA:
            await self._account.delete(f"Messages/{each.parent_sid}/Media/{each.sid}.json")
        elif each.kind is Kind.FAX:
            await self._account.delete(f"Faxes/{each.parent_sid}/Media/{each.sid}")
        else:
            await self._account.delete(f"Recordings/{each.sid}.json")

    async def _messages(self) -> None:
        async for page in self._pages("Messages.json", "messages", VendorMessage, Kind.MESSAGE):
            known = await self._known(Kind.MESSAGE, [record.sid for record in page])
            expected: list[Expected] = []
            for record in page:
                with self._reporting(Kind.MESSAGE, record.sid):
                    await self._message(record, known.get(record.sid), expected)
            await self._verify(expected)

    async def _message(self, record: VendorMessage, here: Imported | None, expected: list[Expected]) -> None:
        status = _MESSAGES.get(record.status)
        if status is None:
            self.report.under_way += 1
            return
        if here is None and not record.body and not record.num_media:
            self.report.empty += 1
            return
        if here is None or not here.verified:
            past = _past_message(record, status)
            if here is None:
                async with self._act(Action.IMPORT_BRING) as access:
                    made = await self._taking_in.message(access, self._source, past)
                self._brought(made, expected)
                here = made.imported
            else:
                expected.append(Expected(here, self._taking_in.digest_of_message(past)))
        else:
            self.report.known += 1
        if record.num_media:
            await self._media(here, expected)

    async def _media(self, parent: Imported, expected: list[Expected]) -> None:
        path = f"Messages/{parent.sid}/Media"
        async for page in self._pages(f"{path}.json", "media_list", VendorMedia, Kind.MEDIA):
            known = await self._known(Kind.MEDIA, [record.sid for record in page])
            for record in page:
                here = known.get(record.sid)
                with self._reporting(Kind.MEDIA, record.sid):
                    if here is not None and here.verified:
                        self.report.known += 1
                        continue
                    content = await self._account.content(f"{path}/{record.sid}", largest=_LARGEST_MEDIA)
                    if here is not None:
                        expected.append(Expected(here, await self._taking_in.digest_of_file(content)))
                        continue
                    async with self._act(Action.IMPORT_BRING) as access:
                        made = await self._taking_in.media(access, self._source, record.sid, parent, content)
                    self._brought(made, expected)

    async def _faxes(self) -> None:
        async for page in self._pages("Faxes", "faxes", VendorFax, Kind.FAX):
            known = await self._known(Kind.FAX, [record.media_sid for record in page if record.media_sid])
            expected: list[Expected] = []
            for record in page:
                with self._reporting(Kind.FAX, record.sid):
                    await self._fax(record, known.get(record.media_sid or ""), expected)
            await self._verify(expected)

    async def _fax(self, record: VendorFax, here: Imported | None, expected: list[Expected]) -> None:
        status = _FAXES.get(record.status)
        if status is None:
            self.report.under_way += 1
        elif record.media_sid is None:
            self.report.empty += 1
        elif here is not None and here.verified:
            self.report.known += 1
        else:
            path = f"Faxes/{record.sid}/Media/{record.media_sid}"
            paper = await self._account.content(path, largest=_LARGEST_MEDIA)
            if here is not None:
                expected.append(Expected(here, await self._taking_in.digest_of_file(paper)))
                return
            past = PastFax(
                sid=record.sid,
                media_sid=record.media_sid,
                sender=record.sender,
                recipient=record.recipient,
                inbound=record.direction == "inbound",
                status=status,
                made_at=moment_of(record.date_created),
                paper=paper,
            )
            async with self._act(Action.IMPORT_BRING) as access:
                made = await self._taking_in.fax(access, self._source, past)
            self._brought(made, expected)

    async def _recordings(self) -> None:
        async for page in self._pages("Recordings.json", "recordings", VendorRecording, Kind.RECORDING):
            known = await self._known(Kind.RECORDING, [record.sid for record in page])
            for record in page:
                expected: list[Expected] = []  # one at a time: they are large
                with self._reporting(Kind.RECORDING, record.sid):
                    await self._recording(record, known.get(record.sid), expected)
                await self._verify(expected)

    async def _recording(self, record: VendorRecording, here: Imported | None, expected: list[Expected]) -> None:
        if here is not None and here.verified:
            self.report.known += 1
            return
        if record.status == "absent":
            self.report.empty += 1
            return
        if record.status != "completed":
            self.report.under_way += 1
            return
        both = "?RequestedChannels=2" if record.channels > 1 and self._account.vendor is Vendor.TWILIO else ""
        largest = self._installation.settings.upload_limit
        past = PastRecording(
            sid=record.sid,
            call_sid=record.call_sid,
            channels=record.channels,
            made_at=moment_of(record.date_created),
            file=await self._account.content(f"Recordings/{record.sid}.wav{both}", largest=largest),
        )
        if here is not None:
            expected.append(Expected(here, self._taking_in.digest_of_recording(past)))
            return
        async with self._act(Action.IMPORT_BRING) as access:
            made = await self._taking_in.recording(access, self._source, past)
        self._brought(made, expected)

    async def _pages(
        self, path: str, key: str, kind: type[AnyRecord], what: Kind
    ) -> AsyncIterator[Sequence[AnyRecord]]:
        """Yield the records of each page once; what cannot be read, and where the list broke off, is reported."""
        with self._reporting(what, ""):
            async for raws in self._account.pages(path, key):
                records: dict[str, AnyRecord] = {}
                for raw in raws:
                    with self._reporting(what, sid_of(raw)):
                        record = record_of(raw, kind)
                        records[record.sid] = record
                yield list(records.values())

    async def _known(self, kind: Kind, sids: Sequence[str]) -> dict[str, Imported]:
        if not sids:
            return {}
        async with self._act(Action.IMPORT_LIST) as access:
            return await self._imported.known(access, self._source, kind, sids)

    async def _verify(self, expected: Sequence[Expected]) -> None:
        if not expected:
            return
        async with self._act(Action.IMPORT_VERIFY) as access:
            bad = await self._imported.verify(access, expected)
        self.report.verified += len(expected) - len(bad)
        for each in bad:
            self._failed(each.kind, each.sid, "what is sealed here is not what the vendor has")

    def _brought(self, made: Expected, expected: list[Expected]) -> None:
        self.report.brought[made.imported.kind] += 1
        expected.append(made)

    def _act(self, action: Action) -> AbstractAsyncContextManager[Access]:
        return self._installation.gate.open(self._operator, action, resources.project(self._project))

    @contextmanager
    def _reporting(self, kind: Kind, sid: str) -> Iterator[None]:
        """Note what fails in the block, unless nothing would go any better; the run goes on."""
        try:
            yield
        except _ENDS_IT:
            raise
        except PrivityError as error:
            self._failed(kind, sid, error.message)

    def _failed(self, kind: Kind, sid: str, reason: str) -> None:
        self.report.failures.append(Failure(kind, sid, reason))


def _past_message(record: VendorMessage, status: str) -> PastMessage:
    if not record.sender or not record.recipient:
        raise Unreadable("the vendor's record names no sender or no recipient")
    return PastMessage(
        sid=record.sid,
        sender=record.sender,
        recipient=record.recipient,
        body=record.body or "",
        inbound=record.direction == "inbound",
        status=status,
        made_at=moment_of(record.date_created),
        sent_at=None if record.date_sent is None else moment_of(record.date_sent),
    )
