"""`/app/faxes`: the log of faxes, one of them with its pages to be saved, deletion."""

from datetime import datetime
from typing import Annotated, Any, Final
from uuid import UUID

import msgspec
from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from privity.api.acts import act, callers_own, named
from privity.custody.telephony import Fax, FaxFilter
from privity.dashboard.forms import end_of_id, require_end_of_id
from privity.dashboard.frame import Frames
from privity.dashboard.lists import ask_of, day_in, end_of_day_in, older_than
from privity.dashboard.page import Page
from privity.dashboard.signing_in import go_on
from privity.dashboard.touches import Touch, touches_of
from privity.gate import Access, Action, resources
from privity.running import Installation, entries_about

_HERE: Final = "/app/faxes"


class FaxShown(msgspec.Struct, frozen=True, kw_only=True):
    """A fax without its pages; `media` is where they are, as long as they are there."""

    id: UUID
    direction: str
    status: str
    quality: str
    from_number: str
    to_number: str
    pages: int
    media: UUID | None
    created_at: datetime


class Faxes(msgspec.Struct, frozen=True, kw_only=True):
    """Faxes, newest first; `older` goes into `after` for the next page."""

    faxes: list[FaxShown]
    older: str
    made_from: str
    made_until: str
    did: str


class OneFax(msgspec.Struct, frozen=True, kw_only=True):
    """One fax, who touched it, and what whoever looks may do to it."""

    fax: FaxShown
    touches: list[Touch]
    may_open: bool
    may_delete: bool
    typed: str


@get(_HERE, opt=act(Action.FAX_LIST, callers_own(resources.own_project), people=True))
async def list_them(
    request: Request[Any, Any, Any],
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    frames: NamedDependency[Frames],
    made_from: Annotated[str, QueryParameter(name="from")] = "",
    made_until: Annotated[str, QueryParameter(name="until")] = "",
    after: Annotated[str, QueryParameter(name="after")] = "",
    did: Annotated[str, QueryParameter(name="did")] = "",
) -> Response[bytes]:
    """List the project's faxes."""
    asked = FaxFilter(made_after=day_in(made_from, "`from`"), made_until=end_of_day_in(made_until, "`until`"))
    page = await installation.telephony.faxes.page(access, asked, ask_of(installation, access, after))
    facts = Faxes(
        faxes=[_shown(fax) for fax in page.records],
        older=older_than(installation, access, page),
        made_from=made_from,
        made_until=made_until,
        did="deleted" if did == "deleted" else "",
    )
    return await frames.answer(request, access, Page(template="faxes.html", title="Faxes", facts=facts, door="faxes"))


@get("/app/faxes/{id:str}", opt=act(Action.FAX_READ, named(resources.fax), people=True))
async def show(
    request: Request[Any, Any, Any],
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    frames: NamedDependency[Frames],
) -> Response[bytes]:
    """Show one fax and who touched it; its pages are opened by another act."""
    fax = await installation.telephony.faxes.read(access)
    asked = [(Action.FAX_DELETE, resources.fax(fax.id))]
    if fax.row.media is not None:
        asked.append((Action.MEDIA_OPEN, resources.media(fax.row.media)))
    deletes, *opens = await installation.gate.may(access.caller, asked)
    things = [fax.id] if fax.row.media is None else [fax.id, fax.row.media]
    facts = OneFax(
        fax=_shown(fax),
        touches=touches_of(await entries_about(installation, access, things), await frames.names(access)),
        may_open=any(opens),
        may_delete=deletes,
        typed=end_of_id(fax.id),
    )
    page = Page(template="fax.html", title="Fax", facts=facts, door="faxes", crumbs=(("Faxes", _HERE),))
    return await frames.answer(request, access, page)


@post(
    "/app/faxes/{id:str}/delete",
    status_code=303,
    opt=act(Action.FAX_DELETE, named(resources.fax), people=True),
)
async def delete(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[Any]:
    """Delete one fax with its pages for good, once the end of its id has been typed."""
    await require_end_of_id(request, access)
    await installation.telephony.faxes.delete(access)
    return go_on(f"{_HERE}?did=deleted")


def _shown(fax: Fax) -> FaxShown:
    row = fax.row
    return FaxShown(
        id=row.id,
        direction=row.direction,
        status=row.status,
        quality=row.quality,
        from_number=fax.parties.from_number,
        to_number=fax.parties.to_number,
        pages=row.pages,
        media=row.media,
        created_at=row.created_at,
    )


HANDLERS: Final = (list_them, show, delete)
