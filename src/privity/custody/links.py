"""Signed addresses of recordings: each names its maker, its recording and its rendition, and lives five minutes.

An address is no permission: what it asks for is decided anew when it is used, with the rights that its maker has then.
"""

import base64
import binascii
import hmac
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

import msgspec

from privity.custody.renditions import FileFormat
from privity.errors import Refused
from privity.vault import Secret

LIFE: Final = timedelta(minutes=5)
_FORMATS: Final = (FileFormat.WAV, FileFormat.MP3)
_MAC_BYTES: Final = 32


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """What a signed address says: who made it (a token's id, or `session:` and a session's), for what, until when."""

    tenant: UUID
    maker: str
    recording: UUID
    file_format: FileFormat
    original: bool
    expires_at: datetime


class Links:
    """Writes signed addresses and reads them again; `life` is at most five minutes."""

    def __init__(self, key: Secret) -> None:
        self._key = key

    def text(self, link: Link) -> str:
        """Return the signed text of an address."""
        flags = bytes([_FORMATS.index(link.file_format) << 1 | link.original])
        seconds = int(link.expires_at.timestamp()).to_bytes(8)
        raw = link.tenant.bytes + link.recording.bytes + flags + seconds + link.maker.encode("ascii")
        return base64.urlsafe_b64encode(raw + self._mac(raw)).decode().rstrip("=")

    def read(self, text: str, now: datetime) -> Link:
        """Return what an address says; raises Refused for one that was altered, is not ours, or has expired."""
        try:
            whole = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        except (binascii.Error, ValueError):
            whole = b""
        raw, mac = whole[:-_MAC_BYTES], whole[-_MAC_BYTES:]
        if len(raw) < 42 or not hmac.compare_digest(mac, self._mac(raw)):
            raise _not_good()
        link = Link(
            tenant=UUID(bytes=raw[:16]),
            recording=UUID(bytes=raw[16:32]),
            file_format=_FORMATS[raw[32] >> 1],
            original=bool(raw[32] & 1),
            expires_at=datetime.fromtimestamp(int.from_bytes(raw[33:41]), UTC),
            maker=raw[41:].decode("ascii"),
        )
        if not now < link.expires_at <= now + LIFE + timedelta(seconds=1):
            raise _not_good()
        return link

    def _mac(self, raw: bytes) -> bytes:
        return hmac.digest(self._key.reveal(), b"link|" + raw, "sha256")


def _not_good() -> Refused:
    return Refused("the address is not good, or not any more", advice="Ask for a new one; it lives five minutes.")
