"""Where a listed name is nobody's by what stands around it: a chapter, a score, a plan, how somebody speaks.

"The lesson is mark sixteen", "who beat Jefferson 48 to 39", "Silver 2500", "I'll be frank": what surrounds such a name
says more than the lists do. Somebody who is introduced by it is told before.
"""

import re

from privity.redact.names.nobodys.works import is_called_so
from privity.redact.names.parts import NameParts, is_medicine
from privity.redact.reading.lexicon import NUMERAL, Bit
from privity.redact.reading.small_words import BEFORE_MONTHS, DETERMINERS, SIDES
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.vocabulary import one_of, things, vocabulary

_REACH = 64  # characters before a name that are looked at
_BEHIND = 32  # and behind it
_NUMBER = rf"(?:[0-9]{{1,3}}|(?:{one_of(vocabulary().number_words)})(?:[\s-](?:{one_of(vocabulary().number_words)}))?)"
_BOOKS = frozenset(
    {
        "amos", "daniel", "esther", "ezekiel", "ezra", "isaiah", "james", "jeremiah", "joel", "john", "jonah", "joshua",
        "jude", "luke", "malachi", "mark", "matthew", "micah", "peter", "ruth", "samuel", "timothy", "titus",
    }
)  # fmt: skip
_OF_SCRIPTURE = re.compile(
    r"\b(?:bibles?|epistle|gospel|homily|lesson|passage|psalm|readings?|scriptures?|sermon|verses?)\b[^.?!\x1d]{0,44}$",
    re.ASCII,
)
_CHAPTER = re.compile(rf"\s+{_NUMBER}\b", re.ASCII)
_VERSE = re.compile(rf"\s+(?:[0-9]{{1,3}}:[0-9]|(?:chapter|verse)\s+{_NUMBER}\b)", re.ASCII)
_PLAYED = re.compile(
    r"\b(?:beat|beats|beating|defeated|over|lost\s+to|losing\s+to|against|versus|vs\.?|play|plays|played|playing)\s+$",
    re.ASCII,
)
_SPORTS = re.compile(
    r"\b(?:games?|match|meet|opener|scrimmage|series|tournament)\s+(?:tonight\s+|today\s+)?(?:against|at|versus|vs\.?|with)\s+$",
    re.ASCII,
)
_AGAINST = frozenset(
    {
        "against", "at", "beat", "beating", "beats", "defeated", "over", "play", "played", "playing", "plays", "to",
        "versus", "vs", "vs.", "with",
    }
)  # fmt: skip
_SCORE = re.compile(rf"\s+(?:by\s+)?{_NUMBER}\s*(?:to|-)\s*{_NUMBER}\b", re.ASCII)
_TIERS = frozenset(
    {"amber", "bronze", "diamond", "emerald", "gold", "jade", "opal", "pearl", "platinum", "ruby", "silver"}
)
_OF_TIERS = re.compile(r"\s+(?:\$?[0-9][0-9,]{2,}|(?:plans?|tiers?|levels?|packages?|status|members?)\b)", re.ASCII)
_SAYS_OPENLY = re.compile(
    r"\b(?:(?:i'll|i'd|to|let's|let\s+me|can\s+i|i\s+can|gonna|gotta)\s+be|being|brutally|completely|honest\s+and|"
    r"open\s+and|perfectly|quite|totally|very)\s+(?:(?:brutally|completely|perfectly|totally|very)\s+)?$",
    re.ASCII,
)
_BEHIND_MONTHS = frozenset(
    {"morning", "afternoon", "evening", "night", "weekend", "day", "showers", "through", "until", "till", "to"}
)
_OPEN = frozenset({"frank", "earnest"})
_BE = re.compile(r"\bbe\s+$", re.ASCII)
_WITH_SOMEBODY = re.compile(r"\s+(?:about|with\s+(?:me|you|us|him|her|them|each))\b", re.ASCII)
_THEM = frozenset({"'em", "em"})
_COUNTED = frozenset(
    {
        "article", "chapter", "exhibit", "form", "gate", "hymn", "level", "line", "page", "part", "phase", "psalm",
        "room", "rule", "schedule", "section", "stage", "step", "suite", "table", "title", "type", "unit", "version",
    }
)  # fmt: skip
_WHICH_NAME = frozenset({"first", "last", "full", "middle"})
OF_LICENCES = re.compile(r"\b(?:licen[cs]e|plates?|registered|registration|issued|issuing|tag|title)\b", re.ASCII)
"""What states give out."""
_REACH_OF_LICENCES = 160  # characters
_OF_MONTHS = frozenset(
    {
        "all", "as", "beginning", "days", "end", "half", "middle", "month", "most", "out", "part", "rest", "start",
        "week", "weekend", "weeks",
    }
)  # fmt: skip
_EACH = frozenset({"year", "month", "week", "day", "person", "visit", "night", "hour", "household", "customer"})
_AT_MOST = frozenset(
    {"allowed", "daily", "dose", "duration", "infusion", "number", "rate", "recommended", "safe", "tolerated"}
)
_FLOOR = 2  # digits
# How grandparents and parents are called at home; none of these says who they are.
_KIN = frozenset(
    {
        "abbu", "abuelita", "abuelito", "amma", "ammi", "appa", "babcia", "babushka", "bubbe", "bubbie", "dadi",
        "dadu", "dziadek", "haraboji", "halmoni", "nani", "nanu", "nonno", "pappou", "sitti", "umma", "yiayia", "zaidy",
        "zayde",
    }
)  # fmt: skip


