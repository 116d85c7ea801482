"""`/app/calls`: the log of calls, one of them, deletion. What was said stands in recordings, if there are any."""

from datetime import datetime, timedelta
from typing import Annotated, Any, Final
from uuid import UUID

import msgspec
from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from privity.api.acts import act, callers_own, named
from privity.custody.telephony import Call, CallFilter, consent_of_call
from privity.dashboard.consent import ConsentShown, consent_shown
from privity.dashboard.forms import end_of_id, require_end_of_id
from privity.dashboard.frame import Frames
from privity.dashboard.lists import ask_of, day_in, end_of_day_in, known, older_than
from privity.dashboard.page import Page
from privity.dashboard.signing_in import go_on
from privity.dashboard.touches import Touch, touches_of
from privity.gate import Access, Action, resources
from privity.running import Installation, entries_about

_HERE: Final = "/app/calls"
_STATUSES: Final = ("in-progress", "completed", "queued", "ringing", "busy", "failed", "no-answer", "canceled")


class CallShown(msgspec.Struct, frozen=True, kw_only=True):
    """A call; `lasted_ms` is how long it was, once it has ended."""

    id: UUID
    direction: str
    status: str
    transport: str
    from_number: str
    to_number: str
    created_at: datetime
    ended_at: datetime | None
    lasted_ms: int | None


class Calls(msgspec.Struct, frozen=True, kw_only=True):
    """Calls, newest first; `older` goes into `after` for the next page."""

    calls: list[CallShown]
    older: str
    statuses: list[str]
    status: str
    began_from: str
    began_until: str
    did: str


class OneCall(msgspec.Struct, frozen=True, kw_only=True):
    """One call, what was told and agreed on it, who touched it, and whether whoever looks may delete it."""

    call: CallShown
    consent: ConsentShown
    touches: list[Touch]
    may_delete: bool
    typed: str


@get(_HERE, opt=act(Action.CALL_LIST, callers_own(resources.own_project), people=True))
async def list_them(
    request: Request[Any, Any, Any],
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    frames: NamedDependency[Frames],
    status: Annotated[str, QueryParameter(name="status")] = "",
    began_from: Annotated[str, QueryParameter(name="from")] = "",
    began_until: Annotated[str, QueryParameter(name="until")] = "",
    after: Annotated[str, QueryParameter(name="after")] = "",
    did: Annotated[str, QueryParameter(name="did")] = "",
) -> Response[bytes]:
    """List the project's calls."""
    asked = CallFilter(
        status=known(status, _STATUSES, "status"),
        began_from=day_in(began_from, "`from`"),
        began_until=end_of_day_in(began_until, "`until`"),
    )
    page = await installation.telephony.calls.page(access, asked, ask_of(installation, access, after))
    facts = Calls(
        calls=[_shown(call) for call in page.records],
        older=older_than(installation, access, page),
        statuses=list(_STATUSES),
        status=status,
        began_from=began_from,
        began_until=began_until,
        did="deleted" if did == "deleted" else "",
    )
    return await frames.answer(request, access, Page(template="calls.html", title="Calls", facts=facts, door="calls"))


@get("/app/calls/{id:str}", opt=act(Action.CALL_READ, named(resources.call), people=True))
async def show(
    request: Request[Any, Any, Any],
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    frames: NamedDependency[Frames],
) -> Response[bytes]:
    """Show one call and who touched it."""
    call = await installation.telephony.calls.read(access)
    [deletes] = await installation.gate.may(access.caller, [(Action.CALL_DELETE, resources.call(call.id))])
    names = await frames.names(access)
    facts = OneCall(
        call=_shown(call),
        consent=consent_shown(await consent_of_call(access, call), names),
        touches=touches_of(await entries_about(installation, access, [call.id]), names),
        may_delete=deletes,
        typed=end_of_id(call.id),
    )
    page = Page(template="call.html", title="Call", facts=facts, door="calls", crumbs=(("Calls", _HERE),))
    return await frames.answer(request, access, page)


@post(
    "/app/calls/{id:str}/delete",
    status_code=303,
    opt=act(Action.CALL_DELETE, named(resources.call), people=True),
)
async def delete(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[Any]:
    """Delete one call for good, once the end of its id has been typed; its recordings stay."""
    await require_end_of_id(request, access)
    await installation.telephony.calls.delete(access)
    return go_on(f"{_HERE}?did=deleted")


def _shown(call: Call) -> CallShown:
    row = call.row
    lasted = None
    if row.started_at is not None and row.ended_at is not None:
        lasted = (row.ended_at - row.started_at) // timedelta(milliseconds=1)
    return CallShown(
        id=row.id,
        direction=row.direction,
        status=row.status,
        transport=row.transport,
        from_number=call.parties.from_number,
        to_number=call.parties.to_number,
        created_at=row.created_at,
        ended_at=row.ended_at,
        lasted_ms=lasted,
    )


HANDLERS: Final = (list_them, show, delete)
