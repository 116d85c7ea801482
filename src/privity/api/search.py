"""`/v1/search`: conversations by the words of their redacted text."""

from typing import Annotated

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromQuery, QueryParameter

from privity.api.acts import act, callers_own
from privity.api.answers import ConversationPage, conversation_out
from privity.gate import Access, Action, resources
from privity.ids import parse_id
from privity.running import Installation


@get("/v1/search", opt=act(Action.CONVERSATION_SEARCH, callers_own(resources.own_project)))
async def search(
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    q: FromQuery[str] = "",
    after: FromQuery[str | None] = None,
    limit: Annotated[int, QueryParameter(ge=1, le=100)] = 20,
) -> ConversationPage:
    """List the conversations that hold every word of `q`, newest first, without their text: those one may read."""
    from_ = None if after is None else parse_id(after, "`after`")
    found = await installation.search.find(access, q, after=from_, limit=limit)
    return ConversationPage([conversation_out(each) for each in found], found[-1].id if len(found) == limit else None)
