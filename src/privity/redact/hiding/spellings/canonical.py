"""One form for a value however it was written or said, so that a token or a surrogate is the same for all of them.

`4111 1111 1111 1111`, `4111-1111...` and `four one one one ...` are one card; `Mary OKAFOR` and `Okafor, Mary` are one
name; a name that is spelled out is the name; `+1 415 555 0123` and `(415) 555-0123` are one telephone; `March 4, 1980`
and `1980-03-04` are one day. Only for comparing: the form is never shown.
"""

import re
from collections.abc import Callable
from typing import Final

from privity.redact.hiding.dates.calendar_dates import read_date
from privity.redact.hiding.dates.read_dates import DayOrder
from privity.redact.hiding.spellings import addresses_online
from privity.redact.hiding.spellings.codes_read import digits_in, read_code, said_digits, tokens_of
from privity.redact.hiding.spellings.expiry_months import expiry_month
from privity.redact.hiding.spellings.phone_numbers import dialled
from privity.redact.labels import RECORDS, Label
from privity.redact.reading.folding import NOTHING, fold
from privity.redact.reading.spelling import word_of

_DAYS: Final = frozenset({Label.DATE, Label.DOB})
_TITLES: Final = frozenset({"dr", "prof", "mr", "mrs", "ms", "mx", "miss", "sir", "madam"})
_BEHIND: Final = frozenset({"jr", "sr", "ii", "iii", "iv", "md", "rn", "phd"})
_EXPLAINED: Final = re.compile(r"[a-z] (?:as in|for|like) ", re.ASCII)
_POSSESSIVE: Final = re.compile(r"(?<=[a-z]{2})'s\b", re.ASCII)
_STREETS: Final = {
    "st": "street", "ave": "avenue", "av": "avenue", "rd": "road", "ln": "lane", "dr": "drive", "ct": "court",
    "pl": "place", "blvd": "boulevard", "hwy": "highway", "pkwy": "parkway", "cir": "circle", "ter": "terrace",
    "sq": "square", "apt": "apartment", "ste": "suite", "n": "north", "s": "south", "e": "east", "w": "west",
}  # fmt: skip
_PLACES: Final = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount"}


def canonical(label: Label, value: str, order: DayOrder | None = None) -> str:
    """Return the form of a value that all its spellings share.

    `order` is that of day and month where the figures of a date may be read either way; the month comes first in
    figures of which nothing tells, and where it is UNCLEAR the date has a form of its own.
    """
    if label in _DAYS:
        return _day(value, order) or _words(value)
    form = _FORMS.get(label)
    return (form is not None and form(value)) or _words(value)


def _day(value: str, order: DayOrder | None) -> str:
    read = read_date(fold(value).replace(NOTHING, ""), order)
    return "" if read is None else f"{read.year or ''}:{read.month or ''}:{read.day or ''}"


def _number(value: str) -> str:
    return said_digits(value) or read_code(value).text


def _code(value: str) -> str:
    return read_code(value).text


def _age(value: str) -> str:
    return said_digits(value) or digits_in(fold(value).lower())


def _device(value: str) -> str:
    return addresses_online.network(value) if addresses_online.is_hardware(value.strip()) else _code(value)


def _name(value: str) -> str:
    plain = _POSSESSIVE.sub("", fold(value).lower().replace(NOTHING, ""))
    if _EXPLAINED.match(plain):
        return word_of(plain)
    last, comma, first = plain.partition(",")
    words = _words(last).split()
    given = _words(first).split()
    if comma and words and given and "," not in first and not _BEHIND.issuperset(given):
        words = [*given, *words]  # "Okafor, Mary"
    else:
        words += given
    if len(words) > 1 and words[0] in _TITLES:
        words = words[1:]  # "Dr. Roth" is "Roth"
    return "".join(words) if all(len(word) == 1 for word in words) else " ".join(words)


def _town(value: str) -> str:
    words = _plain_words(value)
    return " ".join([*(_PLACES.get(word, word) for word in words[:1]), *words[1:]])


def _street(value: str) -> str:
    words, house = _plain_words(value), 0
    while house < len(words) and said_digits(words[house]):
        house += 1
    number = said_digits(" ".join(words[:house])) if house else ""
    return " ".join([*([number] if number else []), *(_STREETS.get(word, word) for word in words[house:])])


def _plain_words(value: str) -> list[str]:
    return [word.replace("'", "") for word in tokens_of(value)]


def _words(value: str) -> str:
    folded = fold(value).lower().replace(NOTHING, "").replace("'", "")
    kept = "".join(character if character.isalnum() or character in "@.:" else " " for character in folded)
    words = [word.strip(".:") for word in kept.split()]
    return "".join(words) if all(len(word) == 1 for word in words) else " ".join(filter(None, words))


def bare(value: str) -> str:
    """Return the letters and digits of a value in lower case, by which two values are told to look the same."""
    return "".join(character for character in fold(value).lower() if character.isalnum())


def all_digits(value: str) -> tuple[str, str]:
    """Return the digits that are written in a value, and all that are written or said, whatever stands between them."""
    written = "".join(character for character in fold(value) if "0" <= character <= "9")
    return written, digits_in(value)


_FORMS: Final[dict[Label, Callable[[str], str]]] = {
    **dict.fromkeys((Label.SSN, Label.CARD, Label.CVV, Label.ZIP), _number),
    **dict.fromkeys((*RECORDS, Label.IBAN), _code),
    Label.PHONE: dialled,
    Label.AGE: _age,
    Label.EXPIRY: expiry_month,
    Label.NAME: _name,
    Label.EMAIL: addresses_online.mailbox,
    Label.URL: addresses_online.page,
    Label.IP: addresses_online.network,
    Label.DEVICE: _device,
    Label.USERNAME: addresses_online.user,
    Label.ADDRESS: _street,
    Label.LOCATION: _town,
}
