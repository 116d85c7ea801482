"""Passwords of words and digits in passing, by what ends them: "he said it's cornfield nineteen eighty eight bang".

A word, digits and then the name of a sign, or "no spaces", follow each other in hardly anything else where passwords
are spoken of, or where a capital is named first. Digits may be heard as other words: "cornfield one to three".
"""

import re
from collections.abc import Iterator
from itertools import chain
from typing import Final

from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.online.credential_words import NUMBERED
from privity.redact.reading.lexicon import Bit
from privity.redact.reading.spoken_numbers import NUMBER_WORDS
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import A_NUMBER, Group, Triggered
from privity.redact.reading.vocabulary import one_of, vocabulary

_HEARD = ("to", "too", "for", "fore", "won", "ate")
_FIRST = rf"(?:[0-9]+|won|{one_of(NUMBER_WORDS)})"
_NUMBER = rf"(?:[0-9]+|{one_of([*NUMBER_WORDS, *_HEARD])})"
_SIGN = (
    r"(?:exclamation(?: (?:point|mark))?|question mark|(?:dollar|at|hash|pound|percent|star|plus|equals) sign|"
    r"hash ?tag|ampersand|asterisk|bang)"
)
_JOINT = r"(?:,? (?:no spaces?|then|and then|uh|um),?)?"
_SIGNED = Triggered(
    (
        r"\b((?:capital|cap|upper ?case|big) (?:[a-z] )?)?([a-z]{3,})(?: ([a-z]{3,}))??"
        rf"{_JOINT}[ ,-]{{1,2}}{_FIRST}(?:[ ,-]{{1,2}}{_NUMBER}){{0,7}}[ ,-]{{1,2}}({_SIGN}(?: {_SIGN})*)\b"
    ).encode(),
    needs=("exclamation question sign hash hashtag ampersand asterisk bang", f"{A_NUMBER} won"),
)
_AS_ONE = (
    r"(?:(?:with )?no spaces?|(?:it's |that's )?all (?:one word|lower ?case|upper ?case|caps|small)|one word|"
    r"(?:with )?(?:a |the )?(?:capital|cap) [a-z]\b|(?:with )?that exact|in lower ?case|lower ?case)"
)
# "dragonfly twenty twenty two, all one word"
_JOINED = Triggered(
    (
        r"\b((?:capital|cap|upper ?case|big) (?:[a-z] )?)?([a-z]{3,})(?: ([a-z]{3,}))??"
        rf"{_JOINT}[ ,-]{{1,2}}({_FIRST}(?:[ ,-]{{1,2}}{_NUMBER}){{0,7}})[,.]? {_AS_ONE}\b"
    ).encode(),
    needs=("no all one capital cap that lower lowercase", f"{A_NUMBER} won"),
)
# "all lowercase, heron pond, no space, seven seven"
_CASED = Triggered(
    (
        r"\ball (?:lower ?case|one word|upper ?case|small letters),? ()([a-z]{3,})(?: ([a-z]{3,}))??"
        rf"{_JOINT}[ ,-]{{1,2}}({_FIRST}(?:[ ,-]{{1,2}}{_NUMBER}){{0,7}})\b"
    ).encode(),
    needs=("all", f"{A_NUMBER} won"),
)
_TOPIC = re.compile(
    r"\b(?:pass\s?words?|pass\s?code|pass\s?phrase|user\s?name|log(?:ged|ging)?\s?(?:in|on)|sign(?:ed|ing)?\s+in|"
    r"(?:logg|lock)ed\s+out|wi[\s-]?fi|router|log-?ins?)\b",
    re.ASCII,
)
_BEFORE, _BEHIND = 700, 300  # characters in which passwords are spoken of
_LEADS: Final = vocabulary().relations | {
    "everything", "something", "anything", "matter", "password", "passcode", "pass", "word", "login", "code", "said",
    "says", "say", "was", "used", "uses", "use", "using", "try", "tried", "typed", "put", "entered", "thing", "like",
    "okay", "yes", "yeah", "still", "just", "then", "again", "now", "one", "called", "changed", "reset", "type",
    "enter", "capital", "know",
}  # fmt: skip
_CLOSED = Bit.FUNCTION | Bit.CALENDAR | Bit.NUMBER

_FOUND = finding(Label.PASSWORD, "signed-secret", "a word, digits and the name of a sign", 0.88, "form")
NEEDS = Group(_SIGNED, _JOINED, _CASED)
"""Without these words in a text nothing is found in it."""


def claims(transcript: Transcript) -> Iterator[Claim]:
    """Return the passwords whose last sign is named."""
    words = transcript.words
    for match in chain.from_iterable(pattern.finditer(transcript.octets) for pattern in (_SIGNED, _JOINED, _CASED)):
        end = match.end(4)
        first = words.at_or_behind(match.start(2))
        last = words.at_or_behind(match.start(3)) if match[3] else first
        if words.said[last] in NUMBERED or words.bits[last] & _CLOSED:
            continue
        if first < last and (words.said[first] in _LEADS | NUMBERED or words.bits[first] & _CLOSED):
            first = last
        cased = bool(match[1]) and words.starts[first] == match.start(2)
        if cased or _is_topic(transcript, match.start(), end):
            yield Claim(((match.start() if cased else words.starts[first], end),), _FOUND)


def _is_topic(transcript: Transcript, start: int, end: int) -> bool:
    text, document = transcript.folded, transcript.document_at(start)
    opens = max(transcript.documents[document], start - _BEFORE)
    return _TOPIC.search(text, opens, min(end + _BEHIND, transcript.document_end(document))) is not None
