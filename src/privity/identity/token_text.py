"""The written form of a bearer token: `privity_<tenant>_<id>_<secret>_<checksum>`."""

import base64
import os
import re
import zlib
from collections.abc import Callable
from typing import Final
from uuid import UUID

import msgspec

from privity.errors import NotAuthenticated

_FORM: Final = re.compile(r"(privity_([a-z2-7]{26})_([a-z0-9]{10})_([a-z2-7]{52}))_([a-z2-7]{7})\Z")
_ID_ALPHABET: Final = "0123456789abcdefghjkmnpqrstvwxyz"


class TokenText(msgspec.Struct, frozen=True):
    """A token as its holder has it; printing it shows the public id only."""

    tenant: UUID
    id: str
    secret: bytes

    def __repr__(self) -> str:
        """Show the public id; the secret is shown once, by `reveal`."""
        return f"TokenText({self.id})"

    def reveal(self) -> str:
        """Return the whole token, to be handed to its holder once."""
        body = f"privity_{letters_of(self.tenant.bytes)}_{self.id}_{letters_of(self.secret)}"
        return f"{body}_{checksum_of(body)}"

    @classmethod
    def parse(cls, text: str) -> "TokenText":
        """Return the parts of a token; raises NotAuthenticated for anything mistyped, cut short or foreign."""
        form = _FORM.match(text)
        if form is None or checksum_of(form[1]) != form[5]:
            raise not_accepted()
        return cls(UUID(bytes=bytes_of(form[2])), form[3], bytes_of(form[4]))


def new_token(tenant: UUID, randomness: Callable[[int], bytes] = os.urandom) -> TokenText:
    """Return a new token of a tenant: a public id of 50 random bits and a secret of 256."""
    return TokenText(tenant, new_public_id(randomness), randomness(32))


def new_public_id(randomness: Callable[[int], bytes] = os.urandom) -> str:
    """Return an id of 50 random bits that may be shown and logged."""
    return "".join(_ID_ALPHABET[byte & 31] for byte in randomness(10))


def not_accepted() -> NotAuthenticated:
    """Return the one refusal of tokens: whoever guesses does not learn which part was wrong."""
    return NotAuthenticated(
        "the bearer token is not accepted",
        advice="Check that it was copied whole, or ask the operator for a new one: `privity token create`.",
    )


def letters_of(raw: bytes) -> str:
    """Return bytes as lower-case base32 without padding."""
    return base64.b32encode(raw).decode().rstrip("=").lower()


def bytes_of(letters: str) -> bytes:
    """Return the bytes that `letters_of` wrote."""
    return base64.b32decode(letters.upper() + "=" * (-len(letters) % 8))


def checksum_of(body: str) -> str:
    """Return the CRC-32 of a text, which tells a typing error from a wrong secret without the database."""
    return letters_of(zlib.crc32(body.encode()).to_bytes(4))
