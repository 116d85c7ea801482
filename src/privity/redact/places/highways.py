"""Highways as the place where somebody is or lives: "route ten southbound near exit seven", "18827 highway 659".

A road with a direction and an exit or a mile is one place, and hidden as one. An exit by itself is the way to
somewhere, and stays; behind its road it is a part of it. A house number before a highway makes it a street.
"""

from collections.abc import Iterator

from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.places.street_words import StreetWords
from privity.redact.reading.lexicon import Bit
from privity.redact.reading.spoken_numbers import NUMBER_WORDS
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import A_DIGIT, A_NUMBER, Triggered
from privity.redact.reading.vocabulary import one_of

_WORD = rf"(?:[0-9]{{1,4}}|(?:{one_of(NUMBER_WORDS)}))"
_NUMBER = rf"{_WORD}(?:[\s-]+{_WORD}){{0,4}}"
_BOUND = r"(?:(?:north|south|east|west)\s?-?bound|(?:anti|counter)?\s?-?clockwise)"
_MARK = rf"(?:exit|mile\s+(?:marker|post)|junction)\s+(?:number\s+)?{_NUMBER}"
_BESIDE = r"(?:,?\s+(?:just|right|about|near|past|by|at|before|after|around|close\s+to|uh|um|the)){0,4}"
SAID = Triggered(
    (
        r"\b(?:(?:i|interstate|highway|hwy|route|motorway|freeway|us|u\s+s|(?:state|us|u\s+s|county)\s+(?:route|highway|road))"
        rf"[\s-]+{_NUMBER}|[ma][0-9]{{1,3}}(?:\s+motorway)?)"
        rf"(?:,?\s+{_BOUND}(?:{_BESIDE},?\s+{_MARK})?|(?:,?\s+(?:north|south|east|west))?{_BESIDE},?\s+{_MARK})\b"
    ).encode(),
    needs=(f"i interstate highway hwy route motorway freeway road us u {A_DIGIT}", A_NUMBER),
)
"""A road with its direction, its exit or its mile: without them there is no such place in a text."""

_LED = frozenset({"take", "taking", "onto", "follow", "merge", "get", "use", "catch", "hop"})
_NO_HOUSE = frozenset(
    {"exit", "mile", "marker", "post", "i", "interstate", "highway", "route", "hwy", "junction", "flight"}
)
_ON_ROADS = frozenset({"on", "off", "along", "near", "past", "from", "down", "of", "take", "by"})
_REACH = 80  # characters between a road and its exit
_ROADS = (" highway ", " interstate ", " route ", " hwy ", " i ", " i-", " freeway ", " motorway ")
_PLACE = finding(Label.ADDRESS, "highway", "a highway with its direction, its exit or its mile", 0.91, "form")


def claims(transcript: Transcript) -> Iterator[Claim]:
    """Return the places on highways at which somebody is."""
    words = transcript.words
    for match in SAID.finditer(transcript.octets):
        first = words.at_or_behind(match.start())
        if words.beside(first, -1) not in _LED and words.starts[first : first + 1] == [match.start()]:
            yield Claim((match.span(),), _PLACE)


def is_place(transcript: Transcript, read: StreetWords, first: int) -> bool:
    """Return whether the highway, route or exit at a word is a place: it is driven on, or a house stands before it."""
    before = transcript.words.beside(first, -1)
    if read.word(first) == "exit":
        start = transcript.words.starts[first]
        said = f" {transcript.folded[max(0, start - _REACH) : start]}"
        return before in _ON_ROADS - {"take"} and any(road in said for road in _ROADS)
    return before in _ON_ROADS or _is_of_house(transcript, read, first)


def _is_of_house(transcript: Transcript, read: StreetWords, first: int) -> bool:
    """Whether the number of a house stands before a highway: one of two digits or two words at least."""
    start = read.numerals_before(first)
    if start == first or transcript.words.beside(start, -1) in _NO_HOUSE:
        return False
    return first - start > 1 or (transcript.words.bits[start] & Bit.DIGITS != 0 and len(read.word(start)) > 1)
