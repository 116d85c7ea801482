"""What the name of a key, a header or a column tells of what stands under it."""

import re
from functools import cache
from typing import Final

import msgspec

from privity.redact.labels import Label
from privity.redact.reading.compact_days import compact_day
from privity.redact.reading.folding import fold
from privity.redact.reading.vocabulary import packaged

_OF_DAYS: Final = frozenset({"date", "dates", "day", "fecha", "dt", "dob", "dos", "dod", "birth", "datum"})
_WORDS: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


@cache
def _phrases() -> dict[str, Label]:
    table = msgspec.toml.decode(packaged("privity.redact", "lists/columns.toml"), type=dict[Label, tuple[str, ...]])
    return {phrase: label for label, phrases in table.items() for phrase in phrases}


_ALONE: Final = {"social": Label.SSN, "ss": Label.SSN, "taxpayer": Label.SSN}  # as the whole name, and not within one
_SMALL: Final = frozenset({
    "a", "alt", "contact", "current", "date", "de", "del", "full", "home", "id", "mailing", "new", "no", "num",
    "number", "numero", "of", "office", "on", "other", "patient", "primary", "s", "secondary", "the", "work", "your",
})  # fmt: skip


@cache
def _vocabulary() -> frozenset[str]:
    return _SMALL.union(*(phrase.split() for phrase in _phrases()))


def words_of_name(name: str) -> str:
    """Return the words of the name of a key or a column, apart and in lower case: "birth date" of "birthDate"."""
    return " ".join(word.lower() for word in _WORDS.findall(fold(name[:200])))


def is_name_of_column(text: str) -> bool:
    """Return whether a text is nothing but the name of a column: "Home Phone 2", not "Elm Street" or "Will License"."""
    words = words_of_name(text).split()
    return bool(words) and _vocabulary().issuperset(words)


def label_of_column(name: str) -> Label | None:
    """Return what stands under a name whatever it looks like, or None where the content has to tell.

    `ssn`, `Patient_First_Name`, `homePhone2` and `DOB (mm/dd)` tell; `id`, `note` and `name of ship` do not. The last
    phrase that is known decides, and a word such as `count` behind it takes it back.
    """
    words = [word.lower() for word in _WORDS.findall(fold(name)[:200])]
    if len(words) == 1 and words[0] in _ALONE:
        return _ALONE[words[0]]
    known = _phrases()
    for size in (3, 2, 1):
        for at in range(len(words) - size, -1, -1):
            phrase = " ".join(words[at : at + size])
            if phrase in known:
                after = words[at + size : at + size + 1]
                return (
                    None
                    if after and after[0] in {"count", "type", "status", "format", "valid", "of"}
                    else known[phrase]
                )
    return None


def names_days(name: str) -> bool:
    """Return whether days may stand under a name: `date`, `createdDate`, `fecha_alta`."""
    return not _OF_DAYS.isdisjoint(word.lower() for word in _WORDS.findall(fold(name)[:200]))


def day_under(name: str, value: object) -> Label | None:
    """Return DATE for eight digits that are a day under a name of days, which their form alone does not tell."""
    return Label.DATE if compact_day(str(value).strip()) and names_days(name) else None
