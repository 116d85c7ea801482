"""`/app/find`: from an id or an entry's number to its page, which decides by itself whether it opens."""

import re
from typing import Annotated, Any, Final
from uuid import UUID

import msgspec
from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from privity.api.acts import act, callers_own
from privity.dashboard.frame import Frames
from privity.dashboard.page import Page
from privity.dashboard.signing_in import go_on
from privity.gate import Access, Action, Resource, resources
from privity.running import Installation

_NUMBER: Final = re.compile(r"[0-9]{1,15}")


class Found(msgspec.Struct, frozen=True):
    """Nothing, or it would have been gone to."""


@get("/app/find", opt=act(Action.OVERVIEW_READ, callers_own(resources.own_tenant), people=True))
async def find(
    request: Request[Any, Any, Any],
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    frames: NamedDependency[Frames],
    asked: Annotated[str, QueryParameter(name="q")] = "",
) -> Response[Any]:
    """Go to the page of an id or an entry's number. What was typed is neither kept nor shown again."""
    typed = asked.strip().replace(",", "")
    if _NUMBER.fullmatch(typed):
        return go_on(f"/app/ledger/{int(typed)}")
    try:
        identifier = UUID(typed)
    except ValueError:
        identifier = None
    if identifier is not None:
        candidates: list[tuple[Action, Resource, str]] = [
            (Action.CONVERSATION_READ, resources.conversation(identifier), f"/app/conversations/{identifier}"),
            (Action.DECISION_READ, resources.decision(identifier), f"/app/decisions/{identifier}"),
        ]
        opens = await installation.gate.may(access.caller, [(action, thing) for action, thing, _ in candidates])
        for (_, _, page), answer in zip(candidates, opens, strict=True):
            if answer:
                return go_on(page)
    return await frames.answer(request, access, Page(template="found.html", title="Nothing found", facts=Found()))
