"""`/v1/calls`: the log of calls; what happens on one while it goes on is in `calls`."""

from datetime import datetime
from typing import Annotated, Final
from uuid import UUID

import msgspec
from litestar import delete, get
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from privity.api.acts import act, callers_own, named
from privity.api.answers import DeletionAccepted, deletion_of
from privity.api.lists import After, Limit, Recipient, Sender, ask_of, index_of, known, moment_of, next_of
from privity.custody.telephony import Call, CallFilter
from privity.gate import Access, Action, resources
from privity.running import Installation

STATUSES: Final = ("queued", "ringing", "in-progress", "completed", "busy", "failed", "no-answer", "canceled")


class CallOut(msgspec.Struct, frozen=True, kw_only=True):
    """A call. `parent` is the call that it belongs to, `transport` how its media travel."""

    id: UUID
    parent: UUID | None
    direction: str
    status: str
    sender: str = msgspec.field(name="from")
    recipient: str = msgspec.field(name="to")
    transport: str
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    updated_at: datetime


class CallPage(msgspec.Struct, frozen=True):
    """Calls, newest first; `next` goes into `after` for the following page."""

    calls: list[CallOut]
    next: str | None


@get("/v1/calls", opt=act(Action.CALL_LIST, callers_own(resources.own_project)))
async def list_calls(
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    sender: Sender = None,
    recipient: Recipient = None,
    status: Annotated[str | None, QueryParameter(name="status")] = None,
    began_from: Annotated[str | None, QueryParameter(name="started_from")] = None,
    began_until: Annotated[str | None, QueryParameter(name="started_until")] = None,
    after: After = None,
    limit: Limit = 50,
) -> CallPage:
    """List the project's calls, newest first; `from` and `to` are E.164, times RFC 3339."""
    asked = CallFilter(
        from_index=index_of(installation, access, sender, "`from`"),
        to_index=index_of(installation, access, recipient, "`to`"),
        status=known(status, STATUSES),
        began_from=moment_of(began_from, "`started_from`"),
        began_until=moment_of(began_until, "`started_until`"),
    )
    page = await installation.telephony.calls.page(access, asked, ask_of(installation, access, after, limit))
    return CallPage([_shown(call) for call in page.records], next_of(installation, access, page))


@get("/v1/calls/{id:str}", opt=act(Action.CALL_READ, named(resources.call)))
async def show_call(access: NamedDependency[Access], installation: NamedDependency[Installation]) -> CallOut:
    """Show one call."""
    return _shown(await installation.telephony.calls.read(access))


@delete("/v1/calls/{id:str}", status_code=202, opt=act(Action.CALL_DELETE, named(resources.call)))
async def delete_call(access: NamedDependency[Access], installation: NamedDependency[Installation]) -> DeletionAccepted:
    """Delete the record of one call that has ended; its recordings stay until they are deleted."""
    await installation.telephony.calls.delete(access)
    return deletion_of(access)


def _shown(call: Call) -> CallOut:
    row = call.row
    return CallOut(
        id=row.id,
        parent=row.parent_id,
        direction=row.direction,
        status=row.status,
        sender=call.parties.from_number,
        recipient=call.parties.to_number,
        transport=row.transport,
        created_at=row.created_at,
        started_at=row.started_at,
        ended_at=row.ended_at,
        updated_at=row.updated_at,
    )


HANDLERS: Final = (list_calls, show_call, delete_call)
