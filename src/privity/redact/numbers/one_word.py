"""Security codes and other short numbers that a recognizer wrote as one word: "fiveseveneight".

As many digits as a card or a social security number has are one by their length (`forms.table`); fewer are what the
words before them announce.
"""

from collections.abc import Iterator

from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.reading.cues import Cues
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import Triggered
from privity.redact.reading.vocabulary import DIGIT_WORDS

_DIGITS = (*DIGIT_WORDS, "double", "triple")
_WORD = rf"(?:{'|'.join(_DIGITS)})"
_DIGIT = rf"(?:{_WORD}|[0-9])"
_SAID = rf"(?:{'|'.join(digit for digit in _DIGITS if digit != 'oh')})"
_IN_ONE_WORD = Triggered(
    (
        rf"\b((?:{_WORD}{_DIGIT}{{0,2}}|[0-9](?:{_WORD}{_DIGIT}?)?)?{_SAID}{_DIGIT}{{2,6}}|"
        rf"(?:{_WORD}{_DIGIT}|[0-9]{_WORD}){_DIGIT}?{_SAID})\b"
    ).encode(),
    needs=(
        " ".join(
            [
                *(f"{first}{second}*" for first in _DIGITS for second in (*_DIGITS, *range(10))),
                *(f"{first}{second}*" for first in range(10) for second in _DIGITS),
            ]
        ),
    ),
)
NEEDS = _IN_ONE_WORD
"""Without these words in a text nothing is found in it."""


def claims(transcript: Transcript, cues: Cues) -> Iterator[Claim]:
    """Return the words that are three to ten digits, except behind what says that they are nobody's."""
    for match in _IN_ONE_WORD.finditer(transcript.octets):
        cue = cues.governing(*match.span(1))
        if cue is None or cue.label is not None:
            label = Label.ID if cue is None or cue.label is None else cue.label
            why = "a few digits, said and written as one word"
            yield Claim((match.span(1),), finding(label, "digits-in-one-word", why, 0.6, "form"))
