"""`/app/numbers`: the telephone numbers that the project has."""

from datetime import datetime
from typing import Annotated, Any, Final
from uuid import UUID

import msgspec
from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from privity.api.acts import act, callers_own
from privity.dashboard.frame import Frames
from privity.dashboard.lists import ask_of, older_than
from privity.dashboard.page import Page
from privity.gate import Access, Action, resources
from privity.running import Installation


class NumberShown(msgspec.Struct, frozen=True, kw_only=True):
    """A number of the project's own, and what the project calls it."""

    id: UUID
    number: str
    name: str
    created_at: datetime


class Numbers(msgspec.Struct, frozen=True, kw_only=True):
    """The project's numbers, newest first; `older` goes into `after` for the next page."""

    numbers: list[NumberShown]
    older: str


@get("/app/numbers", opt=act(Action.NUMBER_LIST, callers_own(resources.own_project), people=True))
async def list_them(
    request: Request[Any, Any, Any],
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    frames: NamedDependency[Frames],
    after: Annotated[str, QueryParameter(name="after")] = "",
) -> Response[bytes]:
    """List the project's numbers."""
    page = await installation.telephony.own_numbers.page(access, None, ask_of(installation, access, after))
    facts = Numbers(
        numbers=[
            NumberShown(id=each.id, number=each.named.number, name=each.named.name, created_at=each.created_at)
            for each in page.records
        ],
        older=older_than(installation, access, page),
    )
    shown = Page(template="numbers.html", title="Numbers", facts=facts, door="numbers")
    return await frames.answer(request, access, shown)


HANDLERS: Final = (list_them,)
