"""House numbers by themselves, once a street was named: "that's my brother's place, i'm at 1194", "no no i'm 185"."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from privity.redact.claims import Claim, Part
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.places.streets.street_words import StreetWords
from privity.redact.reading.lexicon import Bit
from privity.redact.reading.spoken_numbers import digits_said
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import Triggered

_MINE = Triggered(
    rb"\b(i'm|we're|i\s+am|we\s+are|mine's|mine\s+is|ours\s+is|i\s+live|she's|he's|they're|it's)\s+(?:over\s+|down\s+|up\s+|actually\s+)*"
    rb"((?:in\s+|at\s+)?(?:number\s+)?)",
    needs=("i we mine ours she he they it",),
)
_CORRECTS = frozenset({"no", "actually", "sorry", "wrong", "not", "nope"})
_REACH = 160
_TURNS = 3
_CLOSE = 4  # characters between a number and its digits one by one
_SURELY = 3  # digits, which no age has
_MOST = 5  # digits
_OTHER = finding(Label.ADDRESS, "house-told", "a house number by itself, behind the street of another", 0.7, "context")


def claims(transcript: Transcript, streets: Sequence[Part]) -> Iterator[Claim]:
    """Return the house numbers that somebody says to be at, or instead of another one, close behind a street."""
    words, read = transcript.words, transcript.once(StreetWords)
    ends = sorted(end for _, end in streets)
    for match in _MINE.finditer(transcript.octets):
        at = words.at_or_behind(match.end())
        behind = read.house(at)
        street = bisect_right(ends, match.start()) - 1
        if street < 0 or behind == at or words.starts[at] != match.end():
            continue
        start, end = words.starts[at], words.end(behind - 1)
        if not _is_near(transcript, ends[street], start) or read.measures(end) or not _closes(transcript, end):
            continue
        if any(words.bits[i] & Bit.DIGITS for i in range(words.at_or_behind(ends[street]), at)):
            continue  # "12 Oak Street. Invoice 1234. No, it's 1235"
        turn = transcript.stretches[transcript.turn_at(start)]
        said = transcript.folded[max(ends[street], turn.start) : match.start()]
        corrects = not _CORRECTS.isdisjoint(said.replace(",", " ").split())
        at_house = match[1] != b"it's" and not {b"at", b"number"}.isdisjoint(match[2].split())
        digits = len(_digits(transcript, at, behind))
        if digits <= _MOST and ((at_house and digits > 1) or (corrects and digits >= _SURELY)):
            yield Claim(((start, end),), _OTHER)
            again = read.house(behind)  # "I'm 185. One eight five."
            spelled = again > behind and words.starts[behind] - end < _CLOSE
            if spelled and _digits(transcript, behind, again) == _digits(transcript, at, behind):
                yield Claim(((words.starts[behind], words.end(again - 1)),), _OTHER)


def _digits(transcript: Transcript, first: int, behind: int) -> str:
    """Return the digits of a number that stands at some words."""
    return digits_said(transcript.folded[transcript.words.starts[first] : transcript.words.end(behind - 1)])


def _is_near(transcript: Transcript, street: int, start: int) -> bool:
    """Whether a place is of the same document as the street that ends before it, and few turns behind it."""
    turns = transcript.turn_at(start) - transcript.turn_at(street - 1)
    return (
        start - street < _REACH
        and turns <= _TURNS
        and transcript.document_at(street - 1) == transcript.document_at(start)
    )


def _closes(transcript: Transcript, end: int) -> bool:
    return end >= len(transcript.folded) or (
        transcript.folded[end] in ".,?!\n\x1d\x1e" and not transcript.folded[end + 1 : end + 2].isdigit()
    )
