"""Apartments, suites and units by themselves, "unit four oh nine", but for those of firms and those that are to let.

A room by itself is where somebody lives more often than not, and hidden. Of a firm's own it is told with "we're in",
"check in at", "it's suite 231", "that's in building 7, suite 493, please arrive early", and of a flat that is to let
with "applied for". Behind a street both belong to an address.
"""

import re
from collections.abc import Iterator
from typing import Any

from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.places.streets.street_words import StreetWords
from privity.redact.reading.lexicon import NUMERAL
from privity.redact.reading.small_words import OWNERS
from privity.redact.reading.spoken_numbers import digits_said
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import Triggered

SAID = Triggered(
    rb"\b(?:apartment|apt|suite|ste|condo|trailer|buzzer|unit|penthouse|p\s+h|lot)\b",
    needs=("apartment apt suite ste condo trailer buzzer unit penthouse p lot",),
)
# "my apartment number is 313", "buzzer's three oh four": said of nobody's size, price or age
_IS = Triggered(
    rb"\b(?:apartment|apt|condo|trailer|buzzer|unit)(\s+(?:number|no\.?|#))?(?:'s|\s+is)\s+(?:uh\s+|um\s+)*",
    needs=("apartment apt condo trailer buzzer unit",),
)
_NO_MORE = re.compile(
    r"[ ]*(?:[,;\n\x1d\x1e]|[.?!](?:[\s\x1d\x1e]|$)|$)|[ ](?:and|in|on|at|but|so|by|with|please|then|if|off)\b",
    re.ASCII,
)
_PER = re.compile(r"\b(?:per|a|an|each|every|care|this|police|control|storage|one|two|three)\s+$", re.ASCII)
_SMALL = r"(?:uh|um|er|right|just|now|located|over|up|down|here|there)"
_BUILDING = (
    r"(?:(?:building|bldg|tower|wing|block)\s+(?:number\s+)?[a-z0-9]+,?\s+)?"
    r"(?:(?:on\s+)?(?:the\s+)?[a-z0-9]+\s+floor,?\s+)?"
)
_OF_FIRM = re.compile(
    (
        rf"\b(?:we're|we\s+are|we'll\s+be|that's|that\s+is|that'll\s+be|that\s+will\s+be|which\s+is|located|"
        rf"(?:office|clinic|lab|department|pharmacy|imaging|reception|appointment|visit|meeting|interview|class)(?:'s|\s+is|\s+will\s+be)?|"
        rf"check(?:ing)?\s+in|report|find\s+us|meet\s+us|see\s+us|stop\s+by|please\s+(?:come|go)(?:\s+up|\s+over)?)"
        rf"(?:\s+{_SMALL})*\s+(?:in|at|to)\s+(?:{_SMALL}\s+)*(?:the\s+)?{_BUILDING}$"
    ),
    re.ASCII,
)
_TO_LET = re.compile(
    (
        r"\b(?:(?:applied|apply|applying|application|applications)\s+(?:to\s+rent\s+|to\s+lease\s+)?(?:for|on)|interested\s+in|"
        r"(?:tour|touring|viewing|showing|to\s+see|to\s+tour)(?:\s+of)?|(?:availability|vacancy)\s+(?:of|for))\s+(?:uh\s+|um\s+|the\s+)*$"
    ),
    re.ASCII,
)
_ROOMS = ("suite", "ste", "building", "bldg", "tower", "wing", "block", "entrance", "floor", "room")
_MEETS = re.compile(
    r"[,.]?\s+(?:suite|room|ste|on\s+the|please|arrive|don't|check\s+in|bring|at\s+the\s+front)\b|[.,]?\s*$", re.ASCII
)
_VISIT = re.compile(
    r"\b(?:all\s+set|appointment|scheduled|arrive|confirmed|we're|we\s+are|check\s+in|office)\b", re.ASCII
)
_INVITED = re.compile(
    r"\b(?:you're|you\s+are|youre)\s+(?:all\s+set|confirmed|scheduled|booked)\b|\boffice\s+(?:has\s+|have\s+|just\s+)*moved\b",
    re.ASCII,
)
_OF_SOMEBODY = re.compile(r"\b(?:i|i'm|my|live|lives|living|home|he|she|his|her|their|they)\b", re.ASCII)
_TOLD = re.compile(r"\b(?:it's|it\s+is|that's|yes|yeah|yep|find\s+it)(?:\s+(?:uh|um|er|in|at))*[,.]?\s+$", re.ASCII)
_PARKED = re.compile(r"\bpark(?:ed|ing)?\b|\bpermits?\b", re.ASCII)
_SOLD = re.compile(
    r"\b(?:auctions?|auctioneer|bid|bids|bidders?|bidding|consign\w*|estimates?|hammer|paddle|recall(?:ed|s)?|batch|"
    r"expir\w+|vaccines?|manufactur\w+)\b",
    re.ASCII,
)
_PRICE = 4  # digits: "the apartment is 1200"
_REACH = 80
_REACH_OF_SALE = 240


