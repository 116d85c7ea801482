"""Complete card and social security numbers, whatever stands between their digits: the net below the other detectors.

"first group is 4111, second group is ...", "press four, press one", the bars of a table, a digit a turn with the other
side's every word between: no run holds such a number, and no topic is open beside it. So the digits of each party are
laid behind each other, and a stretch of them whose issuer, length and Luhn digit hold is a card (PCI DSS v4.0.1 3.4).
Nine digits in the ranges of a social security number are one behind words that announce it.

One in ten numbers passes Luhn by chance, so the less says that a card is read, the less may stand between its digits.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from msgspec import Struct

from privity.redact import checks
from privity.redact.claims import Claim, Part
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.numbers.letters_in_numbers import pieces_of
from privity.redact.numbers.values import Value
from privity.redact.reading.cues import ANY_CODE, SMALL, Cues
from privity.redact.reading.lexicon import NUMERAL
from privity.redact.reading.numerals import Group, Run, is_amount
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.vocabulary import vocabulary

_FEWEST = 12  # digits of a card
_SIZES = range(19, 12, -1)
_SSN = 9  # digits
_CODE = 3  # digits, or one more
_URGES = vocabulary().going_on.union(*(phrase.split() for phrase in vocabulary().fillers))
_OF_ONE = frozenset({Label.CARD, Label.SSN})
_DETAILS = frozenset({Label.CVV, Label.EXPIRY})
_DOUBTED = frozenset({Label.CARD, Label.SSN, Label.PHONE, Label.ID})  # what a part of a number may be taken for
_SURE = 0.75  # a score above which such a part is what it was taken for
_PARTS = frozenset({"press", "part"})  # harmless words that stand between the pieces of one number
_NO_LINK = 99  # words
_LONGEST_GAP = 400  # characters
_ASIDE = 9  # words that the other side may say between two groups, digits not counted
_MOST_OTHERS = 6  # words between two groups where cards are spoken of
_MOST_BARE = 3  # between two of its pieces where nothing is said of it
_OPENING = 40  # words between what announces a number and its first group, and none that announces another
_OF_READING = _URGES | vocabulary().of_reading | {
    "press", "third", "fourth", "fifth", "sixth", "set", "period", "finally", "final", "nbsp"
}  # fmt: skip
_OF_CARDS = re.compile(r"4{2,4}[1-4]?|46[45]|1+|2+1?", re.ASCII)  # sizes of the pieces in which cards are read


class _Said(Struct, frozen=True, gc=False):
    """A group of digits of one party, and how many other words stand between it and the one before.

    It is `read` on when they are words with which numbers are read.
    """

    group: Group
    apart: int
    read: bool


def values(transcript: Transcript, cues: Cues, runs: Sequence[Run], known: Sequence[Value]) -> Iterator[Value]:
    """Return the complete numbers in what each party says, of digits that are not `known` to be something else."""
    announced = [cue.end for cue in cues if cue.label is Label.SSN]
    asked = [cue.end for cue in cues if cue.label is Label.CVV and cue.phrase not in ANY_CODE]
    fewest = _CODE if asked else _SSN if announced else _FEWEST
    if sum(len(run.digits) for run in runs) < fewest:
        return
    taken = sorted({group for value in known if _is_sure(value) for group in value.claim.parts})
    if sum(len(group.digits) for run in runs for group in _untaken(run, taken) if group) < fewest:
        return
    for said in _parties(transcript, cues, _free(transcript, runs, taken), fewest=fewest):
        yield from _cards(transcript, cues, said)
        if announced:
            yield from _social(transcript, cues, said, announced)
        if asked:
            yield from _codes(transcript, cues, said, asked)


def _is_sure(value: Value) -> bool:
    found = value.claim.finding
    if found.label in _OF_ONE:
        return found.validator.endswith(" ok")  # else a part of one, whose other digits come later
    if found.label in _DETAILS:
        return found.cue != ""  # three digits behind a part of a card are more of it
    return found.label not in _DOUBTED or found.score > _SURE


def _untaken(run: Run, taken: Sequence[Part]) -> Iterator[Group | None]:
    """Yield the groups of a run, and None for each that begins within a place that is taken."""
    for group in run.groups:
        at = bisect_left(taken, (group.start + 1,)) - 1
        yield None if at >= 0 and group.start < taken[at][1] else group


def _free(transcript: Transcript, runs: Sequence[Run], taken: Sequence[Part]) -> Iterator[Group | None]:
    """Yield the groups in order, and None where some are left out that are something else."""
    for run in runs:
        if len(run.digits) < _SSN and is_amount(transcript.folded, run) and not _is_joined(transcript.folded, run):
            yield None
        else:
            for group in _untaken(run, taken):
                yield from (None,) if group is None else pieces_of(transcript.folded, group)


def _is_joined(text: str, run: Run) -> bool:
    """Whether what makes an amount of a run stands between two digits: "4111$1111$1111$1111"."""
    beside = text[max(0, run.start - 2) : run.start], text[run.end : run.end + 2][::-1]
    return any(len(two) > 1 and two[0].isdigit() and two[1] in "$%" for two in beside)


def _parties(
    transcript: Transcript, cues: Cues, groups: Iterable[Group | None], *, fewest: int
) -> Iterator[list[_Said]]:
    """Yield the groups of each party of each document that says so many digits, in order."""
    said: defaultdict[tuple[int, str], list[tuple[Group | None, Group]]] = defaultdict(list)  # each behind another one
    whole = True
    for group in groups:
        if group is None:
            whole = False
            continue
        stretch = transcript.stretches[transcript.turn_at(group.start)]
        own = said[stretch.document, stretch.speaker]
        own.append((own[-1][1] if own and whole else None, group))
        whole = True
    for own in said.values():
        if sum(len(group.digits) for _, group in own) >= fewest:
            yield [_said(transcript, cues, before, group) for before, group in own]


def _said(transcript: Transcript, cues: Cues, before: Group | None, group: Group) -> _Said:
    """Return a group with what its party says between it and the one before."""
    if before is None or group.start - before.end > _LONGEST_GAP:
        return _Said(group, _NO_LINK, read=False)
    if group.start - before.end <= 1:
        return _Said(group, 0, read=True)
    if any(cue.label not in _OF_ONE and cue.phrase not in _PARTS for cue in cues.within(before.end, group.start)):
        return _Said(group, _NO_LINK, read=False)
    first, last = transcript.turn_at(before.end - 1), transcript.turn_at(group.start)
    own = transcript.stretches[last].speaker
    apart, read = 0, True
    for turn in range(first, last + 1):
        stretch = transcript.stretches[turn]
        others = _others(transcript, max(before.end, stretch.start), min(group.start, stretch.end))
        if stretch.speaker == own:
            apart += len(others)
            read = read and _OF_READING.issuperset(others)
        elif len(others) > _ASIDE:
            return _Said(group, _NO_LINK, read=False)
    return _Said(group, apart, read)


def _others(transcript: Transcript, start: int, end: int) -> list[str]:
    words = transcript.words
    return [
        words.said[at]
        for at in range(words.at_or_behind(start), words.at_or_behind(end))
        if words.said[at] not in _URGES and not words.bits[at] & NUMERAL
    ]


def _cards(transcript: Transcript, cues: Cues, said: Sequence[_Said]) -> Iterator[Value]:
    digits = "".join([one.group.digits for one in said])
    begins = list(accumulate((len(one.group.digits) for one in said), initial=0))
    group_at = {place: at for at, place in enumerate(begins)}
    reach = 0
    for at, start in enumerate(begins[:-1]):
        if start < reach or digits[start] not in "234568":
            continue
        sizes = [size for size in _SIZES if start + size in group_at and checks.card(digits[start : start + size])]
        after = next((end for size in sizes if _is_read(cues, said[at : (end := group_at[start + size])])), None)
        if after is not None:
            why = f"{begins[after] - start} digits with other words between them, Luhn ok, issuer number known"
            yield _value(transcript, said[at:after], Label.CARD, "whole-card", why, 0.985, "Luhn ok")
            reach = begins[after]


def _is_read(cues: Cues, said: Sequence[_Said]) -> bool:
    """Whether groups, whose digits are those of a card, are likely enough to be read as one."""
    behind = said[1:]
    widest = max((one.apart for one in behind), default=0)
    if widest == 0:
        return True
    if widest > _MOST_OTHERS:
        return False
    if all(map(_goes_on, behind)) and cues.payment_near(said[0].group.start, said[-1].group.end):
        return True
    pieces = [len(said[0].group.digits)]
    for one in behind:
        if one.apart:
            pieces.append(0)
        pieces[-1] += len(one.group.digits)
    return widest <= _MOST_BARE and _OF_CARDS.fullmatch("".join(str(min(9, size)) for size in pieces)) is not None


def _goes_on(one: _Said) -> bool:
    """Whether a group goes on with a number that is announced: few words, of reading or an aside, part them."""
    return one.apart <= (_MOST_OTHERS if one.read else _MOST_BARE)


def _social(transcript: Transcript, cues: Cues, said: Sequence[_Said], announced: Sequence[int]) -> Iterator[Value]:
    starts = [one.group.start for one in said]
    at = 0
    for cue in announced:
        while at < len(said) and starts[at] < cue:
            at += 1
        after = _social_from(transcript, cues, said, at, cue) if at < len(said) else None
        if after is not None:
            why = "9 digits with other words between them, ranges ok, behind the words that announce it"
            yield _value(transcript, said[at:after], Label.SSN, "whole-ssn", why, 0.94, "ranges ok")
            at = after


def _social_from(transcript: Transcript, cues: Cues, said: Sequence[_Said], at: int, cue: int) -> int | None:
    """Return the index behind the nine digits that begin at a group, which is the first behind a cue; or None."""
    start = said[at].group.start
    if start - cue > _LONGEST_GAP or transcript.document_at(start) != transcript.document_at(cue):
        return None
    if len(_others(transcript, cue, start)) > _OPENING:
        return None
    digits = ""
    for after in range(at, len(said)):
        digits += said[after].group.digits
        if (after > at and not _goes_on(said[after])) or len(digits) > _SSN:
            return None
        if len(digits) == _SSN:
            between = cues.within(cue, said[after].group.start)
            clear = all(one.label is Label.SSN or one.phrase in _PARTS or one.phrase in SMALL for one in between)
            return after + 1 if clear and checks.ssn(digits) and _ends(said, after) else None
    return None


def _ends(said: Sequence[_Said], at: int) -> bool:
    """Whether a number can end with a group, because no digit stands right behind it."""
    return at + 1 == len(said) or said[at + 1].group.start - said[at].group.end > 1


def _codes(transcript: Transcript, cues: Cues, said: Sequence[_Said], asked: Sequence[int]) -> Iterator[Value]:
    starts = [one.group.start for one in said]
    for cue in asked:
        at = bisect_left(starts, cue)
        after = _code_from(transcript, cues, said, at, cue)
        if after is not None:
            why = "the digits of a security code with other words between them"
            yield _value(transcript, said[at:after], Label.CVV, "whole-code", why, 0.8, "length ok")


def _code_from(transcript: Transcript, cues: Cues, said: Sequence[_Said], at: int, cue: int) -> int | None:
    """Return the index behind the three or four digits that follow a cue, with words of reading alone between them."""
    digits, place = 0, cue
    for after in range(at, len(said)):
        group = said[after].group
        if group.start - place > _LONGEST_GAP or transcript.document_at(group.start) != transcript.document_at(cue):
            return None
        words = transcript.words
        first, behind = words.at_or_behind(place), words.at_or_behind(group.start)
        if not all(
            word in _OF_READING or bits & NUMERAL
            for word, bits in zip(words.said[first:behind], words.bits[first:behind], strict=True)
        ):
            return None
        if any(one.label is not Label.CVV and one.phrase not in _PARTS for one in cues.within(cue, group.start)):
            return None
        digits, place = digits + len(group.digits), group.end
        if digits >= _CODE:
            return after + 1 if digits <= _CODE + 1 and _ends(said, after) else None
    return None


def _value(
    transcript: Transcript, said: Sequence[_Said], label: Label, detector: str, why: str, score: float, check: str
) -> Value:
    parts: list[Part] = []
    turn = -1
    for one in said:
        place = transcript.turn_at(one.group.start)
        if place == turn and not one.apart and one.group.start - parts[-1][1] < _FEWEST:
            parts[-1] = (parts[-1][0], one.group.end)
        else:
            parts.append((one.group.start, one.group.end))
        turn = place
    digits = "".join(one.group.digits for one in said)
    return Value(digits, Claim(tuple(parts), finding(label, detector, why, score, "digits", "", check)))
