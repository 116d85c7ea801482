"""Pages of records, newest first, whose cursors stay where they are while records are changed or deleted.

A cursor is the time and the id of the record where a page ended, not a count of records and not a record's row, so a
script may redact and delete what it walks through. It is bound to its tenant and project by a keyed hash.
"""

import base64
import binascii
import hmac
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final, Generic, Protocol, TypeVar
from uuid import UUID

import msgspec

from privity.errors import BadInput
from privity.vault import Secret

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MAC_BYTES: Final = 9


class Dated(Protocol):
    """A record that pages can hold."""

    @property
    def id(self) -> UUID:
        """Its id."""
        ...

    @property
    def created_at(self) -> datetime:
        """When it came."""
        ...


T = TypeVar("T", bound=Dated)


class Cursor(msgspec.Struct, frozen=True):
    """Where a page begins: at records older than this one, or newer ones with `newer`."""

    created_at: datetime
    id: UUID
    newer: bool = False


class Ask(msgspec.Struct, frozen=True, kw_only=True):
    """Which page is wanted: from a cursor on, or the one of that number."""

    size: int = 50
    number: int = 0
    cursor: Cursor | None = None

    @property
    def values(self) -> dict[str, object]:
        """The values that the statements of pages bind: one record more than wanted shows whether more follow."""
        at = self.cursor
        return {
            "older_at": None if at is None or at.newer else at.created_at,
            "older_id": None if at is None or at.newer else at.id,
            "newer_at": at.created_at if at is not None and at.newer else None,
            "newer_id": at.id if at is not None and at.newer else None,
            "limit": self.size + 1,
            "offset": 0 if at is not None else self.number * self.size,
        }


BOUNDS: Final = """
      AND (%(older_at)s::timestamptz IS NULL OR (r.created_at, r.id) < (%(older_at)s, %(older_id)s::uuid))
      AND (%(newer_at)s::timestamptz IS NULL OR (r.created_at, r.id) > (%(newer_at)s, %(newer_id)s::uuid))
"""
OLDER: Final = " ORDER BY r.created_at DESC, r.id DESC LIMIT %(limit)s OFFSET %(offset)s"
NEWER: Final = " ORDER BY r.created_at, r.id LIMIT %(limit)s"
"""The parts of a statement over a table `r` that make it a page."""


class Page(msgspec.Struct, Generic[T], frozen=True):
    """Records, newest first, and where the pages before and after them begin."""

    records: Sequence[T]
    previous: Cursor | None
    next: Cursor | None


def page_of(found: Sequence[T], ask: Ask) -> Page[T]:
    """Return the page that a statement found, with one record too many if there are more."""
    more = len(found) > ask.size
    shown = list(found[: ask.size])
    backwards = ask.cursor is not None and ask.cursor.newer
    if backwards:
        shown.reverse()
    if not shown:
        return Page([], None, None)
    older = Cursor(shown[-1].created_at, shown[-1].id)
    newer = Cursor(shown[0].created_at, shown[0].id, newer=True)
    has_newer = more if backwards else ask.cursor is not None or ask.number > 0
    return Page(shown, newer if has_newer else None, older if more or backwards else None)


def page_within(records: Sequence[T], ask: Ask) -> Page[T]:
    """Return the page of records that are all at hand, oldest first; a cursor says behind, or before, which one."""
    everything = sorted(records, key=_place)
    places = [_place(record) for record in everything]
    at = ask.cursor
    if at is None:
        start = ask.number * ask.size
    elif at.newer:
        start = max(0, bisect_left(places, (at.created_at, at.id)) - ask.size)
    else:
        start = bisect_right(places, (at.created_at, at.id))
    shown = everything[start : start + ask.size]
    if not shown:
        return Page([], None, None)
    before, behind = Cursor(*places[start], newer=True), Cursor(*_place(shown[-1]))
    return Page(shown, before if start else None, behind if start + len(shown) < len(everything) else None)


def _place(record: Dated) -> tuple[datetime, UUID]:
    return record.created_at, record.id


class Cursors:
    """Writes cursors as opaque text and reads them again."""

    def __init__(self, key: Secret) -> None:
        self._key = key

    def text(self, cursor: Cursor, project: UUID) -> str:
        """Return a cursor as text: `PA` before what follows, `PB` before what came before."""
        micros = (cursor.created_at - _EPOCH) // timedelta(microseconds=1)
        raw = micros.to_bytes(8) + cursor.id.bytes
        body = base64.urlsafe_b64encode(raw + self._mac(raw, cursor.newer, project)).decode().rstrip("=")
        return ("PB" if cursor.newer else "PA") + body

    def read(self, text: str, project: UUID) -> Cursor:
        """Return the cursor that a text stands for; raises BadInput for one that was not made for this project."""
        try:
            raw = base64.urlsafe_b64decode(text[2:] + "=" * (-(len(text) - 2) % 4))
        except (binascii.Error, ValueError):
            raw = b""
        newer = text.startswith("PB")
        whole = text.startswith(("PA", "PB")) and len(raw) == 24 + _MAC_BYTES
        if not whole or not hmac.compare_digest(raw[24:], self._mac(raw[:24], newer, project)):
            raise BadInput("the page token is none of this list", advice="Take it from next_page_uri, unchanged.")
        created_at = _EPOCH + timedelta(microseconds=int.from_bytes(raw[:8]))
        return Cursor(created_at, UUID(bytes=raw[8:24]), newer)

    def _mac(self, raw: bytes, newer: bool, project: UUID) -> bytes:
        message = b"cursor|" + project.bytes + bytes([newer]) + raw
        return hmac.digest(self._key.reveal(), message, "sha256")[:_MAC_BYTES]
