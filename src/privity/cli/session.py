"""Where a command's acts happen: in the data directory on this machine, or at a server as a token's caller.

Both give the same answers, so that commands do not know which it is. On this machine the caller is an operator; with
PRIVITY_URL and PRIVITY_TOKEN set it is whoever the token belongs to.
"""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Protocol
from uuid import UUID

import msgspec

from privity.api.answers import ConversationPage, ConversationShown, History
from privity.api.deletions import DeletionPage
from privity.api.search import FoundPage
from privity.custody import Analysis, Channel, Mark
from privity.errors import BadInput
from privity.gate import Explanation
from privity.lifecycle import CertificateDocument


class Ingested(msgspec.Struct, frozen=True, kw_only=True):
    """A conversation that was brought in; `shown` is None when nobody waited for it."""

    id: UUID
    shown: ConversationShown | None
    index: int | None


class Session(Protocol):
    """The acts that commands perform."""

    async def ingest(self, file: Path | None, channel: Channel, *, wait: bool) -> Ingested:
        """Bring a conversation in, from a file or from standard input."""
        ...

    async def page(self, *, limit: int, after: UUID | None) -> ConversationPage:
        """List conversations, newest first."""
        ...

    async def search(self, query: str, *, limit: int) -> FoundPage:
        """List the records that hold every word of a query, newest first."""
        ...

    async def show(self, conversation: UUID) -> ConversationShown:
        """Show one conversation."""
        ...

    async def analyse(self, conversation: UUID) -> Analysis:
        """Count what the redacted text of one conversation tells."""
        ...

    async def history(self, conversation: UUID) -> History:
        """List every touch of one conversation."""
        ...

    async def mark_missed(self, conversation: UUID, mark: Mark) -> UUID:
        """Mark what was missed and return the mark's id."""
        ...

    async def delete(self, conversation: UUID) -> UUID:
        """Delete one conversation and return the deletion's id."""
        ...

    async def deletions(self, *, record: UUID | None, limit: int) -> DeletionPage:
        """List deletions, newest first, of one record or of all."""
        ...

    async def certificate(self, deletion: UUID) -> CertificateDocument:
        """Return a deletion's certificate."""
        ...

    async def prove(self, thing: UUID) -> str:
        """Return the proof of the entry that tells of a conversation's being kept, or that certifies a deletion."""
        ...

    async def explain(self, decision: UUID) -> Explanation:
        """Explain a decision."""
        ...


@asynccontextmanager
async def open_session(data: Path, tenant: str | None, *, about: UUID | None = None) -> AsyncIterator[Session]:
    """Open the session that the environment asks for.

    On this machine the tenant is named, or found by a thing that the ledger tells `about`. Raises BadInput when only
    one of PRIVITY_URL and PRIVITY_TOKEN is set.
    """
    url, token = os.environ.get("PRIVITY_URL"), os.environ.pop("PRIVITY_TOKEN", None)
    if (url is None) != (token is None):
        raise BadInput("only one of PRIVITY_URL and PRIVITY_TOKEN is set", advice="Set both, or neither.")
    if url is not None and token is not None:
        from privity.cli.remote import open_remote_session  # noqa: PLC0415 - each way loads only what it needs

        async with open_remote_session(url, token) as remote:
            yield remote
    else:
        from privity.cli.local import open_local_session  # noqa: PLC0415 - as above

        async with open_local_session(data, tenant, about=about) as local:
            yield local
