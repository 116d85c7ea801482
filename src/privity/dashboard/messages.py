"""`/app/messages`: the log without texts; one message, redacted; its history; blanking, erasing media, deleting."""

from datetime import datetime
from typing import Annotated, Any, Final
from uuid import UUID

import msgspec
from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from privity.api.acts import act, callers_own, named
from privity.api.media import bytes_answer
from privity.custody.content import KeptTurn
from privity.custody.telephony import MessageFilter, Trace
from privity.dashboard.forms import end_of_id, require_end_of_id
from privity.dashboard.frame import Frames
from privity.dashboard.hidden import Piece, cut
from privity.dashboard.lists import ask_of, day_in, end_of_day_in, known, older_than
from privity.dashboard.page import Page
from privity.dashboard.signing_in import go_on
from privity.dashboard.touches import Touch, touches_of
from privity.dashboard.words import Actor, actor_named
from privity.gate import Access, Action, resources
from privity.ids import parse_id
from privity.lifecycle import RecordDeletion
from privity.running import Installation, message_history

_STATUSES: Final = ("queued", "sent", "delivered", "undelivered", "failed", "received")
_HERE: Final = "/app/messages"
_CRUMBS: Final = (("Messages", _HERE),)


class Logged(msgspec.Struct, frozen=True, kw_only=True):
    """A message in the log; `readable` is whether whoever looks may read what it says."""

    id: UUID
    direction: str
    status: str
    from_number: str
    to_number: str
    media: int
    created_at: datetime
    redacted_at: datetime | None
    readable: bool


class Messages(msgspec.Struct, frozen=True, kw_only=True):
    """Messages without their texts, newest first; `older` goes into `after` for the next page."""

    messages: list[Logged]
    older: str
    statuses: list[str]
    status: str
    sent_from: str
    sent_until: str
    may_redact_all: bool
    did: str


class MayDo(msgspec.Struct, frozen=True, kw_only=True):
    """What whoever looks may do to a message, and what has to be typed to destroy it."""

    read: bool
    redact: bool
    delete: bool
    typed: str


class MessageShown(msgspec.Struct, frozen=True, kw_only=True):
    """One message, its text redacted. `masked` counts the card data that was masked before anything was kept."""

    id: UUID
    direction: str
    status: str
    from_number: str
    to_number: str
    pieces: list[Piece]
    labels: list[str]
    masked: int
    segments: int
    created_at: datetime
    sent_at: datetime | None
    redacted_at: datetime | None
    redacted_by: Actor | None
    media: list[Trace]
    may: MayDo


