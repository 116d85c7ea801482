"""The words and phrases of Spanish and French that `romance` looks for, as `lists/romance.toml` explains them."""

from collections.abc import Mapping
from functools import cache

import msgspec
from msgspec import Struct

from privity.redact.languages.signs import common_words
from privity.redact.reading.vocabulary import packaged

Phrases = dict[str, list[tuple[tuple[str, ...], str]]]  # by first word: all words, and the label that they announce


class _Listed(Struct, frozen=True, forbid_unknown_fields=True):
    numbers: str
    months: str
    joiners: str
    units: str
    at: str
    titles: str
    names: tuple[str, ...]
    places: tuple[str, ...]
    ends: str
    cues: dict[str, tuple[str, ...]]


class Lists:
    """The words of one language, as sets, and its phrases by their first word, the longest first."""

    def __init__(self, language: str, listed: _Listed) -> None:
        words = {name: frozenset(getattr(listed, name).split()) for name in ("numbers", "months", "joiners", "units")}
        self.numbers, self.months = words["numbers"], words["months"]
        self.joiners, self.units = words["joiners"], words["units"]
        self.at, self.titles = frozenset(listed.at.split()), frozenset(listed.titles.split())
        self.ends = frozenset(listed.ends.split())
        self.names, self.places = (
            _by_first(dict.fromkeys(listed.names, "")),
            _by_first(dict.fromkeys(listed.places, "")),
        )
        labels = {phrase: label for label, phrases in listed.cues.items() for phrase in phrases}
        self.cues = _by_first(labels)
        self.common = common_words(language) | self.numbers | self.months | self.joiners | self.units | self.titles
        self.common |= {word for phrase in (*labels, *listed.names, *listed.places) for word in phrase.split()}
        self.plain = self.common - self.numbers - self.joiners


def _by_first(phrases: Mapping[str, str]) -> Phrases:
    found: Phrases = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        first, *_ = words = phrase.split()
        found.setdefault(first, []).append((tuple(words), phrases[phrase]))
    return found


@cache
def lists_of_languages() -> dict[str, Lists]:
    """Return the lists by language; read once from the package."""
    raw = msgspec.toml.decode(packaged("privity.redact", "lists/romance.toml"), type=dict[str, _Listed])
    return {language: Lists(language, listed) for language, listed in raw.items()}
