"""Telephone numbers: read in E.164, found by keyed hashes, shown only when their sealed form is opened."""

import hashlib
import hmac
import re
from typing import Final
from uuid import UUID

import msgspec
import phonenumbers

from privity.errors import BadInput
from privity.vault import Secret

_SPACING: Final = re.compile(r"[\s().\-]+")
_DIGITS: Final = re.compile(r"\+[0-9]+\Z")  # the library takes numbers out of other text, such as `whatsapp:+1…`
_SHORT_CODE: Final = re.compile(r"[2-9][0-9]{4,5}\Z")


class NotOwnNumber(BadInput):
    """A number to send or call from is none of the project's own."""


class Parties(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Both ends of a message, a fax or a call, as they are sealed."""

    from_number: str
    to_number: str

    def __repr__(self) -> str:
        """Show that there are two, not which."""
        return "Parties(hidden)"


def parse_number(text: str, what: str) -> str:
    """Return a number in E.164, such as `+15550100123`, or a short code of five or six digits.

    Raises BadInput, which names `what` and never repeats the text.
    """
    folded = _SPACING.sub("", text)
    if _SHORT_CODE.match(folded):
        return folded
    try:
        parsed = phonenumbers.parse(folded, None) if _DIGITS.match(folded) else None
    except phonenumbers.NumberParseException:
        parsed = None
    if parsed is None or not phonenumbers.is_possible_number(parsed):
        raise BadInput(f"{what} is not a telephone number", advice="Give it with its country: +15550100123.")
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


class NumberIndex:
    """Makes the keyed hashes that numbers are found by.

    The key is the installation's and is in no database. Within a tenant the hash is bound to the tenant, so equal
    numbers of two tenants look different; across the installation it only answers whose number it is. A hash tells
    which records share a number and nothing else, as long as the key stays secret: numbers are few enough to be tried.
    """

    def __init__(self, key: Secret) -> None:
        self._key = key

    def of(self, tenant: UUID, number: str) -> bytes:
        """Return the hash of a number inside one tenant."""
        return self._hash(b"tenant|" + tenant.bytes + number.encode())

    def across(self, number: str) -> bytes:
        """Return the hash that says whose number it is on this installation."""
        return self._hash(b"installation|" + number.encode())

    def _hash(self, message: bytes) -> bytes:
        return hmac.digest(self._key.reveal(), b"telephone number|" + message, hashlib.sha256)
