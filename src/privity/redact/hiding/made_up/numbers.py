"""Made-up numbers and codes: digits for digits and letters for letters, in the form of the value.

A code becomes the one behind it in an order that the key decides, so that two codes of one form never become the same
one and none stays itself. Where a form has numbers that are never given out, it is one of those: telephone numbers
whose exchange begins with 0 or 1, or that begin with 000, social security numbers of the area 000, IBANs with the check
digits 00, ZIP codes of areas that have none; or one whose check digit is wrong, such as that of a card or a vehicle.
What has fewer than 10,000 values is not made up.
"""

import re
from collections.abc import Callable
from typing import Final

from privity.redact.checks import aba, dea, iban, luhn, npi, vin
from privity.redact.hiding.coarsening import unassigned_zips
from privity.redact.hiding.made_up.keyed_order import Draw, KeyedOrder, seeded
from privity.redact.hiding.spellings.canonical import canonical
from privity.redact.hiding.spellings.codes_read import read_code, said_digits
from privity.redact.hiding.spellings.phone_numbers import Phone, phone
from privity.redact.hiding.tokens import is_track
from privity.redact.labels import Label
from privity.redact.reading.folding import fold

_FEWEST_VALUES: Final = 10_000
_LONGEST: Final = 64  # letters and digits that are put in an order; more are drawn
_MOST_STEPS: Final = 100
_CARD_OPENING = 2  # digits that tell the brand
_LONG_CARD: Final = 12
_IMEI, _ROUTING, _PROVIDER = 15, 9, 10
_SSN: Final = 9
_ZIP, _ZIP_4 = 5, 9
_LOCAL = 7
_EXTENSION: Final = re.compile(r"\d+", re.ASCII)
_FIRST_OF_NOBODY: Final = "wz"  # no Canadian postal code begins so
_POSTAL_LETTERS: Final = "abceghjklmnprstvwxyz"


def made_up_number(key: bytes, value: str, label: Label) -> str | None:
    """Return a made-up number or code of a kind in the form of a value; None where there are too few to choose from."""
    if label is Label.PHONE:
        return _phone(key, phone(value))
    if label is Label.CARD and is_track(value):
        return None  # of which nothing may look like any
    if label is Label.USERNAME and " " in value.strip():
        value = canonical(label, value)  # said: "jane underscore doe"
    code, plain = _code_of(label, value)
    made = _made(key, label, code)
    return None if made is None else _poured(made, value, plain=plain)


def _code_of(label: Label, value: str) -> tuple[str, bool]:
    """Return the letters and digits of a value, and whether it has no form of its own, because it was said."""
    written = "".join(character for character in fold(value).lower() if character.isalnum())
    if label in {Label.CARD, Label.SSN, Label.ZIP} and (digits := said_digits(value)):
        return digits, digits != written
    read = read_code(value)
    return (read.text, True) if read.said else (written, False)


def _made(key: bytes, label: Label, code: str) -> str | None:
    digits = code.isdigit()
    if label is Label.CARD and digits and len(code) >= _LONG_CARD:
        opening, rest = code[:_CARD_OPENING], code[_CARD_OPENING:]
        made = _behind(key, "card", rest, lambda made: not luhn(opening + made))
        return made and opening + made
    if label is Label.SSN and digits and len(code) >= _SSN:
        return "000" + Draw(seeded(key, "ssn", code)).digits(len(code) - 3)
    if label is Label.ZIP:
        return _postal(key, code)
    if label is Label.IBAN and len(code) > 4:
        opening = code[:2] + "00"
        made = _behind(key, "iban", code[4:], lambda made: not iban((opening + made).upper()))
        return made and opening + made
    return _behind(key, label, code, _CHECKED.get(label, _anything))


def _postal(key: bytes, code: str) -> str | None:
    if code.isdigit() and len(code) in {_ZIP, _ZIP_4}:
        draw = Draw(seeded(key, "zip", code[:_ZIP]))
        made = draw.of(unassigned_zips()) + draw.digits(2)
        return made + Draw(seeded(key, "zip+4", code)).digits(len(code) - _ZIP)
    if [character.isdigit() for character in code] == [False, True] * 3:
        draw = Draw(seeded(key, "postal code", code))
        letters = [draw.of(_FIRST_OF_NOBODY), draw.of(_POSTAL_LETTERS), draw.of(_POSTAL_LETTERS)]
        return "".join(letter + draw.digits(1) for letter in letters)
    return _behind(key, Label.ZIP, code, _anything)


