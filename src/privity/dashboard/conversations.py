"""`/app/conversations`: the list, and one conversation: hidden spans, findings, history, proof, end."""

import base64
from collections import Counter
from typing import Annotated, Any, Final
from uuid import UUID

import msgspec
from litestar import MediaType, Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from privity.api.acts import act, callers_own, named
from privity.api.uploads import Upload
from privity.custody import Channel, Conversation, Opened, parse_channel
from privity.dashboard.forms import end_of_id, require_end_of_id
from privity.dashboard.frame import Frames, asks_for_json
from privity.dashboard.hidden import SaidTurn, cut
from privity.dashboard.page import Page, as_json
from privity.dashboard.touches import History, touches_of
from privity.errors import BadInput
from privity.gate import Access, Action, resources
from privity.ids import parse_id
from privity.ledger import LogProof
from privity.redact import Finding
from privity.running import Installation, history_of, proof_about

_ROWS: Final = 30
_STATES: Final = ("received", "kept", "refused")


class Conversations(msgspec.Struct, frozen=True, kw_only=True):
    """Conversations without their text, newest first; `older` goes into `after` for the next page."""

    conversations: list[Conversation]
    older: UUID | None
    channels: list[str]
    channel: str
    state: str
    may_bring: bool
    may_search: bool
    just_deleted: bool


class ConversationShown(msgspec.Struct, frozen=True, kw_only=True):
    """One conversation. A finding says what was hidden and why; `labels` counts them."""

    conversation: Conversation
    turns: list[SaidTurn]
    findings: list[Finding]
    labels: dict[str, int]
    typed: str


class ProofShown(msgspec.Struct, frozen=True, kw_only=True):
    """A proof for the browser to verify: the `.tlog-proof` text, the entry in it, and the key to check it with."""

    proof: str
    index: int
    leaf: str
    vkey: str
    witnessed: bool


class Deleted(msgspec.Struct, frozen=True):
    """A deletion that was asked for; the record is invisible already."""

    deletion_id: UUID


@get("/app/conversations", opt=act(Action.CONVERSATION_LIST, callers_own(resources.own_project), people=True))
async def list_them(
    request: Request[Any, Any, Any],
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    frames: NamedDependency[Frames],
    channel: Annotated[str, QueryParameter(name="channel")] = "",
    kept_state: Annotated[str, QueryParameter(name="state")] = "",
    after: Annotated[str, QueryParameter(name="after")] = "",
    did: Annotated[str, QueryParameter(name="did")] = "",
) -> Response[bytes]:
    """List the project's conversations."""
    if kept_state not in {"", *_STATES}:
        raise BadInput("there is no such state", advice=f"Choose from {', '.join(_STATES)}.")
    found = await installation.conversations.page(
        access,
        channel=parse_channel(channel) if channel else None,
        state=kept_state or None,
        after=parse_id(after, "`after`") if after else None,
        limit=_ROWS,
    )
    asked = [(act_, resources.own_project()) for act_ in (Action.CONVERSATION_CREATE, Action.CONVERSATION_SEARCH)]
    brings, searches = await installation.gate.may(access.caller, asked)
    facts = Conversations(
        may_bring=brings,
        may_search=searches,
        conversations=found,
        older=found[-1].id if len(found) == _ROWS else None,
        channels=[str(each) for each in Channel],
        channel=channel,
        state=kept_state,
        just_deleted=did == "deleted",
    )
    page = Page(template="conversations.html", title="Conversations", facts=facts, door="conversations")
    return await frames.answer(request, access, page)


@post(
    "/app/conversations",
    status_code=303,
    request_max_body_size=None,
    opt=act(Action.CONVERSATION_CREATE, callers_own(resources.own_project), people=True),
)
async def bring_in(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[Any]:
    """Take a file in; it is sealed as it arrives, before its first byte reaches a disk."""
    upload = Upload(request, text_limit=installation.settings.text_limit)
    received = await installation.intake.receive(access, upload, idempotency_key=None)
    return Response(b"", status_code=303, headers={"Location": f"/app/conversations/{received.id}"})


@get("/app/conversations/{id:str}", opt=act(Action.CONVERSATION_READ, named(resources.conversation), people=True))
async def show(
    request: Request[Any, Any, Any],
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    frames: NamedDependency[Frames],
) -> Response[bytes]:
    """Show one conversation."""
    opened = await installation.conversations.read(access)
    page = Page(
        template="conversation.html",
        title=titled(opened.conversation.channel),
        facts=shown(opened),
        door="conversations",
        crumbs=(("Conversations", "/app/conversations"),),
    )
    return await frames.answer(request, access, page)


@get(
    "/app/conversations/{id:str}/history",
    opt=act(Action.CONVERSATION_HISTORY, named(resources.conversation), people=True),
)
async def history(
    request: Request[Any, Any, Any],
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    frames: NamedDependency[Frames],
) -> Response[bytes]:
    """Show every touch of one conversation."""
    facts = History(touches_of(await history_of(installation, access), await frames.names(access)))
    page = Page(
        template="history.html",
        title="Access history",
        facts=facts,
        door="conversations",
        crumbs=(
            ("Conversations", "/app/conversations"),
            ("Conversation", f"/app/conversations/{access.resource_id}"),
        ),
    )
    return await frames.answer(request, access, page)


@get(
    "/app/conversations/{id:str}/proof", opt=act(Action.CONVERSATION_PROVE, named(resources.conversation), people=True)
)
async def prove(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[Any]:
    """Give the proof that the ledger tells of this conversation: a file, or with `.json` for the browser to verify."""
    text = await proof_about(installation, access)
    if not asks_for_json(request):
        headers = {"Content-Disposition": f'attachment; filename="{access.resource_id}.tlog-proof"'}
        return Response(text, media_type=MediaType.TEXT, headers=headers)
    proof = LogProof.read(text)
    head = await installation.ledger.checkpoint(access.caller.log)
    leaf = base64.b64encode(proof.extra).decode()
    return as_json(ProofShown(proof=text, index=proof.index, leaf=leaf, vkey=head.vkey, witnessed=False))


@post(
    "/app/conversations/{id:str}/delete",
    opt=act(Action.CONVERSATION_DELETE, named(resources.conversation), people=True),
)
async def delete(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[Any]:
    """Delete one conversation for good, once the end of its id has been typed."""
    await require_end_of_id(request, access)
    deletion = await installation.deletions.request(access)
    if asks_for_json(request):
        return as_json(Deleted(deletion), 202)
    return Response(b"", status_code=303, headers={"Location": "/app/conversations?did=deleted"})


def shown(opened: Opened) -> ConversationShown:
    """Return a conversation as the page shows it."""
    content = opened.content
    findings = list(content.findings) if content else []
    return ConversationShown(
        conversation=opened.conversation,
        turns=cut(content.turns, findings) if content else [],
        findings=findings,
        labels=dict(Counter(str(finding.label) for finding in findings).most_common()),
        typed=end_of_id(opened.conversation.id),
    )


def titled(channel: str) -> str:
    """Return what a conversation of this channel is called."""
    return {"call": "Call with a client", "message": "Message"}.get(channel, channel.capitalize())
