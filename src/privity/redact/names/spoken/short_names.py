"""Names that are as short as small words or the short form of a month: "jun", "mister do"."""

from collections.abc import Iterator

from privity.redact.names.nobodys.uses import is_month
from privity.redact.names.parts import NameParts
from privity.redact.names.spoken.fit_words import NEVER
from privity.redact.names.spoken.slots import A_JUN
from privity.redact.reading.lexicon import NUMERAL, Bit
from privity.redact.reading.small_words import BEFORE_MONTHS
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import Triggered

_TITLED = Triggered(rb"\b(?:mister|mr|missus|mrs|ms)\.? (do|so|an|ho|ha)\b", needs=("mister mr missus mrs ms",))
_APART = 2  # characters
_OF_DATES = NUMERAL | Bit.CALENDAR
_BEFORE_JUN = BEFORE_MONTHS - {"of"} | {"from", "to"}


def short_names(parts: NameParts, transcript: Transcript) -> Iterator[tuple[int, int]]:
    """Yield the first and the last word of such names."""
    yield from _jun(parts, transcript)
    for match in _TITLED.finditer(transcript.octets):
        at = transcript.words.at_or_behind(match.start(1))
        yield at, at


def _jun(parts: NameParts, transcript: Transcript) -> Iterator[tuple[int, int]]:
    """Yield "jun" where no day or year stands beside it, for speech has no short months, and its surname."""
    said, bits = parts.said, parts.bits
    for at in parts.where_said({"jun"}) if A_JUN.can_occur(transcript.octets) else ():
        before, behind = _beside(parts, transcript, at, at - 1), _beside(parts, transcript, at, at + 1)
        dates = any(bits[other] & _OF_DATES and said[other] != "jun" for other in (*before, *behind))
        of_month = any(said[other] in _BEFORE_JUN for other in before) or is_month(parts, at)
        if dates or of_month or any(said[other] == "the" for other in behind):
            continue
        if bits[at] & (Bit.PLAIN | Bit.CAPITAL):
            surname = parts.adjoins(at + 1) and bits[at + 1] & (Bit.SURNAME | Bit.WORD | NEVER) == Bit.SURNAME
            yield at, at + surname


def _beside(parts: NameParts, transcript: Transcript, at: int, other: int) -> tuple[int, ...]:
    """Return a neighbour of a word if it stands in its turn, at most a sign and a blank away."""
    if not 0 <= other < parts.count or transcript.turn_at(parts.starts[at]) != transcript.turn_at(parts.starts[other]):
        return ()
    first, second = sorted((at, other))
    return (other,) if parts.starts[second] - parts.end(first) <= _APART else ()
