"""Names in speech: what a recognizer wrote without capitals, where only the words around a name tell of it.

A word that is in no dictionary is a name more often than not. One that is also a place ("madison") or an English word
("rose") needs company: whose mother she is, "speaking" behind it, "thank you" before it and nothing more behind.
"""

from collections.abc import Iterator

from privity.redact.names.parts import NameParts, is_family, is_medicine, is_thing
from privity.redact.names.spoken.worldly import KEPT
from privity.redact.reading.lexicon import LISTED, Asked, Bit
from privity.redact.reading.small_words import OWNERS
from privity.redact.reading.vocabulary import vocabulary

_VOCABULARY = vocabulary()
_NOBODY = Bit.FUNCTION | Bit.NO_NAME | Bit.NUMBER | Bit.CALENDAR | Bit.PEOPLE | Bit.REGION | Bit.NO_PERSON | Bit.DIGITS
_PLACED = Bit.PLACE | Bit.KNOWN_PLACE
_NAMED = LISTED | Bit.UNKNOWN | _PLACED
_FREQUENT = Bit.FREQUENT_GIVEN | Bit.FREQUENT_SURNAME
_SMALL = (Bit.FUNCTION | Bit.NUMBER).__and__
_FAMILY = frozenset(
    {
        "farm", "homestead", "place", "property", "ranch", "family", "residence", "service", "wedding", "party",
        "funeral", "household", "kids", "boys", "girls", "estate", "kid", "boy", "girl", "brothers", "sisters", "twins",
    }
)  # fmt: skip
EXCLAIMED = frozenset({"jesus", "christ"})  # more often than anybody is called so
_LONG = 3  # letters; shorter ones are sounds
_RELATIONS = _VOCABULARY.relations
_OWNERS = OWNERS | {"the"}
_IS = frozenset({"is", "was", "named", "called"})
_GREETS = _VOCABULARY.greetings
_WEAK = frozenset({"i'm", "am", "is", "me", "one", "so", "well", "good", "it's", "that's", "now", "right"})
_SAYS = frozenset({"speaking", "here", "calling"})
_NOT_NAMED = frozenset(
    {"a", "an", "the", "some", "any", "of", "per", "on", "take", "taking", "each", "every", "this", "these", "no"}
)
_ONE_OF = frozenset({"a", "an", "of"})
_OF_SOMEBODY = frozenset({"behalf", "care", "name", "number", "phone", "voicemail", "mailbox", "office", "home"})
_OWNED = frozenset({"my", "your", "our", "his", "her", "their", "its", "by", "i", "you", "we", "they"})
_TURNS = frozenset({"to", "with", "for", "from", "against"})
_ASKS = frozenset({"speak", "talk", "speaking", "talking", "spoke", "talked", "conflicts", "divorce", "ask", "asking"})
_FEWEST = 6  # words of speech
_LOOKED_AT = 200  # words that tell whether it is
_LONGEST = 6  # words of a name with its particles


def heard(parts: NameParts, seen: bytearray) -> Iterator[tuple[int, int]]:
    """Yield the first and the last word of the names in speech that are not yet seen."""
    beyond = -1
    talks: dict[int, bool] = {}
    for at in parts.where(_MAY_BE_HEARD):
        if at <= beyond or seen[at]:
            continue
        document = parts.document(at)
        if document not in talks:
            talks[document] = _is_talk(parts, document)
        if talks[document] and _is_name(parts, at):
            beyond = _last(parts, at, seen)
            yield _first(parts, at), beyond


def _may_be_heard(bits: int) -> bool:
    if not bits & _NAMED or not bits & Bit.PLAIN or bits & (_NOBODY | Bit.TITLE):
        return False
    return not bits & Bit.WORD or bits & _FREQUENT != 0


_MAY_BE_HEARD = Asked(_may_be_heard)


def _is_talk(parts: NameParts, document: int) -> bool:
    """Whether a document reads like speech: many small words, unlike the lines of a log or a list of names."""
    first = parts.first_of(document)
    words = parts.bits[first : min(first + _LOOKED_AT, parts.behind(document))]
    small = len(words) - list(map(_SMALL, words)).count(0)
    return len(words) >= _FEWEST and small * 4 >= len(words)


def _first(parts: NameParts, at: int) -> int:
    """Return the given name right before a surname, where it is called like a town: "i have ngozi ibekwe"."""
    bits = parts.bits[at - 1] if parts.adjoins(at) else 0
    return at - 1 if bits & Bit.GIVEN and bits & _PLACED and not bits & (_NOBODY | Bit.WORD) else at


def goes_on(parts: NameParts, last: int) -> int:
    """Return the last word of a name in speech that is known up to `last`: "ryan" of "ryan van der berg"."""
    return _last(parts, last, None)


def _is_name(parts: NameParts, at: int) -> bool:
    bits, word = parts.bits[at], parts.said[at]
    before = parts.before(at)
    if not _may_be_name(parts, at, before):
        return False
    if bits & Bit.WORD:
        return bits & (Bit.FREQUENT_GIVEN | Bit.FREQUENT_SURNAME) != 0 and _in_company(parts, at, before, strictly=True)
    if _is_introduced(parts, at, before):
        return True
    if bits & _PLACED or len(word) <= _LONG or (not bits & LISTED and is_thing(word)):
        listed = bits & (LISTED | _PLACED | Bit.UNKNOWN)
        return listed != 0 and _in_company(parts, at, before, strictly=False)
    called = before == "on" and parts.before(at - 1) == "come"  # "come on tavion"
    whole = before in _ONE_OF and _has_surname(parts, at, before)
    owned = before in _OWNED and not bits & Bit.GIVEN and (before, parts.before(at - 1)) != ("its", "name")
    unfit = (before in _NOT_NAMED and not (called or whole)) or owned  # "whats her name its chidubem"
    return bits & (LISTED | Bit.UNKNOWN) != 0 and not unfit


