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
        body = f"privity_{_letters(self.tenant.bytes)}_{self.id}_{_letters(self.secret)}"
        return f"{body}_{_checksum(body)}"

    @classmethod
    def parse(cls, text: str) -> "TokenText":
        """Return the parts of a token; raises NotAuthenticated for anything mistyped, cut short or foreign."""
        form = _FORM.match(text)
        if form is None or _checksum(form[1]) != form[5]:
            raise not_accepted()
        return cls(UUID(bytes=_bytes(form[2])), form[3], _bytes(form[4]))


def new_token(tenant: UUID, randomness: Callable[[int], bytes] = os.urandom) -> TokenText:
    """Return a new token of a tenant: a public id of 50 random bits and a secret of 256."""
    return TokenText(tenant, "".join(_ID_ALPHABET[byte & 31] for byte in randomness(10)), randomness(32))


def not_accepted() -> NotAuthenticated:
    """Return the one refusal of tokens: whoever guesses does not learn which part was wrong."""
    return NotAuthenticated(
        "the bearer token is not accepted",
        advice="Check that it was copied whole, or ask the operator for a new one: `privity token create`.",
    )


def _letters(raw: bytes) -> str:
    return base64.b32encode(raw).decode().rstrip("=").lower()


def _bytes(letters: str) -> bytes:
    return base64.b32decode(letters.upper() + "=" * (-len(letters) % 8))


def _checksum(body: str) -> str:
    return _letters(zlib.crc32(body.encode()).to_bytes(4))
