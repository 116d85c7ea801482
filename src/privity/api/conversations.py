"""`/v1/conversations`: bring one in, list, show, look at its history, mark what was missed, delete."""

from typing import Annotated, Any

import msgspec
from litestar import Request, Response, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery, QueryParameter

from privity.api.acts import act, callers_own, header_of, named
from privity.api.answers import (
    Accepted,
    ConversationPage,
    ConversationShown,
    DeletionAccepted,
    History,
    HistoryEntry,
    MissedAccepted,
    conversation_out,
    conversation_shown,
)
from privity.api.description import takes
from privity.api.people.exchange import body_of
from privity.api.uploads import FORMS, LONGEST_REPLAY_KEY, REPLAY_KEY, Upload
from privity.custody import Mark, parse_channel
from privity.errors import BadInput
from privity.gate import Access, Action, resources
from privity.ids import parse_id
from privity.redact import label_named
from privity.running import Installation, history_of

_STATES = ("received", "kept", "refused")


@post(
    "/v1/conversations",
    status_code=202,
    opt=act(Action.CONVERSATION_CREATE, callers_own(resources.own_project)) | takes(FORMS, parameters=[REPLAY_KEY]),
)
async def create_conversation(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[Accepted]:
    """Take in a call, a message or an upload: multipart `file` and `channel`, or JSON turns.

    The content is sealed before its first byte reaches a disk, and worked on in the background.
    """
    key = header_of(request, "Idempotency-Key")
    if key is not None and not 0 < len(key) <= LONGEST_REPLAY_KEY:
        raise BadInput("the Idempotency-Key is empty or longer than 255 characters", advice="Use a UUID.")
    upload = Upload(request, text_limit=installation.settings.text_limit)
    received = await installation.intake.receive(access, upload, idempotency_key=key)
    return Response(Accepted(received.id, "received"), headers={"Location": f"/v1/conversations/{received.id}"})


@get("/v1/conversations", opt=act(Action.CONVERSATION_LIST, callers_own(resources.own_project)))
async def list_conversations(
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    channel: FromQuery[str | None] = None,
    conversation_state: Annotated[str | None, QueryParameter(name="state")] = None,
    after: FromQuery[str | None] = None,
    limit: Annotated[int, QueryParameter(ge=1, le=200)] = 50,
) -> ConversationPage:
    """List the project's conversations, newest first, without their text."""
    if conversation_state is not None and conversation_state not in _STATES:
        raise BadInput("there is no such state", advice=f"Choose from {', '.join(_STATES)}.")
    page = await installation.conversations.page(
        access,
        channel=None if channel is None else parse_channel(channel),
        state=conversation_state,
        after=None if after is None else parse_id(after, "`after`"),
        limit=limit,
    )
    return ConversationPage([conversation_out(found) for found in page], page[-1].id if len(page) == limit else None)


@get("/v1/conversations/{id:str}", opt=act(Action.CONVERSATION_READ, named(resources.conversation)))
async def show_conversation(
    access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> ConversationShown:
    """Show one conversation: its redacted text, and what was hidden and why."""
    return conversation_shown(await installation.conversations.read(access))


@get("/v1/conversations/{id:str}/history", opt=act(Action.CONVERSATION_HISTORY, named(resources.conversation)))
async def conversation_history(access: NamedDependency[Access], installation: NamedDependency[Installation]) -> History:
    """List every touch of one conversation, from the ledger."""
    return History([HistoryEntry(**entry) for entry in await history_of(installation, access)])


class Marked(msgspec.Struct, forbid_unknown_fields=True):
    """A place in the text as it is shown: turn from 0, code points `start` to `end`, and the label of what it is."""

    turn: int
    start: int
    end: int
    label: str


@post(
    "/v1/conversations/{id:str}/missed",
    status_code=202,
    opt=act(Action.CONVERSATION_REDACT, named(resources.conversation)) | takes(Marked),
)
async def mark_missed(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> MissedAccepted:
    """Mark an identifier that was missed: JSON `turn`, `start`, `end`, `label`.

    It is hidden at once, the same words in this conversation too; then it is redacted in the project's others.
    """
    marked = await body_of(request, Marked)
    label = label_named(marked.label, "the mark")
    mark = Mark(turn=marked.turn, start=marked.start, end=marked.end, label=label)
    return MissedAccepted(await installation.missed.mark(access, mark))


@delete(
    "/v1/conversations/{id:str}", status_code=202, opt=act(Action.CONVERSATION_DELETE, named(resources.conversation))
)
async def delete_conversation(
    access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> DeletionAccepted:
    """Delete one conversation: invisible at once, then its key is destroyed and a certificate written."""
    return DeletionAccepted(await installation.deletions.request(access))
