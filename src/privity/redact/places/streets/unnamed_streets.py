"""Streets without a name of their own: a compass and an ordinal, "two oh one east fourteenth", "512 E 9th", or a kind.

British streets are called by their kind alone, "47 the crescent", "flat two, nine the mews".
"""

from collections.abc import Iterator

from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.places.streets.street_words import StreetWords
from privity.redact.reading.lexicon import Bit
from privity.redact.reading.spoken_numbers import ORDINALS
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import A_DIGIT, Group, Triggered
from privity.redact.reading.vocabulary import one_of

_WRITTEN = "[0-9]{1,3}(?:st|nd|rd|th)"
_NUMBERED = Triggered(
    (
        rf"\b(?:(?:north|south)?(?:east|west|north|south)\s+(?:(?:[a-z]+ty\s+)?(?:{one_of(ORDINALS)}|[a-z]+ieth)|{_WRITTEN})|"
        rf"(?:[ns]?[ew]|[ns])\.?\s+{_WRITTEN})\b"
    ).encode(),
    either=(("east west north* south*",), ("n s e w ne nw se sw", A_DIGIT)),
)
_BEFORE = frozenset({"on", "off", "at", "to", "near", "onto", "along", "from", "of", "over"})
_BEHIND = frozenset({"above", "across", "behind", "between", "past", "beside", "downtown", "street"})
_ROAD = finding(Label.ADDRESS, "road-numbered", "a road, route or box and its number", 0.9, "form")

_SURE = "crescent|avenue|grove|mews|paddock|paddocks|ridgeway|spinney|glade"
_CLOSING = "close|green|drive|lane|square|terrace|orchard|meadows|street"  # words too: nothing may follow them
_DEFINITE = Triggered(
    rf"\bthe\s+(?:{_SURE}|{_CLOSING})\b".encode(), needs=("the", f"{_SURE}|{_CLOSING}".replace("|", " "))
)
SAID = Group(_NUMBERED, _DEFINITE)
"""Without these there is no such street in a text."""

_COUNTS = frozenset({"of", "at", "around", "about", "until", "since", "by", "before", "after", "or", "and"})
_STREET = finding(Label.ADDRESS, "definite-street", 'a house number, then "the" and a kind of street', 0.85, "form")


def claims(transcript: Transcript, read: StreetWords) -> Iterator[Claim]:
    """Return such streets."""
    yield from _numbered(transcript, read)
    yield from _definite(transcript, read)


def _numbered(transcript: Transcript, read: StreetWords) -> Iterator[Claim]:
    """Yield a compass and an ordinal, behind a house number or where one is on a street."""
    words = transcript.words
    for match in _NUMBERED.finditer(transcript.octets):
        first, behind = words.at_or_behind(match.start()), words.at_or_behind(match.end())
        start = read.numerals_before(first)
        written = first - start == 1 and len(words.said[start]) > 1 and words.said[start].isdigit()
        if first - start > 1 or written or _stands_alone(transcript, read, first, behind):
            yield Claim(((words.starts[start], words.end(read.tail(behind) - 1)),), _ROAD)


def _stands_alone(transcript: Transcript, read: StreetWords, first: int, behind: int) -> bool:
    """Whether it is a street without a number in front: what stands beside it is said of streets."""
    if not read.adjoins(first) or read.word(first - 1) not in _BEFORE:
        return False
    small = not read.adjoins(behind) or transcript.words.bits[behind] & Bit.FUNCTION != 0
    return small or read.word(behind) in _BEHIND


def _definite(transcript: Transcript, read: StreetWords) -> Iterator[Claim]:
    """Yield a house number, "the" and a kind of street, with what belongs to the house."""
    words = transcript.words
    for match in _DEFINITE.finditer(transcript.octets):
        the = words.at_or_behind(match.start())
        start = read.numerals_before(the)
        if start == the or not read.adjoins(the + 1):
            continue
        behind = the + 2
        closes = not read.adjoins(behind) or words.bits[behind] & Bit.PLACE != 0
        sure = words.said[the + 1] in _SURE.split("|")
        if sure or (closes and words.beside(start, -1) not in _COUNTS - {"at"}):
            yield Claim(((words.starts[start], words.end(read.tail(behind) - 1)),), _STREET)
