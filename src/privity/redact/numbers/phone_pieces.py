"""Pieces of phone numbers: begun and broken off, gone on with behind an aside, read back in two or three digits.

"five one oh hang on i never call myself five one oh six five ...", "two oh six three eight one six two two, what's my
six two two oh", "... forty fifty / four zero five zero". A number that has too few digits is not over; digits that
stand shortly before a number and begin it are of it.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from privity.redact.claims import Claim, Part
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.numbers.values import Value
from privity.redact.reading.cues import Cues
from privity.redact.reading.numerals import Run, is_amount, is_time
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import Triggered

_WHOLE = 10  # digits
_LEAST = 6  # of a number that may not be over
_PIECE = 3
_LONGEST_PIECE = 7
_BEHIND = 56  # characters between a number that is not over and its rest
_BEFORE = 90  # characters between a number and its false start
_TURNS = 2
_FEW = 2  # words beside the digits of a turn
_COUNTS = re.compile(
    r"\s*(?:years?|dollars?|cents|bucks|percent|of|people|times|minutes|hours|days|weeks|months|miles)\b"
)

_AREA = Triggered(rb"\barea\s+code\b", needs=("area", "code"))
_AREA_REACH = 30  # characters
_AREA_GAP = re.compile(
    r"[\s,.?:\x1e]*(?:(?:first|is|it's|please|okay|sure|uh|um|yes|so|that's)[\s,.?:\x1e]+)*", re.ASCII
)

_REST = finding(Label.PHONE, "phone-rest", "digits behind a phone number that was not over", 0.56, "context")
_START = finding(Label.PHONE, "phone-begun", "digits that begin or repeat a phone number beside them", 0.56, "context")


def claims(transcript: Transcript, cues: Cues, runs: Sequence[Run], values: Iterable[Value]) -> Iterator[Claim]:
    """Return the pieces that stand beside the phone numbers which were found."""
    phones = [value for value in values if _is_phone(value)]
    if not phones:
        return
    starts = [run.start for run in runs]
    taken = sorted(part for value in phones for part in value.claim.parts)
    yield from _area_codes(transcript, runs, starts, phones)
    for value in phones:
        first, end = value.claim.parts[0][0], value.claim.parts[-1][1]
        at = bisect_left(starts, end)
        if at < len(runs) and _is_near(transcript, end, runs[at].start, _BEHIND):
            run = runs[at]
            rest = len(value.digits) < _WHOLE and _PIECE < len(run.digits) <= _LONGEST_PIECE and _is_free(run, cues)
            again = len(run.digits) >= _PIECE and run.digits in value.digits and _alone(transcript, run)
            if (rest or again) and not _counts(transcript, run) and not _is_taken(run, taken):
                yield Claim(((run.start, run.end),), _REST)
        at = bisect_left(starts, first) - 1
        if at >= 0 and _is_near(transcript, runs[at].end, first, _BEFORE):
            run = runs[at]
            begun = _PIECE <= len(run.digits) < _WHOLE and value.digits.startswith(run.digits)
            if begun and not _counts(transcript, run) and not _is_taken(run, taken):
                yield Claim(((run.start, run.end),), _START)


def _area_codes(
    transcript: Transcript, runs: Sequence[Run], starts: Sequence[int], phones: Iterable[Value]
) -> Iterator[Claim]:
    """Yield the three digits behind "area code" in a conversation in which a phone number is told."""
    documents = {transcript.document_at(value.claim.parts[0][0]) for value in phones}
    for match in _AREA.finditer(transcript.octets):
        at = bisect_left(starts, match.end())
        near = at < len(runs) and runs[at].start - match.end() <= _AREA_REACH
        if near and len(runs[at].digits) == _PIECE and transcript.document_at(match.start()) in documents:
            between = transcript.folded[match.end() : runs[at].start]
            if _AREA_GAP.fullmatch(between):
                yield Claim(((runs[at].start, runs[at].end),), _START)


def _is_phone(value: Value) -> bool:
    found = value.claim.finding
    return len(value.digits) >= _LEAST and (found.label is Label.PHONE or found.detector == "spoken-number")


def _is_taken(run: Run, taken: Sequence[Part]) -> bool:
    at = bisect_right(taken, (run.start, run.end + 1)) - 1
    return at >= 0 and taken[at][1] > run.start


def _is_near(transcript: Transcript, end: int, start: int, reach: int) -> bool:
    if not 0 <= start - end <= reach or transcript.document_at(end) != transcript.document_at(start):
        return False
    return transcript.turn_at(start) - transcript.turn_at(end) <= _TURNS


def _is_free(run: Run, cues: Cues) -> bool:
    """Whether nothing is said of a run that makes it another number."""
    cue = cues.governing(run.start, run.end)
    return (cue is None or cue.label is Label.PHONE) and not is_time(run.groups) and run.spoken


def _alone(transcript: Transcript, run: Run) -> bool:
    turn, words = transcript.stretches[transcript.turn_at(run.start)], transcript.words
    others = words.at_or_behind(turn.end) - words.at_or_behind(turn.start)
    return others - (words.at_or_behind(run.end) - words.at_or_behind(run.start)) <= _FEW


def _counts(transcript: Transcript, run: Run) -> bool:
    thousands = any(len(group.digits) > _PIECE and group.digits.endswith("000") for group in run.groups)
    said = transcript.folded[run.start : run.end]
    return (
        thousands
        or "thousand" in said
        or is_amount(transcript.folded, run)
        or _COUNTS.match(transcript.folded, run.end) is not None
    )
