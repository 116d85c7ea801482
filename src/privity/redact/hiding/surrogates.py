"""Made-up values of the same kind and form, so that a hidden conversation still reads like one.

The same value becomes the same surrogate under one key: give one key for each conversation, or one for each tenant.
What is made up can belong to nobody: telephone numbers of fiction (555-01xx), addresses of documentation (RFC 2606,
5737, 3849, 7042), social security numbers that are never issued, card numbers whose check digit is wrong. Dates move by
one shift for each subject. What cannot be made up in its form gets its label.
"""

import hashlib
import hmac
import re
from collections.abc import Sequence
from functools import cache
from typing import Final

import msgspec
from msgspec import Struct

from privity.redact.checks import luhn
from privity.redact.hiding.canonical import DIGITAL, said_digits
from privity.redact.hiding.date_shift import DateShift
from privity.redact.hiding.made_up_names import MadeUpNames
from privity.redact.hiding.tokens import checked_key, keyed
from privity.redact.labels import Label
from privity.redact.reading.vocabulary import packaged

_STREET_WORD: Final = re.compile(
    r"\b(?:street|st|avenue|ave|road|rd|lane|ln|drive|dr|court|ct|place|way|boulevard|blvd)\b", re.IGNORECASE
)
_LONGEST_CARD: Final = 19  # digits
_UNMADE: Final = frozenset({Label.PASSWORD, Label.OTHER_LANGUAGE, Label.UNCERTAIN})
_EXTENSION: Final = re.compile(r",?\s*(?:x|ext\.?|extension)\s*[0-9]{1,6}$", re.IGNORECASE)
_HARDWARE: Final = re.compile(r"[0-9A-Fa-f]{2}(?:[:-][0-9A-Fa-f]{2}){5}")
_GROUPS: Final = re.compile(r"\d")


class _MadeUp(Struct, frozen=True, forbid_unknown_fields=True):
    streets: tuple[str, ...]
    suffixes: tuple[str, ...]
    towns: tuple[str, ...]


@cache
def _made_up() -> _MadeUp:
    return msgspec.toml.decode(packaged("privity.redact", "lists/made_up.toml"), type=_MadeUp)


class Surrogates:
    """Replaces values by made-up ones under one key; raises BadInput for a short key.

    `subject` is whom the dates are about: all of them move together.
    """

    derived, keeps_length = True, False

    def __init__(self, key: bytes, *, subject: str = "") -> None:
        self._key = checked_key(key)
        self._names = MadeUpNames(key)
        self._dates = DateShift(key, subject)

    def __repr__(self) -> str:
        return "Surrogates(hidden)"

    def instead(self, label: Label, value: str) -> str:
        """Return a made-up value of the same kind, or the label where none can be made."""
        return self._made(label, value) or f"[{label}]"

    def going_on(self, _part: str) -> str:
        """Return nothing: the surrogate stands at the first place."""
        return ""

    def _made(self, label: Label, value: str) -> str | None:
        draw = _Draw(keyed(self._key, label, value))
        if label in {Label.DATE, Label.DOB}:
            return self._dates.shifted(value)
        if label in {Label.NAME, Label.EMAIL}:
            return self._names.instead(value) if label is Label.NAME else self._mailbox(draw)
        if label in {Label.ADDRESS, Label.LOCATION}:
            return _place(label, value, draw)
        if label in {Label.URL, Label.IP} or (label is Label.DEVICE and _HARDWARE.fullmatch(value)):
            return f"https://example.org/{draw.text(8)}" if label is Label.URL else _address(value, draw)
        if label in {Label.AGE, Label.EXPIRY}:
            return str(90 + draw.below(10)) if label is Label.AGE else f"{1 + draw.below(12):02}/{27 + draw.below(8)}"
        return None if label in _UNMADE else self._coded(label, value, draw)

    def _mailbox(self, draw: "_Draw") -> str:
        return f"{self._names.word(draw.text(6))}{draw.below(100):02}@example.{draw.of(('com', 'org', 'net'))}"

    def _coded(self, label: Label, value: str, draw: "_Draw") -> str | None:
        """Return digits for digits and letters for letters, in the form of the value."""
        digits = said_digits(value) if label in DIGITAL else ""
        form = value if any(character.isdigit() for character in value) or not digits else digits
        for _ in range(4):
            made = "".join(_like(character, draw) for character in form)
            if label is Label.PHONE:
                number = _EXTENSION.sub("", form)
                made = _fictional_phone(made[: len(number)], draw) + _digits_like(form[len(number) :], draw)
            elif label is Label.SSN:
                made = _unissued(made)
            elif label is Label.CARD:
                if sum(map(str.isdigit, form)) > _LONGEST_CARD:
                    return None  # track data, of which nothing may look like any
                made = _failing_luhn(_filled(made, "".join(filter(str.isdigit, form))[:2]))  # they tell the brand
            elif label is Label.ZIP:
                made = _filled(made, "000")
            elif label is Label.IBAN:
                made = value[:2] + "00" + made[4:]  # no check digits are 00
            if made != form:
                return made
        return None


