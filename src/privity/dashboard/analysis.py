"""`/app/conversations/{id}/analysis`: what can be counted of a conversation's redacted text."""

from typing import Any, Final
from uuid import UUID

import msgspec
from litestar import Request, Response, get
from litestar.di import NamedDependency

from privity.api.acts import act, named
from privity.api.analysis import conversation_analysis
from privity.custody import Analysis
from privity.dashboard.frame import Frames
from privity.dashboard.page import Page
from privity.gate import Access, Action, resources
from privity.running import Installation


class Analysed(msgspec.Struct, frozen=True, kw_only=True):
    """A conversation and what was counted of it."""

    id: UUID
    analysis: Analysis


@get(
    "/app/conversations/{id:str}/analysis",
    opt=act(Action.CONVERSATION_READ, named(resources.conversation), people=True),
)
async def show(
    request: Request[Any, Any, Any],
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    frames: NamedDependency[Frames],
) -> Response[bytes]:
    """Show counts, durations, talk ratio and keywords of one conversation."""
    analysis = await conversation_analysis(installation, access)
    page = Page(
        template="analysis.html",
        title="Analysis",
        facts=Analysed(id=UUID(access.resource_id), analysis=analysis),
        door="conversations",
        crumbs=(
            ("Conversations", "/app/conversations"),
            ("Conversation", f"/app/conversations/{access.resource_id}"),
        ),
    )
    return await frames.answer(request, access, page)


HANDLERS: Final = (show,)
