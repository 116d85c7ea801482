"""The other of two names between which somebody cannot tell: "curtis hale i think or hall", "moran or maybe moore".

Behind a name and "or" stands another one if it sounds like the name before: it begins with the same letter, or ends as
it ends. What else people are asked to choose from is no name.
"""

import re
from collections.abc import Iterable, Iterator

from privity.redact.claims import Claim
from privity.redact.labels import Label
from privity.redact.reading.lexicon import Bit
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import Needed
from privity.redact.reading.vocabulary import vocabulary

_OR = re.compile(
    r",?\s+(?:(?:i\s+think|i\s+guess|i\s+believe|maybe|uh|um|something)[\s,]+){0,2}or\s+"
    r"(?:(?:maybe|is\s+it|was\s+it|possibly|like|uh|um|perhaps)\s+){0,2}([a-z][a-z'-]{2,})\b",
    re.ASCII,
)
_ALIKE = 3  # letters at the end of two names that rhyme
_NAMES = Bit.GIVEN | Bit.SURNAME | Bit.UNKNOWN
_NEEDS = Needed("or")


def claims(transcript: Transcript, found: Iterable[Claim]) -> Iterator[Claim]:
    """Return the names that may be meant instead of those that were found."""
    if not _NEEDS.can_occur(transcript.octets):
        return
    text, words = transcript.folded, transcript.words
    for claim in found:
        end = claim.parts[-1][1]
        other = _OR.match(text, end) if claim.finding.label is Label.NAME else None
        if other is None:
            continue
        name = text[max(0, end - 24) : end].split()[-1]
        bits = words.bits[words.at_or_behind(other.start(1))]
        alike = name[:1] == other[1][:1] or name[-_ALIKE:] == other[1][-_ALIKE:]
        sure = not bits & Bit.WORD or other[1] in vocabulary().worldly_surnames  # "ask jason or just wait"
        if alike and sure and bits & _NAMES and not bits & (Bit.FUNCTION | Bit.CALENDAR):
            yield Claim((other.span(1),), claim.finding)
