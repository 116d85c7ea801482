"""What is kept of a conversation: redacted turns and the findings that say what was hidden and why. Nothing else."""

from typing import Final
from uuid import UUID

import msgspec

from privity.redact import Finding, RedactedTurns
from privity.vault import BlobPlace, Place, Plaintext, Record

_SCHEMA_VERSION: Final = 1


class KeptTurn(msgspec.Struct, frozen=True):
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


def kept_of(redacted: RedactedTurns) -> Content:
    """Return what may be kept of a redacted conversation."""
    return Content(tuple(KeptTurn(turn.speaker, turn.text.strip()) for turn in redacted.turns), redacted.findings)


def encode(content: Content) -> Plaintext:
    """Return the content as bytes to be sealed."""
    return Plaintext(msgspec.json.encode(content))


def decode(opened: Plaintext) -> Content:
    """Return the content of opened bytes; a record with a field too many, such as an original, is refused."""
    return msgspec.json.decode(opened.reveal(), type=Content)


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
