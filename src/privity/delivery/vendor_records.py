"""Records of a vendor's account, as its compatible interface gives them: only what is brought in is read."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Annotated, Final, TypeVar

import msgspec

from privity.errors import MALFORMED_JSON, Unreadable

Sid = Annotated[str, msgspec.Meta(pattern="^[A-Za-z0-9-]{1,64}$")]
"""What a record is called over there; it becomes part of paths, so it holds nothing that could lead elsewhere."""

_NAMES: Final = {"sender": "from", "recipient": "to"}


class VendorMessage(msgspec.Struct, frozen=True, kw_only=True, rename=_NAMES):
    """A message with its text; `num_media` says how many media it still has."""

    sid: Sid
    sender: str
    recipient: str
    direction: str
    status: str
    body: str | None = None
    num_media: int = 0
    date_created: str | None = None
    date_sent: str | None = None

    def __repr__(self) -> str:
        """Show which message, not what it says."""
        return f"VendorMessage({self.sid})"


class VendorMedia(msgspec.Struct, frozen=True, kw_only=True):
    """One of the media of a message."""

    sid: Sid


class VendorFax(msgspec.Struct, frozen=True, kw_only=True, rename=_NAMES):
    """A fax; `media_sid` names its pages while they are there."""

    sid: Sid
    sender: str
    recipient: str
    direction: str
    status: str
    media_sid: Sid | None = None
    date_created: str | None = None

    def __repr__(self) -> str:
        """Show which fax, not whom it went between."""
        return f"VendorFax({self.sid})"


class VendorRecording(msgspec.Struct, frozen=True, kw_only=True):
    """A recording of a call."""

    sid: Sid
    call_sid: Sid
    status: str
    channels: int = 1
    date_created: str | None = None


class _Named(msgspec.Struct, frozen=True):
    sid: Sid


AnyRecord = TypeVar("AnyRecord", VendorMessage, VendorMedia, VendorFax, VendorRecording)


def record_of(raw: msgspec.Raw, kind: type[AnyRecord]) -> AnyRecord:
    """Return one record of a page; raises Unreadable, which does not repeat it."""
    try:
        return msgspec.json.decode(raw, type=kind, strict=False)
    except MALFORMED_JSON:
        raise Unreadable("the vendor's record lacks what every such record has") from None


def sid_of(raw: msgspec.Raw) -> str:
    """Return the sid of a record that cannot be read otherwise, or nothing."""
    try:
        return msgspec.json.decode(raw, type=_Named).sid
    except MALFORMED_JSON:
        return ""


def moment_of(text: str | None) -> datetime:
    """Return a moment of the vendor, RFC 2822 or ISO 8601, in UTC when it does not say; raises Unreadable."""
    try:
        found = datetime.fromisoformat(text or "") if (text or "")[:1].isdigit() else parsedate_to_datetime(text or "")
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, TypeError, OverflowError):  # the last for a moment that has no year in UTC
        raise Unreadable("the vendor's record has no date that can be read") from None
