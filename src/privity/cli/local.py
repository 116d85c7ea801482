"""Commands on this machine: the operator's acts, through the same gate and services as everybody's."""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import BinaryIO, Final, TypeVar
from uuid import UUID

from privity.api.analysis import conversation_analysis
from privity.api.answers import (
    ConversationPage,
    ConversationShown,
    History,
    HistoryEntry,
    conversation_out,
    conversation_shown,
)
from privity.api.deletions import DeletionPage, deletion_page
from privity.api.search import FoundPage, found_page
from privity.cli.inputs import open_input
from privity.cli.session import Ingested
from privity.custody import Analysis, Channel, Mark
from privity.errors import BadInput, NotFound
from privity.gate import Access, Action, Explanation, Resource, explain, resources
from privity.identity import Caller, Origin, operator_of_this_machine
from privity.lifecycle import CertificateDocument
from privity.notary import PLATFORM
from privity.running import (
    Installation,
    certificate_of,
    history_of,
    make_worker,
    open_installation,
    proof_about,
)
from privity.store import end_tasks
from privity.store.queue.worker import ENDS_WITHIN

_PIECE: Final = 1 << 18
_LOOK_EVERY: Final = 0.05
T = TypeVar("T")


class LocalSession:
    """The operator's acts in one tenant."""

    def __init__(self, installation: Installation, caller: Caller) -> None:
        self._installation = installation
        self._caller = caller

    async def ingest(self, file: Path | None, channel: Channel, *, wait: bool) -> Ingested:
        """Bring a conversation in; while it waits, this process works on jobs as well."""
        installation = self._installation
        create = installation.gate.open(self._caller, Action.CONVERSATION_CREATE, resources.own_project())
        async with create as access:
            access.status = 202
            with open_input(file) as stream:
                received = await installation.intake.receive(access, _FileUpload(stream, channel))
            if wait:
                await self._work_until(lambda: installation.intake.is_settled(access, received.id))
        if not wait:
            return Ingested(id=received.id, shown=None, index=None)
        shown = await self.show(received.id)
        kept = [entry for entry in await self._entries(received.id) if entry.kind == "outcome"]
        return Ingested(id=received.id, shown=shown, index=kept[-1].index if kept else None)

    async def _work_until(self, done: Callable[[], Awaitable[bool]]) -> None:
        """Run jobs in this process until what was asked for is done; a server's worker may be faster."""
        working = asyncio.create_task(make_worker(self._installation).run())
        try:
            while not await done():
                if working.done():
                    await working
                await asyncio.sleep(_LOOK_EVERY)
        finally:
            await end_tasks(working, again_after=ENDS_WITHIN)

    async def page(self, *, limit: int, after: UUID | None) -> ConversationPage:
        """List conversations, newest first."""

        async def read(access: Access) -> ConversationPage:
            found = await self._installation.conversations.page(
                access, channel=None, state=None, after=after, limit=limit
            )
            return ConversationPage(
                [conversation_out(each) for each in found], found[-1].id if len(found) == limit else None
            )

        return await self._act(Action.CONVERSATION_LIST, resources.own_project(), read)

    async def search(self, query: str, *, limit: int) -> FoundPage:
        """List the records that hold every word of a query, newest first, of those the operator may read."""

        async def read(access: Access) -> FoundPage:
            found = await self._installation.search.find(access, query, after=None, limit=limit)
            return found_page(found, limit)

        return await self._act(Action.CONVERSATION_SEARCH, resources.own_project(), read)

    async def show(self, conversation: UUID) -> ConversationShown:
        """Show one conversation."""

        async def read(access: Access) -> ConversationShown:
            return conversation_shown(await self._installation.conversations.read(access))

        return await self._act(Action.CONVERSATION_READ, resources.conversation(conversation), read)

    async def analyse(self, conversation: UUID) -> Analysis:
        """Count what the redacted text of one conversation tells."""

        async def read(access: Access) -> Analysis:
            return await conversation_analysis(self._installation, access)

        return await self._act(Action.CONVERSATION_READ, resources.conversation(conversation), read)

    async def history(self, conversation: UUID) -> History:
        """List every touch of one conversation."""
        return History(await self._entries(conversation))

    async def _entries(self, conversation: UUID) -> list[HistoryEntry]:
        async def read(access: Access) -> list[HistoryEntry]:
            return [HistoryEntry(**entry) for entry in await history_of(self._installation, access)]

        return await self._act(Action.CONVERSATION_HISTORY, resources.conversation(conversation), read)

    async def mark_missed(self, conversation: UUID, mark: Mark) -> UUID:
        """Mark what was missed; this process works on it before it ends."""

        async def marking(access: Access) -> UUID:
            access.status = 202
            missed = self._installation.missed
            marked = await missed.mark(access, mark)
            await self._work_until(lambda: missed.is_done(access, marked))
            return marked

        return await self._act(Action.CONVERSATION_REDACT, resources.conversation(conversation), marking)

    async def delete(self, conversation: UUID) -> UUID:
        """Delete one conversation; this process works on the purge before it ends."""

        async def request(access: Access) -> UUID:
            deletions = self._installation.deletions
            deletion = await deletions.request(access)
            await self._work_until(lambda: deletions.is_purged(access, deletion))
            return deletion

        return await self._act(Action.CONVERSATION_DELETE, resources.conversation(conversation), request)

    async def deletions(self, *, record: UUID | None, limit: int) -> DeletionPage:
        """List deletions, newest first, of one record or of all."""

        async def read(access: Access) -> DeletionPage:
            found = await self._installation.deletions.page(access, record=record, after=None, limit=limit)
            return deletion_page(found, limit)

        return await self._act(Action.DELETION_LIST, resources.own_project(), read)

    async def certificate(self, deletion: UUID) -> CertificateDocument:
        """Return a deletion's certificate."""

        async def read(access: Access) -> CertificateDocument:
            return await certificate_of(self._installation, access)

        return await self._act(Action.DELETION_READ, resources.deletion(deletion), read)

    async def prove(self, thing: UUID) -> str:
        """Return the proof of the entry that tells of a conversation's being kept, or that certifies a deletion."""

        async def read(access: Access) -> str:
            return await proof_about(self._installation, access)

        try:
            return await self._act(Action.CONVERSATION_PROVE, resources.conversation(thing), read)
        except NotFound as unknown:
            try:
                return (await self.certificate(thing)).proof
            except NotFound:
                raise unknown from None

    async def explain(self, decision: UUID) -> Explanation:
        """Explain a decision."""

        async def read(access: Access) -> Explanation:
            installation = self._installation
            return await explain(access, installation.ledger, installation.engine, installation.policy_sets)

        return await self._act(Action.DECISION_READ, resources.decision(decision), read)

    async def _act(self, action: Action, resource: Resource, do: Callable[[Access], Awaitable[T]]) -> T:
        async with self._installation.gate.open(self._caller, action, resource) as access:
            return await do(access)