ROOM = finding(Label.ADDRESS, "unit-said", "an apartment and its number", 0.8, "form")


def claims(transcript: Transcript, read: StreetWords) -> Iterator[Claim]:
    """Return the rooms by themselves that somebody may live in."""
    words = transcript.words
    for match in SAID.finditer(transcript.octets):
        if _PER.search(transcript.folded, max(0, match.start() - 12), match.start()):
            continue
        end = read.behind_number(words.at_or_behind(match.end()))
        lot = match[0] == b"lot" and (
            not words.bits[end - 1] & NUMERAL  # "park in lot c"
            or transcript.folded.startswith(" number", match.end())  # of medicines
        )
        if end > words.at_or_behind(match.end()) and not lot and not read.measures(words.end(end - 1)):
            first = read.building_before(words.at_or_behind(match.start()))
            if not is_of_firm(transcript, match.start(), words.end(end - 1)) and not _is_parking(transcript, match):
                start = words.starts[first] if first < words.at_or_behind(match.start()) else _number(transcript, match)
                yield Claim(((start, words.end(_explained(read, end) - 1)),), ROOM)
    for match in _IS.finditer(transcript.octets):
        first = words.at_or_behind(match.end())
        house = read.house(first)
        end = read.with_letter(house) if house > first else read.behind_number(first)
        behind = words.end(end - 1)
        if end == first or read.measures(behind) or not _NO_MORE.match(transcript.folded, behind):
            continue
        told = match[1] or words.beside(words.at_or_behind(match.start()), -1) in OWNERS
        if told or len(digits_said(transcript.folded[words.starts[first] : behind])) < _PRICE:
            yield Claim(((words.starts[first], behind),), ROOM)


def _explained(read: StreetWords, end: int) -> int:
    """Return the index behind the word that explains the letter of a unit, "b like bravo", or `end`."""
    letter, word = read.word(end - 1), read.word(end + 1)
    likened = read.word(end) in {"like", "as"} and read.adjoins(end)
    behind = end
    if likened and read.word(end) == "as":
        behind, word = end + 1, read.word(end + 2)
        likened = read.word(behind) == "in"
    return (
        behind + 2
        if likened and len(letter) == 1 and len(word) > 3 and word.startswith(letter) and word != "before"
        else end
    )


def _number(transcript: Transcript, match: Any) -> int:
    """Return where the number of a room begins: the word before it says nothing of who lives there."""
    words = transcript.words
    at = words.at_or_behind(match.end())
    return words.starts[at + (words.said[at] == "number")]


def _is_parking(transcript: Transcript, match: Any) -> bool:
    """Whether a lot is one to park in, at an auction, or of goods."""
    if match[0] != b"lot":
        return False
    before = transcript.folded[max(0, match.start() - _REACH) : match.start()]
    if _PARKED.search(before) is not None:
        return True
    first = max(transcript.documents[transcript.document_at(match.start())], match.start() - _REACH_OF_SALE)
    return _SOLD.search(transcript.folded, first, match.end() + _REACH) is not None


def _is_invited(before: str) -> bool:
    """Whether somebody was told to come to where a place is, and nobody's own place is spoken of since."""
    invited = _INVITED.search(before)
    return invited is not None and _OF_SOMEBODY.search(before, invited.end()) is None


def is_of_firm(transcript: Transcript, start: int, end: int) -> bool:
    """Return whether the room that stands at a place by itself is a firm's own, or a flat that is to let."""
    turn = transcript.stretches[transcript.turn_at(start)]
    before = transcript.folded[max(turn.start, start - _REACH) : start]
    if not transcript.folded.startswith(_ROOMS, start):
        return _TO_LET.search(before) is not None
    if transcript.folded.startswith("suite", start) and (_TOLD.search(before) or _is_invited(before)):
        return True
    if _OF_FIRM.search(before) is None:
        return False
    if not transcript.folded.startswith(("building", "bldg", "tower", "wing", "block", "entrance"), start):
        return True
    return _MEETS.match(transcript.folded, end, turn.end) is not None and _VISIT.search(before) is not None
