"""Commands against a running server, as the caller that PRIVITY_TOKEN belongs to."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, BinaryIO, Final, TypeVar
from urllib.parse import urlsplit
from uuid import UUID

import httpx
import msgspec

from privity import errors
from privity.api.answers import Accepted, ConversationPage, ConversationShown, DeletionAccepted, History, MissedAccepted
from privity.api.deletions import DeletionPage
from privity.api.problems import Problem
from privity.api.search import FoundPage
from privity.cli.inputs import open_input
from privity.cli.session import Ingested
from privity.custody import Analysis, Channel, Mark
from privity.gate import Explanation
from privity.lifecycle import CertificateDocument

T = TypeVar("T")

_PATIENCE: Final = httpx.Timeout(60.0, read=120.0)
_FIRST_LOOK: Final = 0.1
_LATEST_LOOK: Final = 2.0
_LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})


class RemoteSession:
    """The acts of a token's caller at a server."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def ingest(self, file: Path | None, channel: Channel, *, wait: bool) -> Ingested:
        """Bring a conversation in, and look until it is settled."""
        with open_input(file) as stream:
            answer = await self._client.post(
                "/v1/conversations",
                data={"channel": str(channel)},
                files={"file": ("conversation", _sent(file, stream))},
            )
        accepted = _read(answer, Accepted)
        if not wait:
            return Ingested(id=accepted.id, shown=None, index=None)
        pause = _FIRST_LOOK
        while (shown := await self.show(accepted.id)).state == "received":
            await asyncio.sleep(pause)
            pause = min(pause * 1.5, _LATEST_LOOK)
        entries = (await self.history(accepted.id)).entries
        kept = [e for e in entries if e.action == "conversation:process" and e.kind == "outcome"]
        return Ingested(id=accepted.id, shown=shown, index=kept[-1].index if kept else None)

    async def page(self, *, limit: int, after: UUID | None) -> ConversationPage:
        """List conversations, newest first."""
        asked: dict[str, Any] = {"limit": limit} | ({"after": str(after)} if after else {})
        return _read(await self._client.get("/v1/conversations", params=asked), ConversationPage)

    async def search(self, query: str, *, limit: int) -> FoundPage:
        """List the records that hold every word of a query, newest first."""
        return _read(await self._client.get("/v1/search", params={"q": query, "limit": limit}), FoundPage)

    async def show(self, conversation: UUID) -> ConversationShown:
        """Show one conversation."""
        return _read(await self._client.get(f"/v1/conversations/{conversation}"), ConversationShown)

    async def analyse(self, conversation: UUID) -> Analysis:
        """Count what the redacted text of one conversation tells."""
        return _read(await self._client.get(f"/v1/conversations/{conversation}/analysis"), Analysis)

    async def history(self, conversation: UUID) -> History:
        """List every touch of one conversation."""
        return _read(await self._client.get(f"/v1/conversations/{conversation}/history"), History)

    async def mark_missed(self, conversation: UUID, mark: Mark) -> UUID:
        """Mark what was missed and return the mark's id."""
        body = msgspec.to_builtins(mark)
        answer = await self._client.post(f"/v1/conversations/{conversation}/missed", json=body)
        return _read(answer, MissedAccepted).missed_id

    async def delete(self, conversation: UUID) -> UUID:
        """Delete one conversation and return the deletion's id."""
        return _read(await self._client.delete(f"/v1/conversations/{conversation}"), DeletionAccepted).deletion_id

    async def deletions(self, *, record: UUID | None, limit: int) -> DeletionPage:
        """List deletions, newest first, of one record or of all."""
        asked: dict[str, Any] = {"limit": limit} | ({"record": str(record)} if record else {})
        return _read(await self._client.get("/v1/deletions", params=asked), DeletionPage)

    async def certificate(self, deletion: UUID) -> CertificateDocument:
        """Return a deletion's certificate."""
        return _read(await self._client.get(f"/v1/deletions/{deletion}/certificate"), CertificateDocument)

    async def prove(self, thing: UUID) -> str:
        """Return the proof of the entry that tells of a conversation's being kept, or that certifies a deletion."""
        try:
            entries = (await self.history(thing)).entries
        except (errors.NotFound, errors.Refused) as unknown:
            try:
                return (await self.certificate(thing)).proof
            except errors.NotFound:
                raise unknown from None
        kept = [e for e in entries if e.action == "conversation:process" and e.kind == "outcome"] or entries
        answer = await self._client.get(f"/v1/ledger/entries/{kept[-1].index}/proof")
        _raise_problem(answer)
        return answer.text

    async def explain(self, decision: UUID) -> Explanation:
        """Explain a decision."""
        return _read(await self._client.get(f"/v1/decisions/{decision}"), Explanation)


class _Unmeasured:
    """A stream whose end is not known beforehand, and which begins where it stands: a pipe, or standard input.

    The client asks the system how long a file is, and a pipe is said to have no bytes.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self.read = stream.read


def _sent(file: Path | None, stream: BinaryIO) -> Any:
    return stream if file is not None and file.is_file() else _Unmeasured(stream)


@asynccontextmanager
async def open_remote_session(url: str, token: str) -> AsyncIterator[RemoteSession]:
    """Open a session at a server; raises BadInput for an address that would send the token in the clear."""
    try:
        place, _ = urlsplit(url), httpx.URL(url)
    except (ValueError, httpx.InvalidURL):
        raise errors.BadInput("PRIVITY_URL is not a URL", advice="Give it as https://privity.example.org.") from None
    if place.scheme != "https" and not (place.scheme == "http" and place.hostname in _LOOPBACK):
        raise errors.BadInput(
            "PRIVITY_URL is neither https nor on this machine", advice="The token would travel in the clear."
        )
    headers = {"Authorization": f"Bearer {token}"}
    async with httpx.AsyncClient(base_url=url, headers=headers, timeout=_PATIENCE, trust_env=False) as client:
        try:
            yield RemoteSession(client)
        except httpx.TransportError:
            raise errors.Unavailable(
                "the server does not answer", advice="Check PRIVITY_URL; is `privity up` running?"
            ) from None


def _read(answer: httpx.Response, kind: type[T]) -> T:
    _raise_problem(answer)
    try:
        return msgspec.json.decode(answer.content, type=kind)
    except errors.MALFORMED_JSON:
        raise errors.Unavailable(
            "the server's answer is none of Privity's", advice="Check PRIVITY_URL, and that both are of one version."
        ) from None


def _raise_problem(answer: httpx.Response) -> None:
    if answer.is_success:
        return
    try:
        problem = msgspec.json.decode(answer.content, type=Problem)
    except errors.MALFORMED_JSON:
        raise errors.Unavailable(f"the server answered {answer.status_code} without saying why") from None
    kind = _KINDS.get(problem.type.rpartition(":")[2], errors.PrivityError)
    if kind is errors.Refused:
        raise errors.Refused(problem.detail, advice=problem.advice, decision_id=problem.decision_id)
    raise kind(problem.detail or problem.title, advice=problem.advice)


def _tree(root: type[errors.PrivityError]) -> dict[str, type[errors.PrivityError]]:
    """Return the errors that a server may tell of, by their slugs: those that take a message and advice."""
    found: dict[str, type[errors.PrivityError]] = {}
    for kind in root.__subclasses__():
        found |= _tree(kind)
    try:
        root("", advice="")
    except TypeError:
        return found
    return found | {root.slug: root}


_KINDS: Final = _tree(errors.PrivityError)
