"""What stands beside a name and belongs to it: initials, what was stammered, hyphens that were said, and corrections.

A recognizer writes a name as it was spoken, "sy syr cyrus", "r j thibodeaux", "nwosu dash fairchild", "sung no young
woo". Once a name is known, these are found by where they stand.
"""

import re
from collections.abc import Iterator
from itertools import compress

from privity.redact.names.parts import NameParts
from privity.redact.reading.lexicon import LISTED, NUMERAL, ORDINARY, Bit
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.vocabulary import vocabulary

_HYPHENS = frozenset({"dash", "hyphen"})
_CORRECTS = frozenset({"no", "sorry", "wait", "rather"})
_HESITATES = frozenset({"uh", "um", "er"})
_NOTHING = frozenset(
    {"no", "not", "sorry", "wait", "yes", "yeah", "problem", "worries", "it", "that", "one", "right", "thanks", "thank",
     "okay", "please", "actually", "well", "just", "good", "sure", "ma'am", "sir", "way"}
)  # fmt: skip
_SAID_TO = vocabulary().greetings | frozenset(vocabulary().streets) | {
    "ask", "call", "tell", "hi", "dear", "meet", "email", "text", "see", "and", "from", "with", "for", "thanks", "no",
    "mom", "dad", "aunt", "uncle", "sister", "brother", "street", "is", "are",
}  # fmt: skip
_OF_JOBS = ("ist", "er", "or", "ian", "ant", "ent", "ive", "al")
_ROLES = vocabulary().speaker_roles
_PART = LISTED | Bit.UNKNOWN | Bit.FOREIGN_SURNAME | Bit.PLACE
_NO_PART = Bit.FUNCTION | NUMERAL | Bit.NO_NAME | Bit.CALENDAR
_ASKS = frozenset({"may", "will"})
_ARTICLES = frozenset({"a", "i"})
_WORDS_TOO = frozenset({"a", "i", "o", "u", "r", "y", "n"})
_BEHIND_NAMES = frozenset(
    {
        "again", "and", "as", "back", "bye", "calling", "down", "first", "from", "here", "home", "is", "it's", "last",
        "like", "lives", "living", "now", "okay", "out", "over", "patient", "please", "right", "sorry", "speaking",
        "thanks", "there", "today", "up", "with", "yeah", "yes",
    }
)  # fmt: skip
_DOES = frozenset(
    {
        "bear", "comes", "cooks", "fell", "gave", "goes", "hopes", "just", "knows", "left", "likes", "made", "needs",
        "never", "ran", "said", "says", "sings", "still", "takes", "went", "works",
    }
)  # fmt: skip
_HOW_ONE_IS = frozenset(
    {"alright", "available", "better", "busy", "free", "fine", "gone", "good", "great", "okay", "sick", "well"}
)
_IS_CALLED = frozenset({"name", "this", "that", "it", "he", "she", "who", "caller", "speaking"})
_OPENS_OTHERS = frozenset({"", "and", "born", "calling", "from", "here", "speaking"})  # what goes on behind a surname
_WITH = (["with", "a"], ["with", "an"])
_ALPHABET = frozenset("abcdefghijklmnopqrstuvwxyz")
_MOST_BEFORE = 3  # words
_LONGEST = 8  # words of a name: to read a row of hundreds from each of them on would take ever longer
_MOST_HALVES = 4
_COMMAS = frozenset({", ", ", ("})  # between a name and a number: "White, 919 905 1031"
_AREA = 3  # digits of its first part
_SHORTEST = 2  # letters of what was stammered


_NICKNAME = re.compile(r'(?<=[a-z] ")[A-Z][a-z]+(?=" [A-Z][a-z])', re.ASCII)


