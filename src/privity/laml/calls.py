"""Calls in the vendors' form: list, read, begin, end, delete."""

from collections.abc import Mapping
from typing import Any, Final

from litestar import Request, Response, delete, get, post
from litestar.di import NamedDependency

from privity.api.acts import act, callers_own
from privity.api.answers import gone
from privity.custody.telephony import ASKED, Call, CallFilter
from privity.errors import BadInput
from privity.gate import Access, Action, resources
from privity.laml.answers import VERSION, answer, ask_of, page_answer, rfc2822, uri_of
from privity.laml.asking import check_query, dates_in, form_of, number_in, sid_in
from privity.laml.doorman import paths, sid
from privity.laml.messages import ends_of
from privity.laml.problems import NOBODY_TO_CALL, NOBODY_WHO_CALLS
from privity.running import Installation

_STATUSES: Final = ("queued", "ringing", "in-progress", "completed", "busy", "failed", "no-answer", "canceled")
_ENDS: Final = ("completed", "canceled")


@get(paths("Calls"), opt=act(Action.CALL_LIST, callers_own(resources.own_project)), include_in_schema=False)
async def list_calls(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[bytes]:
    """List the project's calls, newest first, by both numbers, `Status`, `StartTime`, `EndTime` and `ParentCallSid`."""
    check_query(request, "To", "From", "Status", "ParentCallSid", date="StartTime", more="EndTime")
    telephony = installation.telephony
    sender, recipient = number_in(request, "From"), number_in(request, "To")
    status = str(request.query_params.get("Status") or "") or None
    if status is not None and status not in _STATUSES:
        raise BadInput("there is no such status", advice=f"Choose from {', '.join(_STATUSES)}.")
    began, ended = dates_in(request, "StartTime"), dates_in(request, "EndTime")
    asked = CallFilter(
        from_index=None if sender is None else telephony.index.of(access.tenant, sender),
        to_index=None if recipient is None else telephony.index.of(access.tenant, recipient),
        status=status,
        began_from=began[0],
        began_until=began[1],
        ended_from=ended[0],
        ended_until=ended[1],
        parent=sid_in(request, "ParentCallSid"),
    )
    page = await telephony.calls.page(access, asked, ask_of(request, telephony.cursors, access.project))
    return page_answer(request, "calls", page, shown, telephony.cursors, access.project, "Calls")


@post(
    paths("Calls"),
    status_code=201,
    opt=act(Action.CALL_CREATE, callers_own(resources.own_project)),
    include_in_schema=False,
)
async def create_call(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[bytes]:
    """Call over the carrier of the number; on the loopback one the call goes on at once. `Record` is asked apart."""
    form = await form_of(request)
    sender, recipient = ends_of(form, NOBODY_TO_CALL, NOBODY_WHO_CALLS)
    if (form.one("Record") or "false").lower() != "false":
        raise BadInput("a call is not recorded from its beginning", advice="POST to its Recordings once it goes on.")
    asked = {name: value for name in ASKED if (value := form.one(name))}
    dialled = await installation.telephony.carried_calls.dial(access, sender, recipient, asked)
    if dialled is not None:
        return answer(shown(dialled), 201)
    calls = installation.telephony.calls
    call = await calls.begin(access, sender, recipient, inbound=False, transport="memory")
    now = installation.clock.now()
    facts = {"direction": "outbound-api", "status": "in-progress", "parent_id": None, "ended_at": None}
    times = {"created_at": now, "started_at": now, "updated_at": now}
    return answer(_written(call, access.project, facts | times, sender, recipient), 201)


@get(paths("Calls/{sid:str}", item=True), opt=act(Action.CALL_READ, sid(resources.call)), include_in_schema=False)
async def read_call(access: NamedDependency[Access], installation: NamedDependency[Installation]) -> Response[bytes]:
    """Show one call."""
    return answer(shown(await installation.telephony.calls.read(access)))


@post(
    paths("Calls/{sid:str}", item=True),
    status_code=200,
    opt=act(Action.CALL_UPDATE, sid(resources.call)),
    include_in_schema=False,
)
async def update_call(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[bytes]:
    """End a call: `Status` is completed or canceled. What is recorded of it is stopped first."""
    status = (await form_of(request)).one("Status")
    if status not in _ENDS:
        raise BadInput("a call can be ended and nothing else", advice="Send Status=completed.")
    ended = await installation.telephony.carried_calls.end(access, status)
    if ended is not None:
        return answer(shown(ended))
    await installation.telephony.live_calls.hang_up(access)
    return answer(shown(await installation.telephony.calls.end(access, status)))


@delete(paths("Calls/{sid:str}", item=True), opt=act(Action.CALL_DELETE, sid(resources.call)), include_in_schema=False)
async def delete_call(access: NamedDependency[Access], installation: NamedDependency[Installation]) -> Response[None]:
    """Remove the record of a call that has ended."""
    await installation.telephony.calls.delete(access)
    return gone(access)


def shown(call: Call) -> Mapping[str, Any]:
    """Return a call with the vendors' keys."""
    row = call.row
    facts = {name: getattr(row, name) for name in row.__struct_fields__}
    return _written(row.id, row.project_id, facts, call.parties.from_number, call.parties.to_number)


def _written(call: Any, account: Any, facts: Mapping[str, Any], sender: str, recipient: str) -> Mapping[str, Any]:
    uri = uri_of(account, f"Calls/{call}")
    started, ended = facts["started_at"], facts["ended_at"]
    duration = None if started is None or ended is None else str(int((ended - started).total_seconds()))
    return {
        "sid": str(call),
        "account_sid": str(account),
        "api_version": VERSION,
        "parent_call_sid": None if facts["parent_id"] is None else str(facts["parent_id"]),
        "from": sender,
        "from_formatted": sender,
        "to": recipient,
        "to_formatted": recipient,
        "phone_number_sid": None,
        "status": facts["status"],
        "direction": facts["direction"],
        "date_created": rfc2822(facts["created_at"]),
        "date_updated": rfc2822(facts["updated_at"]),
        "start_time": rfc2822(started),
        "end_time": rfc2822(ended),
        "duration": duration,
        "price": None,
        "price_unit": "USD",
        "answered_by": None,
        "annotation": None,
        "forwarded_from": None,
        "group_sid": None,
        "caller_name": None,
        "queue_time": "0",
        "trunk_sid": None,
        "uri": f"{uri}.json",
        "subresource_uris": {"recordings": f"{uri}/Recordings.json"},
    }