def is_most(parts: NameParts, at: int) -> bool:
    """Whether "max" says how much: "two pets max", "max six so you're fine", "max daily dose"."""
    numbers = Bit.NUMBER | Bit.DIGITS
    if any(parts.adjoins(other) and parts.bits[other - 1] & numbers for other in (at, at - 1)):
        return True
    if parts.before(at) in _EACH and parts.before(at - 1) in DETERMINERS:
        return True
    if parts.before(at) or not parts.adjoins(at + 1):
        return False
    most = parts.said[at + 1]
    return most in _AT_MOST or is_medicine(most) or parts.bits[at + 1] & Bit.NUMBER != 0


def says_which(parts: NameParts, at: int, cue: str) -> bool:
    """Whether a word behind "name" says which one is meant: "first name and last, Monique", but "mrs last and"."""
    return "name" in cue and parts.said[at] in _WHICH_NAME and parts.after(at) in {"name", "and", ""}


def is_state(parts: NameParts, transcript: Transcript, at: int) -> bool:
    """Whether a state is said behind the number of a licence that it gave out: "5512 8890, that's alberta"."""
    if not parts.bits[at] & Bit.REGION or parts.before(at) not in {"that's", "it's"} or at < 2:
        return False
    if not parts.bits[at - 2] & NUMERAL:
        return False
    return OF_LICENCES.search(transcript.before(parts.starts[at - 2], _REACH_OF_LICENCES)) is not None


def is_month(parts: NameParts, at: int) -> bool:
    """Whether a month is one by what stands before it: "in april", "the end of april", but "the mother of april"."""
    at -= parts.before(at) in {"uh", "um"}
    before = parts.before(at)
    if before != "of":
        return before in BEFORE_MONTHS
    which = parts.before(at - 1)
    return which in _OF_MONTHS or (which != "" and parts.bits[at - 2] & (NUMERAL | Bit.CALENDAR) != 0)


def is_something(parts: NameParts, at: int) -> bool:
    """Whether a given name is none beside its neighbour: "april morning", "x ray", "max daily dose", "mac 00:1b"."""
    if parts.said[at] == "max" and is_most(parts, at):
        return True
    if parts.said[at] in {"meg", "gig"} and parts.before(at) and parts.bits[at - 1] & NUMERAL:
        return True  # "the five hundred meg plan"
    if parts.said[at] == "mac" and (parts.after(at) == "address" or parts.is_number(at + 1)):
        return True
    if parts.bits[at] & Bit.CALENDAR:
        return parts.after(at) in _BEHIND_MONTHS or is_month(parts, at)
    return parts.said[at] == "ray" and parts.before(at) == "x"


def is_sort(parts: NameParts, first: int, last: int) -> bool:
    """Whether a word is one of many of its kind: by the number behind it, "Form 2848", or as goods, "mr coffee"."""
    if first < last:
        return False
    if parts.said[first] in SIDES and parts.bits[first] & Bit.CAPITAL and parts.bits[first - 1] & Bit.DIGITS:
        return parts.adjoins(first) and len(parts.said[first - 1]) <= _FLOOR  # a ward: "on 4 West"
    goods = not parts.bits[first] & Bit.FREQUENT_SURNAME and f"{parts.before(first)} {parts.said[first]}" in things()
    return goods or (parts.said[first] in _COUNTED and parts.is_number(last + 1))


def is_used(parts: NameParts, transcript: Transcript, first: int, last: int) -> bool:
    """Whether a name says nothing of a person where it stands."""
    before, behind = transcript.before(parts.starts[first], _REACH), transcript.behind(parts.end(last), _BEHIND)
    if first < last:
        return parts.said[last] in _THEM or is_called_so(before)  # "chuck 'em"
    return (
        is_called_so(before) or _is_played(parts, first, before, behind) or _is_other(parts.said[first], before, behind)
    )


def _is_other(said: str, before: str, behind: str) -> bool:
    """Whether a word is a book of the Bible, one of the family, a tier of plans, or says how somebody speaks."""
    if said in _BOOKS and (_VERSE.match(behind) or (_CHAPTER.match(behind) and _OF_SCRIPTURE.search(before))):
        return True
    return said in _KIN or _is_open(said, before, behind) or bool(said in _TIERS and _OF_TIERS.match(behind))


def is_openly(parts: NameParts, transcript: Transcript, at: int) -> bool:
    """Whether a word says how somebody speaks: "i'm going to be frank with you"."""
    if parts.said[at] not in _OPEN:
        return False
    before, behind = transcript.before(parts.starts[at], _REACH), transcript.behind(parts.end(at), _BEHIND)
    return _is_open(parts.said[at], before, behind)


def _is_open(said: str, before: str, behind: str) -> bool:
    if said not in _OPEN:
        return False
    return bool(_SAYS_OPENLY.search(before) or (_BE.search(before) and _WITH_SOMEBODY.match(behind)))


def _is_played(parts: NameParts, first: int, before: str, behind: str) -> bool:
    """Whether a town or a school is played against: "who beat Jefferson 48 to 39"."""
    town = parts.bits[first] & Bit.PLACE or not parts.bits[first] & Bit.GIVEN  # "i beat sarah 21 to 14"
    if not town or "".join(before.rsplit(None, 1)[-1:]) not in _AGAINST:
        return False
    scored = _PLAYED.search(before) and _SCORE.search(behind.partition(".")[0])
    return bool(scored or _SPORTS.search(before))


def is_named_like_make(parts: NameParts, at: int) -> bool:
    """Whether a capitalised word is a surname that is also a make, and no English word: "Dr Corsa", but "Dr Pepper"."""
    surname = Bit.SURNAME | Bit.THING | Bit.CAPITAL
    return parts.bits[at] & surname == surname and not parts.bits[at] & Bit.WORD
