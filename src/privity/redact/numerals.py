"""Reads numbers as people say and write them: the normaliser of digits, with an offset map.

"four one one one", "double four", "forty-one eleven", "four thousand one hundred eleven", "4111 one one one one" and
"4111-1111" all become digits, and every group of digits keeps the place that it was read from. Fillers ("uh", "dash",
"mm-hm", "no, sorry") may stand between groups; a sentence of other words may not.
"""

import re
from collections.abc import Sequence

import re2
from msgspec import Struct

from privity.redact.transcript import Transcript
from privity.redact.vocabulary import one_of, vocabulary

_UNITS = {"zero": "0", "oh": "0", "o": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5"} | {
    "six": "6", "seven": "7", "eight": "8", "nine": "9", "niner": "9",
}  # fmt: skip
_TEENS = {
    "ten": "10", "eleven": "11", "twelve": "12", "thirteen": "13", "fourteen": "14", "fifteen": "15", "sixteen": "16",
    "seventeen": "17", "eighteen": "18", "nineteen": "19",
}  # fmt: skip
_TENS = {
    "twenty": "20", "thirty": "30", "forty": "40", "fourty": "40", "fifty": "50", "sixty": "60", "seventy": "70",
    "eighty": "80", "ninety": "90",
}  # fmt: skip
_TIMES = {"double": 2, "triple": 3, "treble": 3}
_SCALES = {"hundred": 100, "thousand": 1000}
NUMBER_WORDS = frozenset({*_UNITS, *_TEENS, *_TENS, *_TIMES, *_SCALES})

_SPACE = r"[\s,.;:!?\-_/()'\"\x1f*#]"
_NUMBER = rf"(?:[0-9]+|\b(?:{one_of(NUMBER_WORDS)})\b)"
_FILLER = rf"\b(?:{one_of(vocabulary().fillers)})\b"
_RUN = re2.compile(rf"{_NUMBER}(?:{_SPACE}{{0,6}}(?:{_FILLER}{_SPACE}{{1,5}}){{0,5}}{_NUMBER})*".encode())
_PIECE = re.compile(r"[0-9]+|mm-hmm?\b|uh-huh\b|[a-z]+(?:'[a-z]+)?|[^a-z0-9\s]+", re.ASCII)
# "one moment", "three o'clock": the last word of a run that turns out to be no digit.
_NO_DIGIT_BEFORE = re.compile(r"\s+(?:moment|second|sec|more|of|thing|minute|time|last)\b|'clock", re.ASCII)
LONGEST_RUN = 64  # groups; a wall of digits is judged in pieces, so that the work stays linear
_COUNTED = re.compile(r"\b(?:last|first|next|other|final|all)\s+$", re.ASCII)  # "the last four are ..."
_BEHIND = re.compile(r"\s*([a-z.']*[a-z]|%)", re.ASCII)
_UNITS_BEHIND = vocabulary().units
_MONEY = re.compile(r"\$\s*$|\b(?:usd|eur|gbp)\s*$", re.ASCII)


class Group(Struct, frozen=True):
    """Digits that were read as one piece, and the code points that they were read from.

    `spoken` when there were words among them; `gap` is what stands before the group within its run: "" nothing or
    blanks, "-" punctuation, "," a comma or a stop, "~" a filler word.
    """

    digits: str
    start: int
    end: int
    spoken: bool
    gap: str


class Run(Struct, frozen=True):
    """Groups of digits that belong together, possibly over several turns of one speaker."""

    groups: tuple[Group, ...]

    @property
    def start(self) -> int:
        """Where the first group begins."""
        return self.groups[0].start

    @property
    def end(self) -> int:
        """Where the last group ends, excluded."""
        return self.groups[-1].end

    @property
    def digits(self) -> str:
        """All digits in order."""
        return "".join(group.digits for group in self.groups)

    @property
    def spoken(self) -> bool:
        """Whether any of the digits were words."""
        return any(group.spoken for group in self.groups)


def runs_of(transcript: Transcript) -> list[Run]:
    """Return the runs of digits in the text, in order, each within one turn."""
    text = transcript.folded
    runs: list[Run] = []
    for match in _RUN.finditer(transcript.octets):
        start, end = match.span()
        groups = _groups(text, start, end)
        if groups and groups[-1].digits in {"1", "0"} and groups[-1].spoken and _NO_DIGIT_BEFORE.match(text, end):
            groups = groups[:-1]
        if (
            groups
            and len(groups[0].digits) == 1
            and _COUNTED.search(text, max(0, groups[0].start - 8), groups[0].start)
        ):
            groups = groups[1:]
        runs.extend(Run(tuple(groups[at : at + LONGEST_RUN])) for at in range(0, len(groups), LONGEST_RUN))
    return runs


