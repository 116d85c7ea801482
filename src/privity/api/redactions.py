"""`/v1/redactions`: redact every message that a filter finds, and see how far it has come."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

import msgspec
from litestar import Request, Response, get, post
from litestar.di import NamedDependency

from privity.api.acts import act, callers_own, named
from privity.api.description import takes
from privity.api.json_bodies import json_of
from privity.api.lists import Moment, index_of, known
from privity.custody.telephony import MessageFilter, Redaction
from privity.errors import BadInput
from privity.gate import Access, Action, resources
from privity.running import Installation

STATUSES: Final = ("sent", "delivered", "undelivered", "failed", "received")
"""What a message can be that is redacted: one that waits to be sent is left alone."""

_LARGEST: Final = 16 * 1024
_FORM: Final = 'Send {"from", "to", "status", "sent_from", "sent_until"}, each or none.'


class RedactionAsked(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Which messages to redact; all of the project's when nothing is named. Times are RFC 3339 with their offset."""

    sender: str | None = msgspec.field(default=None, name="from")
    recipient: str | None = msgspec.field(default=None, name="to")
    status: str | None = None
    sent_from: Moment | None = None
    sent_until: Moment | None = None


class RedactionShown(msgspec.Struct, frozen=True, kw_only=True):
    """How far a redaction has come: messages seen, texts emptied, media erased."""

    id: UUID
    state: str
    seen: int
    bodies: int
    media: int
    ordered_by: str
    created_at: datetime
    done_at: datetime | None


class RedactionStarted(msgspec.Struct, frozen=True):
    """A redaction that was ordered."""

    id: UUID
    state: str


def filter_of(installation: Installation, access: Access, asked: RedactionAsked) -> MessageFilter:
    """Return the filter that was asked for; raises BadInput for one that could never find what was meant."""
    if asked.sent_from and asked.sent_until and asked.sent_from >= asked.sent_until:
        raise BadInput("`sent_until` is not after `sent_from`", advice="Name the beginning first.")
    return MessageFilter(
        from_index=index_of(installation, access, asked.sender, "`from`"),
        to_index=index_of(installation, access, asked.recipient, "`to`"),
        status=known(asked.status, STATUSES),
        sent_from=asked.sent_from,
        sent_until=asked.sent_until,
    )


def redaction_shown(redaction: Redaction) -> RedactionShown:
    """Return a redaction as it is shown."""
    return RedactionShown(**{name: getattr(redaction, name) for name in RedactionShown.__struct_fields__})


@post(
    "/v1/redactions",
    status_code=202,
    opt=act(Action.REDACTION_START, callers_own(resources.own_project)) | takes(RedactionAsked, required=False),
)
async def start_redaction(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[RedactionStarted]:
    """Redact every message of the project that a filter finds, with its media; the body is JSON."""
    asked = await json_of(request, RedactionAsked, at_most=_LARGEST, advice=_FORM, otherwise=b"{}")
    redaction = await installation.telephony.bulk.start(access, filter_of(installation, access, asked))
    return Response(RedactionStarted(redaction, "running"), headers={"Location": f"/v1/redactions/{redaction}"})


@get("/v1/redactions/{id:str}", opt=act(Action.REDACTION_READ, named(resources.redaction)))
async def show_redaction(
    access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> RedactionShown:
    """Show how far a redaction has come."""
    return redaction_shown(await installation.telephony.bulk.read(access))
