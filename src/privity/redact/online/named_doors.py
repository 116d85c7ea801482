"""Codes of doors that were named some words before: "the lockbox, it's on the rail, and it's 40718".

What opens is named, then how it is found or what it does, and then the code: in the same turn or the next one, behind
"it's" or behind what is done with a code, "you punch in #3906". Prices, hours, years and sizes near doors stay.
"""

import re
from collections.abc import Iterator
from typing import Final

from privity.redact.claims import Part
from privity.redact.reading.cues import Cues
from privity.redact.reading.spoken_numbers import NUMBER_WORDS, SCALES, UNITS, digits_said
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import A_NUMBER, Group, Needed, Triggered
from privity.redact.reading.vocabulary import one_of, vocabulary

_DIGIT = rf"(?:[0-9]+|{one_of(NUMBER_WORDS)})"
_BLANK = r"(?:[ ,-]{1,2}|[,.]? (?:uh|um|er),? )"
_KEYS = rf"{_DIGIT}(?:{_BLANK}{_DIGIT}){{0,9}}"
_NUMBERED = re.compile(rf" [a-z]?{_DIGIT}\b", re.ASCII)  # "gate 22", at an airport
_MISHEARD = r"(?:to|too|for|fore|won|ate)"
_UNIT = rf"(?:{one_of(UNITS)})"
_SIGN = r"(?:#|(?:pound|star|hash(?:tag)?)(?: (?:sign|key))?[ ,]+)"
DOORS: Final = (
    r"gate|buzzer|lock\s?box|key\s?box|key\s?pad|alarm|padlock|dead\s?bolt|(?:key|gun|wall|floor)\s?safe|locker|garage|"
    r"shed|door"
)
"""What is opened by a code, as alternatives of a pattern."""

DOOR_WORDS: Final = (
    "gate buzzer lock* key* alarm padlock dead deadbolt safe gunsafe wallsafe floorsafe garage shed door unlock "
    "unlocks gates buzzers alarms padlocks deadbolts safes gunsafes wallsafes floorsafes garages sheds doors"
)
"""The words of which one stands wherever a door does."""

