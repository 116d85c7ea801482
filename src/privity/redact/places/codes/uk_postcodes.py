"""British postcodes as they are said: "n g two eight w f", "s as in sugar one eight five w n", "sa 57 d y".

A postcode is one of 124 areas, a district of a digit or two, of which a letter may be the last, a sector of one digit
and a unit of two letters (BS 7666, Royal Mail's Programmer's Guide). Its digits are said in any grouping, its letters
with or without words that spell them, over several turns, and its second half once more where it is corrected or read
back. Where a postcode was asked for, or a town stands before it, letters may be misheard: the area may be none, and the
unit may hold what no unit holds.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from string import ascii_lowercase

from msgspec import Struct

from privity.redact.claims import Claim, Part
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.places.streets.street_words import LISTS
from privity.redact.reading.cues import Cues
from privity.redact.reading.lexicon import Bit
from privity.redact.reading.matches import Match, Pattern
from privity.redact.reading.small_words import AS_IN, CORRECTIONS
from privity.redact.reading.spoken_numbers import NUMBER_WORDS, read
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import A_DIGIT, A_NUMBER, Needed
from privity.redact.reading.vocabulary import one_of, vocabulary

AREAS = frozenset(
    {
        "ab", "al", "b", "ba", "bb", "bd", "bh", "bl", "bn", "br", "bs", "bt", "ca", "cb", "cf", "ch", "cm", "co",
        "cr", "ct", "cv", "cw", "da", "dd", "de", "dg", "dh", "dl", "dn", "dt", "dy", "e", "ec", "eh", "en", "ex",
        "fk", "fy", "g", "gl", "gu", "gy", "ha", "hd", "hg", "hp", "hr", "hs", "hu", "hx", "ig", "im", "ip", "iv",
        "ka", "kt", "kw", "ky", "l", "la", "ld", "le", "ll", "ln", "ls", "lu", "m", "me", "mk", "ml", "n", "ne",
        "ng", "nn", "np", "nr", "nw", "ol", "ox", "pa", "pe", "ph", "pl", "po", "pr", "rg", "rh", "rm", "s", "sa",
        "se", "sg", "sk", "sl", "sm", "sn", "so", "sp", "sr", "ss", "st", "sw", "sy", "ta", "td", "tf", "tn", "tq",
        "tr", "ts", "tw", "ub", "w", "wa", "wc", "wd", "wf", "wn", "wr", "ws", "wv", "yo", "ze",
    }
)  # fmt: skip
_OUTWARD_LETTERS = frozenset("abcdefghjkmnprstuvwxy")  # the last of a district: "ec1a", "w1t"
_NO_UNITS = frozenset("cikmov")  # letters that no unit holds, for they look like digits
_OF_HOURS = frozenset({"am", "pm"})
_SPOKEN_LETTERS = sorted(vocabulary().spelling_words)
_SPELLS = rf" +(?:{AS_IN}|as)(?: the word)?(?: the| a)? +(?:x +ray|[a-z]{{2,}})"
_LETTER = rf"(?:(?:capital )?[a-z](?:{_SPELLS})?|{one_of(_SPOKEN_LETTERS)})"
_NUMBER = rf"(?:[0-9]{{1,3}}|{one_of(NUMBER_WORDS)}|free|won)"
_ASIDES = "uh|um|er|space|then|and|okay|ok|yep|yes|yeah|mhm|mm|hmm|hm|so|that's"
_GAP = rf" +(?:(?:{_ASIDES}) +)*"
# Words are parted by single blanks or more in `Words.flat`, in which all that is in no word is blank.
_SAID = Pattern(
    rf"\b({_LETTER}(?:{_GAP}{_LETTER})?|[a-z]{{2}}){_GAP}({_NUMBER}(?:{_GAP}{_NUMBER}){{0,3}})"
    rf"(?:{_GAP}({_LETTER}){_GAP}({_NUMBER}))?{_GAP}({_LETTER}){_GAP}({_LETTER})\b".encode()
)
_SPELLED_AGAIN = re.compile(rf"{_GAP}([a-z]){_SPELLS}{_GAP}([a-z]){_SPELLS}\b", re.ASCII)  # "f for freddie t for tango"
_INWARDS = Pattern(rf"\b({_NUMBER}(?:{_GAP}{_NUMBER})?){_GAP}({_LETTER}){_GAP}({_LETTER})\b".encode())
_WRITTEN = Pattern(rb"\b([a-z]{1,2})([0-9][0-9a-z]?) ?([0-9])([a-z])([a-z])\b")
_CORRECTS = re.compile(rf"\b(?:{one_of(CORRECTIONS)}|hang|hold)\b", re.ASCII)
NEEDS = Needed(" ".join([*sorted({area[0] for area in AREAS}), *_SPOKEN_LETTERS, A_DIGIT]), A_NUMBER)
"""Without these words in a text nothing is found in it."""

_A_LETTER = Needed(" ".join([*ascii_lowercase, *_SPOKEN_LETTERS]))  # a code that is said ends with two
_ASKED = re.compile(r"\b(?:post\s?codes?|postal\s+codes?|zips?)\b", re.ASCII)
_PLATE = re.compile(r"\b(?:plates?|registration|reg|licen[cs]e|tag|vin|vehicle|insurance|reference|flight)\b", re.ASCII)
_REACH = 110  # characters between a question for a postcode and what is said of it
_REACH_OF_CORRECTION = 60
_MOST_TURNS = 5
_EDGE = rf"(?:[\s,.?!-]|\b(?:{_ASIDES})\b)*"
_WITHIN = re.compile(rf"{_EDGE}((?:[a-z0-9].*?)?){_EDGE}", re.ASCII | re.DOTALL)
_MISHEARD = {"free": "three", "won": "one"}

_ZIP = finding(Label.ZIP, "postcode-said", "area, district, sector and unit of a British postcode", 0.87, "form")
_AGAIN = finding(Label.ZIP, "postcode-again", "the second half of a postcode, corrected or read back", 0.7, "context")
_TOWN = finding(Label.LOCATION, "town-before-code", "a place before a postal code", 0.7, "context")
_STREET = re.compile(r"(?<![\w.,/$-])([0-9]{1,4}[a-z]?\s+[a-z'-]+(?:\s+[a-z'-]+){0,2}),\s*$", re.ASCII)
_LONGEST_STREET = 60
_BEFORE_TOWN = finding(
    Label.ADDRESS, "street-before-town", "a number and a name before a town and its code", 0.8, "form"
)


class _Found(Struct, frozen=True, gc=False):
    """A postcode: where it stands, and the digit and the letters of its second half."""

    start: int
    end: int
    inward: str


def claims(transcript: Transcript, cues: Cues) -> Iterator[Claim]:
    """Return postcodes that are said, the towns before them, and their second halves where these are said again."""
    flat = transcript.words.flat.encode("ascii")
    known: dict[int, set[str]] = {}
    taken: defaultdict[int, list[Part]] = defaultdict(list)
    for found in _all(transcript, cues, flat):
        document = transcript.document_at(found.start)
        known.setdefault(document, set()).add(found.inward)
        taken[document].append((found.start, found.end))
        yield Claim(tuple(_in_turns(transcript, found.start, found.end)), _ZIP)
        town = transcript.words.at_or_behind(found.start) - 1
        if town >= 0 and _is_town(transcript, town, found.start):
            start = transcript.words.starts[town]
            yield Claim(((start, transcript.words.end(town)),), _TOWN)
            if street := _STREET.search(transcript.folded, max(0, start - _LONGEST_STREET), start):
                yield Claim((street.span(1),), _BEFORE_TOWN)
    if not known:
        return
    text = transcript.folded
    for match in _INWARDS.finditer(flat):
        start, end = match.span()
        document = transcript.document_at(start)
        if document not in known or any(first <= start < last for first, last in taken[document]):
            continue
        inward = _digits(match[1]) + _letter(match[2]) + _letter(match[3])
        before = max((last for _, last in taken[document] if last <= start), default=-_REACH_OF_CORRECTION)
        near = start - before < _REACH_OF_CORRECTION
        if inward in known[document] or (near and _CORRECTS.search(text, before, start)):
            known[document].add(inward)
            taken[document].append((start, end))
            yield Claim(tuple(_in_turns(transcript, start, end)), _AGAIN)


def _all(transcript: Transcript, cues: Cues, flat: bytes) -> Iterator[_Found]:
    for match in _SAID.finditer(flat) if _A_LETTER.can_occur(transcript.octets) else ():
        found = _read(transcript, cues, match)
        if found is not None:
            yield found
    for match in _WRITTEN.finditer(flat):
        area, unit = match[1].decode(), (match[4] + match[5]).decode()
        if transcript.document_at(match.start()) != transcript.document_at(match.start(3)):
            continue
        if area in AREAS and _NO_UNITS.isdisjoint(unit) and not _is_other(transcript, cues, *match.span()):
            yield _Found(match.start(), match.end(), (match[3] + match[4] + match[5]).decode())


def _read(transcript: Transcript, cues: Cues, match: Match) -> _Found | None:
    """Return the postcode that a match holds, or None where its parts are no area, no district and no sector."""
    start, end = match.span()
    limit = min(end + _REACH, transcript.document_end(transcript.document_at(start)))
    again = _SPELLED_AGAIN.match(transcript.words.flat, end, limit)
    if again is not None and again[1] + again[2] == _letter(match[5]) + _letter(match[6]):
        end = again.end()
    if not _is_near(transcript, start, end):
        return None
    area, digits = _area(match[1]), _digits(match[2])
    if area not in AREAS and area[1:] in AREAS and b" " in match[1] and not _is_announced(transcript, start):
        start, area = match.start(1) + match[1].rfind(b" ") + 1, area[1:]
    district, sector = _letter(match[3] or b""), _digits(match[4] or b"")
    few = (1, 2) if sector else (2, 3)
    whole = len(digits) in few and not digits.startswith("0") and len(sector) < 2
    if not (whole and (not district or district in _OUTWARD_LETTERS) and _is_whole(transcript, start, end)):
        return None
    unit = _letter(match[5]) + _letter(match[6])
    if unit in _OF_HOURS:
        return None
    told = area in AREAS and _NO_UNITS.isdisjoint(unit) and not _is_other(transcript, cues, start, end)
    if not told and not _is_announced(transcript, start):
        return None
    return _Found(start, end, (sector or digits[-1]) + unit)


def _is_near(transcript: Transcript, start: int, end: int) -> bool:
    """Whether two places are of one document and few turns."""
    if transcript.document_at(start) != transcript.document_at(end - 1):
        return False
    return transcript.turn_at(end - 1) - transcript.turn_at(start) <= _MOST_TURNS


def _area(said: bytes) -> str:
    """Return the letters of an area, of which one or two were said, with or without words that spell them."""
    words = said.decode().split()
    if len(words) == 1:
        return words[0] if len(words[0]) < 3 else words[0][0]
    letters = [word for word in words if len(word) == 1]
    return "".join(letters or [word[0] for word in words if word != "capital"])[:2]


def _letter(said: bytes) -> str:
    return said.decode().removeprefix("capital ")[:1]


def _digits(said: bytes) -> str:
    """Return the digits of number words in any grouping, empty where they are none."""
    words = [_MISHEARD.get(word, word) for word in said.decode().split()]
    words = [word for word in words if word in NUMBER_WORDS or word.isdigit()]
    pieces = [(word, at, at, "" if at else None) for at, word in enumerate(words)]
    digits, at = "", 0
    while at < len(pieces):
        piece, behind = read(pieces, at)
        if behind == at:
            return ""
        digits, at = digits + piece, behind
    return digits


def _is_whole(transcript: Transcript, start: int, end: int) -> bool:
    """Whether no other letter or digit that was spelled stands directly beside a place."""
    words = transcript.words
    before, behind = words.at_or_behind(start) - 1, words.at_or_behind(end)
    if before >= 0 and transcript.folded[words.end(before) : start] == " ":
        said = words.said[before]
        if len(said) == 1 and said not in "ai":
            return False
    if behind >= len(words.said) or transcript.folded[end : words.starts[behind]] != " ":
        return True
    said = words.said[behind]
    return not (len(said) == 1 and said not in "ai") and not words.bits[behind] & (Bit.NUMBER | Bit.DIGITS)


def _is_announced(transcript: Transcript, start: int) -> bool:
    """Whether a postcode was asked for before a place, or a town or a kind of street stands there."""
    document = transcript.documents[transcript.document_at(start)]
    if _ASKED.search(transcript.folded, max(document, start - _REACH), start):
        return True
    at = transcript.words.at_or_behind(start) - 1
    return at >= 0 and (_is_town(transcript, at, start) or transcript.words.said[at] in LISTS.kinds)


def _is_town(transcript: Transcript, at: int, start: int) -> bool:
    """Whether a word is a town that nothing parts from what stands at a place."""
    words = transcript.words
    bits = words.bits[at]
    joined = not transcript.folded[words.end(at) : start].strip(" ,")
    return joined and bits & (Bit.PLACE | Bit.REGION) != 0 and not bits & Bit.FUNCTION


def _is_other(transcript: Transcript, cues: Cues, start: int, end: int) -> bool:
    """Whether something else was asked for or announced that has letters and digits too."""
    cue = cues.governing(start, end)
    if cue is not None:
        return cue.label not in {Label.ZIP, Label.ADDRESS}
    document = transcript.documents[transcript.document_at(start)]
    before = max(document, start - _REACH_OF_CORRECTION)
    return _PLATE.search(transcript.folded, before, start) is not None


def _in_turns(transcript: Transcript, start: int, end: int) -> Iterator[Part]:
    """Yield the parts of a place in each of its turns, without what opens them."""
    for first, last in transcript.in_turns(start, end):
        inner = _WITHIN.fullmatch(transcript.folded, first, last)
        if inner is not None and inner[1]:
            yield inner.span(1)
