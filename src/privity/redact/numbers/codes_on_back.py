"""The security code of a card, told by where it stands: "817 on the back, card 4111 ...", "on the back it says 817".

What announces a code by its name is a cue (`figures`). Here it is only told where the digits are: behind them or some
words before them. So cards have to be spoken of within 60 words, or a number as long as theirs stand near by, and what
follows must not say that it is the back of something else.
"""

import re
from collections.abc import Iterator
from typing import Final

from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.numbers.told_before import SMALL, UNIT
from privity.redact.reading.cues import Cues
from privity.redact.reading.spoken_numbers import digits_said
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import A_NUMBER, Group, Triggered

LABELS: Final = frozenset({Label.CVV})
_HUNDRED: Final = rf"{UNIT}\s+hundred(?:\s+and)?\s+{SMALL}"
_DIGITS: Final = rf"\b([0-9]{{3,4}}|[0-9](?:[ -][0-9]){{2,3}}|{_HUNDRED}|{SMALL}(?:[\s-]{SMALL}){{1,3}})\b"
_BACK: Final = (
    r"\b(?:on|from)\s+(?:the|its)\s+(?:(?:very\s+)?back(?:\s+side)?|backside|reverse|flip\s+side|other\s+side)\b"
)
_WHICH_IS: Final = (
    r"[\s,.;-]+(?:(?:that|this|it|those|these|they|which|is|are|was|were|it's|that's|they're|there|i|see|here|"
    r"the|my|code|number|numbers|digits|three|3|last|printed|written|says)\s+){0,5}"
)
_IT_SAYS: Final = (
    r"(?:[\s\x1e,.:;?-]+(?:of|my|the|this|that|your|it|it's|card|visa|mastercard|amex|says|say|said|reads|is|are|"
    r"that's|there's|there|i|see|have|got|um|uh|okay|ok|yes|yeah|so|code|number|numbers|digits|three)){0,7}"
    r"[\s\x1e,.:;?-]+"
)
_WORDS: Final = "back backside reverse flip other"
_BEFORE: Final = Triggered(rf"{_DIGITS}{_WHICH_IS}{_BACK}".encode(), needs=(_WORDS, A_NUMBER))
_BEHIND: Final = Triggered(rf"{_BACK}{_IT_SAYS}{_DIGITS}".encode(), needs=(_WORDS, A_NUMBER))
NEEDS: Final = Group(_BEFORE, _BEHIND)
"""Without these words in a text nothing is found in it."""
_OF_A_CARD: Final = re.compile(
    r"(?:\s+(?:side\s+)?of\s+(?:(?:it|this|that|them)\b(?!\s+[a-z]+\s+(?:is|was))|(?:(?:the|my|your|his|her|our|their|"
    r"this|that|a)\s+)?(?:[a-z]+\s+)?(?:card|visa|mastercard|amex|plastic)\b)|"
    r"\s*(?:[^\sa-z0-9]|$)|\s+(?:and|then|card|visa|mastercard|amex|the|my|it's|that's|so|for|here|okay|ok|right|of\s+it)\b)",
    re.ASCII,
)
_NUMBERED: Final = re.compile(r"(?:[$#.:/-]|[0-9]\s?|\b(?:put|page|year|in|section))\s*$", re.ASCII)
_COUNTS: Final = re.compile(r"[.:/-][0-9]|\s*(?:%|percent\b|dollars?\b|bucks\b|[ap]\.?m\b)|\s?[0-9]", re.ASCII)
_A_CARD: Final = re.compile(rf"(?:(?:[0-9]|\b{UNIT}\b)[ -]?){{13}}", re.ASCII)
_NEAR: Final = 240  # characters, about 40 words
_SIZES: Final = range(3, 5)
_FOUND: Final = finding(
    Label.CVV, "cvv-on-back", "three or four digits on the back of a card", 0.86, "context", "on the back"
)


def claims(transcript: Transcript, cues: Cues) -> Iterator[Claim]:
    """Return the digits that are told to stand on the back of a card."""
    text = transcript.folded
    for match in _BEFORE.finditer(transcript.octets):
        if _OF_A_CARD.match(text, match.end()) and _is_code(transcript, cues, *match.span(1)):
            yield Claim((match.span(1),), _FOUND)
    for match in _BEHIND.finditer(transcript.octets):
        if _is_code(transcript, cues, *match.span(1)):
            yield Claim((match.span(1),), _FOUND)


def _is_code(transcript: Transcript, cues: Cues, start: int, end: int) -> bool:
    """Whether digits are as many as those of a code, no amount or page, and cards are spoken of near by."""
    text = transcript.folded
    if len(digits_said(text[start:end].replace(" hundred and", "").replace(" hundred", ""))) not in _SIZES:
        return False
    if _NUMBERED.search(text, max(0, start - 10), start) or _COUNTS.match(text, end) or cues.is_harmless_before(start):
        return False
    if cues.payment_near(start, end):
        return True
    document = transcript.document_at(start)
    first, last = transcript.documents[document], transcript.document_end(document)
    return _A_CARD.search(text, max(first, start - _NEAR), min(last, end + _NEAR)) is not None