_DOORS = (
    rf"(?:{DOORS}|(?:the|my|our|his|her|little|small|combination)\s+safe|"
    r"unlocks?\s+(?:the|my|our|his|her|your|it|this|that)(?:\s+(?:phone|tablet|computer|laptop|car|bike|truck|screen))?)"
)
_DOOR = Triggered(rf"\b{_DOORS}\b".encode(), needs=(DOOR_WORDS,))
_NAMED = Needed(DOOR_WORDS, A_NUMBER)
_PUT = r"(?:punch|key|type|enter|put|dial|press|hit|push|tap|use)(?:\s+in)?(?:\s+the\s+(?:code|number|digits),?)?"
_TELLS = re.compile(
    rf"\b(?:it's|it\s+is|its|that's|it'll\s+be|(?:code|combo|combination|pin|number)(?:'s|\s+is)|{_PUT})"
    rf"(?:\s+(?:still|just|now|all|uh|um|like))?,?\s+({_SIGN})?"
    rf"(?:({_UNIT}(?: (?:{_UNIT}|{_MISHEARD})){{2,6}})(?! (?:{_UNIT}|[a-z]*(?:teen|ty|dred|sand))\b)|"
    rf"({_KEYS}))\b",
    re.ASCII,
)
# "the keypad by the steps, four four one two then pound", "the alarm it's her birthday oh six one four"
_KEYED = re.compile(
    rf"\b({_KEYS})[.,]? (?:(?:and|then|hit|press|push) ){{1,3}}(?:the )?(?:pound|star|hash|enter)\b", re.ASCII
)
# "the keypad by the steps, 3 3 1 7": digits one by one at the end of what is said are nothing that is counted
_ONE_BY_ONE = re.compile(
    rf"[ ,.]((?:[0-9]|{_UNIT})(?:(?:, |[ -])(?:[0-9]|{_UNIT})){{3,5}})(?=[.,;!?]? ?(?:$|[\n\x1e\x1d])|[.,;!?] [a-z]|"
    r" (?:pound|star|hash|and then|then)\b)(?![.,]? (?:[0-9]|to\b))",
    re.ASCII,
)
_OF_DAY = re.compile(
    r"\b(?:it's|that's|it is) (?:[a-z']+ ){1,4}?(?:birthday|birth year|anniversary|jersey(?: number)?|"
    r"badge(?: number)?|house number)(?: backwards| twice)?(?:,? (?:so|that's|it's|which is|and that's))?"
    rf"[,.]? ((?:{_SIGN})?{_KEYS})\b",
    re.ASCII,
)
_AT_DOOR = Triggered(
    (
        rf"\b(?:{_PUT}\s+((?:{_SIGN})?{_KEYS}),?\s+(?:at|on|into|to\s+open)|"
        rf"(?:punch|key|type|enter)(?:\s+in)?\s+((?:{_SIGN})?{_KEYS}),?\s+for)\s+(?:the|my|our|her|his|that)\s+(?:\w+\s+)?{_DOORS}\b"
    ).encode(),
    needs=("punch key type enter put dial press hit push tap use", "at on into for to", A_NUMBER),
)
# "punch in #3906": of what is pressed with a sign before it nothing is bought and nothing counted
_SIGNED = Triggered(
    rf"\b(?:punch|key|type)(?:\s+in)?\s+({_SIGN}{_KEYS})\b".encode(),
    needs=("punch key type", "# pound star hash hashtag", A_NUMBER),
)
_OTHERWISE = re.compile(
    r"\b(?:flight|boarding|terminal|costs?|rent|price|priced|charged?|paid|quote|estimate|model|extension|built|unit|"
    r"apartment|apt|suite|room|zip|address|phone|call|dollars|order|tracking|invoice|square|year|born|version|channel|"
    r"deposit|total|balance|install\w*|budget|bid)\b",
    re.ASCII,
)
_TRAVELS = re.compile(
    r"\b(?:(?:what|which) gate|flights?|boarding|terminal|airlines?|airport|concourse|layover|plane|depart\w*|"
    r"passengers?)\b",
    re.ASCII,
)
MEASURED: Final = re.compile(
    r"[\s,]+(?:(?:a|per|each|every)\s+(?:month|week|year|day|night|hour|piece|pop|m)\b|by\s+[0-9]|by\s+(?:one|two|three|four|five|"
    r"six|seven|eight|nine|ten|twelve)\b|(?:a\.?|p\.?)\s?m\b|square|dollars|bucks|(?:plus|with)\s+(?:tax|labor|parts|paint|install\w*)|or\s+(?:so|best)|out\s+the\s+door|"
    r"installed|in\s+the\s+(?:morning|afternoon|evening)|at\s+night|feet|steps|yards|psi|rpm|volts|watts|degrees|words|grit|hundred|thousand|already\b|"
    r"and\s+(?:a\s+)?(?:half|change))",
    re.ASCII,
)
"""What stands behind prices, hours and sizes."""

_HOUR = re.compile(
    r"(?:ten|eleven|twelve)[ -](?:oh[ -]\w+|fifteen|(?:twenty|thirty|forty|fifty)(?:[ -]five)?|ten|o'clock)", re.ASCII
)
_YEAR = re.compile(
    r"(?:(?:19|20)[0-9]{2}|nineteen[ -].*|twenty[ -](?:oh|ten|eleven|twelve|\w+teen|twenty).*)", re.ASCII
)
_AMOUNT = re.compile(r"[0-9]{1,3},[0-9]{3}", re.ASCII)
_NO_SIGN = re.compile(rf"{_SIGN}", re.ASCII)
_NO_DOORS = frozenset({"next", "car", "truck", "van", "trap", "passenger", "driver", "driver's", "oven", "fridge"})
_SAFELY = frozenset({"harbor", "side", "way", "bet", "place", "zone", "driver", "deposit", "trip", "travels", "thing"})
_CODE: Final = range(4, 9)  # digits
_REACH = 110  # characters from a door to what tells its code
_LONGEST = 90  # characters of what tells it
_AIRPORT = 200
_UNITS_OF_THINGS = vocabulary().units - {"pound", "star"}
NEEDS = Group(_DOOR, _AT_DOOR, _SIGNED)
"""Without these words in a text nothing is found in it."""


