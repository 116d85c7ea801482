"""A part of a number that is said before what it is a part of: "it's 4410, the last four of my social".

What announces a number stands before it nearly always, and cues look behind one for a few words only. Here the words
behind the digits are known one by one. The last four of a card are left to others: they may be shown (PCI DSS 3.4.1).
"""

import re
from collections.abc import Iterator
from typing import Final

from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.reading.cues import Cues
from privity.redact.reading.spoken_numbers import NUMBER_WORDS, digits_said
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import A_NUMBER, Group, Triggered
from privity.redact.reading.vocabulary import DIGIT_WORDS, one_of

_LINK, _OF_SOCIAL, _OF_OTHER, _OF_PHONE, _OF_MINE = range(2, 7)  # groups of _TOLD
LABELS: Final = frozenset({Label.SSN, Label.ACCOUNT, Label.PHONE})
UNIT: Final = rf"(?:{'|'.join(DIGIT_WORDS)}|o)"
_TENS: Final = one_of(word for word in NUMBER_WORDS if word.endswith("ty"))
_TEENS: Final = one_of(word for word in NUMBER_WORDS if word.endswith("teen"))
SMALL: Final = rf"(?:(?:double|triple)\s+{UNIT}|{UNIT}|(?:{_TENS})(?:[\s-]{UNIT})?|ten|eleven|twelve|{_TEENS})"
_DIGITS: Final = rf"\b([0-9]{{2,5}}|[0-9](?:\s[0-9]){{1,4}}|{SMALL}(?:[\s-]{SMALL}){{1,4}})"
_APART: Final = r"[\s,.;-]+"
_ASIDE: Final = rf"(?:(?:and|so|okay|ok|yeah|yes|uh|um|which|you know|right|sir|ma'am){_APART}){{0,3}}"
_LINKS: Final = (
    r"(?:is|are|was|were|it's|it is|that's|that is|that was|those are|those were|these are|they're|they are|that'd be|"
    r"that would be|would be|should be|being|for|as)"
)
_WHOSE: Final = r"(?:my|your|his|her|their|our|the|that)"
_PART: Final = (
    r"(?:last|final|first|middle)\s+(?:(?:two|three|four|five|[2-5])(?:\s+(?:digits|numbers))?|digits|numbers)"
)
_SOCIAL: Final = (
    r"(?:social(?:\s+(?:security|insurance))?(?:\s+(?:number|card))?|soc|ssn|s\s+s\s+n|sin(?:\s+number)?|tax\s+id|itin)"
)
_OTHERS: Final = (
    r"((phone|cell|mobile|landline|telephone)|(?:bank\s+|checking\s+|savings\s+)?account|acct|policy|member\s+id|"
    r"membership|licen[sc]e|passport|routing)(?:\s+number)?"
)
_OF: Final = rf"(?:(?:of|on|from|for|in)\s+(?:{_WHOSE}\s+)?)?"
_OF_WHOLE: Final = rf"(?:({_SOCIAL})|{_OTHERS})\b"
_TOLD: Final = Triggered(
    (
        rf"{_DIGITS}{_APART}{_ASIDE}({_LINKS}\s+)?(?:"
        rf"(?:{_WHOSE}\s+)?{_PART}\s+{_OF}{_OF_WHOLE}|{_WHOSE}\s+(?:{_SOCIAL})(?:'s)?\s+(?:last|final)\s+(?:four|4)\b|"
        rf"what\s+{_WHOSE}\s+(?:{_SOCIAL})\s+ends\s+(?:in|with)\b|at\s+the\s+end\s+of\s+{_WHOSE}\s+(?:{_SOCIAL})\b|"
        r"((?:my|your|his|her)\s+last\s+(?:four|4)(?:\s+(?:digits|numbers))?)\b)"
    ).encode(),
    needs=("last final first middle end ends", A_NUMBER),
)
_BEHIND: Final = Triggered(
    (
        r"\b(?:my|your|his|her|the)\s+last\s+(?:four|4)(?:\s+(?:digits|numbers))?(?:\s+(?:is|are|was|were)|[,:])"
        rf"(?:\s+(?:it's|they're|that's|uh|um))?\s+{_DIGITS}"
    ).encode(),
    needs=("last", A_NUMBER),
)
NEEDS: Final = Group(_TOLD, _BEHIND)
"""Without these words in a text nothing is found in it."""
_FOUR: Final = 4
_YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}", re.ASCII)
_ENDS: Final = re.compile(
    r"\s*(?:[.,;?!\n\x1d\x1e]|$|(?:okay|ok|thanks|thank|right|please|correct|and|so|if|sir)\b)", re.ASCII
)
# Something is said of these digits themselves, and those before them are others.
_OF_ITSELF: Final = re.compile(
    r"[\s,]+(?:number\s+)?(?:is|are|was|were|isn't|aren't|ends|got|has|had|have|won't|can't|i|you|we|it|they|that|please)\b",
    re.ASCII,
)
_MONEY: Final = frozenset({"$"})


def claims(transcript: Transcript, cues: Cues) -> Iterator[Claim]:
    """Return the digits that are told to be a part of a number of somebody's right behind them, or right before."""
    text = transcript.folded
    for match in _TOLD.finditer(transcript.octets):
        start, end = match.span(1)
        linked = match[_LINK] is not None
        if match[_OF_MINE] is not None and not (linked and _ENDS.match(text, match.end())):
            continue
        if not linked and (_YEAR.fullmatch(text, start, end) or _OF_ITSELF.match(text, match.end())):
            continue
        if text[max(0, start - 1) : start] not in _MONEY and not cues.is_harmless_before(start):
            label = (
                Label.PHONE
                if match[_OF_PHONE]
                else Label.SSN
                if match[_OF_SOCIAL] or not match[_OF_OTHER]
                else Label.ACCOUNT
            )
            yield _claim(label, start, end, "digits, and then what they are the last or first of")
    for match in _BEHIND.finditer(transcript.octets):
        start, end = match.span(1)
        four = len(digits_said(match[1].decode("ascii"))) == _FOUR
        if four and not _YEAR.fullmatch(text, start, end):
            yield _claim(Label.SSN, start, end, "the last four of something, and then four digits")


def _claim(label: Label, start: int, end: int, why: str) -> Claim:
    return Claim(((start, end),), finding(label, "part-told", why, 0.7, "context", "last four"))
