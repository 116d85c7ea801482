"""Names for surrogates: a person's name becomes another of the same gender, where the gender is known.

Each list is one cycle that the key shuffles, and a name becomes its successor: so two names never become the same one,
no name stays itself, and a name is replaced alike whether it stands alone or with others, with accents or without, in
any case. Names that stand in no list are sent by the key to a place of a longer list, which no listed name comes from.
Titles before a name and "Jr." behind it stay.
"""

import re
from functools import cache
from random import Random
from typing import Final

from privity.redact.hiding.made_up.keyed_order import seeded
from privity.redact.reading.folding import NOTHING, fold
from privity.redact.reading.spelling import word_of
from privity.redact.reading.vocabulary import packaged, vocabulary

_LISTED: Final = {
    "male": ("dist.male.first", 0, 600),
    "female": ("dist.female.first", 0, 1200),
    "last": ("dist.all.last", 0, 6000),
    "rare": ("dist.all.last", 6000, 26000),
}
_TITLES: Final = frozenset(["mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "madam"])
_BEHIND: Final = frozenset(["jr", "sr", "ii", "iii", "iv"])
_LINKS: Final = frozenset(["and", "or", "y", "et"])
_WORD: Final = re.compile(r"[^\s.,;:()\"/&-]+")
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
_EXPLAINED: Final = re.compile(r"[a-z] (?:as in|for|like) ", re.ASCII)


@cache
def _ranked(kind: str) -> tuple[str, ...]:
    file, first, behind = _LISTED[kind]
    lines = packaged("names", file).splitlines()[first:behind]
    return tuple(line[:15].split(None, 1)[0].lower() for line in lines)


@cache
def _kinds() -> dict[str, str]:
    """Return for each listed name its kind; a name of several kinds has the one in which it is more frequent."""
    kinds: dict[str, tuple[int, str]] = {}
    for kind in ("male", "female", "last"):
        for rank, name in enumerate(_ranked(kind)):
            if name not in kinds or rank < kinds[name][0]:
                kinds[name] = (rank, kind)
    return {name: kind for name, (_, kind) in kinds.items()}


@cache
def _rare() -> tuple[str, ...]:
    return tuple(name for name in _ranked("rare") if name not in _kinds())


class MadeUpNames:
    """Replaces names under one key."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._next: dict[str, dict[str, str]] = {}

    def __repr__(self) -> str:
        return "MadeUpNames(hidden)"

    def instead(self, name: str) -> str:
        """Return another full name with as many parts; titles stay."""
        return "".join(shown for shown, _ in self.parts(name))

    def parts(self, name: str) -> list[tuple[str, bool]]:
        """Return another full name in parts, and of each whether it is made up; the others stand as they stood."""
        if spelled := _spelled(name):
            return [(" ".join(self.word(spelled)), True)]
        words = list(_WORD.finditer(name))
        parts: list[tuple[str, bool]] = []
        at = 0
        for number, word in enumerate(words):
            first, last = number == 0, number == len(words) - 1
            parts.append((name[at : word.start()], False))
            parts.append(self._part(word[0], first=first, last=last))
            at = word.end()
        return [*parts, (name[at:], False)]

    def _part(self, word: str, *, first: bool, last: bool) -> tuple[str, bool]:
        said = _letters(word)
        stays = (said in _TITLES and first and not last) or (said in _BEHIND and last and not first)
        if stays or (said in _LINKS and not first and not last):
            return word, False
        base, owned = (word[:-2], word[-2:]) if _is_owned(word) else (word, "")
        made = self._cycle("particle")[said] if said in _particles() and not last else self.word(base)
        made = made.upper() if base.isupper() and len(base) > 1 else made if base.islower() else made.title()
        return made + owned, True

    def word(self, name: str) -> str:
        """Return another name of the same kind, in lower case; an initial becomes another initial."""
        name = _letters(name) or fold(name)
        if len(name) == 1 and name in _LETTERS:
            return self._cycle("initial")[name]
        kind = _kinds().get(name)
        if kind is not None:
            return self._cycle(kind)[name]
        pool, number = _rare(), int.from_bytes(seeded(self._key, "name", name)[:8])
        made = pool[number % len(pool)]
        return made if made != name else pool[(number + 1) % len(pool)]

    def _cycle(self, kind: str) -> dict[str, str]:
        """Return for each name of a kind the one behind it, in the order that the key decides."""
        if kind not in self._next:
            names = list(_LETTERS) if kind == "initial" else sorted(_particles()) if kind == "particle" else _of(kind)
            Random(seeded(self._key, "names", kind)).shuffle(names)  # noqa: S311 - seeded by the key on purpose
            self._next[kind] = dict(zip(names, names[1:] + names[:1], strict=True))
        return self._next[kind]


def _of(kind: str) -> list[str]:
    return [name for name in _ranked(kind) if _kinds()[name] == kind]


@cache
def _particles() -> frozenset[str]:
    return frozenset(particle for particle in vocabulary().name_particles if len(particle) > 1)


def _letters(word: str) -> str:
    """Return the letters of a name, by which it is the same in any case, with accents or without, and as somebody's."""
    plain = fold(word[:-2] if _is_owned(word) else word).lower()
    return "".join(letter for letter in plain if letter in _LETTERS)


def _is_owned(word: str) -> bool:
    return len(word) > 3 and fold(word[-2:]).lower() == "'s"


def _spelled(name: str) -> str:
    """Return the name that is spelled, letter by letter or with words that explain them; nothing for any other."""
    plain = fold(name).lower().replace(NOTHING, "")
    if _EXPLAINED.match(plain):
        return word_of(plain)
    letters = _WORD.findall(plain)
    return "".join(letters) if len(letters) > 2 and all(len(letter) == 1 for letter in letters) else ""
