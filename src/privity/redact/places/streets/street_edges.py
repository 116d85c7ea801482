"""What belongs to a street beside the words that told it: "flat three b" before, "number nine" behind, a false start.

Who reads an address out says the flat before the house, begins again, or has a digit of the number taken for another
word: "flat four c one one two manor close", "six two uh six two elm street", "thirty sex hundred west maple road".
"""

from collections.abc import Iterable, Iterator

from privity.redact.claims import Claim, Part
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.places.streets.street_words import LISTS, StreetWords
from privity.redact.reading.lexicon import NUMERAL, Bit
from privity.redact.reading.transcript import Transcript

_FLATS = frozenset({"flat", "apartment", "apt", "unit", "suite"})
_MISHEARD = frozenset({"free", "sex", "tree"})  # three and six, where a number stands before them
_TO_STREETS = frozenset({"on", "off", "toward", "towards", "nearer", "past"})
_LONGEST_FLAT = 4  # words of its number
_LONGEST_NUMBER = 6
_TAIL = finding(Label.ADDRESS, "behind-street", "the number or the floor behind a street", 0.8, "form")
_BEFORE = finding(Label.ADDRESS, "before-street", "the flat or the number before a street", 0.8, "form")


def claims(transcript: Transcript, read: StreetWords, streets: Iterable[Part]) -> Iterator[Claim]:
    """Return the streets with what belongs to them before and behind."""
    words = transcript.words
    for start, end in streets:
        first = words.at_or_behind(start)
        if (begun := read.begun_before(first)) is not None:
            yield Claim(((words.starts[begun], end),), _TAIL)
        opened = _flat(transcript, read, _number(transcript, read, first))
        if opened < first:
            yield Claim(((words.starts[opened], end),), _BEFORE)
        behind = words.at_or_behind(end)
        if (tail := read.tail(behind)) > behind:
            yield Claim(((start, words.end(tail - 1)),), _TAIL)


def explained(transcript: Transcript, read: StreetWords, streets: Iterable[Part]) -> Iterator[Claim]:
    """Return the numbers that tell a house once more behind its street: "four oh kestrel like forty"."""
    words = transcript.words
    for _, end in streets:
        like = words.at_or_behind(end)
        first = like + 1 + (read.word(like + 1) == "a")  # "like a hundred and twenty"
        if read.word(like) != "like" or not (read.adjoins(like) and read.adjoins(like + 1) and read.adjoins(first)):
            continue
        behind = read.house(first)
        counts = behind < len(words.said) and read.adjoins(behind) and not words.bits[behind] & Bit.FUNCTION
        if behind > first and not counts:
            yield Claim(((words.starts[first], words.end(behind - 1)),), _TAIL)


def stands_on(read: StreetWords, at: int) -> bool:
    """Return whether something is "on" or "toward" what a word names, and nothing behind it is described by it."""
    ends = read.ends_town(at + 1) or read.word(at + 1) in _TO_STREETS
    return read.adjoins(at) and read.word(at - 1) in _TO_STREETS and ends


def _number(transcript: Transcript, read: StreetWords, first: int) -> int:
    """Return where a number begins of which a street has only the end: "thirty sex" of "thirty sex hundred west"."""
    bits, at = transcript.words.bits, first
    while first - at < _LONGEST_NUMBER and read.adjoins(at):
        before = at - 1
        compass = read.word(before) in LISTS.compass and read.adjoins(before) and bits[before - 1] & NUMERAL
        heard = read.word(before) in _MISHEARD and read.adjoins(before) and bits[before - 1] & NUMERAL
        if not (heard or (compass and at == first) or (at < first and bits[before] & NUMERAL)):
            break
        at = before
    while at < first and read.word(at) in LISTS.no_houses:
        at += 1
    return at if at < first and bits[at] & NUMERAL else first


def _flat(transcript: Transcript, read: StreetWords, first: int) -> int:
    """Return where a flat begins whose number stands before that of the house, or `first`."""
    bits, at = transcript.words.bits, first
    if not bits[first : first + 1] or not bits[first] & NUMERAL:
        return first
    while first - at <= _LONGEST_FLAT and read.adjoins(at):
        word = read.word(at - 1)
        if word in _FLATS:
            return at - 1
        if not bits[at - 1] & NUMERAL and not (len(word) == 1 and word not in "io"):
            break
        at -= 1
    return first
