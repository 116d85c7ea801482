"""`/app/redactions`: redact every message that a filter finds; how far it has come; what came of it."""

from typing import Any, Final
from uuid import UUID

import msgspec
from litestar import Request, Response, get, post
from litestar.di import NamedDependency

from privity.api.acts import act, callers_own, named
from privity.api.redactions import STATUSES, RedactionAsked, RedactionShown, filter_of, redaction_shown
from privity.dashboard.forms import form_of
from privity.dashboard.frame import Frames
from privity.dashboard.lists import day_in, end_of_day_in, known
from privity.dashboard.page import Page
from privity.dashboard.signing_in import go_on
from privity.dashboard.touches import Touch, touches_of
from privity.dashboard.words import Actor, actor_named
from privity.errors import BadInput
from privity.gate import Access, Action, resources
from privity.running import Installation, entries_about

_HERE: Final = "/app/redactions"
_CRUMBS: Final = (("Messages", "/app/messages"), ("Bulk redaction", _HERE))
_ROWS: Final = 30
_TYPED: Final = "redact"


class Ordered(msgspec.Struct, frozen=True, kw_only=True):
    """A redaction and who ordered it."""

    redaction: RedactionShown
    by: Actor


class Redactions(msgspec.Struct, frozen=True, kw_only=True):
    """The project's bulk redactions, newest first; `typed` has to be typed to start one."""

    redactions: list[Ordered]
    statuses: list[str]
    typed: str


class Filter(msgspec.Struct, frozen=True, kw_only=True):
    """What a redaction was asked for, without its numbers: they are kept as keyed hashes only."""

    sender: bool
    recipient: bool
    status: str | None
    sent_from: str
    sent_until: str


class OneRedaction(msgspec.Struct, frozen=True, kw_only=True):
    """One redaction: what it is for, how far it has come, and who touched it."""

    ordered: Ordered
    filter: Filter
    left: int
    touches: list[Touch]


@get(_HERE, opt=act(Action.REDACTION_LIST, callers_own(resources.own_project), people=True))
async def list_them(
    request: Request[Any, Any, Any],
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    frames: NamedDependency[Frames],
) -> Response[bytes]:
    """Show the form, and the redactions that were ordered before."""
    found, names = await installation.telephony.bulk.newest(access, _ROWS), await frames.names(access)
    facts = Redactions(
        redactions=[Ordered(redaction=redaction_shown(each), by=actor_named(each.ordered_by, names)) for each in found],
        statuses=list(STATUSES),
        typed=_TYPED,
    )
    page = Page(template="redactions.html", title="Bulk redaction", facts=facts, door="messages", crumbs=_CRUMBS[:1])
    return await frames.answer(request, access, page)


@post(_HERE, status_code=303, opt=act(Action.REDACTION_START, callers_own(resources.own_project), people=True))
async def start(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[Any]:
    """Order the redaction of every message that the form's filter finds."""
    form = await form_of(request, "sender", "recipient", "status", "from", "until", "typed")
    if form["typed"].strip().lower() != _TYPED:
        raise BadInput("what was typed is not the word that starts a redaction", advice="Nothing was redacted.")
    asked = RedactionAsked(
        sender=form["sender"].strip() or None,
        recipient=form["recipient"].strip() or None,
        status=known(form["status"], STATUSES, "status"),
        sent_from=day_in(form["from"], "`from`"),
        sent_until=end_of_day_in(form["until"], "`until`"),
    )
    redaction = await installation.telephony.bulk.start(access, filter_of(installation, access, asked))
    return go_on(f"{_HERE}/{redaction}")


@get("/app/redactions/{id:str}", opt=act(Action.REDACTION_READ, named(resources.redaction), people=True))
async def show(
    request: Request[Any, Any, Any],
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    frames: NamedDependency[Frames],
) -> Response[bytes]:
    """Show how far one redaction has come, or what came of it."""
    found, left = await installation.telephony.bulk.progress(access)
    names = await frames.names(access)
    facts = OneRedaction(
        ordered=Ordered(redaction=redaction_shown(found), by=actor_named(found.ordered_by, names)),
        filter=Filter(
            sender=found.from_index is not None,
            recipient=found.to_index is not None,
            status=found.status,
            sent_from="" if found.sent_from is None else found.sent_from.date().isoformat(),
            sent_until="" if found.sent_until is None else found.sent_until.isoformat(timespec="minutes"),
        ),
        left=left,
        touches=touches_of(await entries_about(installation, access, [UUID(access.resource_id)]), names),
    )
    page = Page(template="redaction.html", title="Redaction", facts=facts, door="messages", crumbs=_CRUMBS)
    return await frames.answer(request, access, page)


HANDLERS: Final = (list_them, start, show)
