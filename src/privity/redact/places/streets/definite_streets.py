"""British streets that have no name but their kind: "47 the crescent", "flat two, nine the mews"."""

from collections.abc import Iterator

from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.places.streets.street_words import StreetWords
from privity.redact.reading.lexicon import Bit
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import Triggered

_SURE = "crescent|avenue|grove|mews|paddock|paddocks|ridgeway|spinney|glade"
_CLOSING = "close|green|drive|lane|square|terrace|orchard|meadows|street"  # words too: nothing may follow them
_SAID = Triggered(rf"\bthe\s+(?:{_SURE}|{_CLOSING})\b".encode(), needs=("the", f"{_SURE}|{_CLOSING}".replace("|", " ")))
_COUNTS = frozenset({"of", "at", "around", "about", "until", "since", "by", "before", "after", "or", "and"})
_STREET = finding(Label.ADDRESS, "definite-street", 'a house number, then "the" and a kind of street', 0.85, "form")


def claims(transcript: Transcript, read: StreetWords) -> Iterator[Claim]:
    """Return such streets with their house numbers and what belongs to the house."""
    words = transcript.words
    for match in _SAID.finditer(transcript.octets):
        the = words.at_or_behind(match.start())
        start = read.numerals_before(the)
        if start == the or not read.adjoins(the + 1):
            continue
        behind = the + 2
        closes = not read.adjoins(behind) or words.bits[behind] & Bit.PLACE != 0
        sure = words.said[the + 1] in _SURE.split("|")
        if sure or (closes and words.beside(start, -1) not in _COUNTS - {"at"}):
            yield Claim(((words.starts[start], words.end(read.tail(behind) - 1)),), _STREET)
