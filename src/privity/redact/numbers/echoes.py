"""Pieces of a number that the other side says after whoever reads it: "456" / "456" / "380" / "380" / "2358".

A number that is read over several turns is written down by somebody who repeats each piece. So few digits are nobody's
by themselves; alone in a turn between the first piece and shortly behind the last one, they are of the number.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.numbers.values import Value
from privity.redact.reading.numerals import Run, is_amount
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.vocabulary import vocabulary

_LEAST = 6  # digits of a number that is read in pieces
_LEAST_REPEATED = 2
_BEHIND = 2  # turns behind the last piece
_REACH = 200  # characters before the first piece and behind the last one
_NOT_IN_PIECES = frozenset({Label.EXPIRY, Label.CVV, Label.ZIP, Label.PASSWORD})
_LISTED = vocabulary()
_SAID = (
    _LISTED.of_reading
    | _LISTED.going_on
    | _LISTED.number_words
    | {"got", "that's", "that", "and", "so", "then", "next"}
)


def claims(transcript: Transcript, runs: Sequence[Run], values: Iterable[Value]) -> Iterator[Claim]:
    """Return the repeated pieces of the numbers that were found over several turns."""
    starts: list[int] = []
    for value in values:
        parts, label = value.claim.parts, value.claim.finding.label
        if len(parts) < 2 or len(value.digits) < _LEAST or label in _NOT_IN_PIECES:
            continue
        starts = starts or [run.start for run in runs]
        first = transcript.stretches[transcript.turn_at(parts[0][0])]
        last = min(transcript.turn_at(parts[-1][0]) + _BEHIND, len(transcript.stretches) - 1)
        limit = min(transcript.stretches[last].end, transcript.document_end(first.document), parts[-1][1] + _REACH)
        found = finding(label, "piece-repeated", f"repeats a piece of a {label} that is read", 0.56, "context")
        held = {start for start, _ in parts}
        began = max(first.start, parts[0][0] - _REACH)
        for run in runs[bisect_left(starts, began) : bisect_left(starts, limit)]:
            if run.start not in held and _is_piece(transcript, run, value.digits):
                yield Claim(((run.start, run.end),), found)


def _is_piece(transcript: Transcript, run: Run, digits: str) -> bool:
    """Whether a run is all of its turn, and in a number."""
    if len(run.digits) < _LEAST_REPEATED or run.digits not in digits or is_amount(transcript.folded, run):
        return False
    turn, words = transcript.stretches[transcript.turn_at(run.start)], transcript.words
    said = words.said[words.at_or_behind(turn.start) : words.at_or_behind(turn.end)]
    return all(word in _SAID or word.isdigit() for word in said)