def places(transcript: Transcript, cues: Cues) -> Iterator[Part]:
    """Yield where the codes stand that are told of a door that was named before them, with the sign that opens them."""
    for pattern in (_AT_DOOR, _SIGNED):
        for match in pattern.finditer(transcript.octets):
            start, end = match.span(match.lastindex)
            digits = _NO_SIGN.sub("", transcript.folded[start:end])
            if len(digits_said(digits)) in _CODE and _opens(transcript, start, end, digits):
                yield start, end
    reached = -1
    for door in _DOOR.finditer(transcript.octets) if _NAMED.can_occur(transcript.octets) else ():
        if door.end() <= reached or _is_other(transcript, door.start(), door.end()):
            continue
        place = _told(transcript, cues, door.end(), gate=door[0] == b"gate")
        if place is not None:
            reached = place[1]
            yield place


def _is_other(transcript: Transcript, start: int, end: int) -> bool:
    """Whether a door has no code: that of a car, the neighbors next door, "the safe side"."""
    words = transcript.words
    first, behind = words.at_or_behind(start), words.at_or_behind(end)
    before = words.beside(first, -1) if first < len(words.said) else ""
    follows = words.said[behind] if behind < len(words.said) and words.starts[behind] == end + 1 else ""
    return before in _NO_DOORS or (words.said[behind - 1] == "safe" and follows in _SAFELY)


def _told(transcript: Transcript, cues: Cues, behind: int, *, gate: bool) -> Part | None:
    """Return the code that is told behind a door, in its turn or the next one."""
    text, stretches = transcript.folded, transcript.stretches
    turn = transcript.turn_at(behind - 1)
    last = min(turn + 1, len(stretches) - 1)
    last -= stretches[last].document != stretches[turn].document
    end = min(stretches[last].end, behind + _REACH + _LONGEST)
    opens = max(transcript.documents[stretches[turn].document], behind - _AIRPORT)
    around = min(stretches[last].end, behind + _REACH + _AIRPORT)
    if gate and (_NUMBERED.match(text, behind) or _TRAVELS.search(text, opens, around)):
        return None
    for pattern in (_KEYED, _OF_DAY, _ONE_BY_ONE):
        told = pattern.search(text, behind, end)
        if told is not None and told.start() <= behind + _REACH and not _OTHERWISE.search(text, behind, told.start()):
            code = _NO_SIGN.sub("", told[1])
            if len(digits_said(code)) in _CODE:
                return told.span(1)
    for told in _TELLS.finditer(text, behind, end):
        start = told.start(1) if told[1] else max(told.start(2), told.start(3))
        if told.start() > behind + _REACH or _OTHERWISE.search(text, behind, start) or cues.between(behind, start):
            return None
        said = told[2] or told[3]
        if len(digits_said(said)) not in _CODE or not _opens(transcript, start, told.end(), said):
            continue
        return start, told.end()
    return None


def _opens(transcript: Transcript, start: int, end: int, said: str) -> bool:
    """Whether digits are no price, hour, year or size, by how they are said and by what stands behind them."""
    text, words = transcript.folded, transcript.words
    signed = not text[start].isalnum() or text[start:end] != said
    if not signed and (_YEAR.fullmatch(said) or _HOUR.fullmatch(said) or not SCALES.keys().isdisjoint(said.split())):
        return False
    if _AMOUNT.fullmatch(said) or text[end : end + 1] in {":", "%", "/", "'"} or MEASURED.match(text, end):
        return False
    if text[end : end + 1] == "." and text[end + 1 : end + 2].isdigit():
        return False
    at = words.at_or_behind(end)
    return not (words.starts[at : at + 1] == [end + 1] and words.said[at] in _UNITS_OF_THINGS)
