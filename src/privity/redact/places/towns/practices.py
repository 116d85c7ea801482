"""Practices and homes that are named before their trade, where somebody is seen: "at Prairie Dermatology".

A specialty by itself is a department, "referred to Cardiology", and so is one with a word of medicine before it,
"Pediatric Neurology". Behind "at" or "from" and a name it is a place.
"""

from collections.abc import Iterator

from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.reading.lexicon import Bit
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import Triggered

_SPECIALTIES = (
    "allergy audiology cardiology dental dentistry dermatology dialysis endocrinology fertility gastroenterology "
    "gynecology hematology imaging labs laboratories nephrology neurology neurosurgery obstetrics oncology "
    "ophthalmology optometry orthodontics orthopaedics orthopedics otolaryngology pathology pediatrics pharmacy "
    "physiotherapy podiatry psychiatry pulmonology radiology rehab rheumatology urology"
)
_TRADE = Triggered(
    (
        rf"\b(?:at|from|by|of|via|to)\s+((?:[a-z][a-z'&-]*\s){{1,3}}(?:{_SPECIALTIES.replace(' ', '|')}|ob/gyn|"
        r"(?:senior|assisted)\s+living|physical\s+therapy|care\s+center|family\s+(?:practice|medicine)|sports\s+medicine))\b"
    ).encode(),
    needs=(f"{_SPECIALTIES} ob living therapy care practice medicine", "at from by of via to"),
)
_SHAPED = Bit.CAPITAL | Bit.CAPITALS
_OF_MEDICINE = frozenset(
    {
        "acute", "adolescent", "adult", "ambulatory", "applied", "behavioral", "cardiac", "child", "clinical",
        "community", "consult", "critical", "diagnostic", "emergency", "general", "geriatric", "gynecologic", "hand",
        "hospital", "inpatient", "interventional", "maternal", "medical", "nuclear", "outpatient", "pediatric",
        "plastic", "radiation", "reproductive", "spine", "surgical", "the", "thoracic", "transplant", "trauma",
        "vascular", "veterinary", "women's", "your", "our",
    }
)  # fmt: skip

_FOUND = finding(Label.LOCATION, "practice", "a name, then a specialty, where somebody is seen", 0.7, "capitals")
NEEDS = _TRADE
"""Without these words in a text nothing is found in it."""


def claims(transcript: Transcript) -> Iterator[Claim]:
    """Return the practices, laboratories and homes that are named before their trade."""
    words = transcript.words
    for match in _TRADE.finditer(transcript.octets):
        start, end = match.span(1)
        first, behind = words.at_or_behind(start), words.at_or_behind(end)
        said, bits = words.said[first:behind], words.bits[first:behind]
        if len(said) > 1 and all(each & _SHAPED for each in bits) and said[0] not in _OF_MEDICINE and said[-2] != "of":
            yield Claim(((start, end),), _FOUND)
