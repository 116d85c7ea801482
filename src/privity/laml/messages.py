"""Messages in the vendors' form: list, read, send, blank, delete."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from litestar import Request, Response, delete, get, post
from litestar.di import NamedDependency

from privity.api.acts import act, callers_own
from privity.api.answers import deletion_header, gone
from privity.custody.telephony import Draft, Message, MessageFilter, parse_number, segments_of
from privity.errors import BadInput
from privity.gate import Access, Action, resources
from privity.identity import Scope
from privity.laml.answers import VERSION, answer, ask_of, page_answer, rfc2822, uri_of
from privity.laml.asking import Form, check_can_be_done, check_query, dates_in, form_of, number_in
from privity.laml.doorman import original_if_permitted, paths, sid
from privity.laml.problems import (
    BAD_MEDIA,
    BAD_RECIPIENT,
    BAD_SENDER,
    NO_RECIPIENT,
    NO_SENDER,
    NOTHING_TO_SEND,
    Coded,
)
from privity.running import Installation

MOST_MEDIA: Final = 10
_STATUSES: Final = frozenset(
    (
        *("accepted", "queued", "sending", "sent", "failed", "delivered", "undelivered", "receiving", "received"),
        *("scheduled", "read", "canceled"),
    )
)
WORDS: Final = {
    30005: "unknown destination",
    30008: "unknown error",
    30410: "it is not known whether the carrier has sent it",
}
"""What the codes of messages and faxes mean."""

_LIST: Final = original_if_permitted(
    Action.MESSAGE_LIST, Action.MESSAGE_ORIGINALS, Scope.MESSAGES_ORIGINAL, callers_own(resources.own_project)
)
_READ: Final = original_if_permitted(
    Action.MESSAGE_READ, Action.MESSAGE_ORIGINAL, Scope.MESSAGES_ORIGINAL, sid(resources.message)
)


@get(paths("Messages"), opt=_LIST, include_in_schema=False)
async def list_messages(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[bytes]:
    """List the project's messages, newest first, by `To`, `From`, `Status` and `DateSent`."""
    check_query(request, "To", "From", "Status", date="DateSent")
    telephony = installation.telephony
    page = await telephony.messages.page(
        access,
        message_filter(request, access, installation),
        ask_of(request, telephony.cursors, access.project),
        original=access.action is Action.MESSAGE_ORIGINALS,
    )
    return page_answer(request, "messages", page, shown, telephony.cursors, access.project, "Messages")


@get(paths("Messages/{sid:str}", item=True), opt=_READ, include_in_schema=False)
async def read_message(access: NamedDependency[Access], installation: NamedDependency[Installation]) -> Response[bytes]:
    """Show one message."""
    original = access.action is Action.MESSAGE_ORIGINAL
    return answer(shown(await installation.telephony.messages.read(access, original=original)))


