"""Highways as the place where somebody is or lives: "route ten southbound near exit seven", "18827 highway 659".

A road with a direction and an exit or a mile is one place, and hidden as one. An exit by itself is the way to
somewhere, and stays; behind its road it is a part of it. A house number before a highway makes it a street.
"""

from collections.abc import Iterator

from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.places.streets.street_words import StreetWords
from privity.redact.reading.lexicon import Bit
from privity.redact.reading.spoken_numbers import NUMBER_WORDS
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import A_DIGIT, A_NUMBER, Group, Triggered
from privity.redact.reading.vocabulary import one_of, vocabulary

_WORD = rf"(?:[0-9]{{1,4}}|(?:{one_of(NUMBER_WORDS)}))"
_NUMBER = rf"{_WORD}(?:[\s-]+{_WORD}){{0,4}}"
_BOUND = r"(?:(?:north|south|east|west)\s?-?bound|(?:anti|counter)?\s?-?clockwise)"
_MARK = rf"(?:exit|mile\s+(?:marker|post)|junction)\s+(?:number\s+)?{_NUMBER}"
_BESIDE = r"(?:,?\s+(?:just|right|about|near|past|by|at|before|after|around|close\s+to|uh|um|the)){0,4}"
_BOUND_OR_MARK = (
    "bound northbound southbound eastbound westbound clockwise anticlockwise counterclockwise exit mile junction"
)
_BOUND_ROAD = Triggered(
    (
        r"\b(?:(?:i|interstate|highway|hwy|route|motorway|freeway|us|u\s+s|(?:state|us|u\s+s|county)\s+(?:route|highway|road))"
        rf"[\s-]+{_NUMBER}|[ma][0-9]{{1,3}}(?:\s+motorway)?)"
        rf"(?:,?\s+{_BOUND}(?:{_BESIDE},?\s+{_MARK})?|(?:,?\s+(?:north|south|east|west))?{_BESIDE},?\s+{_MARK})\b"
    ).encode(),
    needs=(f"i interstate highway hwy route motorway freeway road us u {A_DIGIT}", A_NUMBER, _BOUND_OR_MARK),
)

_ON_INTERSTATE = Triggered(
    rf"\b(?:on|off|off\s+of|along)\s+((?:i|interstate)[\s-]+{_NUMBER})\b".encode(),
    needs=("on off along", "i interstate", A_NUMBER),
)
_NAMED_EXIT = Triggered(
    rb"\b(?:at|by|near|past|before|after|off|from|around)\s+the\s+([a-z']+(?:\s+[a-z']+){0,2}?)\s+(?:exit|off\s?ramp|interchange)\b",
    needs=("exit ramp offramp interchange",),
)
SAID = Group(_BOUND_ROAD, _ON_INTERSTATE, _NAMED_EXIT)
"""Without these there is no such place in a text."""

_NO_EXITS = frozenset(
    {
        "back", "closest", "emergency", "fire", "first", "freeway", "front", "highway", "last", "main", "nearest",
        "next", "other", "parking", "previous", "rear", "right", "same", "second", "side", "third", "wrong",
    }
)  # fmt: skip
_LED = frozenset({"take", "taking", "onto", "follow", "merge", "get", "use", "catch", "hop"})
_NO_HOUSE = frozenset(
    {"exit", "mile", "marker", "post", "i", "interstate", "highway", "route", "hwy", "junction", "flight"}
)
_ON_ROADS = frozenset({"on", "off", "along", "near", "past", "from", "down", "of", "take", "by"})
_REACH = 80  # characters between a road and its exit
_ROADS = (" highway ", " interstate ", " route ", " hwy ", " i ", " i-", " freeway ", " motorway ")
_NUMBERED_ROADS = (*_ROADS[:4], " i-", " on i ", " off i ", " freeway ", " motorway ", "bound ")
_ROAD = finding(Label.ADDRESS, "highway", "an interstate that somebody is on", 0.8, "form")
_EXIT = finding(Label.LOCATION, "exit-named", "the name of an exit of a highway that was named", 0.7, "context")
_PLACE = finding(Label.ADDRESS, "highway", "a highway with its direction, its exit or its mile", 0.91, "form")


def claims(transcript: Transcript) -> Iterator[Claim]:
    """Return the places on highways at which somebody is."""
    words = transcript.words
    for match in _BOUND_ROAD.finditer(transcript.octets):
        first = words.at_or_behind(match.start())
        if words.beside(first, -1) not in _LED and words.starts[first : first + 1] == [match.start()]:
            yield Claim((match.span(),), _PLACE)
    for match in _ON_INTERSTATE.finditer(transcript.octets):
        if not _counts(transcript, match.end()):
            yield Claim((match.span(1),), _ROAD)
    for match in _NAMED_EXIT.finditer(transcript.octets):
        first, behind = words.at_or_behind(match.start(1)), words.at_or_behind(match.end(1))
        said = words.said[first:behind]
        named = _NO_EXITS.isdisjoint(said) and not any(words.bits[at] & Bit.FUNCTION for at in range(first, behind))
        if named and _follows_road(transcript, match.start()):
            yield Claim((match.span(1),), _EXIT)


def _counts(transcript: Transcript, end: int) -> bool:
    """Whether what a number counts stands behind it: "on i forty times told you"."""
    words = transcript.words
    at = words.at_or_behind(end)
    counted = at < len(words.said) and words.said[at] in vocabulary().units | {"times"}
    return counted and transcript.folded[end : words.starts[at]] == " "


def _follows_road(transcript: Transcript, start: int) -> bool:
    """Whether a highway was named shortly before a place."""
    document = transcript.documents[transcript.document_at(start)]
    said = f" {transcript.folded[max(document, start - _REACH) : start]}"
    return any(road in said for road in _NUMBERED_ROADS)


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
