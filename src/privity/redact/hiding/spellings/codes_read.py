"""Reads codes of letters and digits however they are written or said: "K1A 0B1" and "k one a zero b one" are k1a0b1.

Blanks, dashes and capitals tell nothing of a code, number words are digits, words of the NATO alphabet and "w as in
whiskey" are letters, and fillers between them are nothing. Spanish and French numbers are read as English ones are.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from msgspec import Struct

from privity.redact.hiding.spellings.numbers_elsewhere import code_elsewhere, digits_elsewhere
from privity.redact.reading.folding import NOTHING, fold
from privity.redact.reading.misheard import HOMOPHONES
from privity.redact.reading.numerals import runs_of
from privity.redact.reading.spoken_numbers import COUNTS, NUMBER_WORDS, PLURALS
from privity.redact.reading.transcript import transcript_of_texts
from privity.redact.reading.vocabulary import vocabulary

_TOKEN: Final = re.compile(r"[a-z0-9]+(?:'[a-z]+)?", re.ASCII)
_EXPLAINS: Final = frozenset({"as", "for", "like"})
_REACH: Final = 5  # words from a letter to what explains it: "w as in the word whiskey"
_SIGNS: Final = frozenset({"dash", "hyphen", "minus", "slash", "space", "dot", "point", "period", "capital", "letter"})


class Code(Struct, frozen=True):
    """Letters and digits in lower case, and whether any of them were said in words."""

    text: str
    said: bool

    def __repr__(self) -> str:
        return "Code(hidden)"


def tokens_of(value: str) -> list[str]:
    """Return the words and figures of a value, folded, in lower case."""
    return _TOKEN.findall(fold(value).lower().replace(NOTHING, ""))


@cache
def numbers_said() -> frozenset[str]:
    """Return the words that are digits."""
    return frozenset({*NUMBER_WORDS, *PLURALS, *HOMOPHONES})


@cache
def _passed() -> frozenset[str]:
    """Return the words that may stand between digits and letters."""
    return frozenset(word for filler in vocabulary().fillers for word in re.findall("[a-z']+", filler)) | _SIGNS


def said_digits(value: str) -> str:
    """Return the digits of a value that is nothing but a number, also when it is said in words; else none."""
    tokens = tokens_of(value)
    if all(token.isdigit() for token in tokens):
        return "".join(tokens)
    if (numbers_said() | _passed()).issuperset(token for token in tokens if not token.isdigit()):
        return digits_in(" ".join(tokens))
    return digits_elsewhere(tokens)


def digits_in(text: str) -> str:
    """Return the digits that are written and said in a text, whatever stands between them."""
    return "".join(run.digits for run in runs_of(transcript_of_texts((text,))))


def read_code(value: str) -> Code:
    """Return the code that a value is; of words that are none, all letters."""
    tokens = tokens_of(value)
    if elsewhere := code_elsewhere(tokens):
        return Code(elsewhere, said=True)
    spelled = sum(token in vocabulary().spelling_words for token in tokens) > 1
    if not spelled and not any(token in numbers_said() or len(token) == 1 for token in tokens):
        return Code("".join(token.replace("'", "") for token in tokens), said=False)
    read = _Reader(tokens)
    text = read.text()
    return Code(text, said=text != "".join(tokens))


class _Reader:
    """Reads tokens one after the other."""

    def __init__(self, tokens: Sequence[str]) -> None:
        self._tokens = tokens
        self._spelled = all(map(self._is_element, tokens))
        self._at = 0

    def _is_element(self, token: str) -> bool:
        spelling = vocabulary().spelling_words
        return len(token) == 1 or any(map(str.isdigit, token)) or token in numbers_said() | _passed() | spelling

    def text(self) -> str:
        """Return the letters and digits of all tokens."""
        text = ""
        while self._at < len(self._tokens):
            text += self._next()
        return text

    def _next(self) -> str:
        tokens, at = self._tokens, self._at
        token = tokens[at]
        if self._is_number(at):
            behind = at + 1
            while behind < len(tokens) and self._is_number(behind):
                behind += 1
            self._at = behind
            said = tokens[at:behind]
            return "".join(said) if all(word.isdigit() for word in said) else digits_in(" ".join(said)) or "".join(said)
        self._at = at + 1
        if token in COUNTS and at + 1 < len(tokens) and len(tokens[at + 1]) == 1:  # "double l"
            self._at = at + 2
            return tokens[at + 1] * (3 if token in {"triple", "treble"} else 2)
        if len(token) == 1:
            self._pass_explanation(token)
            return token
        if self._spelled and token in vocabulary().spelling_words:
            return token[0]
        return "" if self._spelled and token in _passed() else token.replace("'", "")

    def _is_number(self, at: int) -> bool:
        said = self._tokens[at]
        if said == "o":
            beside = (*self._tokens[max(0, at - 1) : at], *self._tokens[at + 1 : at + 2])
            return any(word != "o" and (word in numbers_said() or word.isdigit()) for word in beside)
        if said in {"double", "triple", "treble"}:
            return at + 1 < len(self._tokens) and len(self._tokens[at + 1]) > 1
        return said.isdigit() or said in numbers_said()

    def _pass_explanation(self, letter: str) -> None:
        """Go on behind "as in whiskey", "for frank", "like john"."""
        tokens, at = self._tokens, self._at
        if at < len(tokens) and tokens[at] in _EXPLAINS:
            explained = (place for place in range(at + 1, min(at + _REACH, len(tokens))) if len(tokens[place]) > 1)
            self._at = next((place + 1 for place in explained if tokens[place].startswith(letter)), at)
