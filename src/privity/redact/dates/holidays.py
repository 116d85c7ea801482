"""Holidays on which something befell somebody: "my wife left on New Year's Day", "he was born on christmas eve".

A holiday by itself, such as that on which a shop is shut, tells of nobody; with what befell somebody it is a date.
"""

from collections.abc import Iterator

from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.reading.lexicon import NUMERAL, Bit
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import Triggered

_BEFELL = (
    "left|died|passed|passed\\s+away|born|married|engaged|divorced|separated|moved(?:\\s+(?:in|out))?|fell|broke|arrested|"
    "admitted|discharged|hit|happened|collapsed|drowned|vanished|robbed|evicted|diagnosed|disappeared|attacked|fired|crashed"
)
_HOLIDAYS = (
    r"new\s+year'?s\s+(?:day|eve)|christmas(?:\s+(?:day|eve|morning|night))?|boxing\s+day|halloween|thanksgiving(?:\s+day)?|"
    r"valentine'?s\s+day|good\s+friday|easter\s+(?:sunday|monday)|(?:labor|memorial|mother's|father's|bonfire|columbus)\s+(?:day|night)|"
    r"st\.?\s+patrick's\s+day|independence\s+day|juneteenth|(?:the\s+)?(?:fourth|4th)\s+of\s+july"
)
_HOLIDAY_WORDS = (
    "year years christmas boxing halloween thanksgiving valentine valentines good easter labor memorial mother "
    "father bonfire columbus patrick independence juneteenth fourth 4th"
)
NEEDS = Triggered(
    (
        rf"\b(?:{_BEFELL})\s+(?:(?:away|here|her|him|me|us|it|his|my|hip|leg|arm|again|both)\s+){{0,2}}(?:on|last)\s+"
        rf"({_HOLIDAYS})(?:\s+(?:of\s+)?(?:19|20)[0-9]{{2}})?\b"
    ).encode(),
    needs=("on last", _HOLIDAY_WORDS),
)
"""Without these words in a text nothing is found in it."""

_FOUND = finding(Label.DATE, "holiday", "a holiday on which something befell somebody", 0.7, "context")


def claims(transcript: Transcript) -> Iterator[Claim]:
    """Return such holidays."""
    words = transcript.words
    for match in NEEDS.finditer(transcript.octets):
        behind = words.at_or_behind(match.end())
        adjoins = behind < len(words.said) and transcript.folded[match.end() : words.starts[behind]] == " "
        if adjoins and not words.bits[behind] & (Bit.FUNCTION | NUMERAL):
            continue  # "what is left on christmas orders"
        yield Claim(((match.start(1), match.end()),), _FOUND)
