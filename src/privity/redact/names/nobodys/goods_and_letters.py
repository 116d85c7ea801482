"""Goods, cars and abbreviations of a trade that are called like people, told by where they stand in writing.

"Make: Kronan", "Meds: Ramipril, Zapain", "a 2006 Saturn", "my silver Lincoln", "Jack no. 7", "Price: $40", and "TIA"
beside other letters of medicine. Who is known to be called so by lists needs more than a field: "Bank: Nowak" stays
hidden, "Make: Austin" is a car.
"""

import re
from functools import reduce
from operator import or_

from privity.redact.claims import Part
from privity.redact.names.parts import NameParts, is_medicine
from privity.redact.reading.lexicon import LISTED, Bit
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.vocabulary import one_of
from privity.redact.reading.written_lists import written_words

_LISTS = written_words()
_NEAR = 60  # characters beside letters in which others like them stand
_BESIDE = 3  # words beside letters that are looked at
_REACH = 90  # characters before a name in which its field opens
_OPENS = r"(?:^|[\n\x1d\x1e.;|/]|  |, )[ \t]*"
_MADE = re.compile(rf"{_OPENS}(?:{one_of(_LISTS.makers)}) ?: ?$", re.ASCII)
_FIELD = re.compile(rf"{_OPENS}(?:{one_of(_LISTS.fields)}) ?: ?(?:[^:.;\n\x1d\x1e|]{{1,60}}, ?)?$", re.ASCII)
_ENDS_ITEM = re.compile(r"\s*(?:[,.;|\n\x1d\x1e]|$|  | \(?[0-9])", re.ASCII)
_OWN = r"\b(?:an?|my|your|his|her|our|their)\s+"
_YEAR = re.compile(rf"{_OWN}(?:19[5-9][0-9]|20[0-4][0-9])\s+$", re.ASCII)
_PAINTED = re.compile(
    rf"(?:{_OWN}|\bthe\s+)(?:(?:light|dark)\s+)?(?:beige|black|blue|gold|golden|gray|green|grey|maroon|orange|purple|red|"
    r"silver|tan|turquoise|white|yellow)\s+$|"
    r"\b(?:drives|drove|driving|drive|parked|crashed)\s+an?\s+(?:[a-z]+\s+)?$",
    re.ASCII,
)
_CARS = frozenset({"austin", "ford", "lincoln", "mercedes", "morris"})  # more cars than people behind a colour
_OF_SOMEBODY = re.compile(r"'s?\b|\s+(?:famil|boys?\b|girls?\b|twins\b|brothers\b|sisters\b|case\b|house)", re.ASCII)
_SORT = re.compile(r" (?:no|nr)\.? ?[0-9]{1,2}\b|: ?[$\xa3\u20ac][0-9]", re.ASCII)


def are(transcript: Transcript, parts: NameParts, words: Part, place: Part) -> bool:
    """Return whether what a weak rule found is goods, a car or a label of a price: by its words and place."""
    first, last = words
    if first == last and _SORT.match(transcript.folded, place[1]):
        return True
    if first < last and parts.bits[last] & Bit.INITIAL and _is_medicine(parts, first):
        return True  # "Nitrofurantoin R", of bacteria
    return _is_of_field(transcript, parts, words, place) or _is_car(transcript, parts, first, place)


def _is_of_field(transcript: Transcript, parts: NameParts, words: Part, place: Part) -> bool:
    """Whether a name stands in a field of goods: "Make: Kronan"."""
    known = reduce(or_, parts.bits[words[0] : words[1] + 1])
    before = "" if known & (Bit.FREQUENT_GIVEN | Bit.TITLE) else transcript.before(place[0], _REACH)
    if ":" not in before or not _ENDS_ITEM.match(transcript.behind(place[1], _REACH)):
        return False
    named = known & (LISTED | Bit.FOREIGN_SURNAME)
    return _MADE.search(before) is not None or (not named and _FIELD.search(before) is not None)


def _is_medicine(parts: NameParts, at: int) -> bool:
    known = parts.bits[at] & (LISTED | Bit.THING)
    return known == Bit.THING or (not known and is_medicine(parts.said[at]))


def _is_car(transcript: Transcript, parts: NameParts, at: int, place: Part) -> bool:
    """Whether a make stands behind the year in which it was built, its colour, or who drives one."""
    said, bits = parts.said[at], parts.bits[at]
    if said not in _LISTS.makes or not bits & Bit.CAPITAL or _OF_SOMEBODY.match(transcript.folded, place[1]):
        return False
    before = transcript.before(place[0], _REACH)
    if _YEAR.search(before):
        return True
    return (said in _CARS or not bits & Bit.FREQUENT_GIVEN) and _PAINTED.search(before) is not None


def are_letters(parts: NameParts, at: int) -> bool:
    """Return whether a word in capitals is an abbreviation; one that is a name or a place too has others around it."""
    if parts.said[at] not in _LISTS.letters or not parts.texts[at].isupper():
        return False
    if not parts.bits[at] & (LISTED | Bit.PLACE):
        return True
    others = range(max(0, at - _BESIDE), min(parts.count, at + _BESIDE + 1))
    return any(_is_abbreviation(parts, other) and _are_near(parts, at, other) for other in others if other != at)


def _is_abbreviation(parts: NameParts, at: int) -> bool:
    return parts.said[at] in _LISTS.letters and parts.texts[at].isupper() and not parts.bits[at] & LISTED


def _are_near(parts: NameParts, one: int, other: int) -> bool:
    return abs(parts.starts[one] - parts.starts[other]) < _NEAR and parts.document(one) == parts.document(other)
