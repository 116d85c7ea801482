"""Streets without a name of their own: a compass and an ordinal, "two oh one east fourteenth", "512 E 9th", or a kind.

British streets are called by their kind alone, "47 the crescent", "flat two, nine the mews"; others by a letter,
"avenue j", or by a direction and a name without any number, "on east burnham".
"""

from collections.abc import Iterator

from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.places.streets.street_words import StreetWords
from privity.redact.reading.lexicon import Bit, lexicon
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

_SURE = "crescent|avenue|grove|mews|paddock|paddocks|maltings|moorings|ridgeway|spinney|glade"
# Words too: nothing may follow them.
_CLOSING = (
    "close|green|drive|lane|square|terrace|orchard|meadows|street|beeches|elms|firs|laurels|limes|oaks|poplars|willows"
)
_DEFINITE = Triggered(
    rf"\bthe\s+(?:{_SURE}|{_CLOSING})\b".encode(), needs=("the", f"{_SURE}|{_CLOSING}".replace("|", " "))
)
_ON = "at|by|near|off|on|onto|past|to|from|and|of|between|along|behind|around"
_LETTERED = Triggered(
    rf"\b(?:{_ON})\s+(avenue\s+[a-z]|[a-z]\s+street)\b".encode(), needs=("avenue street", _ON.replace("|", " "))
)
# "outside the library on east burnham": a name that no dictionary has
_DIRECTED = Triggered(
    rb"\b(?:on|off|along|onto)\s+((?:north|south|east|west)\s+[a-z]{3,})\b",
    needs=("on off along onto", "north south east west"),
)
# "164 Ashmead", all of a sentence: a name in one word
_ONE_WORD = Triggered(
    rb"(?:(?:^|[.?!\n\x1d\x1e])\s*|\b(?:at|to|from|outside|it's|is|is\s+it)\s+)([0-9]{1,4}\s+[a-z]{3,}"
    rb"(?:mead|side|gate|fields?|croft|hurst|ridge|dale|lands|garth|brook|thorpe|holme|combe|leigh|stead|cote))\b",
    needs=(A_DIGIT,),
)
SAID = Group(_NUMBERED, _DEFINITE, _LETTERED, _DIRECTED, _ONE_WORD)
"""Without these there is no such street in a text."""

_COUNTS = frozenset({"of", "at", "around", "about", "until", "since", "by", "before", "after", "or", "and"})
_LETTER = finding(Label.ADDRESS, "street-lettered", "a street that a letter names", 0.75, "form")
_SIDE = finding(Label.ADDRESS, "street-directed", "a direction and a name where somebody is on a street", 0.65, "form")
_WORD = finding(Label.ADDRESS, "street-in-a-word", "a number and a name built as those of streets", 0.75, "form")
_STREET = finding(Label.ADDRESS, "definite-street", 'a house number, then "the" and a kind of street', 0.85, "form")


def claims(transcript: Transcript, read: StreetWords) -> Iterator[Claim]:
    """Return such streets."""
    yield from _numbered(transcript, read)
    yield from _definite(transcript, read)
    yield from _lettered(transcript, read)
    words = transcript.words
    for match in _DIRECTED.finditer(transcript.octets):
        name = words.at_or_behind(match.end(1)) - 1
        other = words.bits[name] & (Bit.REGION | Bit.PEOPLE | Bit.THING | Bit.CALENDAR)
        region = lexicon().of(match[1].decode()) & Bit.REGION  # "north dakota"
        if not region and read.is_strange(name) and read.may_name(name) and not other and read.ends_town(name + 1):
            yield Claim((match.span(1),), _SIDE)
    for match in _ONE_WORD.finditer(transcript.octets):
        name = words.bits[words.at_or_behind(match.end(1)) - 1]
        ends = not read.adjoins(words.at_or_behind(match.end(1)))
        if ends and name & Bit.CAPITAL and not name & (Bit.WORD | Bit.FREQUENT_GIVEN | Bit.THING):
            yield Claim((match.span(1),), _WORD)


def _lettered(transcript: Transcript, read: StreetWords) -> Iterator[Claim]:
    """Yield "avenue j" and "k street"; "a" and "i" are words where nothing has a capital."""
    words = transcript.words
    for match in _LETTERED.finditer(transcript.octets):
        first, last = words.at_or_behind(match.start(1)), words.at_or_behind(match.end(1)) - 1
        letter = last if words.said[first] == "avenue" else first
        written = bool(words.bits[letter] & Bit.INITIAL and words.bits[first + last - letter] & Bit.CAPITAL)
        closes = letter == last and not read.adjoins(last + 1)
        if written or closes or (words.said[letter] not in "ais" and words.bits[letter] & Bit.PLAIN):
            yield Claim(((words.starts[read.numerals_before(first)], words.ends[last]),), _LETTER)


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
        parted = transcript.folded[words.ends[behind - 1] : words.ends[behind - 1] + 1] == ","
        closes = parted or not read.adjoins(behind) or words.bits[behind] & Bit.PLACE != 0
        sure = words.said[the + 1] in _SURE.split("|")
        if sure or (closes and words.beside(start, -1) not in _COUNTS - {"at"}):
            yield Claim(((words.starts[start], words.end(read.tail(behind) - 1)),), _STREET)
