"""Floors, flats and buildings that are written before a street: "3rd Floor, Corn House, 7 Quay Street"."""

import re
from collections.abc import Iterable, Iterator

from privity.redact.claims import Claim, Part
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import Needed

_FLOOR = (
    r"(?:(?:[Gg]round|[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[Ff]ifth|[Tt]op|[Uu]pper|[Ll]ower|[0-9]{1,2}(?:st|nd|rd|th))"
    r" [Ff]loor|(?:Level|Floor|Flat|Apt\.?|Apartment|Unit|Suite|Room|Office) [0-9A-Z][0-9A-Z/-]{0,5})"
)
_BUILDING = (
    r"(?:[A-Z][a-z'-]+ ){1,3}(?:House|Lodge|Buildings?|Court|Tower|Hall|Chambers|Mills?|Works|Centre|Exchange|Cottage|"
    r"Farm|Barn|Grange|Manor|Villas?|Plaza|Quay|Wharf)"
)
_BEFORE = re.compile(rf"(?:(?:{_FLOOR}|{_BUILDING})(?:,[ \n]?|\n| ))+$", re.ASCII)
_NEEDS = Needed(
    "floor level flat apt apartment unit suite room office house lodge building buildings court tower hall chambers "
    "mill mills works centre exchange cottage farm barn grange manor villa villas plaza quay wharf"
)
_REACH = 100  # characters
_FOUND = finding(Label.ADDRESS, "before-street", "a floor or a building before a street", 0.85, "form")


def claims(transcript: Transcript, streets: Iterable[Part]) -> Iterator[Claim]:
    """Return the streets with the floors, flats and buildings that are written right before them."""
    for start, end in streets if _NEEDS.can_occur(transcript.octets) else ():
        document = transcript.documents[transcript.document_at(start)]
        before = _BEFORE.search(transcript.cased, max(document, start - _REACH), start)
        if before:
            yield Claim(((before.start(), end),), _FOUND)