class _Draw:
    """Choices that follow from a seed: the same seed, the same choices."""

    def __init__(self, seed: bytes) -> None:
        self._seed = seed
        self._count = 0

    def below(self, limit: int) -> int:
        self._count += 1
        return int.from_bytes(hmac.digest(self._seed, self._count.to_bytes(4), hashlib.sha256)[:8]) % limit

    def of(self, choices: Sequence[str]) -> str:
        return choices[self.below(len(choices))]

    def text(self, length: int) -> str:
        return "".join(chr(ord("a") + self.below(26)) for _ in range(length))


def _place(label: Label, value: str, draw: _Draw) -> str | None:
    words = _made_up()
    if label is Label.LOCATION:
        return draw.of(words.towns)
    if not _STREET_WORD.search(value):
        return None
    return f"{1 + draw.below(998)} {draw.of(words.streets)} {draw.of(words.suffixes)}"


def _like(character: str, draw: _Draw) -> str:
    if character.isdigit():
        return str(draw.below(10))
    if character.isalpha():
        letter = draw.text(1)
        return letter.upper() if character.isupper() else letter
    return character if character.isascii() else "x"


def _digits_like(form: str, draw: _Draw) -> str:
    return _GROUPS.sub(lambda _: str(draw.below(10)), form)


def _filled(form: str, digits: str) -> str:
    """Put digits over the first digits of a form."""
    given = iter(digits)
    return _GROUPS.sub(lambda old: next(given, old[0]), form)


def _fictional_phone(form: str, draw: _Draw) -> str:
    """555-0100 to 555-0199 are kept for fiction by the numbering plan, in every area."""
    count = sum(character.isdigit() for character in form)
    local = f"55501{draw.below(100):02}"
    if count < 7:
        return form
    area = f"{2 + draw.below(8)}{draw.below(9)}{draw.below(10)}" if count >= 10 else ""
    return _filled(form, ("1" * (count - 10) if count > 10 else "") + area + local)


def _unissued(form: str) -> str:
    """No social security number has 000 in its area; of one whose last four alone are said, only they are made up."""
    return _filled(form, "000") if sum(character.isdigit() for character in form) >= 9 else form


def _failing_luhn(form: str) -> str:
    digits = [character for character in form if character.isdigit()]
    if not digits or not luhn("".join(digits)):
        return form
    at = max(place for place, character in enumerate(form) if character.isdigit())
    return form[:at] + str((int(form[at]) + 1) % 10) + form[at + 1 :]


def _address(value: str, draw: _Draw) -> str:
    if value.count(":") == 5 or value.count("-") == 5:
        return f"00-00-5E-00-53-{draw.below(256):02X}"  # RFC 7042, for documentation
    if ":" in value:
        return f"2001:db8::{draw.below(65536):x}:{draw.below(65536):x}"  # RFC 3849
    return f"{draw.of(('192.0.2', '198.51.100', '203.0.113'))}.{1 + draw.below(254)}"  # RFC 5737
