"""`/v1/search`: conversations, messages and recordings by the words of their redacted text."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromQuery, QueryParameter

from privity.api.acts import act, callers_own
from privity.custody import Hit, Searched
from privity.gate import Access, Action, resources
from privity.ids import parse_id
from privity.running import Installation


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A record that was found, without its text: its kind, its id, and the address where it opens.

    `what` is the channel of a conversation, the direction of a message, the state of a recording.
    """

    kind: Searched
    id: UUID
    what: str
    created_at: datetime
    duration_ms: int | None
    url: str


class FoundPage(msgspec.Struct, frozen=True):
    """What was found, newest first; `next` goes into `after` for the following page."""

    found: list[Found]
    next: UUID | None


def found_page(hits: list[Hit], limit: int) -> FoundPage:
    """Return what was found as it is shown."""
    shown = [
        Found(
            kind=hit.kind,
            id=hit.id,
            what=hit.what,
            created_at=hit.created_at,
            duration_ms=hit.duration_ms,
            url=f"/v1/{hit.kind}s/{hit.id}",
        )
        for hit in hits
    ]
    return FoundPage(shown, hits[-1].id if len(hits) == limit else None)


@get("/v1/search", opt=act(Action.CONVERSATION_SEARCH, callers_own(resources.own_project)))
async def search(
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    q: FromQuery[str] = "",
    after: FromQuery[str | None] = None,
    limit: Annotated[int, QueryParameter(ge=1, le=100)] = 20,
) -> FoundPage:
    """List the records that hold every word of `q`, newest first, without their text: those one may read."""
    from_ = None if after is None else parse_id(after, "`after`")
    found = await installation.search.find(access, q, after=from_, limit=limit)
    return found_page(found, limit)