def beside(parts: NameParts, seen: bytearray) -> Iterator[tuple[int, int]]:
    """Yield the first and the last word of names with what belongs to them; `seen` has a one for each word of one."""
    for at in list(compress(range(parts.count), seen)):
        if parts.said[at + 1 : at + 3] in _WITH and "".join(parts.said[at + 3 : at + 4]) in _ALPHABET:
            yield at + 3, at + 3  # "is that carmen with a c"
        if not parts.bits[at] & Bit.PLAIN:
            if parts.bits[at] & Bit.CAPITAL:
                last, limit = at, min(at + _LONGEST, parts.count)
                while last + 1 < limit and seen[last + 1] and parts.adjoins(last + 1):
                    last += 1
                first = at if at > 0 and seen[at - 1] else initials(parts, written_before(parts, at, last))
                yield first, at if last > at else written_behind(parts, at)
            continue
        first = _opens(parts, at, seen)
        if first < at:
            yield first, at
        last = _closes(parts, at, seen)
        if last > at:
            yield at, last


def comes_first(parts: NameParts, at: int) -> bool:
    """Whether a surname stands before its given name, and nothing of the sentence behind both: "Brown, Joshua."."""
    given = at + 1
    if given >= parts.count or not parts.bits[at] & Bit.SURNAME or not parts.bits[given] & Bit.GIVEN:
        return False
    return parts.between(at) == ", " and not parts.ordinary(given) and parts.closes_sentence(given)


def is_whole_answer(parts: NameParts, at: int) -> bool:
    """Whether a capitalised English word that is a name is all of a sentence, "Wren", or has a number behind it."""
    named = parts.bits[at] & Bit.CAPITAL and not parts.bits[at] & Bit.NO_NAME
    if not named or parts.said[at] in vocabulary().greetings:
        return False
    last = parts.last_part(at, sure=True)
    counted = last + 1 < parts.count and parts.between(last) in _COMMAS and parts.bits[last + 1] & Bit.DIGITS
    return parts.closes_sentence(last) or bool(counted and len(parts.said[last + 1]) > _AREA - 1)


def is_none_of_name(parts: NameParts, at: int) -> bool:
    """Whether a word behind a name in speech is none of it; what somebody does is a surname if nothing follows."""
    said = parts.said[at]
    if said in _BEHIND_NAMES or (said in _DOES and parts.after(at) not in _OPENS_OTHERS):
        return True
    asked = said in _HOW_ONE_IS and parts.closes(at) and parts.before(at - 1) == "is"
    return asked and parts.before(at - 2) not in _IS_CALLED  # "is mark free"


def hyphened(parts: NameParts, first: int, last: int) -> tuple[int, int]:
    """Return a name with what a hyphen joins to it and no dictionary has: "tae-hyun"."""
    for _ in range(_MOST_HALVES):
        name = first, last
        if parts.adjoins(first) and parts.between(first - 1) == "-" and _is_half(parts.bits[first - 1]):
            first -= 1
        if parts.adjoins(last + 1) and parts.between(last) == "-" and _is_half(parts.bits[last + 1]):
            last += 1
        if name == (first, last):
            break
    return first, last


def _is_half(bits: int) -> bool:
    return bits & (LISTED | Bit.UNKNOWN) != 0 and not bits & (
        _NO_PART & ~Bit.CALENDAR | Bit.WORD | Bit.THING | Bit.DERIVED | Bit.PEOPLE
    )


def nicknames(parts: NameParts, transcript: Transcript) -> Iterator[int]:
    """Yield the words of names with another one in quotation marks between them: "Tevita "Junior" Fonoti"."""
    if transcript.cased.find('" ') < 0:
        return
    for match in _NICKNAME.finditer(transcript.cased):
        at = transcript.words.at_or_behind(match.start())
        sides = parts.bits[at - 1], parts.bits[at + 1]
        strange = any(not bits & ORDINARY and bits & _PART for bits in sides)
        if strange and all(bits & Bit.CAPITAL and not bits & _NO_PART for bits in sides):
            yield from (at - 1, at, at + 1)


def initials(parts: NameParts, name: int) -> int:
    """Return the first of the written initials before a name, "R. J. Abernathy", or the name itself."""
    first = name
    while parts.adjoins(first) and parts.bits[first - 1] & Bit.INITIAL and parts.abbreviated(first - 1):
        first -= 1
    named = parts.adjoins(first) and parts.bits[first - 1] & Bit.CAPITAL  # "Sue L. Houston": they are her own
    return name if named else first