def _phone(key: bytes, read: Phone) -> str | None:
    """Return a number that nobody has, with another extension where it has one."""
    draw, size = Draw(seeded(key, "phone", read.digits)), len(read.digits)
    if size < _LOCAL:
        made = _behind(key, "phone", read.digits, _anything)
    elif size == _LOCAL:
        made = str(draw.below(2)) + draw.digits(size - 1)
    elif read.north_american:
        made = f"{2 + draw.below(8)}{draw.below(9)}{draw.below(10)}{draw.below(2)}{draw.digits(6)}"
    else:
        made = "000" + draw.digits(size - 3)
    if made is None:
        return None
    extension = _ordered(key, "extension", read.extension, _anything)
    return _dialled(made, read) + (_EXTENSION.sub(extension, read.tail) if extension else "")


def _dialled(made: str, read: Phone) -> str:
    """Return made-up digits in the form of a telephone number, with what is dialled before them."""
    number = fold(read.number)
    figures = "".join(character for character in number if character.isdigit())
    if not figures.endswith(read.digits) or any(map(str.isalpha, number)):
        return made
    given = iter(figures.removesuffix(read.digits) + made)
    return "".join(next(given) if character.isdigit() else character for character in number)


def _anything(_made: str) -> bool:
    return True


_CHECKED: Final[dict[Label, Callable[[str], bool]]] = {
    Label.BANK_ACCOUNT: lambda made: not (len(made) == _ROUTING and made.isdigit() and aba(made)),
    Label.LICENSE: lambda made: not (dea(made.upper()) or (len(made) == _PROVIDER and made.isdigit() and npi(made))),
    Label.VEHICLE: lambda made: not vin(made.upper()),
    Label.DEVICE: lambda made: not (len(made) == _IMEI and made.isdigit() and luhn(made)),
}


def _behind(key: bytes, kind: str, code: str, permits: Callable[[str], bool]) -> str | None:
    """Return the code behind one in the order of its form that may be shown; None where the form has too few."""
    return _ordered(key, kind, code, permits) if _values(code) >= _FEWEST_VALUES else None


def _values(code: str) -> int:
    size = 1
    for character in code:
        size *= _radix(character)
    return size


def _radix(character: str) -> int:
    return 10 if character.isdigit() else 26


def _ordered(key: bytes, kind: str, code: str, permits: Callable[[str], bool]) -> str | None:
    code = "".join(character for character in code if character.isdigit() or "a" <= character <= "z")
    if not code:
        return None
    if len(code) > _LONGEST:
        draw = Draw(seeded(key, kind, code))
        return "".join(_character(draw.below(_radix(character)), character) for character in code)
    order = _order(key, kind, "".join("0" if character.isdigit() else "a" for character in code))
    number = 0
    for character in code:
        number = number * _radix(character) + (int(character) if character.isdigit() else ord(character) - ord("a"))
    for _ in range(_MOST_STEPS):
        number = order.after(number)
        if permits(made := _spelled(number, code)):
            return made
    return None


def _order(key: bytes, kind: str, form: str) -> KeyedOrder:
    return KeyedOrder(key, f"{kind}|{form}", _values(form))


def _spelled(number: int, like: str) -> str:
    made = ""
    for character in reversed(like):
        number, rest = divmod(number, _radix(character))
        made = _character(rest, character) + made
    return made


def _character(number: int, like: str) -> str:
    return str(number) if like.isdigit() else chr(ord("a") + number)


def _poured(made: str, value: str, *, plain: bool) -> str:
    """Return letters and digits in the form of a value: its signs, blanks and capitals."""
    if plain:
        return made if made.isdigit() else made.upper()
    given, shown = iter(made), ""
    for character, folded in zip(value, fold(value), strict=True):
        if folded.isalnum():
            letter = next(given, "")
            shown += letter.upper() if character.isupper() else letter
        else:
            shown += folded
    return shown + "".join(given)
