"""The words of a text as rules compare them, each with its place: lower case, whole, without disguise.

"N0 k1ds", "no chil-dren", "n o  k i d s" and "you'd" are `no kids`, `no children`, `no kids` and `you would`. Every
word knows the code points that it stands for, so that what is found can be pointed at in the text as it came.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import Final

from privity.rules.phrases import Piece

END: Final = "|"
"""Stands between sentences."""

_TOKEN: Final = re.compile(r"[\w@$]+(?:['\u2019][\w@$]+)*|[.!?;\n]+")
_JOINED: Final = re.compile(r"[\w@$]+(?:['\u2019\u00ad-][\w@$]+)*|[.!?;\n]+")
_SPELT: Final = re.compile(r"(?<!\w)\w(?: \w)+(?!\w)")
_HYPHEN: Final = re.compile(r"\w[-\u00ad]\w")
_SHORT_FORMS: Final = {
    "won't": "will not", "wont": "will not", "can't": "can not", "cant": "can not", "cannot": "can not",
    "dont": "do not", "doesnt": "does not", "didnt": "did not", "isnt": "is not", "wouldnt": "would not",
    "ain't": "is not", "youd": "you would", "youre": "you are", "youll": "you will", "theyre": "they are",
    "let's": "let us", "y'all": "you all", "ya": "you",
}  # fmt: skip
_ENDINGS: Final = {"n't": "not", "'d": "would", "'re": "are", "'ll": "will", "'ve": "have", "'m": "am"}
_IS: Final = frozenset({"it", "that", "there", "what", "who", "he", "she", "where", "here", "how"})
_ABBREVIATED: Final = frozenset({"st", "mr", "mrs", "ms", "dr", "rev", "fr", "apt", "ave", "blvd"})
_DISGUISE: Final = str.maketrans("013457@$", "oieastas")


class SaidWords:
    """One reading of a text: `line` holds its words, each with a blank behind it and one before the first."""

    def __init__(self, pieces: Iterable[Piece]) -> None:
        words, self._starts, self._places, at = [], [], [], 1
        for word, start, end in pieces:
            words.append(word)
            self._starts.append(at)
            self._places.append((start, end))
            at += len(word) + 1
        self.line = f" {' '.join(words)} "

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return the code points of the text that a stretch of `line` stands for."""
        first = bisect_right(self._starts, start + (self.line[start] == " ")) - 1
        last = bisect_right(self._starts, end - 1 - (self.line[end - 1] == " ")) - 1
        return self._places[first][0], self._places[last][1]


def readings(text: str) -> Iterator[list[Piece]]:
    """Yield the words of a text as it is read, and again, where something is parted in it, with its parts joined."""
    yield list(_pieces(text, _TOKEN))
    if _HYPHEN.search(text) or _SPELT.search(text):
        yield list(_pieces(text, _JOINED))


def _pieces(text: str, pattern: "re.Pattern[str]") -> Iterator[Piece]:
    joined = {found.start(): found.end() for found in _SPELT.finditer(text)} if pattern is _JOINED else {}
    at, abbreviated = 0, False
    for found in pattern.finditer(text):
        start, end = found.span()
        if start < at or (abbreviated and found[0] == "."):
            continue
        at = joined.get(start, end)
        said = _plain(text[start:at].replace(" ", "") if at != end else found[0])
        abbreviated = said in _ABBREVIATED
        for word in _whole(said):
            yield word, start, at


def _plain(token: str) -> str:
    """Return a token in lower case without accents, with letters in the place of figures that stand for them."""
    if token.isascii():
        plain = token.lower()
    else:
        spread = unicodedata.normalize("NFKD", token.replace("\u2019", "'").casefold())
        plain = "".join(sign for sign in spread if not unicodedata.combining(sign) and sign not in "\u00ad\u200b\u200d")
    plain = plain.replace("-", "")
    return plain.translate(_DISGUISE) if any(map(str.isalpha, plain)) else plain


def _whole(word: str) -> Iterator[str]:
    """Yield the words that one is short for."""
    if word in _SHORT_FORMS:
        yield from _SHORT_FORMS[word].split()
    elif not word[:1].isalnum():
        yield END
    else:
        stem, ending = next(
            ((word.removesuffix(end), full) for end, full in _ENDINGS.items() if word.endswith(end)), ("", "")
        )
        if stem:
            yield stem
            yield ending
        elif word.endswith("'s"):
            yield word[:-2]
            if word[:-2] in _IS:
                yield "is"
        else:
            yield word
