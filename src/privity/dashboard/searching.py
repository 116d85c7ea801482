"""`/app/search`: records by the words of their redacted text, of those that whoever looks may read."""

from typing import Annotated, Any, Final
from uuid import UUID

import msgspec
from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from privity.api.acts import act, callers_own
from privity.custody import Hit
from privity.dashboard.frame import Frames
from privity.dashboard.page import Page
from privity.gate import Access, Action, resources
from privity.ids import parse_id
from privity.running import Installation

_ROWS: Final = 30


class Searched(msgspec.Struct, frozen=True, kw_only=True):
    """Records without their text, newest first; `asked` is what was typed, `older` goes into `after`."""

    asked: str
    found: list[Hit]
    older: UUID | None


@get("/app/search", opt=act(Action.CONVERSATION_SEARCH, callers_own(resources.own_project), people=True))
async def search(
    request: Request[Any, Any, Any],
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    frames: NamedDependency[Frames],
    asked: Annotated[str, QueryParameter(name="q")] = "",
    after: Annotated[str, QueryParameter(name="after")] = "",
) -> Response[bytes]:
    """Find records. What was typed is shown again to whoever typed it, and kept nowhere."""
    found: list[Hit] = []
    if asked.strip():
        older_than = parse_id(after, "`after`") if after else None
        found = await installation.search.find(access, asked, after=older_than, limit=_ROWS)
    facts = Searched(asked=asked.strip(), found=found, older=found[-1].id if len(found) == _ROWS else None)
    page = Page(
        template="search.html",
        title="Search",
        facts=facts,
        door="conversations",
        crumbs=(("Conversations", "/app/conversations"),),
    )
    return await frames.answer(request, access, page)


HANDLERS: Final = (search,)
