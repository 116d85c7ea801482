"""A card or social security number is being read: every digit of the turns in which hardly anything else is said.

Chains and topics follow a number from digit to digit. People interrupt themselves and each other more than that: "let
me start over", "sorry the dog was barking", "so i have eight?". So from the question for such a number on, a turn that
holds digits and only words with which numbers are read is part of the reading, by whomever it is said, until the talk
turns to something else.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from msgspec import Struct

from privity.redact.claims import Claim, Part
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.reading.cues import ANY_CODE, Cue, Cues
from privity.redact.reading.lexicon import NUMERAL
from privity.redact.reading.misheard import HOMOPHONES
from privity.redact.reading.numerals import Run, is_amount, is_counted, is_time
from privity.redact.reading.transcript import Transcript, Words
from privity.redact.reading.vocabulary import vocabulary

_BREAKS_OFF = frozenset(
    {"my", "no", "sorry", "wait", "not", "scratch", "uh", "um", "er", "oops", "i", "i'm", "let", "that's"}
)
_THE_ONE = frozenset({"the", "this", "which"})
_ONE_OF = frozenset({"ending", "moment", "second", "sec", "minute", "more", "time", "short", "thing"})
_TOPICS = frozenset({Label.CARD, Label.SSN, Label.CVV})
_STAYS = _TOPICS | {Label.EXPIRY}
_NEVER = ANY_CODE | {"credit", "debit"}  # of these alone, no number is asked for
_LONGEST = 24  # turns
_MOST_OTHERS = 1  # words beside those of reading
_DEGREES = 3  # digits
_QUIET = 3  # turns without a digit
_LONG_TURN = 9  # words of a turn that speaks of something else
_FIRST = 2  # turns within which the reading begins


class _Reading(Struct):
    """A reading that is not over: its label, how many turns were quiet, and whether a digit was heard."""

    label: Label
    turns: int = 0
    quiet: int = 0
    begun: bool = False


def claims(transcript: Transcript, cues: Cues, runs: Sequence[Run]) -> Iterator[Claim]:
    """Return the digits of the turns that read a number which was asked for."""
    asked = [cue for cue in cues if cue.label in _TOPICS and cue.phrase not in _NEVER]
    if not asked:
        return
    starts = [run.start for run in runs]
    firsts: dict[int, Cue] = {}
    for cue in asked:
        firsts.setdefault(transcript.document_at(cue.start), cue)
    for cue in firsts.values():
        yield from _from(transcript, cues, runs, starts, transcript.turn_at(cue.start))


def _from(
    transcript: Transcript, cues: Cues, runs: Sequence[Run], starts: Sequence[int], first: int
) -> Iterator[Claim]:
    stretches = transcript.stretches
    document = stretches[first].document
    reading: _Reading | None = None
    for turn in range(first, len(stretches)):
        stretch = stretches[turn]
        if stretch.document != document:
            return
        said = cues.within(stretch.start, stretch.end)
        before, start = reading, stretch.start
        if said:
            if before is not None:
                yield from _read(transcript, before, runs, starts, (start, said[0].start))
            reading = _turned(reading, said[-1])
            start = said[-1].end
        if reading is None:
            continue
        found = list(_read(transcript, reading, runs, starts, (start, stretch.end)))
        yield from found
        if not said and not _goes_on(transcript, reading, turn, reads=bool(found)):
            reading = None


def _turned(reading: _Reading | None, last: Cue) -> _Reading | None:
    """Return the reading that goes on or begins behind the last cue of a turn, None where it is about other things."""
    if last.label in _TOPICS and last.phrase not in _NEVER:
        assert last.label is not None
        return _Reading(last.label)
    return reading if last.label in _STAYS or last.phrase in _NEVER else None


def _read(
    transcript: Transcript, reading: _Reading, runs: Sequence[Run], starts: Sequence[int], place: Part
) -> Iterator[Claim]:
    """Yield the digits of the lines of a place that read a number."""
    for begins, ends in _lines(transcript, *place):
        said = runs[bisect_left(starts, begins) : bisect_left(starts, ends)]
        others = _others(transcript, begins, ends) if said else 0
        if said and others <= _MOST_OTHERS and not _is_other(transcript, said, beside=others > 0):
            found = finding(reading.label, "number-read", f"digits while a {reading.label} is read", 0.5, "context")
            yield from (Claim((part,), found) for part in _parts(transcript, begins, ends))


def _lines(transcript: Transcript, start: int, end: int) -> Iterator[Part]:
    """Yield the lines of a turn: in short texts that do not say who speaks, they are what one party said."""
    while start < end:
        behind = transcript.folded.find("\n", start, end)
        behind = end if behind < 0 else behind
        yield start, behind
        start = behind + 1


def _goes_on(transcript: Transcript, reading: _Reading, turn: int, *, reads: bool) -> bool:
    """Count a turn of a reading; return whether the reading can go on behind it."""
    reading.turns += 1
    reading.quiet = 0 if reads else reading.quiet + 1
    reading.begun = reading.begun or reads
    if reading.turns > _LONGEST or reading.quiet > (_QUIET if reading.begun else _FIRST):
        return False
    stretch = transcript.stretches[turn]
    said = _words(transcript, stretch.start, stretch.end)
    return reads or (len(said) < _LONG_TURN and vocabulary().ends_reading.isdisjoint(said))


def _is_other(transcript: Transcript, said: Sequence[Run], *, beside: bool) -> bool:
    """Whether something is counted in a turn, or the hour may be all that is said `beside` other words."""
    if beside and (
        (len(said) == 1 and is_time(said[0].groups)) or any(is_amount(transcript.folded, run) for run in said)
    ):
        return True
    return any(is_counted(transcript.folded, run) or _is_weather(transcript, run) for run in said)


def _is_weather(transcript: Transcript, run: Run) -> bool:
    """Whether so few digits are said of a place: "it's only 75 here"."""
    words = transcript.words
    at = words.at_or_behind(run.end)
    here = words.starts[at : at + 1] == [run.end + 1] and words.said[at] in {"here", "outside", "degrees"}
    return here and len(run.digits) <= _DEGREES


def _words(transcript: Transcript, start: int, end: int) -> list[str]:
    words = transcript.words
    return words.said[words.at_or_behind(start) : words.at_or_behind(end)]


def _others(transcript: Transcript, start: int, end: int) -> int:
    """How many words of a turn are neither digits nor words with which numbers are read."""
    listed = vocabulary()
    return sum(
        word not in listed.of_reading and word not in listed.number_words and not word.isdigit()
        for word in _words(transcript, start, end)
    )


def _parts(transcript: Transcript, start: int, end: int) -> Iterator[Part]:
    """Yield the places of the digits of a turn, and of what a recognizer took for other words beside them."""
    words = transcript.words
    first, behind = words.at_or_behind(start), words.at_or_behind(end)
    at = first
    while at < behind:
        last = at - 1
        while last + 1 < behind and _is_digit(words, at, last + 1, behind):
            last += 1
        if last >= at:
            yield words.starts[at], words.ends[last]
        at = max(last, at) + 1


def _is_digit(words: Words, first: int, at: int, behind: int) -> bool:
    said, follows = words.said[at], words.said[at + 1] if at + 1 < behind else ""
    if said in HOMOPHONES and at > first:
        return at + 1 == behind or words.bits[at + 1] & NUMERAL != 0 or follows in _BREAKS_OFF
    counts = said == "one" and (follows in _ONE_OF or words.beside(at, -1) in _THE_ONE)
    return words.bits[at] & NUMERAL != 0 and not counts
