"""Names for surrogates: a person's name becomes another of the same gender, where the gender is known.

Each list is one cycle that the key shuffles, and a name becomes its successor: so two names never become the same one,
no name stays itself, and a name is replaced alike whether it stands alone or with others. Names that stand in no list
are sent to a place of the list by the key.
"""

import hashlib
import hmac
import random
from functools import cache
from typing import Final

from privity.redact.reading.vocabulary import packaged

_LISTED: Final = {
    "male": ("dist.male.first", 600),
    "female": ("dist.female.first", 1200),
    "last": ("dist.all.last", 6000),
}
_TITLES: Final = frozenset(["mr", "mrs", "ms", "miss", "dr", "prof", "sir", "madam"])


@cache
def _ranked(kind: str) -> tuple[str, ...]:
    file, count = _LISTED[kind]
    return tuple(line[:15].split(None, 1)[0].lower() for line in packaged("names", file).splitlines()[:count])


@cache
def _kinds() -> dict[str, str]:
    """Return for each listed name its kind; a name of several kinds has the one in which it is more frequent."""
    kinds: dict[str, tuple[int, str]] = {}
    for kind in _LISTED:
        for rank, name in enumerate(_ranked(kind)):
            if name not in kinds or rank < kinds[name][0]:
                kinds[name] = (rank, kind)
    return {name: kind for name, (_, kind) in kinds.items()}


class MadeUpNames:
    """Replaces names under one key."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._next: dict[str, dict[str, str]] = {}

    def __repr__(self) -> str:
        return "MadeUpNames(hidden)"

    def instead(self, name: str) -> str:
        """Return another full name with as many parts; titles stay."""
        words = name.split()
        if len(words) > 2 and all(len(word.strip(".,-'")) == 1 for word in words):  # spelled out
            return " ".join(self.word("".join(words)))
        return " ".join(self._cased(word) for word in words)

    def _cased(self, word: str) -> str:
        bare = word.strip(".,'")
        if not bare or bare.lower() in _TITLES:
            return word
        made = "-".join(self.word(part) for part in bare.split("-"))
        made = made.upper() if bare.isupper() and len(bare) > 1 else made if bare.islower() else made.title()
        return word.replace(bare, made)

    def word(self, name: str) -> str:
        """Return another name of the same kind, in lower case; an initial becomes another initial."""
        name = name.lower()
        if len(name) == 1:
            return chr(ord("a") + (self._number(name) % 25 + ord(name) - ord("a") + 1) % 26) if name.isalpha() else name
        kind = _kinds().get(name, "last")
        followers = self._next.get(kind) or self._next.setdefault(kind, self._cycle(kind))
        if name in followers:
            return followers[name]
        pool = _ranked(kind)
        return pool[self._number(name) % len(pool)]

    def _cycle(self, kind: str) -> dict[str, str]:
        names = [name for name in _ranked(kind) if _kinds()[name] == kind]
        random.Random(hmac.digest(self._key, f"privity|names|{kind}".encode(), hashlib.sha256)).shuffle(names)  # noqa: S311 - seeded by the key on purpose
        return dict(zip(names, names[1:] + names[:1], strict=True))

    def _number(self, name: str) -> int:
        return int.from_bytes(
            hmac.digest(self._key, f"privity|name|{name}".encode(errors="surrogatepass"), hashlib.sha256)[:8]
        )