@post(
    paths("Messages"),
    status_code=201,
    opt=act(Action.MESSAGE_CREATE, callers_own(resources.own_project)),
    include_in_schema=False,
)
async def create_message(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[bytes]:
    """Send a message from one of the project's numbers; it is queued, and sent a moment later."""
    form = await form_of(request)
    sender, recipient = ends_of(form)
    check_can_be_done(form)
    attachments = await media_of(installation, form)
    draft = Draft(from_number=sender, to_number=recipient, body=form.one("Body") or "", attachments=attachments)
    if not draft.body and not attachments:
        raise Coded(NOTHING_TO_SEND, "the message has neither text nor media", advice="Give Body or MediaUrl.")
    message = await installation.telephony.writing.send(access, draft)
    return answer(await _just_sent(installation, access, message, draft), 201)


@post(
    paths("Messages/{sid:str}", item=True),
    status_code=200,
    opt=act(Action.MESSAGE_REDACT, sid(resources.message)),
    include_in_schema=False,
)
async def update_message(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[bytes]:
    """Redact a message: a blank `Body` erases its text for good, and the fact of the message stays."""
    form = await form_of(request)
    if form.one("Body") != "":
        raise BadInput("a message can be blanked and not be rewritten", advice="Send `Body` without a value.")
    redacted = answer(shown(await installation.telephony.messages.redact(access)))
    redacted.headers.update(deletion_header(access))
    return redacted


@delete(
    paths("Messages/{sid:str}", item=True),
    opt=act(Action.MESSAGE_DELETE, sid(resources.message)),
    include_in_schema=False,
)
async def delete_message(
    access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[None]:
    """Remove a message with its media for good."""
    await installation.telephony.messages.delete(access)
    return gone(access)


def message_filter(request: Request[Any, Any, Any], access: Access, installation: Installation) -> MessageFilter:
    """Return which messages a query asks for; raises BadInput for a number, status or date that is none."""
    sender, recipient = number_in(request, "From"), number_in(request, "To")
    status = str(request.query_params.get("Status") or "") or None
    if status is not None and status not in _STATUSES:
        raise BadInput("there is no such status", advice=f"Choose from {', '.join(sorted(_STATUSES))}.")
    earliest, latest = dates_in(request, "DateSent")
    index = installation.telephony.index
    return MessageFilter(
        from_index=None if sender is None else index.of(access.tenant, sender),
        to_index=None if recipient is None else index.of(access.tenant, recipient),
        status=status,
        sent_from=earliest,
        sent_until=latest,
    )


def ends_of(form: Form, no_recipient: int = NO_RECIPIENT, no_sender: int = NO_SENDER) -> tuple[str, str]:
    """Return the numbers to send from and to, under the codes that the vendors have for missing and bad ones."""
    sender, recipient = form.one("From"), form.one("To")
    if not recipient:
        raise Coded(no_recipient, "a `To` number is required")
    if not sender:
        raise Coded(no_sender, "a `From` number is required", advice="Send from a number of the project's own.")
    try:
        recipient = parse_number(recipient, "`To`")
    except BadInput as error:
        raise Coded(BAD_RECIPIENT, error.message, advice=error.advice) from None
    try:
        return parse_number(sender, "`From`"), recipient
    except BadInput as error:
        raise Coded(BAD_SENDER, error.message, advice=error.advice) from None


async def media_of(installation: Installation, form: Form) -> list[bytes]:
    """Return the files that `MediaUrl` names, fetched from hosts that may be called, under the vendors' code."""
    urls = form.all("MediaUrl")
    if len(urls) > MOST_MEDIA:
        raise Coded(BAD_MEDIA, f"more than {MOST_MEDIA} `MediaUrl` were given", advice="Send it in parts.")
    try:
        return await installation.telephony.fetching.all(urls)
    except BadInput as error:
        raise Coded(BAD_MEDIA, f"`MediaUrl`: {error.message}", advice=error.advice) from None


async def _just_sent(installation: Installation, access: Access, message: UUID, draft: Draft) -> Mapping[str, Any]:
    """Return what the sender is told: its own text, redacted like every other answer, and that it waits."""
    now = installation.clock.now()
    [text] = await installation.telephony.writing.as_shown(draft.body)
    counted = {"segments": segments_of(draft.body), "media": len(draft.attachments)}
    facts = {"direction": "outbound-api", "status": "queued", "error_code": None, **counted}
    times = {"created_at": now, "sent_at": None, "updated_at": now}
    return _written(message, access.project, facts | times, draft.from_number, draft.to_number, text)


def shown(message: Message) -> Mapping[str, Any]:
    """Return a message with the vendors' keys."""
    row = message.row
    facts = {name: getattr(row, name) for name in row.__struct_fields__}
    return _written(row.id, row.project_id, facts, message.parties.from_number, message.parties.to_number, message.body)


def _written(
    message: UUID, account: UUID, facts: Mapping[str, Any], sender: str, recipient: str, body: str
) -> Mapping[str, Any]:
    uri = uri_of(account, f"Messages/{message}")
    return {
        "sid": str(message),
        "account_sid": str(account),
        "api_version": VERSION,
        "body": body,
        "num_segments": str(facts["segments"]),
        "num_media": str(facts["media"]),
        "direction": facts["direction"],
        "from": sender,
        "to": recipient,
        "status": facts["status"],
        "error_code": facts["error_code"],
        "error_message": WORDS.get(facts["error_code"] or 0),
        "price": None,
        "price_unit": "USD",
        "messaging_service_sid": None,
        "date_created": rfc2822(facts["created_at"]),
        "date_sent": rfc2822(facts["sent_at"]),
        "date_updated": rfc2822(facts["updated_at"]),
        "uri": f"{uri}.json",
        "subresource_uris": {"media": f"{uri}/Media.json"},
    }