class _Piece(Struct, frozen=True):
    text: str
    start: int
    end: int


def _groups(text: str, start: int, end: int) -> list[Group]:
    pieces = [_Piece(piece[0], *piece.span()) for piece in _PIECE.finditer(text, start, end)]
    groups: list[Group] = []
    at, gap = 0, ""
    while at < len(pieces):
        digits, after = _read(pieces, at)
        if not digits:
            gap = max(gap, _gap_of(pieces[at].text), key=" -,~".find)
            at += 1
            continue
        spoken = any(piece.text.isalpha() for piece in pieces[at:after])
        groups.append(Group(digits, pieces[at].start, pieces[after - 1].end, spoken, gap))
        at, gap = after, ""
    return groups


def _gap_of(text: str) -> str:
    if text[0].isalpha():
        return "~"
    return "," if any(c in ",.;:!?" for c in text) else "-"


def _read(pieces: list[_Piece], at: int) -> tuple[str, int]:
    """Read one number; return its digits and the index behind it, or no digits where none begins."""
    word = pieces[at].text
    if word in _TIMES:
        digits, after = _small(pieces, _skip(pieces, at + 1, "-"))
        return (digits * _TIMES[word], after) if len(digits) == 1 else ("", at)
    if word in _SCALES:
        return str(_SCALES[word]), at + 1
    digits, after = _small(pieces, at)
    if not digits or len(digits) > 2 or after >= len(pieces):
        return digits, after
    scaled, end = _scaled(pieces, int(digits), after)
    return (str(scaled), end) if end > after else (digits, after)


def _scaled(pieces: list[_Piece], value: int, at: int) -> tuple[int, int]:
    """Read "thousand" and "hundred" behind a small number: "twenty-two hundred", "four thousand one hundred eleven"."""
    if at < len(pieces) and pieces[at].text == "thousand":
        value, at = value * 1000, at + 1
        more, after = _small(pieces, _skip(pieces, at, "and", ","))
        if not more or len(more) > 2 or int(more) == 0:
            return value, at
        below, end = _scaled(pieces, int(more), after)
        return (value + below, end) if below < 1000 else (value, at)
    if at < len(pieces) and pieces[at].text == "hundred":
        value, at = value * 100, at + 1
        more, after = _small(pieces, _skip(pieces, at, "and"))
        if more and len(more) <= 2 and int(more) and (after >= len(pieces) or pieces[after].text not in _SCALES):
            return value + int(more), after
    return value, at


def _small(pieces: list[_Piece], at: int) -> tuple[str, int]:
    """Read digits, or words below one hundred."""
    if at >= len(pieces):
        return "", at
    word = pieces[at].text
    if word.isdigit():
        return word, at + 1
    if word in _TENS:
        unit = _skip(pieces, at + 1, "-")
        if unit < len(pieces) and pieces[unit].text in _UNITS and _UNITS[pieces[unit].text] != "0":
            return _TENS[word][0] + _UNITS[pieces[unit].text], unit + 1
        return _TENS[word], at + 1
    digits = _UNITS.get(word) or _TEENS.get(word, "")
    return digits, at + 1 if digits else at


def _skip(pieces: list[_Piece], at: int, *words: str) -> int:
    return at + 1 if at < len(pieces) and pieces[at].text in words else at


def is_amount(text: str, run: Run) -> bool:
    """Whether a run is an amount of something: a currency before it or a unit behind it, as in "500 mg"."""
    behind = _BEHIND.match(text, run.end)
    unit = behind is not None and behind[1] in _UNITS_BEHIND
    return unit or _MONEY.search(text, max(0, run.start - 5), run.start) is not None


def digits_of(groups: Sequence[Group], at: int, after: int | None = None) -> str:
    """Return the digits of the groups from index `at` to before `after`, or to the end."""
    return "".join(group.digits for group in groups[at:after])


def exactly(groups: Sequence[Group], at: int, length: int) -> int | None:
    """Return the index behind the groups from `at` that have exactly so many digits, or None where none end there."""
    for after in range(at, len(groups)):
        length -= len(groups[after].digits)
        if length <= 0:
            return after + 1 if length == 0 else None
    return None


def alike(groups: Sequence[Group]) -> bool:
    """Whether groups were read in one breath: all words or all figures, with nothing said between them."""
    return len({group.spoken for group in groups}) == 1 and all(group.gap != "~" for group in groups[1:])
