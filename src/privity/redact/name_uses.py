"""Where a listed name is nobody's by what stands around it: a chapter, a score, a plan, a musical.

"The lesson is mark sixteen", "who beat Jefferson 48 to 39", "Silver 2500", "the spring musical, Annie", "I'll be
frank": what surrounds such a name says more than the lists do. Somebody who is introduced by it is told before.
"""

import re

from privity.redact.lexicon import Bit
from privity.redact.name_parts import NameParts
from privity.redact.transcript import Transcript
from privity.redact.vocabulary import one_of, vocabulary

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
    r"\b(?:bibles?|epistle|gospel|homily|lesson|passage|psalm|readings?|scriptures?|sermon|verses?)\b[^.?!\n\x1d\x1e]{0,44}$",
    re.ASCII,
)
_CHAPTER = re.compile(rf"\s+{_NUMBER}\b", re.ASCII)
_VERSE = re.compile(rf"\s+(?:[0-9]{{1,3}}:[0-9]|(?:chapter|verse)\s+{_NUMBER}\b)", re.ASCII)
_PLAYED = re.compile(
    r"\b(?:beat|beats|beating|defeated|over|lost\s+to|losing\s+to|against|versus|vs\.?|play|plays|played|playing)\s+$",
    re.ASCII,
)
_SCORE = re.compile(rf"\s+(?:by\s+)?{_NUMBER}\s*(?:to|-)\s*{_NUMBER}\b", re.ASCII)
_TIERS = frozenset(
    {"amber", "bronze", "diamond", "emerald", "gold", "jade", "opal", "pearl", "platinum", "ruby", "silver"}
)
_OF_TIERS = re.compile(r"\s+(?:\$?[0-9][0-9,]{2,}|(?:plans?|tiers?|levels?|packages?|status|members?)\b)", re.ASCII)
_WORK = re.compile(
    r"(?:\b(?:musical|opera|ballet)(?:\s+(?:is|was|called)|'s|,|:)?|"
    r"\b(?:book|cartoon|film|movie|novel|play|series|show|sitcom)\s+called|\btheme(?:'s|\s+is|\s+was))\s+[\"']?$",
    re.ASCII,
)
_SAYS_OPENLY = re.compile(
    r"\b(?:(?:i'll|i'd|to|let's|let\s+me|can\s+i|i\s+can|gonna|gotta)\s+be|being|brutally|completely|honest\s+and|"
    r"open\s+and|perfectly|quite|totally|very)\s+(?:(?:brutally|completely|perfectly|totally|very)\s+)?$",
    re.ASCII,
)
_OPEN = frozenset({"frank", "earnest"})
_THEM = frozenset({"'em", "em"})
_COUNTED = frozenset(
    {
        "article", "chapter", "exhibit", "form", "gate", "hymn", "level", "line", "page", "part", "phase", "psalm",
        "room", "rule", "schedule", "section", "stage", "step", "suite", "table", "title", "type", "unit", "version",
    }
)  # fmt: skip
# How grandparents and parents are called at home; none of these says who they are.
_KIN = frozenset(
    {
        "abbu", "abuelita", "abuelito", "amma", "ammi", "appa", "babcia", "babushka", "bubbe", "bubbie", "dadi",
        "dadu", "dziadek", "haraboji", "halmoni", "nani", "nanu", "nonno", "pappou", "sitti", "umma", "yiayia", "zaidy",
        "zayde",
    }
)  # fmt: skip


def is_numbered(parts: NameParts, first: int, last: int) -> bool:
    """Whether a word is one of many that are told apart by the number behind it: "Form 2848", "section twelve"."""
    return first == last and parts.said[first] in _COUNTED and parts.is_number(last + 1)


def is_used(parts: NameParts, transcript: Transcript, first: int, last: int) -> bool:
    """Whether a name says nothing of a person where it stands."""
    said = parts.said[first]
    if first < last and parts.said[last] in _THEM:
        return True  # "chuck 'em"
    start, end = parts.starts[first], parts.end(last)
    text = transcript.folded
    before = text[max(transcript.documents[parts.document(first)], start - _REACH) : start]
    behind = text[end : end + _BEHIND]
    if _WORK.search(before):
        return True
    if first < last:
        return False
    if said in _BOOKS and (_VERSE.match(behind) or (_CHAPTER.match(behind) and _OF_SCRIPTURE.search(before))):
        return True
    if said in _KIN or (said in _TIERS and _OF_TIERS.match(behind)) or (said in _OPEN and _SAYS_OPENLY.search(before)):
        return True
    town = parts.bits[first] & Bit.PLACE or not parts.bits[first] & Bit.GIVEN  # "i beat sarah 21 to 14"
    return bool(town and _SCORE.match(behind) and _PLAYED.search(before))
