"""What is kept of a conversation: redacted turns and the findings that say what was hidden and why. Nothing else."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Final, TypeVar
from uuid import UUID

import msgspec

from privity.errors import SealBroken
from privity.redact import Finding, RedactedTurns, Redactor, Turn
from privity.vault import BlobPlace, Place, Plaintext, Record

_SCHEMA_VERSION: Final = 1
_LONGEST_SPEAKER: Final = 40

T = TypeVar("T")
R = TypeVar("R")


class KeptTurn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One turn as it may be shown."""

    speaker: str
    text: str

    def __repr__(self) -> str:
        """Show that there is a turn, not what it says."""
        return "KeptTurn(hidden)"


class Content(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The sealed part of a record. There is no field that an original could stand in, and unknown ones are refused."""

    turns: tuple[KeptTurn, ...]
    findings: tuple[Finding, ...]

    def __repr__(self) -> str:
        """Show sizes only."""
        return f"Content(turns={len(self.turns)}, findings={len(self.findings)})"

    @property
    def redacted_text(self) -> str:
        """The conversation as text, one turn a line."""
        return "\n".join(f"{turn.speaker}: {turn.text}" for turn in self.turns)


async def redacted_beside(redactor: Redactor, turns: Sequence[Turn]) -> RedactedTurns:
    """Return the turns redacted by a thread beside the event loop, for which a conversation of hours is too long."""
    return await _beside(redactor.redact_turns, turns)


async def texts_redacted_beside(redactor: Redactor, texts: Sequence[str]) -> list[str]:
    """Return each text redacted, likewise beside the event loop: a page of messages may hold a thousand."""
    return [redacted.text for redacted in await _beside(redactor.redact_texts, texts)]


async def _beside(redact: Callable[[Sequence[T]], R], originals: Sequence[T]) -> R:
    """Return what a thread made of the originals; it lets go of them before anybody learns that it is done."""
    given = list(originals)

    def run() -> R:
        try:
            return redact(given)
        finally:
            given.clear()

    return await asyncio.to_thread(run)


def kept_of(redacted: RedactedTurns) -> Content:
    """Return what may be kept of a redacted conversation."""
    return Content(
        tuple(KeptTurn(turn.speaker[:_LONGEST_SPEAKER], turn.text.strip()) for turn in redacted.turns),
        redacted.findings,
    )


def encode(content: Content) -> Plaintext:
    """Return the content as bytes to be sealed; raises SealBroken for what could not be read again as what it is."""
    encoded = Plaintext(msgspec.json.encode(content))
    decode(encoded)
    return encoded


def decode(opened: Plaintext) -> Content:
    """Return the content of opened bytes; raises SealBroken for a field too many, such as one with an original."""
    try:
        return msgspec.json.decode(opened.reveal(), type=Content)
    except msgspec.DecodeError:
        raise SealBroken("a record does not hold what a record may hold") from None


def content_record(tenant: UUID, conversation: UUID) -> Record:
    """Return the record whose key seals a conversation's content."""
    return Record(tenant=tenant, table="conversation", row=conversation)


def content_place(record: Record) -> Place:
    """Return the one place where the content opens."""
    return record.at("content", _SCHEMA_VERSION)


def source_record(tenant: UUID, conversation: UUID) -> Record:
    """Return the record whose key seals a conversation's source while it waits to be processed."""
    return Record(tenant=tenant, table="conversation_source", row=conversation)


def source_place(record: Record) -> BlobPlace:
    """Return the one place where the sealed source opens."""
    return BlobPlace(tenant=record.tenant, object=record.row, version=1)
