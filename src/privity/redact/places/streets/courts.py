"""Lets courts of law go that were taken for streets, "at Leeds, Crown Court", and departments taken for houses.

Only where no number stands with them: "12 Crown Court" is an address. A town before or behind one stays hidden, and so
does a court in which somebody lives.
"""

import re
from collections.abc import Iterable, Iterator

from privity.redact.claims import Claim
from privity.redact.labels import Label
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import Group, Needed, Triggered

_COURTS = Triggered(
    rb"\b(?:crown|county|magistrates'?|magistrate's|high|district|family|circuit|supreme|superior|municipal|probate|youth|"
    rb"small claims|bankruptcy|juvenile|traffic|federal|sheriff|coroner'?s|appeals?|labou?r|tax|justice|moot)"
    rb"(?: and [a-z]+)? court\b",
    needs=("court",),
)
_LIVES = re.compile(
    r"\b(?:lives?|living|lived|address|reside[sd]?|flat|apartment|moved to|home)\b[^.;\n]{0,24}$", re.ASCII
)
_UNITS = re.compile(r"(?:contact|call|ask|front desk,|help desk,|and) (?:estates|facilities|villas)$", re.ASCII)
_ANY = Group(_COURTS, Needed("estates facilities villas"))
_REACH = 40  # characters before a court
_BESIDE = " ,"


def without(transcript: Transcript, claims: Iterable[Claim]) -> Iterable[Claim]:
    """Return the claims, those of addresses without the courts in them."""
    return _cut(transcript, claims) if _ANY.can_occur(transcript.octets) else claims


def _cut(transcript: Transcript, claims: Iterable[Claim]) -> Iterator[Claim]:
    text = transcript.folded
    courts = [match.span() for match in _COURTS.finditer(transcript.octets)]
    for claim in claims:
        if claim.finding.label is not Label.ADDRESS or len(claim.parts) > 1:
            yield claim
            continue
        [(start, end)] = claim.parts
        if _UNITS.fullmatch(text, start, end):
            continue
        court = next(((opens, closes) for opens, closes in courts if start <= opens and closes <= end), None)
        if court is None or any(map(str.isdigit, text[start:end])) or _LIVES.search(transcript.before(start, _REACH)):
            yield claim
            continue
        for opens, closes in ((start, court[0]), (court[1], end)):
            kept = text[opens:closes].strip(_BESIDE)
            if kept:
                first = text.index(kept, opens, closes)
                yield Claim(((first, first + len(kept)),), claim.finding)