def written_before(parts: NameParts, at: int, last: int) -> int:
    """Return a capitalised English word that is the given name before a name, "Blessing Udoh", or the name itself."""
    before = at - 1
    if not parts.adjoins(at) or not parts.bits[before] & Bit.CAPITAL:
        return at
    if parts.bits[before] & (_NO_PART | Bit.TITLE | Bit.NO_PERSON | Bit.PEOPLE) or parts.said[before] in _SAID_TO:
        return at
    job = parts.said[before].endswith(_OF_JOBS) and not parts.bits[before] & Bit.GIVEN
    if job or parts.said[before] in _ROLES or parts.said[before] in vocabulary().offices:
        return at
    given = parts.bits[before] & Bit.GIVEN and last > at  # "Hyacinth Abosede Oyelaran and ..."
    alone = given or parts.closes_sentence(last) or not parts.opens_sentence(before)
    return before if parts.bits[before] & Bit.WORD and alone and not parts.bits[at] & Bit.FREQUENT_GIVEN else at


def written_behind(parts: NameParts, at: int) -> int:
    """Return a capitalised English word that is the surname behind a given name, "Oluwaseun Thatcher"."""
    behind = at + 1
    if not parts.adjoins(behind) or not parts.bits[behind] & Bit.CAPITAL:
        return at
    surname = parts.bits[behind] & Bit.SURNAME and not parts.bits[behind] & (_NO_PART | Bit.TITLE | Bit.NO_PERSON)
    if parts.adjoins(behind + 1) and parts.bits[behind + 1] & Bit.CAPITAL and parts.bits[behind + 1] & Bit.WORD:
        return at  # "Beth Kane Family Counselor"
    return behind if surname and parts.said[behind] not in _SAID_TO and not parts.no_person(behind) else at


def _opens(parts: NameParts, at: int, seen: bytearray) -> int:
    """Return the first word of what stands before a name and belongs to it."""
    first, name = at, parts.said[at]
    if len(name) <= _SHORTEST:
        particles = parts.bits[at] & Bit.PARTICLE and parts.adjoins(at) and parts.bits[at - 1] & Bit.PARTICLE
        return at - 1 if particles and len(parts.said[at - 1]) > 1 else at  # "de la"
    if parts.before(at) in _HESITATES and parts.adjoins(at - 1) and _is_given(parts, at - 2):
        return at - 2
    while parts.adjoins(first) and not seen[first - 1] and at - first < _MOST_BEFORE:
        particle = parts.bits[first - 1] & Bit.PARTICLE and len(parts.said[first - 1]) > 1
        if not (
            particle or _is_initial(parts, first - 1, at) or _is_stammered(parts, first - 1, name, again=first < at)
        ):
            break
        first -= 1
    if first < at and parts.bits[first] & Bit.PARTICLE and parts.adjoins(first) and _is_surname(parts, first - 1):
        return first - 1  # "ponce de leon"
    return first


def _is_surname(parts: NameParts, at: int) -> bool:
    return parts.bits[at] & Bit.SURNAME != 0 and not parts.ordinary(at) and not parts.bits[at] & _NO_PART


def _is_given(parts: NameParts, at: int) -> bool:
    return parts.bits[at] & Bit.GIVEN != 0 and not parts.ordinary(at) and not parts.bits[at] & _NO_PART


def _is_initial(parts: NameParts, at: int, name: int) -> bool:
    """Whether a letter stands before a name, and is no article and not the end of something else that is spelled."""
    word = parts.said[at]
    if len(word) > 1 or (at > 0 and parts.adjoins(at) and parts.bits[at - 1] & (Bit.NUMBER | Bit.DIGITS | Bit.SIGN)):
        return False
    return word not in _ARTICLES or (at + 1 < name and len(parts.texts[at + 1]) == 1)