class MessageHistoryShown(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a message and its media, and every touch of them, newest first; no text."""

    id: UUID
    direction: str
    status: str
    created_at: datetime
    sent_at: datetime | None
    redacted_at: datetime | None
    redacted_by: Actor | None
    card_data_masked: int
    media: list[Trace]
    deletions: list[RecordDeletion]
    may_certify: bool
    touches: list[Touch]
    may: MayDo


@get(_HERE, opt=act(Action.MESSAGE_LIST, callers_own(resources.own_project), people=True))
async def list_them(
    request: Request[Any, Any, Any],
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    frames: NamedDependency[Frames],
    status: Annotated[str, QueryParameter(name="status")] = "",
    sent_from: Annotated[str, QueryParameter(name="from")] = "",
    sent_until: Annotated[str, QueryParameter(name="until")] = "",
    after: Annotated[str, QueryParameter(name="after")] = "",
    did: Annotated[str, QueryParameter(name="did")] = "",
) -> Response[bytes]:
    """List the project's messages."""
    asked = MessageFilter(
        status=known(status, _STATUSES, "status"),
        sent_from=day_in(sent_from, "`from`"),
        sent_until=end_of_day_in(sent_until, "`until`"),
    )
    page = await installation.telephony.message_log.page(access, asked, ask_of(installation, access, after))
    all_of_them = (Action.REDACTION_LIST, resources.own_project())
    facts = Messages(
        messages=[
            Logged(
                id=each.id,
                direction=each.row.direction,
                status=each.row.status,
                from_number=each.parties.from_number,
                to_number=each.parties.to_number,
                media=each.row.media,
                created_at=each.created_at,
                redacted_at=each.row.redacted_at,
                readable=each.row.readable,
            )
            for each in page.records
        ],
        older=older_than(installation, access, page),
        statuses=list(_STATUSES),
        status=status,
        sent_from=sent_from,
        sent_until=sent_until,
        may_redact_all=(await installation.gate.may(access.caller, [all_of_them]))[0],
        did=did if did in {"deleted", "redacted"} else "",
    )
    shown = Page(template="messages.html", title="Messages", facts=facts, door="messages")
    return await frames.answer(request, access, shown)


@get("/app/messages/{id:str}", opt=act(Action.MESSAGE_READ, named(resources.message), people=True))
async def show(
    request: Request[Any, Any, Any],
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    frames: NamedDependency[Frames],
) -> Response[bytes]:
    """Show one message, redacted."""
    message, traces = await installation.telephony.messages.read_with_traces(access)
    [turn] = cut([KeptTurn("", message.body)], ())
    row = message.row
    facts = MessageShown(
        id=row.id,
        direction=row.direction,
        status=row.status,
        from_number=message.parties.from_number,
        to_number=message.parties.to_number,
        pieces=turn.pieces,
        labels=sorted({piece.label for piece in turn.pieces if piece.label}),
        masked=row.masked,
        segments=row.segments,
        created_at=row.created_at,
        sent_at=row.sent_at,
        redacted_at=row.redacted_at,
        redacted_by=actor_named(row.redacted_by, await frames.names(access)) if row.redacted_by else None,
        media=traces,
        may=await _may(installation, access),
    )
    page = Page(template="message.html", title="Message", facts=facts, door="messages", crumbs=_CRUMBS)
    return await frames.answer(request, access, page)


@get("/app/messages/{id:str}/history", opt=act(Action.MESSAGE_HISTORY, named(resources.message), people=True))
async def history(
    request: Request[Any, Any, Any],
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    frames: NamedDependency[Frames],
) -> Response[bytes]:
    """Show what became of one message, and every touch of it; no text."""
    told = await message_history(installation, access)
    names = await frames.names(access)
    certificates = [(Action.DELETION_READ, resources.deletion(each.id)) for each in told.deletions[:1]]
    facts = MessageHistoryShown(
        id=told.id,
        direction=told.direction,
        status=told.status,
        created_at=told.created_at,
        sent_at=told.sent_at,
        redacted_at=told.redacted_at,
        redacted_by=actor_named(told.redacted_by, names) if told.redacted_by else None,
        card_data_masked=told.card_data_masked,
        media=told.media,
        deletions=told.deletions,
        may_certify=all(await installation.gate.may(access.caller, certificates)),
        touches=touches_of(told.entries, names),
        may=await _may(installation, access),
    )
    page = Page(
        template="message_history.html", title="History of a message", facts=facts, door="messages", crumbs=_CRUMBS
    )
    return await frames.answer(request, access, page)


@post(
    "/app/messages/{id:str}/redact",
    status_code=303,
    opt=act(Action.MESSAGE_REDACT, named(resources.message), people=True),
)
async def redact(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[Any]:
    """Empty one message's text for good, once the end of its id has been typed."""
    await require_end_of_id(request, access)
    await installation.telephony.messages.redact(access)
    return go_on(f"{_HERE}?did=redacted")


@post(
    "/app/messages/{id:str}/delete",
    status_code=303,
    opt=act(Action.MESSAGE_DELETE, named(resources.message), people=True),
)
async def delete(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[Any]:
    """Delete one message with its media for good, once the end of its id has been typed."""
    await require_end_of_id(request, access)
    await installation.telephony.messages.delete(access)
    return go_on(f"{_HERE}?did=deleted")


@get(
    ["/app/messages/{parent:str}/media/{id:str}", "/app/faxes/{parent:str}/media/{id:str}"],
    opt=act(Action.MEDIA_OPEN, named(resources.media), people=True),
)
async def media(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[Any]:
    """Give one attachment, or the pages of a fax, to be saved."""
    parent = parse_id(str(request.path_params["parent"]), "the record in the path")
    found = await installation.telephony.attachments.read(access, parent)
    return await bytes_answer(installation, access, found)


@post(
    "/app/messages/{parent:str}/media/{id:str}/delete",
    status_code=303,
    opt=act(Action.MEDIA_DELETE, named(resources.media), people=True),
)
async def delete_media(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[Any]:
    """Erase one attachment of a message for good; that there was one stays."""
    parent = parse_id(str(request.path_params["parent"]), "the message in the path")
    await installation.telephony.attachments.delete(access, parent)
    return go_on(f"{_HERE}/{parent}/history")


async def _may(installation: Installation, access: Access) -> MayDo:
    this = resources.message(UUID(access.resource_id))
    acts = (Action.MESSAGE_READ, Action.MESSAGE_REDACT, Action.MESSAGE_DELETE)
    reads, redacts, deletes = await installation.gate.may(access.caller, [(each, this) for each in acts])
    return MayDo(read=reads, redact=redacts, delete=deletes, typed=end_of_id(access.resource_id))


HANDLERS: Final = (list_them, show, history, redact, delete, media, delete_media)
