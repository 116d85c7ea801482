"""Buildings that people live in, by their names: "Lincoln Creek Apartments", "at the larkmoor towers"."""

from collections.abc import Iterator

from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.places.streets.street_words import MOST_NAMES, StreetWords
from privity.redact.reading.lexicon import Bit
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import Triggered

SAID = Triggered(
    rb"\b(?:apartments?(?: homes?)?|condominiums|condos|towers|townhomes|villas|estates|manor|"
    rb"(?:mobile home|trailer) park)\b",
    needs=("apartment apartments condominiums condos towers townhomes villas estates manor park",),
)
_PLURAL = (b"s", b"manor", b"park")
_HOMES = frozenset({"assisted", "care", "group", "home", "living", "nursing", "rehab", "retirement"})
_BEFORE_NAME = _HOMES | {"in", "at", "from", "near", "behind", "to", "the", "of"}
_DESCRIBES = frozenset({"affordable", "furnished", "luxury", "new", "senior", "student", "studio"})
_BUILDING = finding(Label.ADDRESS, "named-building", "a name, then a kind of building that people live in", 0.7, "form")


def claims(transcript: Transcript, read: StreetWords) -> Iterator[Claim]:
    """Return the buildings whose names are capitalised, or no English words behind a preposition."""
    words = transcript.words
    for match in SAID.finditer(transcript.octets):
        kind = words.at_or_behind(match.start())
        if words.starts[kind] != match.start() or not match[0].endswith(_PLURAL):
            continue
        written = words.bits[kind] & Bit.CAPITAL != 0
        first = kind
        while (
            kind - first < MOST_NAMES and read.adjoins(first) and _is_part(transcript, read, first - 1, written=written)
        ):
            first -= 1
        while not written and first < kind and read.word(first) in _HOMES:
            first += 1  # "the nursing home lakemont manor"
        if first == kind:
            continue
        strange = any(read.is_strange(at) for at in range(first, kind))
        if written or (strange and read.adjoins(first) and read.word(first - 1) in _BEFORE_NAME):
            yield Claim(((words.starts[first], match.end()),), _BUILDING)


def _is_part(transcript: Transcript, read: StreetWords, at: int, *, written: bool) -> bool:
    bits = transcript.words.bits[at]
    capital = bits & (Bit.CAPITAL | Bit.FUNCTION) == Bit.CAPITAL and read.word(at) not in _DESCRIBES
    return capital if written else read.may_name(at)
