"""E-mail addresses of people: one spelling, found by a keyed hash, kept sealed."""

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Mapping
from typing import Final
from uuid import UUID

from privity.errors import BadInput, SealBroken
from privity.keys import TenantSeals
from privity.vault import Plaintext, Secret

# Without what mail programs read as something else than an address: comments, literals, quotes, lists, groups (RFC 5322
# section 3.2), and words that are encoded (RFC 2047). A code would go to another mailbox than the one that is shown.
_NOT_IN_PARTS: Final = r"@\s\x00-\x1f<>()\[\]\",;:\\"
_FORM: Final = re.compile(rf"(?!.*=\?)[^{_NOT_IN_PARTS}]{{1,64}}@[^{_NOT_IN_PARTS}.]+(\.[^{_NOT_IN_PARTS}.]+)*\Z")
_LONGEST: Final = 254


def normalised(address: str) -> str:
    """Return an address in the one spelling that it is found by; raises BadInput when it is none."""
    text = unicodedata.normalize("NFC", address.strip()).lower()
    if len(text) > _LONGEST or not _FORM.match(text):
        raise BadInput("the address is not an e-mail address", advice="Give it as name@example.org.")
    return text


class Addresses:
    """Seals addresses for a person's row, and finds the row by the address within one tenant."""

    def __init__(self, seals: TenantSeals, blind_key: Secret) -> None:
        self._seals = seals
        self._blind_key = blind_key

    def index(self, tenant: UUID, address: str) -> bytes:
        """Return the keyed hash that an address has in one tenant; in another it has another."""
        return hmac.digest(self._blind_key.reveal(), tenant.bytes + address.encode(), hashlib.sha256)

    async def seal(self, tenant: UUID, person: UUID, address: str) -> bytes:
        """Return the address sealed for one person."""
        return await self._seals.seal(tenant, person, Plaintext.of(address))

    async def open(self, tenant: UUID, person: UUID, sealed: bytes) -> str:
        """Return a person's address; raises SealBroken."""
        return (await self._seals.open(tenant, person, sealed)).text()

    async def open_many(self, tenant: UUID, sealed: Mapping[UUID, bytes]) -> dict[UUID, str]:
        """Return the addresses of many people by person, at one look for each key; raises SealBroken for any."""
        opened = await self._seals.open_many(tenant, sealed.items())
        if opened.keys() != sealed.keys():
            raise SealBroken("an address did not open")
        return {person: plaintext.text() for person, plaintext in opened.items()}
