"""What is to be recorded, what its recording returns, and the mac that keeps others from recording in our name."""

import hmac
import struct
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from privity.errors import BadInput, TooLarge
from privity.ledger import MAX_BODY, canonical, check_name

MAX_DETAIL = 65_536  # bytes

_DOMAIN = b"privity/inbox@v1"
_LENGTHS = struct.Struct(">4I")


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
    mac: bytes


def inbox_row(entry: Entry, mac_key: bytes) -> InboxRow:
    """Return the row for an entry; raise BadInput or TooLarge if it cannot become a leaf."""
    body = canonical(entry.body)
    if len(body) > MAX_BODY:
        raise TooLarge(f"A ledger body is larger than {MAX_BODY} bytes.", advice="Record ids, never content.")
    if entry.detail is not None and len(entry.detail) > MAX_DETAIL:
        raise TooLarge(f"A sealed ledger detail is larger than {MAX_DETAIL} bytes.")
    log, kind = check_name(entry.log, "The log of an entry"), check_name(entry.kind, "The kind of an entry")
    unsigned = InboxRow(log, entry.id.bytes, kind, body, entry.detail, b"")
    return InboxRow(log, unsigned.entry_id, kind, body, entry.detail, inbox_mac(unsigned, mac_key))


def inbox_mac(row: InboxRow, mac_key: bytes) -> bytes:
    """Return HMAC-SHA256 over the other columns of a row, their lengths before them, so that no two rows read alike."""
    detail = b"" if row.detail is None else b"\x01" + row.detail
    log, kind = row.log.encode(), row.kind.encode()
    lengths = _LENGTHS.pack(len(log), len(kind), len(row.body), len(detail))
    text = b"".join((_DOMAIN, lengths, row.entry_id, log, kind, row.body, detail))
    return hmac.digest(mac_key, text, "sha256")


def check_mac_key(mac_key: bytes) -> bytes:
    """Return the key of the inbox if it is 32 bytes; raise BadInput otherwise."""
    if len(mac_key) != 32:
        raise BadInput("The mac key of the inbox is not 32 bytes.")
    return bytes(mac_key)
