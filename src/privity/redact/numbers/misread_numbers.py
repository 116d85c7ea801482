"""Complete card and social security numbers in which a scanner read letters for digits: "44BB 3960 O866 9".

A letter in two, at most, may stand for the digit that it looks like. Of a card the issuer, the length and the Luhn
digit have to hold then, of a social security number the grouping 3-2-4 and the ranges.
"""

import re
from collections.abc import Iterator

from privity.redact import checks
from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.reading.matches import Pattern
from privity.redact.reading.misheard import AS_DIGITS
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import A_DIGIT, Needed

LABELS = frozenset({Label.CARD, Label.SSN})
_SIGN = "[0-9lIOoSBZ]"
_STRETCH = Pattern(rf"\b{_SIGN}(?:[ .-]{{0,3}}{_SIGN}){{8,31}}\b".encode())
_PIECE = re.compile(rf"{_SIGN}+", re.ASCII)
_LETTER = Pattern(rb"[0-9][ .-]{0,3}[lIOoSBZ]|[lIOoSBZ][ .-]{0,3}[0-9]")
NEEDS = Needed(A_DIGIT)
"""Without these words in a text nothing is found in it."""
_SSN_SIZES = [3, 2, 4]
_CARD_SIZES = range(13, 20)


def claims(transcript: Transcript) -> Iterator[Claim]:
    """Return the places of numbers that are complete when letters are read as digits."""
    octets = transcript.cased.encode("ascii").replace(b"_", b",")  # a line beside a number is no part of it
    if _LETTER.search(octets) is None:
        return
    for stretch in _STRETCH.finditer(octets):
        if not stretch[0].replace(b" ", b"").isdigit():
            pieces = [piece.span() for piece in _PIECE.finditer(transcript.cased, *stretch.span())]
            yield from _numbers(transcript.cased, pieces)


def _numbers(text: str, pieces: list[tuple[int, int]]) -> Iterator[Claim]:
    at = 0
    while at < len(pieces):
        after, label = _longest(text, pieces, at)
        if label is not None:
            check = "Luhn ok" if label is Label.CARD else "ranges ok"
            why = f"letters that look like digits read as such, {check}"
            found = finding(label, f"misread-{label.lower()}", why, 0.94, "digits", "", check)
            yield Claim(((pieces[at][0], pieces[after - 1][1]),), found)
        at = max(after, at + 1)


def _longest(text: str, pieces: list[tuple[int, int]], at: int) -> tuple[int, Label | None]:
    for after in range(len(pieces), at, -1):
        label = _is(text, pieces[at:after])
        if label is not None:
            return after, label
    return at, None


def _is(text: str, pieces: list[tuple[int, int]]) -> Label | None:
    read = "".join(text[start:end] for start, end in pieces)
    letters = sum(map(str.isalpha, read))
    if not letters or letters * 2 > len(read):
        return None
    digits = read.translate(AS_DIGITS)
    if len(digits) in _CARD_SIZES and checks.card(digits):
        return Label.CARD
    if [end - start for start, end in pieces] == _SSN_SIZES and checks.ssn(digits):
        return Label.SSN
    return None