def _has_surname(parts: NameParts, at: int, before: str) -> bool:
    """Whether a surname that no list has makes a name of a word: "the voicemail of ofa tonga", "under a leilani k"."""
    behind = at + 1
    strange = parts.adjoins(behind) and parts.bits[behind] & (Bit.UNKNOWN | Bit.DERIVED | Bit.THING) == Bit.UNKNOWN
    if not strange or is_thing(parts.said[behind]) or is_medicine(parts.said[behind]):
        return False
    return parts.bits[at] & Bit.GIVEN != 0 if before != "of" else parts.before(at - 1) in _OF_SOMEBODY


def _is_introduced(parts: NameParts, at: int, before: str) -> bool:
    """Whether a word stands where names do: "the yamamoto service", "it's under pickering", "that's gideon he'll"."""
    if before == "the":
        surname = parts.bits[at] & (Bit.SURNAME | Bit.FOREIGN_SURNAME) != 0
        return (surname and parts.after(at) in _FAMILY) or is_family(parts.said[at])
    if before == "under":
        return parts.before(at - 1) in KEPT
    return before in {"that's", "it's"} and parts.after(at).split("'")[0] in {"he", "she", "who"}


def _may_be_name(parts: NameParts, at: int, before: str) -> bool:
    bits, word = parts.bits[at], parts.said[at]
    if bits & (_NOBODY | Bit.TITLE) or not bits & Bit.LETTERS or len(word) < 2 or parts.no_person(at):
        return False
    if word in _VOCABULARY.name_cues or word in EXCLAIMED or not parts.stands_free(at):
        return False
    if before and parts.bits[at - 1] & (Bit.NUMBER | Bit.DIGITS | Bit.PEOPLE):
        return False  # "eight gigabytes"
    rare = Bit.GIVEN | Bit.FREQUENT_SURNAME | Bit.WORD  # of other surnames, such as "breaker", it says too little
    built = bits & Bit.DERIVED and not bits & rare
    return not built and word not in _VOCABULARY.speaker_roles and not is_medicine(word)


def _in_company(parts: NameParts, at: int, before: str, *, strictly: bool) -> bool:
    """Whether the words around one make a name of it; `strictly` of an English word, which needs to stand alone."""
    earlier = parts.before(at - 1) if before else ""
    alone = parts.closes(at) or (
        parts.bits[at + 1] & (Bit.UNKNOWN | Bit.DERIVED) == Bit.UNKNOWN and parts.adjoins(at + 1)
    )
    if before in _RELATIONS and earlier in _OWNERS:
        return alone or not strictly
    if before in _IS and earlier in _RELATIONS:
        return alone or not strictly
    if not strictly and before in _TURNS and earlier in _ASKS:
        return True
    after = parts.after(at)
    if after in _SAYS and (not strictly or before in _GREETS or not before):
        return not strictly or parts.bits[at] & Bit.FREQUENT_GIVEN != 0
    if strictly:
        soon = parts.said[at] == "soon" and before == "you" and earlier != "thank"  # "see you soon", "see you dawn"
        return not soon and before in _GREETS - _WEAK and alone and parts.bits[at] & Bit.FREQUENT_GIVEN != 0
    return before in _GREETS


def _last(parts: NameParts, first: int, seen: bytearray | None) -> int:
    """Return the last word of the name from `first` on: unlisted words, surnames, particles with what they open."""
    last = at = first
    while at + 1 < parts.count and at + 1 - first < _LONGEST and parts.adjoins(at + 1):
        at += 1
        bits = parts.bits[at]
        if bits & Bit.PARTICLE or parts.is_gaelic_article(at):
            continue  # part of the name when something follows that is
        particle = parts.bits[at - 1] & Bit.PARTICLE != 0 or parts.is_gaelic_article(at - 1)
        if at - 1 == first and parts.bits[first] & Bit.GIVEN:
            particle = False  # "miss della come around"
        if is_medicine(parts.said[at]) or bits & (Bit.FUNCTION | Bit.NUMBER | Bit.NO_NAME | Bit.NO_PERSON | Bit.DIGITS):
            break
        unlisted = bits & (Bit.UNKNOWN | Bit.DERIVED) == Bit.UNKNOWN
        town = bits & (_PLACED | Bit.WORD | Bit.REGION) == Bit.PLACE and len(parts.said[at]) > _LONG + 1
        opens = at == first + 1 and parts.bits[first] & Bit.GIVEN and not parts.bits[first] & _PLACED
        known = unlisted or bits & LISTED or bits & Bit.FOREIGN_SURNAME or (town and opens)  # "steven shevchenko"
        worldly = bits & (Bit.WORD | Bit.CALENDAR) and not (bits & Bit.FREQUENT_SURNAME and parts.closes(at))
        if not (known and not worldly) and not particle:
            break
        if seen is not None and seen[at] and at == first + 1 and not known:
            break
        last = at
    return last
