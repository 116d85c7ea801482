"""`/v1/messages`: list, show, erase the text, delete, and look at what became of one."""

from datetime import datetime
from typing import Annotated, Final
from uuid import UUID

import msgspec
from litestar import Response, delete, get
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from privity.api.acts import act, callers_own, named
from privity.api.answers import DeletionAccepted, deletion_header, deletion_of
from privity.api.lists import After, Limit, Recipient, Sender, ask_of, index_of, known, moment_of, next_of
from privity.custody.telephony import Message, MessageFilter
from privity.gate import Access, Action, resources
from privity.running import Installation, MessageHistory, message_history

STATUSES: Final = ("queued", "sent", "delivered", "undelivered", "failed", "received")


class MessageOut(msgspec.Struct, frozen=True, kw_only=True):
    """A message, its text redacted. `media` counts what is still attached, `masked` the card data masked on arrival."""

    id: UUID
    direction: str
    status: str
    error_code: int | None
    sender: str = msgspec.field(name="from")
    recipient: str = msgspec.field(name="to")
    redacted_text: str
    masked: int
    media: int
    created_at: datetime
    sent_at: datetime | None
    updated_at: datetime
    redacted_at: datetime | None
    redacted_by: str | None


class MessagePage(msgspec.Struct, frozen=True):
    """Messages, newest first; `next` goes into `after` for the following page."""

    messages: list[MessageOut]
    next: str | None


@get("/v1/messages", opt=act(Action.MESSAGE_LIST, callers_own(resources.own_project)))
async def list_messages(
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    sender: Sender = None,
    recipient: Recipient = None,
    status: Annotated[str | None, QueryParameter(name="status")] = None,
    sent_from: Annotated[str | None, QueryParameter(name="sent_from")] = None,
    sent_until: Annotated[str | None, QueryParameter(name="sent_until")] = None,
    after: After = None,
    limit: Limit = 50,
) -> MessagePage:
    """List the project's messages, newest first, redacted; `from` and `to` are E.164, times RFC 3339."""
    asked = MessageFilter(
        from_index=index_of(installation, access, sender, "`from`"),
        to_index=index_of(installation, access, recipient, "`to`"),
        status=known(status, STATUSES),
        sent_from=moment_of(sent_from, "`sent_from`"),
        sent_until=moment_of(sent_until, "`sent_until`"),
    )
    page = await installation.telephony.messages.page(access, asked, ask_of(installation, access, after, limit))
    return MessagePage([_shown(message) for message in page.records], next_of(installation, access, page))


@get("/v1/messages/{id:str}", opt=act(Action.MESSAGE_READ, named(resources.message)))
async def show_message(access: NamedDependency[Access], installation: NamedDependency[Installation]) -> MessageOut:
    """Show one message, redacted."""
    return _shown(await installation.telephony.messages.read(access))


@get("/v1/messages/{id:str}/history", opt=act(Action.MESSAGE_HISTORY, named(resources.message)))
async def read_message_history(
    access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> MessageHistory:
    """List every touch of one message and its media, and say who redacted what, and when."""
    return await message_history(installation, access)


@delete("/v1/messages/{id:str}/text", status_code=200, opt=act(Action.MESSAGE_REDACT, named(resources.message)))
async def erase_text(
    access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[MessageOut]:
    """Erase the text of one message for good; that it was sent stays. A header names the deletion, if there was one."""
    return Response(_shown(await installation.telephony.messages.redact(access)), headers=deletion_header(access))


@delete("/v1/messages/{id:str}", status_code=202, opt=act(Action.MESSAGE_DELETE, named(resources.message)))
async def delete_message(
    access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> DeletionAccepted:
    """Delete one message with its text and media for good; refused (409) while it waits to be sent."""
    await installation.telephony.messages.delete(access)
    return deletion_of(access)


def _shown(message: Message) -> MessageOut:
    row = message.row
    return MessageOut(
        id=row.id,
        direction=row.direction,
        status=row.status,
        error_code=row.error_code,
        sender=message.parties.from_number,
        recipient=message.parties.to_number,
        redacted_text=message.body,
        masked=row.masked,
        media=row.media,
        created_at=row.created_at,
        sent_at=row.sent_at,
        updated_at=row.updated_at,
        redacted_at=row.redacted_at,
        redacted_by=row.redacted_by,
    )


HANDLERS: Final = (list_messages, show_message, read_message_history, erase_text, delete_message)
