"""Birth dates that are read over several turns, a word or two in each: "march / okay / fourth / uh huh / fifty one".

By themselves a day and a year are nobody's. Behind the question for a birth, where a month was said and each turn holds
nothing but words of a date, they are of it.
"""

from collections.abc import Iterator

from privity.redact.claims import Claim, Part
from privity.redact.dates.date_words import MONTHS
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.reading.cues import Cues
from privity.redact.reading.lexicon import NUMERAL
from privity.redact.reading.small_words import URGES
from privity.redact.reading.spoken_numbers import ORDINALS
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import NEXT_TURN, Needed

_MONTHS = frozenset(MONTHS)
_SAID = {word for urge in URGES for word in urge.split()} | {
    "the", "of", "uh", "um", "er", "it's", "that's", "and", "so", "mm", "hm", "in", "hold", "on", "sorry", "no", "it",
}  # fmt: skip
_MOST_TURNS = 10
_LEAST = 2  # turns with a piece
NEEDS = Needed(NEXT_TURN, " ".join(MONTHS))
"""Without these words in a text nothing is found in it."""

_FOUND = finding(
    Label.DOB, "birth-over-turns", "a month, a day and a year in turns behind the question", 0.5, "context"
)


def claims(transcript: Transcript, cues: Cues) -> Iterator[Claim]:
    """Return the pieces of births that are read turn by turn."""
    stretches = transcript.stretches
    for asked in sorted({transcript.turn_at(cue.start) for cue in cues if cue.label is Label.DOB}):
        found: list[Part] = []
        for turn in stretches[asked + 1 : asked + 1 + _MOST_TURNS]:
            if turn.document != stretches[asked].document:
                break
            said = _pieces(transcript, turn.start, turn.end)
            if said is None:
                break
            found += said
        month = any(transcript.folded[start:end].split()[0] in _MONTHS for start, end in found)
        if month and len(found) >= _LEAST:
            yield from (Claim((part,), _FOUND) for part in found)


def _pieces(transcript: Transcript, start: int, end: int) -> list[Part] | None:
    """Return from the first to the last word of a date in a turn, None where the turn says anything else."""
    words = transcript.words
    pieces: list[int] = []
    for at in range(words.at_or_behind(start), words.at_or_behind(end)):
        if words.said[at] in _MONTHS or words.said[at] in ORDINALS or words.bits[at] & NUMERAL:
            pieces.append(at)
        elif words.said[at] not in _SAID:
            return None
    return [(words.starts[pieces[0]], words.ends[pieces[-1]])] if pieces else []
