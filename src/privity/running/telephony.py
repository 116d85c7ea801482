"""The parts of telephony and messaging, made once for an installation, and the jobs that they leave to the worker."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from privity.clock import Clock
from privity.custody import SearchIndex
from privity.custody import telephony as custody
from privity.delivery.carrier_accounts import CarrierAccounts
from privity.delivery.carriers import Kind, LoopbackCarrier, Outgoing
from privity.delivery.egress import Egress
from privity.delivery.fetching import Fetching
from privity.gate import Access, Action, Gate, Resource, resources
from privity.identity import CarrierDirectory, NumberDirectory, NumberOwner, Origin, worker
from privity.ids import Ids
from privity.keys import FileKeyring, Keys, TenantSeals
from privity.redact import Redactor
from privity.settings import Settings
from privity.speech import Recognizer
from privity.store import Blobs, Database, Job

_RECEIVE: Final = "receive_message"

Handler = Callable[[Access, Job], Awaitable[None]]
Work = tuple[Action, Callable[[Job], Resource], Handler, Handler | None]
"""The act that a job is, what it is done to, who does it, and who gives it up."""

Order = tuple[str, Action, Callable[[Job], Resource], Handler, Handler | None]
"""One kind of job: its name, and its work."""


class Telephony:
    """Messages, faxes, calls, recordings, the project's numbers, and what carries them."""

    def __init__(
        self,
        database: Database,
        gate: Gate,
        keys: Keys,
        blobs: Blobs,
        redactor: Redactor,
        keyring: FileKeyring,
        ids: Ids,
        clock: Clock,
        recognizer: Recognizer,
        search: SearchIndex,
        egress: Egress,
        *,
        settings: Settings,
    ) -> None:
        self._gate = gate
        self._ids = ids
        self.index = custody.NumberIndex(keyring.derive("telephone numbers"))
        self.cursors = custody.Cursors(keyring.derive("page cursors"))
        self.links = custody.Links(keyring.derive("signed addresses"))
        self.directory = NumberDirectory(database)
        self.erasing = custody.Erasing(keys, blobs, ids, clock)
        card_data = custody.CardData()
        self.attachments = custody.Attachments(keys, blobs, self.erasing, card_data, ids, clock)
        self.messages = custody.Messages(keys, redactor, self.attachments, self.erasing, clock)
        self.message_log = custody.MessageLog(keys)
        self.writing = custody.Writing(
            keys,
            self.attachments,
            card_data,
            redactor,
            search,
            self.index,
            ids,
            clock,
            reachable=settings.public_url is not None,
        )
        self.fetching = Fetching(egress)
        self.own_numbers = custody.OwnNumbers(keys, self.index, ids, clock)
        self.offered_numbers = custody.OfferedNumbers(self.own_numbers, self.directory, self.index, self.erasing)
        self.bulk = custody.BulkRedaction(self.messages, self.attachments, self.erasing, ids, clock)
        self.faxes = custody.Faxes(
            keys, self.index, self.attachments, self.erasing, ids, clock, reachable=settings.public_url is not None
        )
        self.calls = custody.Calls(keys, self.index, self.erasing, ids, clock)
        events = custody.CallEvents(keys, ids, clock)
        self.live_calls = custody.LiveCalls(keys, blobs, events, self.erasing, ids, clock)
        self.consenting = custody.Consenting(
            self.live_calls, events, recognizer, clock, deadline=settings.speech_deadline
        )
        self.recordings = custody.Recordings(keys, blobs, self.erasing, clock)

        self.payments = custody.Payments(keys, card_data, self.erasing, ids, clock)
        self.imported = custody.ImportedRecords(keys, self.attachments, self.recordings, ids, clock)
        self.bringing_in = custody.BringingIn(
            keys, blobs, self.writing, self.attachments, card_data, self.index, self.imported, ids, clock
        )

        def listening(by: Recognizer) -> custody.Listening:
            return custody.Listening(
                keys, self.recordings, by, redactor, search, self.erasing, ids, clock, deadline=settings.speech_deadline
            )

        self.listening_by = listening
        self.listening = listening(recognizer)
        seals = TenantSeals(keys, "carrier", clock, cache_ttl=settings.tenant_key_cache)
        self.carriers = CarrierAccounts(seals, egress, ids, clock, settings.public_url)
        self.carrier_directory = CarrierDirectory(database)
        self.media_links = custody.MediaLinks(keyring.derive("addresses of media"))
        self.loopback = LoopbackCarrier(self._owner, self._arrive)
        carrying = custody.Carrying(self.carriers, self.loopback, clock)
        self.delivering = custody.Delivering(keys, self.attachments, self.carriers, self.media_links, carrying, clock)
        self.carried_calls = custody.CarriedCalls(self.calls, self.carriers, self.index, carrying, clock)
        self.fax_delivering = custody.FaxDelivering(
            keys,
            self.faxes,
            self.attachments,
            self.carriers,
            self.media_links,
            carrying,
            ids,
            clock,
        )
        self.hearing = custody.Hearing(self.writing, self.attachments, self.carriers, self.index, carrying)

    @property
    def _delivering(self) -> Work:
        """How a message is delivered, by a carrier here or elsewhere."""
        work = self.delivering
        return Action.MESSAGE_DELIVER, lambda job: resources.message(job.uuid("message")), work.deliver, work.give_up

    @property
    def _fax_delivering(self) -> Work:
        """How a fax is."""
        work = self.fax_delivering
        return Action.FAX_DELIVER, lambda job: resources.fax(job.uuid("fax")), work.deliver, work.give_up

    @property
    def outward_orders(self) -> Sequence[Order]:
        """The jobs that wait for carriers elsewhere."""
        return (
            (custody.CARRY, *self._delivering),
            (
                custody.FETCH,
                Action.MEDIA_FETCH,
                lambda job: resources.message(job.uuid("message")),
                self.hearing.fetch_media,
                self.hearing.give_up_media,
            ),
            (custody.CARRY_FAX, *self._fax_delivering),
            (
                custody.FETCH_FAX,
                Action.FAX_RECEIVE,
                lambda job: resources.project(job.uuid("project")),
                self.fax_delivering.fetch,
                self.fax_delivering.give_up_fetching,
            ),
        )

    @property
    def orders(self) -> Sequence[Order]:
        """The jobs that the worker does for telephony."""
        return (
            (custody.ERASE, Action.ERASURE_PURGE, _own_tenant, self.erasing.purge, None),
            (custody.DELIVER, *self._delivering),
            (custody.DELIVER_FAX, *self._fax_delivering),
            (
                custody.REDACT,
                Action.REDACTION_RUN,
                lambda job: resources.redaction(job.uuid("redaction")),
                self.bulk.run,
                None,
            ),
            (
                custody.SETTLE,
                Action.RECORDING_SETTLE,
                lambda job: resources.recording(job.uuid("recording")),
                self.listening.settle,
                self.listening.give_up,
            ),
        )

    async def _owner(self, number: str) -> NumberOwner | None:
        return await self.directory.owner(self.index.across(number))

    async def _arrive(self, owner: NumberOwner, outgoing: Outgoing) -> None:
        """Take a message or a fax in for the project that its number is of; what arrived before changes nothing."""
        caller = worker(_RECEIVE, owner.tenant_id, outgoing.id, Origin(request_id=self._ids.new()))
        project = resources.project(owner.project_id)
        if outgoing.kind is Kind.FAX:
            fax = custody.FaxDraft(
                from_number=outgoing.from_number,
                to_number=outgoing.to_number,
                paper=bytes(outgoing.attachments[0].reveal()),
            )
            async with self._gate.open(caller, Action.FAX_RECEIVE, project) as access:
                await self.faxes.receive(access, fax, outgoing.id)
            return
        draft = custody.Draft(
            from_number=outgoing.from_number,
            to_number=outgoing.to_number,
            body=outgoing.body.text(),
            attachments=[bytes(each.reveal()) for each in outgoing.attachments],
        )
        async with self._gate.open(caller, Action.MESSAGE_RECEIVE, project) as access:
            await self.writing.receive(access, draft, outgoing.id)


def _own_tenant(_: Job) -> Resource:
    return resources.own_tenant()
