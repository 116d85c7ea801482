"""Passwords that are said with their capital: "big t thunder twenty two exclamation point", "redwood all caps five".

A word that names a capital, a letter, and then a word that begins with it or its other letters: nothing else is said
like that, so no cue is needed. Digits and signs behind it belong to it.
"""

from collections.abc import Iterator, Sequence

from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.reading.lexicon import NUMERAL, Bit
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import Group, Triggered

_OPENS = Triggered(
    rb"\b(?:big|capital|cap|upper\s?case)\s+([a-z])\b(?:\s+(?:and\s+)?then\b)?",
    needs=("big capital cap upper uppercase",),
)
_ALL_CAPS = Triggered(rb"\b([a-z]{3,})\s+(?:in\s+)?all\s+caps\s", needs=("caps",))
_SIGNS = frozenset(
    {
        "exclamation", "point", "mark", "dollar", "sign", "hashtag", "hash", "pound", "asterisk", "star", "ampersand",
        "percent", "question", "bang", "underscore", "dash", "hyphen", "dot", "plus", "equals", "at",
    }
)  # fmt: skip
_JOINS = frozenset({"uh", "um", "er", "then", "and"})
_CLOSED = Bit.FUNCTION | Bit.CALENDAR
_MOST = 18  # words
_MOST_WORDS = 2  # words before the digits: "big c comet redwood fifteen"
_LETTERS = 2  # of a word that is spelled on
_CASED = finding(Label.PASSWORD, "cased-secret", "a capital that is named, then its word and digits", 0.86, "form")
NEEDS = Group(_OPENS, _ALL_CAPS)
"""Without these words in a text nothing is found in it."""


def claims(transcript: Transcript) -> Iterator[Claim]:
    """Return the passwords that are said with their capitals."""
    words = transcript.words
    for match in _OPENS.finditer(transcript.octets):
        first, at = words.at_or_behind(match.start()), words.at_or_behind(match.end())
        letter = match[1].decode("ascii")
        spelled = _letters(words.said, at)
        named = at < len(words.said) and len(words.said[at]) > _LETTERS and words.said[at][0] == letter
        if spelled >= _LETTERS or named:
            last = _last(transcript, at + max(spelled, 1))
            if last is not None:
                yield Claim(((words.starts[first], words.ends[last]),), _CASED)
    for match in _ALL_CAPS.finditer(transcript.octets):
        at = words.at_or_behind(match.end())
        last = _last(transcript, at)
        if last is not None:
            yield Claim(((match.start(1), words.ends[last]),), _CASED)


def _letters(said: Sequence[str], at: int) -> int:
    """How many single letters follow each other from a word on."""
    end = at
    while end < len(said) and len(said[end]) == 1 and said[end].isalpha():
        end += 1
    return end - at


def _last(transcript: Transcript, at: int) -> int | None:
    """Return the last digit or sign of what goes on at a word, None where neither follows."""
    words = transcript.words
    last: int | None = None
    plain = 0
    for behind in range(at, min(at + _MOST, len(words.said))):
        if transcript.folded[words.ends[behind - 1] : words.starts[behind]].strip(" ,-"):
            break
        word, bits = words.said[behind], words.bits[behind]
        if bits & NUMERAL or (word in _SIGNS and (last is not None or word == "underscore")):
            last = behind
        elif word not in _JOINS:
            plain += 1
            if last is not None or plain > _MOST_WORDS or bits & _CLOSED:
                break
    return last
