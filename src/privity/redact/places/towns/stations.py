"""Stations and airports, where somebody leaves or arrives: "King Street Station", "Burbank Airport", "Grand Central".

A name before the word is one in a text whose capitals tell something. Those that are called by their name alone are
listed here and hidden where they are written with a capital, or where one goes to, leaves from or meets at.
"""

import re
from collections.abc import Iterator

from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.reading.lexicon import Bit, lexicon
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import Group, Triggered
from privity.redact.reading.vocabulary import one_of

_KNOWN = (
    "30th street station", "alewife station", "alewife", "atocha", "back bay station", "bradley international",
    "caltrain station", "charing cross", "charles de gaulle", "diridon", "dulles", "dulles international",
    "embarcadero station", "euston", "fenchurch street", "gare de l'est", "gare de lyon", "gare du nord",
    "gare montparnasse", "gare saint-lazare", "gatwick", "grand central", "grand central station",
    "grand central terminal", "haneda", "hauptbahnhof", "heathrow", "hobby airport", "king's cross", "kings cross",
    "la guardia", "laguardia", "liverpool street station", "logan airport", "logan international", "love field",
    "luton airport", "marylebone", "mccarran", "midway airport", "milano centrale", "moynihan train hall", "narita",
    "o'hare", "ohare", "orly", "paddington station", "penn station", "port authority", "port authority bus terminal",
    "reagan national", "roissy", "roma termini", "saint pancras", "schiphol", "sea-tac", "seatac", "shinjuku station",
    "sky harbor", "south station", "st pancras", "st. pancras", "stansted", "termini station", "union station",
    "victoria station", "waterloo station",
)  # fmt: skip
_BY_NAME = Triggered(
    rf"\b(?:{one_of(_KNOWN)})\b".encode(),
    needs=(" ".join(sorted({re.split(r"[^a-z0-9]", name)[0] for name in _KNOWN})),),
)
_BY_WORD = Triggered(
    rb"\b(?:station|airport|depot|transit\s+cent(?:er|re)|bus\s+terminal|ferry\s+terminal)\b",
    needs=("station airport depot transit terminal",),
)
_BEFORE = re.compile(r"(?:[A-Z0-9][A-Za-z0-9'&.-]*[ ]){1,4}$", re.ASCII)
_LONGEST = 60  # characters of the words before
_ON_THE_WAY = re.compile(
    r"\b(?:from|to|at|into|via|through|near|leaves|leaving|left|arrive|arriving|arrives|depart|departing|departs|is|for|and)\s+$",
    re.ASCII,
)
_NO_NAMES = frozenset(
    {
        "bus", "charging", "docking", "drop", "ev", "fire", "gas", "international", "local", "metro", "music",
        "nearest", "news", "nurse", "nursing", "pickup", "police", "polling", "power", "radio", "rail", "railroad",
        "railway", "regional", "service", "space", "subway", "the", "train", "transit", "tv", "weather", "work",
        "confirm", "leaving", "departing", "try", "only", "home", "office",
    }
)  # fmt: skip
_PARTS_OF_CITIES = frozenset({"downtown", "midtown", "uptown"})

_STATION = finding(Label.LOCATION, "station", "a name, then station or airport", 0.72, "capitals")
_NAMED = finding(Label.LOCATION, "station", "a station or airport that is known by its name", 0.7, "lists")
NEEDS = Group(_BY_NAME, _BY_WORD)
"""Without these words in a text nothing is found in it."""


def claims(transcript: Transcript) -> Iterator[Claim]:
    """Return stations and airports."""
    octets, cased, words = transcript.octets, transcript.cased, transcript.words
    for match in _BY_NAME.finditer(octets):
        start, end = match.span()
        at = words.at_or_behind(start)
        plain = at < len(words.bits) and words.bits[at] & Bit.PLAIN
        if (cased[start].isupper() and not plain) or _ON_THE_WAY.search(transcript.folded, max(0, start - 14), start):
            yield Claim(((start, end),), _NAMED)
    for match in _BY_WORD.finditer(octets):
        start, end = match.span()
        at = words.at_or_behind(start)
        if not cased[start].isupper() or at >= len(words.bits) or words.bits[at] & Bit.PLAIN:
            continue
        before = _BEFORE.search(cased, max(0, start - _LONGEST), start)
        first = _first_of_name(transcript.folded, before.start(), start) if before else start
        if first < start:
            yield Claim(((first, _end_of_name(transcript.folded, first, start) or end),), _STATION)


def _end_of_name(text: str, first: int, station: int) -> int | None:
    """Return where the city ends that is all of the name of a station: "Tulsa" of "Tulsa Downtown Station"."""
    city, _, part = text[first:station].rstrip().rpartition(" ")
    return first + len(city) if city and part in _PARTS_OF_CITIES else None


def _first_of_name(text: str, first: int, end: int) -> int:
    """Return where the name before a station begins; `end` where there is none."""
    of = lexicon().of
    names = text[first:end].split()
    if _PARTS_OF_CITIES.issuperset(names):
        return end
    while names and (of(names[0]) & (Bit.FUNCTION | Bit.CALENDAR) or (names[0] in _NO_NAMES and len(names) > 1)):
        names.pop(0)
    if not names or _NO_NAMES.issuperset(names) or "motel" in names or "hotel" in names or "inn" in names:
        return end
    return end - len(text[first:end]) + text[first:end].find(names[0])
