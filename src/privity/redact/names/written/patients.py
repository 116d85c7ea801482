"""What says of somebody that he is a patient, before his name: no part of it, although it has its capital."""

import re
from collections.abc import Iterable, Iterator

from privity.redact.claims import Claim
from privity.redact.labels import Label
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import Needed

_HEAD = re.compile(r"(?:pts?|patients?|fyi|consult|admit)[. ]\s?(?=[a-z])", re.ASCII)
_NEEDS = Needed("pt pts patient patients fyi consult admit")


def without(transcript: Transcript, claims: Iterable[Claim]) -> Iterable[Claim]:
    """Return the claims, names without a word before them that says what somebody is: "Pt Fiona Ayodele"."""
    return _cut(transcript, claims) if _NEEDS.can_occur(transcript.octets) else claims


def _cut(transcript: Transcript, claims: Iterable[Claim]) -> Iterator[Claim]:
    text = transcript.folded
    for claim in claims:
        start, end = claim.parts[0]
        head = None
        if claim.finding.label is Label.NAME and len(claim.parts) == 1:
            head = _HEAD.match(text, start, end)
        yield claim if head is None else Claim(((head.end(), end),), claim.finding)
