"""What is to be recorded, what its recording returns, and the mac that keeps others from recording in our name."""

import hashlib
import struct
from collections.abc import Mapping
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from privity.errors import BadInput, TooLarge
from privity.ledger import MAX_BODY, canonical, check_name

MAX_DETAIL = 65_536  # bytes

_DOMAIN = b"privity/inbox@v1"
_LENGTHS = struct.Struct(">5I")
_BLOCK = 64  # bytes of a block of SHA-256


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One entry to be: its id, its log (`platform` or a tenant's id), its kind, its body and its sealed detail.

    The body holds opaque ids and words of our own, at most 7,680 bytes as canonical JSON. What is sensitive goes sealed
    into `detail` and as a `commitment` into the body. Index and time are the sequencer's.
    """

    id: UUID
    log: str
    kind: str
    body: dict[str, Any]
    detail: bytes | None = None


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """Says that an entry stands in its log at this index, under a signed checkpoint."""

    log: str
    entry_id: UUID
    index: int


class InboxRow(NamedTuple):
    """An entry as it waits in `ledger.inbox`, in the order of the columns."""

    log: str
    entry_id: bytes  # the 16 bytes of the UUID; building objects for thousands of them a second shows
    kind: str
    body: bytes
    detail: bytes | None
    about: bytes | None  # the 16 bytes of the id of what it tells of
    mac: bytes


class InboxMac:
    """HMAC-SHA256 (RFC 2104) over the columns of inbox rows.

    The key is worked in once and copied for every row: preparing it costs more than hashing a row does.
    """

    def __init__(self, key: bytes) -> None:
        if len(key) != 32:
            raise BadInput("The mac key of the inbox is not 32 bytes.")
        block = key.ljust(_BLOCK, b"\0")
        self._inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in block))
        self._outer = hashlib.sha256(bytes(byte ^ 0x5C for byte in block))

    def __repr__(self) -> str:
        return "<InboxMac>"

    def over(
        self, log: str, entry_id: bytes, kind: str, body: bytes, detail: bytes | None, about: bytes | None
    ) -> bytes:
        """Return the mac of a row: over its columns, their lengths before them, so that no two rows read alike."""
        detail = b"" if detail is None else b"\x01" + detail
        about = about or b""
        lengths = _LENGTHS.pack(len(log), len(kind), len(body), len(detail), len(about))
        inner, outer = self._inner.copy(), self._outer.copy()
        inner.update(b"".join((_DOMAIN, lengths, entry_id, (log + kind).encode(), body, detail, about)))
        outer.update(inner.digest())
        return outer.digest()


def inbox_row(entry: Entry, mac: InboxMac) -> InboxRow:
    """Return the row for an entry; raise BadInput or TooLarge if it cannot become a leaf."""
    body = canonical(entry.body)
    if len(body) > MAX_BODY:
        raise TooLarge(f"A ledger body is larger than {MAX_BODY} bytes.", advice="Record ids, never content.")
    if entry.detail is not None and len(entry.detail) > MAX_DETAIL:
        raise TooLarge(f"A sealed ledger detail is larger than {MAX_DETAIL} bytes.")
    log, kind = check_name(entry.log, "The log of an entry"), check_name(entry.kind, "The kind of an entry")
    columns = (log, entry.id.bytes, kind, body, entry.detail, about(entry.body))
    return InboxRow(*columns, mac.over(*columns))


def about(body: Mapping[str, Any]) -> bytes | None:
    """Return the id of the thing that a body tells of: what the act made, or what it was done to. No evidence."""
    thing = body.get("made")
    if thing is None and isinstance(resource := body.get("resource"), Mapping):
        thing = resource.get("id")
    try:
        return UUID(thing).bytes if isinstance(thing, str) else None
    except ValueError:
        return None