def _is_stammered(parts: NameParts, at: int, name: str, *, again: bool) -> bool:
    """Whether a word is the beginning of the name that follows, or the name itself: "sy cyrus", "chela chela"."""
    word = parts.said[at]
    if len(word) < _SHORTEST or parts.bits[at] & _NO_PART or not name.startswith(word):
        return False
    return name != word or not again


def _closes(parts: NameParts, at: int, seen: bytearray) -> int:
    """Return the last word of what stands behind a name and belongs to it."""
    if not parts.adjoins(at + 1) or seen[at + 1]:
        return at
    word, behind = parts.said[at + 1], at + 2
    if word == parts.said[at]:
        asks = word in _ASKS and parts.adjoins(behind) and parts.said[behind] in {"i", "we", "you"}
        return at if asks else at + 1  # "my name is may may i have"
    if len(word) == 1 and _is_last_initial(parts, at):
        return at + 1
    if not parts.adjoins(behind):
        return at
    if word in _CORRECTS:
        return _corrected(parts, at)
    again = parts.said[behind] == parts.said[at] and parts.bits[at + 1] & Bit.GIVEN and word not in _ASKS
    return behind if again or _joins(parts, at, word) else at  # "haugen per haugen"


def _is_last_initial(parts: NameParts, at: int) -> bool:
    """Whether the letter behind a given name stands for a surname: "it says susan h got it"."""
    if not parts.bits[at] & Bit.GIVEN or parts.ordinary(at) or parts.said[at + 1] in _WORDS_TOO:
        return False
    if not parts.adjoins(at + 2):
        return True
    return len(parts.said[at + 2]) > 1 and not parts.bits[at + 2] & (NUMERAL | Bit.SIGN | Bit.SURNAME)


def _joins(parts: NameParts, at: int, word: str) -> bool:
    """Whether a word joins the next one to the name before it: a hyphen, a hesitation, a middle initial."""
    bits = parts.bits[at + 2]
    if word in _HYPHENS:
        return bits & _PART != 0 and not bits & Bit.FUNCTION
    if not parts.bits[at] & Bit.GIVEN:
        return False
    if word in _HESITATES:
        return not parts.ordinary(at + 2) and bits & (Bit.SURNAME | Bit.UNKNOWN) != 0 and not _is_nothing(parts, at + 2)
    strange = not bits & (Bit.WORD | Bit.THING) and parts.closes(at + 2)  # "vernon a rademacher"
    initial = len(word) == 1 and (word not in _ARTICLES or strange)
    return initial and bits & Bit.SURNAME != 0 and not bits & _NO_PART and len(parts.texts[at + 2]) > 1


def _corrected(parts: NameParts, at: int) -> int:
    """Return the last word of a name that corrects another and ends the turn, or is spelled: "sung no young woo"."""
    first = at + 2
    while first < parts.count and parts.adjoins(first) and parts.said[first] in {"no", "sorry", "it's", "just"}:
        first += 1
    if not parts.adjoins(first):
        return at
    last = first
    while last < parts.count and last - first < 3 and (last == first or parts.adjoins(last)):
        if _is_nothing(parts, last) or not parts.bits[last] & (_PART | Bit.WORD):
            break
        last += 1
    last -= 1
    ends = last + 1 >= parts.count or not parts.adjoins(last + 1) or len(parts.texts[last + 1]) == 1
    known = Bit.FREQUENT_GIVEN | (Bit.FREQUENT_SURNAME if last == first else 0)
    named = any(_may_correct(parts.bits[word], known) for word in range(first, last + 1))
    return last if last >= first and ends and named and not parts.no_person(last) else at


def _may_correct(bits: int, known: int) -> bool:
    """Whether a word may be somebody's name where another one was taken back: no English one, or a frequent name."""
    return bits & _PART != 0 and (not bits & Bit.WORD or bits & known != 0)


def _is_nothing(parts: NameParts, at: int) -> bool:
    return parts.bits[at] & _NO_PART != 0 or len(parts.texts[at]) < 2 or parts.said[at] in _NOTHING
