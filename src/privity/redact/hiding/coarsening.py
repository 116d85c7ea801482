"""What may stay of a value where a policy says so: the year of a date, three digits of a ZIP code, an age as `90+`.

These are the exceptions that Safe Harbor itself makes (45 CFR 164.514(b)(2)(i)(B) and (C)). Whatever is not clear stays
hidden: a date that cannot be read, a year that may tell an age above 89, a ZIP code that is none.
"""

import re
from datetime import date
from functools import cache
from typing import Final

import msgspec
from msgspec import Struct

from privity.redact.hiding.dates.calendar_dates import read_date
from privity.redact.labels import Label
from privity.redact.policies.policy import Ages, Dates, Policy, Zips
from privity.redact.reading.folding import fold
from privity.redact.reading.spoken_numbers import spoken_digits
from privity.redact.reading.vocabulary import packaged

_OLDEST: Final = 89
_MILITARY: Final = frozenset({*map("{:03}".format, range(90, 100)), "340", *map(str, range(962, 967)), "569"})
_LENGTHS: Final = frozenset({5, 9})


class _Zip3(Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    source: str
    effective_from: str
    reviewed_on: str
    sparse: frozenset[str]
    assigned: tuple[str, ...]


@cache
def _listed() -> tuple[frozenset[str], frozenset[str]]:
    """Return the three-digit prefixes that are assigned, and those where few people live."""
    table = msgspec.toml.decode(packaged("privity.redact", "lists/zip3.toml"), type=_Zip3)
    ranges = (entry.partition("-") for entry in table.assigned)
    assigned = {f"{prefix:03}" for first, _, last in ranges for prefix in range(int(first), int(last or first) + 1)}
    return frozenset(assigned), table.sparse


@cache
def unassigned_zips() -> tuple[str, ...]:
    """Return the first three digits of ZIP codes that nobody has, not even soldiers and offices abroad."""
    assigned, _ = _listed()
    return tuple(prefix for prefix in map("{:03}".format, range(1000)) if prefix not in assigned | _MILITARY)


def zip3(value: str) -> str | None:
    """Return the first three digits of a US ZIP code, `000` where 20,000 people or fewer live, None for other codes."""
    digits = "".join(character for character in fold(value) if character.isdigit())
    if any(character.isalpha() for character in value):
        digits = _said(fold(value))
        return zip3(digits) if len(digits) in _LENGTHS else None
    if len(digits) not in _LENGTHS:
        return "000"
    assigned, sparse = _listed()
    return digits[:3] if digits[:3] in assigned - sparse else "000"


def _said(value: str) -> str:
    """Return the digits of a code that is said digit by digit, "zero two one three nine"; none of any other."""
    digits = [spoken_digits(word) for word in re.findall("[a-z]+", value.lower())]
    known = all(len(said) == 1 for said in digits) and not any(map(str.isdigit, value))
    return "".join(digits) if known else ""


def year_of(value: str, as_of: date | None, *, birth: bool) -> str | None:
    """Return the year of a date, or None when there is none to show.

    A year that may tell an age above 89 on the day `as_of` goes too, and so does every year of birth when that day is
    not known.
    """
    read = read_date(fold(value))
    if read is None or read.year is None or (birth and as_of is None):
        return None
    if as_of is not None and as_of.year - read.year > _OLDEST:
        return "90+" if birth else None
    return str(read.year)


def coarsened(policy: Policy, label: Label, value: str, as_of: date | None) -> str | None:
    """Return what may stay of a value under the policy, or None when it is to be hidden whole."""
    if label is Label.ZIP and policy.zips is Zips.THREE_DIGITS:
        return zip3(value)
    if label is Label.AGE and policy.ages is Ages.NINETY_PLUS:
        return "90+"
    if label in {Label.DATE, Label.DOB} and policy.dates is Dates.YEAR:
        return year_of(value, as_of, birth=label is Label.DOB)
    return None
