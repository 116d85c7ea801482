"""What a word tells of the language that it is in: the commonest words of many, and letters that English has not.

The lists stand in `lists/languages.toml`, folded to ASCII. Folding throws away what a reader sees first, so a word that
came in with a diacritic is judged again: "thể" is no "the", and "număr" is no noise.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import compress

import msgspec
from msgspec import Struct

from privity.redact.reading.lexicon import Asked, Bit, lexicon
from privity.redact.reading.transcript import Transcript, Words
from privity.redact.reading.vocabulary import packaged, vocabulary

_ELISION = re.compile(r"(?:qu|[cdjlmnst])'(?=[aehiouy])")
ENGLISH = Bit.WORD | Bit.FUNCTION | Bit.NUMBER | Bit.DERIVED | Bit.CALENDAR | Bit.TITLE | Bit.NO_NAME
NOT_SAID = Bit.DIGITS | Bit.MIXED | Bit.SPELLING | Bit.INITIAL | Bit.CAPITALS
_NAMES = Bit.GIVEN | Bit.SURNAME | Bit.FOREIGN_SURNAME | Bit.CAPITAL
_STRANGER = Asked(lambda bits: bits & Bit.LETTERS != 0 and not bits & (ENGLISH | NOT_SAID | _NAMES))


class Sign(Struct, frozen=True, gc=False):
    """What a word tells that is not English: in which languages it is common, and how much it counts."""

    weight: float
    languages: frozenset[str]


_PERSONS = Bit.FREQUENT_GIVEN | Bit.FREQUENT_SURNAME
_CARRIES = Bit.WORD | Bit.FUNCTION
_TOO = "_too"  # lists whose words may be names as well
_NONE: frozenset[str] = frozenset()
_UNKNOWN = Sign(0.0, _NONE)
_ELIDED = Sign(1.0, frozenset({"fr", "it"}))


@cache
def _listed() -> dict[str, str]:
    return msgspec.toml.decode(packaged("privity.redact", "lists/languages.toml"), type=dict[str, str])


def common_words(language: str) -> frozenset[str]:
    """Return the commonest words of a language, folded to ASCII; raises KeyError for one that has no list."""
    return frozenset(_listed()[language].split())


class Signs:
    """The words that tell a language, and those of English and another one."""

    def __init__(self) -> None:
        common: dict[str, set[str]] = {}
        for language, words in _listed().items():
            for word in words.split():
                common.setdefault(word, set()).add(language.removesuffix(_TOO))
        known, weak = lexicon(), vocabulary().name_particles | vocabulary().links
        fillers = {word for phrase in vocabulary().fillers for word in phrase.split()}
        # Words of both: they tell nothing. What carries sentences in English ("me", "on") tells English all the same,
        # unless the other words are of a language that has it too.
        self.either = {word for word in common if known.of(word) & (Bit.FUNCTION | Bit.WORD) == Bit.WORD}
        self.listed = {word: frozenset(languages) for word, languages in common.items()}
        self._common = {
            word: Sign(0.5 if len(word) < 3 or word in weak or known.of(word) & _PERSONS else 1.0, languages)
            for word, languages in self.listed.items()
            if len(word) > 1 and not known.of(word) & (Bit.FUNCTION | Bit.WORD) and word not in fillers
        }
        self._words = frozenset(self._common)

    def of(self, words: Words) -> dict[str, Sign]:
        """Return the signs of words, as they are written; what is English or tells nothing has none."""
        known = words.known
        strange = compress(known, map(_STRANGER.__getitem__, known.values()))
        signs = {token: _UNKNOWN for token in strange if len(token) > 2}
        if "'" in words.flat or words.where_said(self._words):
            for token in known:
                word = token.lower()
                sign = self._common.get(word) or (_ELIDED if "'" in word and _ELISION.match(word) else None)
                if sign is not None:
                    signs[token] = sign
        return signs

    def accented(self, transcript: Transcript) -> Iterator[tuple[int, Sign]]:
        """Yield the words that came in with a diacritic and the signs that they are; names and loans are none."""
        words = transcript.words
        for place, loaned in transcript.accents:
            at = words.at_or_behind(place + 1) - 1
            if at < 0 or words.end(at) <= place:
                continue
            word, bits = words.said[at], lexicon().of(words.said[at])
            languages = self.listed.get(word, _NONE)
            if loaned:
                if bits & Bit.FUNCTION and len(word) > 1:
                    yield at, Sign(0.5, languages)
            elif languages or not bits & (Bit.GIVEN | Bit.SURNAME | Bit.PLACE) or bits & _CARRIES:
                yield at, Sign(1.0 if len(word) > 1 else 0.5, languages)


@cache
def signs() -> Signs:
    """Return the words that tell a language; the first call reads the packaged file."""
    return Signs()
