"""Addresses from which a carrier fetches an attachment that it is to send: signed, for five minutes, and for it alone.

An address is no permission: what it asks for is decided when it is used, as an act of its own in the ledger.
"""

import base64
import binascii
import hmac
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

import msgspec

from privity.custody.attachments import Media
from privity.delivery.carrier_accounts import CarrierAccounts
from privity.errors import BadInput, Refused
from privity.vault import Secret

LIFE: Final = timedelta(minutes=5)
_LENGTH: Final = 16 * 4 + 8
_MAC_BYTES: Final = 32


class MediaLink(msgspec.Struct, frozen=True, kw_only=True):
    """What an address says: which attachment of which record it is for, at which carrier, until when."""

    tenant: UUID
    carrier: UUID
    media: UUID
    parent: UUID
    expires_at: datetime


class MediaLinks:
    """Writes addresses of attachments and reads them again."""

    def __init__(self, key: Secret) -> None:
        self._key = key

    def url(self, accounts: CarrierAccounts, tenant: UUID, carrier: UUID, media: Media, now: datetime) -> str:
        """Return the address of an attachment; raises BadInput while the installation has no public address."""
        until = int((now + LIFE).timestamp()).to_bytes(8)
        raw = tenant.bytes + carrier.bytes + media.id.bytes + media.parent_id.bytes + until
        text = base64.urlsafe_b64encode(raw + self._mac(raw)).decode().rstrip("=")
        found = accounts.callback(tenant, carrier, f"media/{text}")
        if found is None:
            raise BadInput(
                "the carrier cannot fetch media from here",
                advice="Set public_url to the address that this installation has for others.",
            )
        return found

    def read(self, text: str, tenant: UUID, carrier: UUID, now: datetime) -> MediaLink:
        """Return what an address says; raises Refused for one that was altered, is another's, or has expired."""
        try:
            whole = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        except (binascii.Error, ValueError):
            whole = b""
        raw, mac = whole[:-_MAC_BYTES], whole[-_MAC_BYTES:]
        if len(raw) != _LENGTH or not hmac.compare_digest(mac, self._mac(raw)):
            raise _not_good()
        ids = [UUID(bytes=raw[at : at + 16]) for at in range(0, 64, 16)]
        link = MediaLink(
            tenant=ids[0],
            carrier=ids[1],
            media=ids[2],
            parent=ids[3],
            expires_at=datetime.fromtimestamp(int.from_bytes(raw[64:]), UTC),
        )
        if (link.tenant, link.carrier) != (tenant, carrier) or not now < link.expires_at <= now + LIFE:
            raise _not_good()
        return link

    def _mac(self, raw: bytes) -> bytes:
        return hmac.digest(self._key.reveal(), b"media|" + raw, "sha256")


def _not_good() -> Refused:
    return Refused("the address is not good, or not any more", advice="It lives five minutes.")