class _FileUpload:
    """A file, or standard input, as something that comes in."""

    def __init__(self, stream: BinaryIO, channel: Channel) -> None:
        self.channel = channel
        self.chunks = _pieces(stream)


async def _pieces(stream: BinaryIO) -> AsyncIterator[bytes]:
    while piece := await asyncio.to_thread(stream.read, _PIECE):
        yield piece


@asynccontextmanager
async def open_operator(data: Path, tenant: str | None) -> AsyncIterator[tuple[Installation, Caller]]:
    """Open the data directory as its operator, in a tenant if one is named.

    Raises BadInput where PRIVITY_URL names a server: whoever means that one never means a data directory here.
    """
    if os.environ.get("PRIVITY_URL"):
        raise BadInput(
            "this command is for the machine of the data directory, and PRIVITY_URL names a server",
            advice="Run it there, without PRIVITY_URL.",
        )
    async with open_installation(data) as installation:
        found = None if tenant is None else (await installation.tenants.find(tenant)).id
        yield installation, operator_of_this_machine(found, Origin(request_id=installation.ids.new()))


async def _tenant_of(installation: Installation, thing: UUID) -> UUID:
    """Return the tenant whose ledger tells of a thing; raises NotFound."""
    log = await installation.ledger.log_about(thing)
    if log == PLATFORM:
        raise NotFound("no tenant's ledger tells of this", advice="Add --tenant NAME.")
    return UUID(log)


@asynccontextmanager
async def open_local_session(data: Path, tenant: str | None, *, about: UUID | None) -> AsyncIterator[LocalSession]:
    """Open the data directory for acts in one tenant, named, or found by what the ledger tells about a thing."""
    async with open_installation(data) as installation:
        if tenant is not None:
            found = (await installation.tenants.find(tenant)).id
        elif about is not None:
            found = await _tenant_of(installation, about)
        else:
            raise BadInput("no tenant was named", advice="Add --tenant NAME; `privity tenant list` shows them.")
        caller = operator_of_this_machine(found, Origin(request_id=installation.ids.new()))
        yield LocalSession(installation, caller)
