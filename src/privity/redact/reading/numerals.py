"""Reads numbers as people say and write them: the normaliser of digits, with an offset map.

"four one one one", "double four", "forty-one eleven", "four thousand one hundred eleven", "4111 one one one one" and
"4111-1111" all become digits, and every group of digits keeps the place that it was read from. Fillers ("uh", "dash",
"mm-hm", "no, sorry") may stand between groups; a sentence of other words may not.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import filterfalse
from typing import Self

from msgspec import Struct

from privity.redact.reading.counted import (
    COUNTED_THINGS,
    HOUR_TO_HOUR,
    HOURS_BETWEEN,
    NO_DIGIT_BEFORE,
    closes_at,
    counts_before,
    is_one_of_things,
    is_the_one,
    is_told,
)
from privity.redact.reading.gaps import LONGEST_GAP, Gaps
from privity.redact.reading.lexicon import NUMERAL, Asked, Bit, unstretched
from privity.redact.reading.misheard import AS_DIGITS, HOMOPHONES, MISREAD, among_numbers, is_misread
from privity.redact.reading.spoken_numbers import ALONE, COUNTS, NUMBER_WORDS, PLURALS, SCALES, UNITS, Piece, read
from privity.redact.reading.transcript import Transcript, Words
from privity.redact.reading.vocabulary import one_of, vocabulary

_DIGITS = re.compile(r"[0-9]+", re.ASCII)
LONGEST_RUN = 64  # groups; a wall of digits is judged in pieces, so that the work stays linear
_BEHIND = re.compile(r"\s*([a-z.']*[a-z]|%)", re.ASCII)
_UNITS_BEHIND = vocabulary().units
_RANGE = re.compile(r"[a-z0-9]+\s+(?:to|or|and a)\s+[a-z0-9]+", re.ASCII)  # "seven to ten business days"
_HOURS = re.compile(
    r"\b(?:see you|closed?s?|opens?|come|comes|came|check (?:in|out)|arrive|leave|meet|start|starts|until|since|around|"
    r"about|appointment|pick (?:it|you) up|there|here|by|over)(?: (?:at|by|is|is at))?\s+$",
    re.ASCII,
)
_OF_DAY = re.compile(r"\s+[ap]\.?\s?m\b", re.ASCII)  # "ten ten to ten thirty p m"
_SPELLED_UNIT = re.compile(r"\s+(?:m\s(?:g|l|m)|c\sc)\b", re.ASCII)  # "two hundred m g"
_EACH = re.compile(
    r"\s+(?:(?:an?|per|each|every)\s+(?:gallon|pound|month|hour|night|day|week|year|person|piece|box|share|bushel|acre|mile|ticket|bag|"
    r"unit|minute|kilo|litre|liter|bottle|head|square|yard|accident)|thousand|grand|bucks|even)\b",
    re.ASCII,
)  # "one seventy nine an hour"
_EACH_OPENS = ("a", "p", "each", "every", "thousand", "grand", "bucks", "even")  # of the two before, and "p m"
_LONG_TIME = 9  # digits
_BETWEEN = re.compile(r"\b(?:between|anywhere from)\s+$", re.ASCII)
_AT = re.compile(r"\bat\s+$", re.ASCII)
_PRICE = re.compile(r"(?:1[3-9]|[2-9][0-9]|[0-9]{3,4})\.[0-9]{2}\b(?![.-]?[0-9])", re.ASCII)  # no month: "11.30"
_LONGEST_PRICED = 8  # digits of a price and what stands beside it
_TENS = one_of(word for word in ALONE if word.endswith("ty"))
_BOUND = rf"(?:[0-9]{{1,3}}|(?:{_TENS})(?:[ -](?:{one_of(UNITS)}))?|{one_of(ALONE)})"
_FROM_ONE = r"(?: to |(?<=[0-9])-(?=[0-9]))"  # "ninety-eight ninety-five" is none
_RANGES = re.compile(rf"{_BOUND}{_FROM_ONE}{_BOUND}(?:,? (?:or |and )?{_BOUND}{_FROM_ONE}{_BOUND}){{1,9}}", re.ASCII)
_TO = re.compile(rf"(?: (?:to|or) |-){_BOUND}\b", re.ASCII)
_YEAR = rf"(?:(?:(?:19|20)[0-9]{{2}}|two thousand(?: and)?|(?:nineteen|twenty)(?: oh)?) ?{_BOUND}?|{_BOUND})"
# "the navy from fifty two to fifty six", "from ninety eight to two thousand four"
_FROM_TO = re.compile(rf"{_YEAR} (?:to|till|until|through) {_YEAR}", re.ASCII)
_OF_YEAR = re.compile(r"(?<=\ba )(?:19|20)[0-9]{2} [a-z]", re.ASCII)  # "it's a 2019 Camry"
_MONEY = re.compile(r"\$\s*$|\b(?:usd|eur|gbp|cad|aud|chf)\s*$", re.ASCII)
_MONEYS = ("$", "usd", "eur", "gbp", "cad", "aud", "chf")
_PHONE_DIGITS, _NOON = 10, 12
_PAUSES = frozenset("~!,")
_PARTED = frozenset({None, "~", "&", ","})
_GAP_ORDER = " -,~!".find
_COUNTED_FIELD = re.compile(r"(?<=; )[0-9]{1,2} (?!thanks\b|yes\b|is\b|was\b)[a-z]{2,}s\b", re.ASCII)
"""Behind a semicolon, how many things there are: "; 4 boxes"."""
_OHS = frozenset("oO")
_NUMBERS = Asked(lambda bits: bits & NUMERAL != 0)


class Group(Struct, frozen=True, gc=False):
    """Digits that were read as one piece, and the code points that they were read from.

    `spoken` when there were words among them; `gap` is what stands before the group within its run: "" nothing or
    blanks, "-" punctuation, "," a comma or a stop, "~" a filler word, "!" a correction.
    """

    digits: str
    start: int
    end: int
    spoken: bool
    gap: str


class Run(Struct, frozen=True, gc=False):
    """Groups of digits that belong together, possibly over several turns of one speaker; all their digits in order."""

    groups: tuple[Group, ...]
    start: int
    end: int
    digits: str

    @classmethod
    def of(cls, groups: Sequence[Group]) -> Self:
        """Return the run of groups that are in order."""
        digits = groups[0].digits if len(groups) == 1 else "".join([group.digits for group in groups])
        return cls(tuple(groups), groups[0].start, groups[-1].end, digits)

    @property
    def spoken(self) -> bool:
        """Whether any of the digits were words."""
        return any(group.spoken for group in self.groups)


def runs_of(transcript: Transcript) -> list[Run]:
    """Return the runs of digits in the text, in order, each within one turn."""
    runs: list[Run] = []
    text = transcript.folded
    pieces: list[Piece] = []
    for piece in _pieces(transcript):
        thing = piece[0] == "one" and (
            (piece[3] in _PARTED and is_one_of_things(text, piece[1]))
            or (pieces and piece[3] == "" and is_the_one(text, pieces[0][1], piece[2]))
        )
        thing = thing or (piece[0] == "o" and text[piece[2] : piece[2] + 1] == ":")  # "O: 503 555 0132", of an office
        if pieces and (piece[3] is None or thing):
            runs += _runs(text, pieces)
            pieces = []
        if not thing:
            pieces.append(piece)
    if pieces:
        runs += _runs(text, pieces)
    return runs


def _pieces(transcript: Transcript) -> Iterator[Piece]:
    text, words = transcript.folded, transcript.words
    starts, texts, bits = words.starts, words.texts, words.bits
    end, gap_of = -LONGEST_GAP, Gaps()
    for at in filterfalse(partial(_is_head, words, text), words.where(_NUMBERS)):
        start, word, before = starts[at], texts[at], end
        if bits[at] & Bit.MIXED:
            if MISREAD.fullmatch(word) and is_misread(text, word, start):
                yield word.translate(AS_DIGITS), start, start + len(word), gap_of.between(text, end, start)
                end = start + len(word)
                continue
            for digits in _DIGITS.finditer(word):
                first = start + digits.start()
                yield digits[0], first, start + digits.end(), gap_of.between(text, end, first)
                end = start + digits.end()
        else:
            if start == end + 1 and text[end] == " ":
                gap: str | None = ""
            else:
                gap = gap_of.between(text, end, start)
            end = start + len(word)
            if bits[at] & Bit.DIGITS or word in NUMBER_WORDS:
                yield word, start, end, gap
                continue
            said = _as_read(word)
            if said in PLURALS and (gap != "" or words.said[at - 1] not in COUNTS):
                end = before
                continue
            if said in HOMOPHONES:
                if not among_numbers(words, at):
                    end = before
                    continue
                said = HOMOPHONES[said]
            yield said, start, end, gap


def _is_head(words: Words, text: str, at: int) -> bool:
    """Whether a word is the letter of an office before its number: "O: (617) 555-0142"."""
    return words.texts[at] in _OHS and text[words.ends[at] : words.ends[at] + 1] == ":"


def _as_read(word: str) -> str:
    """Return a number word in the letters in which it is known: "zero" of "zeero", "nineteen" of "ninet'een"."""
    said = word.lower().replace("'", "")
    return said if said in NUMBER_WORDS or said in HOMOPHONES else unstretched(said)


def _alone(text: str, piece: Piece) -> tuple[Run, ...]:
    """Return the run of one number with no other beside it, as most stand, or none where it is no digit."""
    word, start, end, _ = piece
    spoken = not word.isdigit()
    digits = ALONE.get(word, "") if spoken else word
    if not digits or (digits in {"1", "0"} and spoken and NO_DIGIT_BEFORE.match(text, end)):
        return ()
    if counts_before(text, start, digits, read_on=False):
        return ()
    return (Run((Group(digits, start, end, spoken, ""),), start, end, digits),)


def _runs(text: str, pieces: Sequence[Piece]) -> Iterable[Run]:
    if len(pieces) == 1:
        return _alone(text, pieces[0])
    groups = _groups(pieces)
    if groups and groups[-1].digits in {"1", "0"} and groups[-1].spoken and NO_DIGIT_BEFORE.match(text, pieces[-1][2]):
        groups.pop()
    read_on = len(groups) > 1 and groups[1].gap == ""
    if groups and counts_before(text, groups[0].start, groups[0].digits, read_on=read_on):
        groups = groups[1:]
    if len(groups) > 1 and (
        last := _field_behind(text, groups) or _amount_behind(text, groups) or _hours_before(text, groups)
    ):
        return Run.of(groups[:last]), Run.of(groups[last:])
    if len(groups) > LONGEST_RUN:
        return [Run.of(groups[at : at + LONGEST_RUN]) for at in range(0, len(groups), LONGEST_RUN)]
    return (Run.of(groups),) if groups else ()


def _field_behind(text: str, groups: Sequence[Group]) -> int:
    """Return where a number of things begins that a semicolon parts from another one: "555 0142; 4 boxes"."""
    number = len(groups[-1].digits) < 3 and groups[-1].gap == "," and text[groups[0].end : groups[-1].start].count(";")
    return len(groups) - 1 if number == 1 and _COUNTED_FIELD.match(text, groups[-1].start) else 0


def _amount_behind(text: str, groups: Sequence[Group]) -> int:
    """Return where an amount begins that only fillers part from another number: "... four two, it's ten dollars"."""
    behind = _BEHIND.match(text, groups[-1].end)
    if behind is None or not (behind[1] in _UNITS_BEHIND or _EACH.match(text, groups[-1].end)):
        return 0
    pause = next((at for at in range(len(groups) - 1, 0, -1) if groups[at].gap in _PAUSES), 0)
    whole = not groups[-1].spoken and not groups[-2].spoken and len(groups[-2].digits) > len(groups[-1].digits) + 1
    counted = not pause and (len(groups) > 3 or whole) and len(groups[-1].digits) == 1 and behind[1] in COUNTED_THINGS
    return len(groups) - 1 if counted else pause


def _hours_before(text: str, groups: Sequence[Group]) -> int:
    """Return where a number begins behind hours that stand before it: "we're here from nine to five 207 555 1536"."""
    if text.endswith((" at ", "til ", "till ", " by "), 0, groups[0].start):
        hour, rest = groups[0].digits, sum(len(group.digits) for group in groups[1:])
        return 1 if rest == _PHONE_DIGITS and int(hour) <= _NOON and closes_at(text, groups[0].start) else 0
    if not text.endswith(("from ", "open "), 0, groups[0].start):
        return 0
    hours = HOUR_TO_HOUR.match(text, groups[0].start)
    if hours is None:
        return 0
    return next((at + 1 for at, group in enumerate(groups[:-1]) if group.end == hours.end()), 0)


def _groups(pieces: Sequence[Piece]) -> list[Group]:
    groups: list[Group] = []
    at, gap, count = 0, "", len(pieces)
    while at < count:
        word, start, end, before = pieces[at]
        if before:
            before = "~" if before == "&" else before
            gap = max(gap, before, key=_GAP_ORDER) if gap else before
        digits = UNITS.get(word, "")
        after = at + 1
        if not digits or (after < count and (pieces[after][0] in SCALES or pieces[after][0] in PLURALS)):
            digits, after = read(pieces, at)
            if not digits:
                at, gap = at + 1, max(gap, "~", key=_GAP_ORDER)
                continue
            end = pieces[after - 1][2]
        spoken = not word.isdigit() or (after > at + 1 and not all(piece[0].isdigit() for piece in pieces[at:after]))
        groups.append(Group(digits, start, end, spoken, gap))
        at, gap = after, ""
    return groups


def is_counted(text: str, run: Run) -> bool:
    """Whether a currency stands before a run, or a unit or the half of a day behind it, as in "500 mg"."""
    start, end = run.start, run.end
    behind = _BEHIND.match(text, end)
    said = behind[1] if behind is not None else ""
    if said in _UNITS_BEHIND or (said in {"m", "c"} and _SPELLED_UNIT.match(text, end)):
        return True
    counted = said.startswith(_EACH_OPENS) and len(run.digits) < _LONG_TIME
    if counted and (_OF_DAY.match(text, end) or _EACH.match(text, end)):
        return True
    if text[max(0, start - 5) : start].rstrip().endswith(_MONEYS) and _MONEY.search(text, max(0, start - 5), start):
        return True
    if said not in {"to", "or"} and text[end : end + 1] != "-":
        return False
    bound = _TO.match(text, end)  # "thirty five to forty minutes"
    behind = _BEHIND.match(text, bound.end()) if bound is not None else None
    return behind is not None and behind[1] in _UNITS_BEHIND


def is_amount(text: str, run: Run) -> bool:
    """Whether a run is an amount of something, a time, or a range: "500 mg", "at ten fifteen", "seven to ten"."""
    if is_counted(text, run) or are_ranges(text, run.start, run.end):
        return True
    if _tells_itself(text, run):
        return True
    if len(run.groups) > 3 or len(run.digits) > 4:
        return False
    if is_time(run.groups) and _AT.search(text, max(0, run.start - 6), run.start):
        return True
    ranged = len(run.groups) == 2 and _RANGE.fullmatch(text, run.start, run.end) is not None
    return ranged or _HOURS.search(text, max(0, run.start - 24), run.start) is not None


def are_ranges(text: str, start: int, end: int) -> bool:
    """Return whether a place holds hours or ranges and nothing else: "six thirty to ten", "18 to 34, 35 to 54"."""
    said = text[start:end]
    if not ("to" in said or "-" in said or "til" in said or "through" in said):
        return False  # most numbers are neither, and this is asked of each
    return (HOUR_TO_HOUR.fullmatch(text, start, end) or _RANGES.fullmatch(text, start, end)) is not None


def _tells_itself(text: str, run: Run) -> bool:
    """Whether a run is a price, several ranges, hours or a year by its form: "179.94", "18 to 34, 35 to 54"."""
    start, end = run.start, run.end
    if len(run.groups) > 1 and is_told(text, start, end, len(run.digits)):
        return True
    if len(run.digits) <= _LONGEST_PRICED and "." in text[start:end] and _PRICE.match(text, start, end):
        return True
    if len(run.groups) == 1:
        return text.startswith(("19", "20"), start) and _OF_YEAR.match(text, start) is not None
    if text.endswith("from ", 0, start) and _FROM_TO.fullmatch(text, start, end):
        return True
    if not text[max(0, start - 16) : start].rstrip().endswith(("between", "anywhere from")):
        return False
    between = _BETWEEN.search(text, max(0, start - 16), start)
    return between is not None and HOURS_BETWEEN.match(text, start) is not None


def is_time(groups: Sequence[Group]) -> bool:
    """Whether two numbers read as a time of day: "ten fifteen"."""
    if len(groups) != 2:
        return False
    hour, minutes = groups
    read = len(minutes.digits) == 2 and minutes.digits[0] in "12345" and minutes.digits[1] in "05"
    return read and hour.spoken and 1 <= int(hour.digits) <= 12


def digits_of(groups: Sequence[Group], at: int, after: int | None = None) -> str:
    """Return the digits of the groups from index `at` to before `after`, or to the end."""
    if at + 1 == (len(groups) if after is None else after):
        return groups[at].digits
    return "".join([group.digits for group in groups[at:after]])


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
