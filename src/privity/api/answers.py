"""What `/v1` answers with; every field is listed here and nothing else can leave."""

from datetime import datetime
from uuid import UUID

import msgspec
from litestar import Response

from privity.custody import Conversation, Opened
from privity.gate import Access


class FindingOut(msgspec.Struct, frozen=True):
    """One hidden span: what it was, which rule found it, why. Never the value."""

    label: str
    detector: str
    why: str
    score: float


class TurnOut(msgspec.Struct, frozen=True):
    """What one party said, redacted."""

    speaker: str
    text: str


class Accepted(msgspec.Struct, frozen=True):
    """A conversation that was taken in."""

    id: UUID
    state: str


class ConversationOut(msgspec.Struct, frozen=True, kw_only=True):
    """A conversation without its text. Times are UTC, `duration_ms` is milliseconds of audio."""

    id: UUID
    channel: str
    state: str
    refusal: str | None
    findings_count: int | None
    duration_ms: int | None
    created_at: datetime
    settled_at: datetime | None


class ConversationPage(msgspec.Struct, frozen=True):
    """Conversations, newest first; `next` goes into `after` for the following page."""

    conversations: list[ConversationOut]
    next: UUID | None


class ConversationShown(ConversationOut, frozen=True, kw_only=True):
    """A conversation with its redacted text."""

    redacted_text: str | None
    turns: list[TurnOut]
    findings: list[FindingOut]


class HistoryEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One ledger entry about a record; `cause` is the decision that an outcome belongs to."""

    index: int
    id: UUID
    at: str
    kind: str
    principal: str
    action: str
    status: int | None
    cause: str | None = None


class History(msgspec.Struct, frozen=True):
    """Every touch of a record, oldest first."""

    entries: list[HistoryEntry]


class DeletionAccepted(msgspec.Struct, frozen=True):
    """A deletion that was asked for; the record is invisible already."""

    deletion_id: UUID


class MissedAccepted(msgspec.Struct, frozen=True):
    """A mark of what was missed; shown to nobody from now on, taken out of the records by the worker."""

    missed_id: UUID
    state: str = "pending"


class WhoAmI(msgspec.Struct, frozen=True):
    """The caller as Privity sees it."""

    principal: str
    tenant_id: UUID
    project_id: UUID | None
    token_id: str
    scopes: list[str]


class CheckpointOut(msgspec.Struct, frozen=True):
    """The newest signed checkpoint of the tenant's log, as a C2SP note, and the public key to check it with."""

    checkpoint: str
    size: int
    root: str
    vkey: str
    witnessed: bool


def deletion_header(access: Access) -> dict[str, str]:
    """Return the header that names the deletion which an act requested, if it did: it leads to the certificate."""
    deletion = access.outcome.get("deletion")
    return {} if deletion is None else {"Privity-Deletion": str(deletion)}


def deletion_of(access: Access) -> DeletionAccepted:
    """Return the deletion that an act has requested."""
    return DeletionAccepted(UUID(str(access.outcome["deletion"])))


def gone(access: Access) -> Response[None]:
    """Return the empty answer to an act that has deleted something."""
    return Response(None, status_code=204, headers=deletion_header(access))


def conversation_out(conversation: Conversation) -> ConversationOut:
    """Return a conversation as lists show it."""
    return msgspec.convert(_fields(conversation), ConversationOut)


def conversation_shown(opened: Opened) -> ConversationShown:
    """Return a conversation as it is shown alone."""
    content = opened.content
    text = {
        "redacted_text": content.redacted_text if content else None,
        "turns": [TurnOut(turn.speaker, turn.text) for turn in content.turns] if content else [],
        "findings": [FindingOut(f.label, f.detector, f.why, f.score) for f in content.findings] if content else [],
    }
    return msgspec.convert(_fields(opened.conversation) | text, ConversationShown)


def _fields(conversation: Conversation) -> dict[str, object]:
    known: dict[str, object] = msgspec.structs.asdict(conversation)
    return known | {"findings_count": known.pop("findings")}
