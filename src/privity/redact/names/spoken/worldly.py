"""Names in speech that are English words, where the conversation announces them: "mister love", "bill price".

Without capitals "love" is a name only behind a title, beside another part of a name, or when the one who picks up says
who that is. Elsewhere such words stay readable, or nothing would be.
"""

from collections.abc import Iterator

from privity.redact.names.parts import NameParts
from privity.redact.names.spoken.slots import PICKS_UP
from privity.redact.reading.lexicon import LISTED, ORDINARY, Asked, Bit
from privity.redact.reading.small_words import OWNERS, THE_ONE, TITLES, WHICH_OF_KIN
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.vocabulary import vocabulary

_VOCABULARY = vocabulary()
_TITLES_TOO = frozenset(
    {"doctor", "dr", "professor", "nurse", "attorney", "judge", "officer", "detective", "deputy", "sheriff"}
)
ONES = OWNERS | {"the", "a", "an", "every", "another", "any", "this", "that"}
_ONE_OF_THINGS = ONES | {"other", "one", "no", "some", "each", "next", "last", "same"}
_SAYS_WHEN = frozenset({"soon", "early", "long"})
_SPEAKS = frozenset({"speak", "talk", "spoke", "talked", "speaking", "talking", "get", "through"})
_ASKS = frozenset({"ask", "asked", "asking"})
_OR = frozenset({"or", "and"})
_OR_ASKED = frozenset({"me", "him", "her", "us"})  # "ask for me or for hope"
_OF_THINGS = frozenset({"period", "periods", "for", "of", "from", "on"})
_MISSED = frozenset(
    {"i", "you", "we", "they", "to", "don't", "will", "would", "not", "didn't", "can't", "won't", "a", "might"}
)
NO_PART = Bit.FUNCTION | Bit.NUMBER | Bit.NO_NAME | Bit.DIGITS | Bit.MIXED | Bit.NO_PERSON | Bit.PEOPLE | Bit.TITLE
_RELATIONS = _VOCABULARY.relations
_OBJECTS = frozenset(
    {
        "a", "an", "the", "to", "into", "out", "me", "it", "him", "her", "my", "his", "off", "up", "down", "class",
    }
)  # fmt: skip
DESCRIBES = frozenset(
    {
        "wrong", "right", "different", "same", "common", "long", "short", "hard", "weird", "funny", "easy", "real",
        "legal", "already", "misspelled", "spelled", "spelt", "listed", "incorrect", "correct", "still", "actually",
        "now", "first", "last", "there", "blank", "missing", "changed", "hyphenated", "good", "unusual", "unique",
        "new", "old",
    }
)  # fmt: skip
KEPT = frozenset(
    {
        "account", "appointment", "be", "booked", "booking", "check", "checked", "file", "filed", "flight's", "her",
        "him", "is", "it", "it's", "listed", "look", "looked", "maybe", "me", "name", "order", "party", "policy",
        "probably", "registered", "reservation", "reserved", "room's", "should", "table", "that's", "them", "tried",
        "try", "us", "was",
    }
)  # fmt: skip
_WHEN = frozenset(
    {
        "on", "at", "tomorrow", "today", "tonight", "next", "this", "monday", "tuesday", "wednesday", "thursday",
        "friday",
    }
)  # fmt: skip
_BEHIND = frozenset(
    {
        "about", "again", "alright", "because", "born", "calling", "correct", "date", "great", "hello", "hi", "no",
        "ok", "okay", "perfect", "please", "right", "so", "sorry", "speaking", "sure", "thank", "thanks", "uh", "um",
        "yeah", "yep", "yes",
    }
)  # fmt: skip
_BEHIND_PAIR = _BEHIND - {"right", "great", "so", "please", "sure"} | {
    "and", "is", "on", "with", "at", "from", "i'm", "my", "that's", "it's", "born",
}  # fmt: skip
_SAYS_WHO = frozenset({"calling", "from", "with", "i'm", "speaking", "here", "and"})
_ASKS_BACK = frozenset({"who", "how", "what", "speaking"})  # "this is rain who am i speaking with"
_REPORTS = frozenset(
    {
        "usually", "says", "said", "told", "wants", "wanted", "has", "had", "gave", "sent", "always", "thinks",
    }
)  # fmt: skip
_SAID_OF_DOCTORS = frozenset(
    {"has", "wants", "wanted", "said", "says", "sent", "thinks", "gave", "fax", "phone", "npi", "she", "he"}
)
_OF_DOCTORS = frozenset(
    {"at", "has", "is", "wants", "said", "says", "sent", "can", "please", "on", "and", "yes", "about"}
)
_BEFORE_DOCTORS = frozenset(
    {"with", "see", "fax", "call", "for", "from", "to", "is", "it's", "sees", "and", "by", "that's", "page", "under"}
)
_BEFORE_MISS = frozenset({"with", "for", "from", "by", "see", "under"})
# Before a word that is a name: titles, what one says picking up, and how somebody is said to be called.
_ANNOUNCES = TITLES | _TITLES_TOO | _RELATIONS | {"is", "i'm", "name's", "names", "under", "with", "for"}


def worldly(parts: NameParts, transcript: Transcript, seen: bytearray) -> Iterator[tuple[int, int]]:
    """Yield the first and the last word of the names that are words; `seen` has a one for what is in a name already."""
    for at in parts.where(_FIT):
        if seen[at] or (parts.bits[at] & (Bit.NO_NAME | Bit.NO_PERSON) and not _is_titled(parts, at)):  # "doctor king"
            continue
        if _is_announced(parts, transcript, at, seen):
            yield at, at


def _fit(bits: int) -> bool:
    """Whether a word may be a name; a frequent surname that is also none, such as "king", behind a title only."""
    known = Bit.NO_NAME | Bit.NO_PERSON if bits & Bit.FREQUENT_SURNAME else 0
    return bits & LISTED != 0 and bits & ORDINARY != 0 and bits & Bit.PLAIN != 0 and not bits & NO_PART & ~known


_FIT = Asked(_fit)


def _is_announced(parts: NameParts, transcript: Transcript, at: int, seen: bytearray) -> bool:
    if _goes_before(parts, at, seen) or _goes_behind(parts, at, seen):
        return True
    if parts.before(at) not in _ANNOUNCES:
        return False
    return _is_titled(parts, at) or _picks_up(parts, transcript, at) or _is_named(parts, at)


def _is_named(parts: NameParts, at: int) -> bool:
    """Whether somebody is said to be called so: "my name is sky", "my husband earnest", "it's under basil"."""
    before, bits = parts.before(at), parts.bits[at]
    earlier = parts.before(at - 1)
    if before in {"is", "name's", "names"}:
        name = earlier == "name" if before == "is" else True
        owner = parts.before(at - 2) if before == "is" else earlier
        return name and owner in OWNERS and not bits & Bit.FUNCTION and parts.said[at] not in DESCRIBES
    if before in _RELATIONS and (earlier in OWNERS or (earlier in WHICH_OF_KIN and parts.before(at - 2) in OWNERS)):
        does = parts.after(at) in _OBJECTS or parts.said[at] in _VOCABULARY.verbs_too  # "my cousin ran a fever"
        return bits & Bit.GIVEN != 0 and not does
    if (
        before == "for"
        and bits & Bit.FREQUENT_GIVEN
        and (earlier in _ASKS or (earlier in _OR and parts.before(at - 2) in _OR_ASKED))
    ):
        return not parts.after(at) or parts.after(at) not in _OF_THINGS
    if before == "under" and earlier in KEPT:
        return ends(parts, at)
    return bool(before in {"with", "for"} and bits & Bit.FREQUENT_GIVEN and parts.after(at) in _WHEN)


def ends(parts: NameParts, at: int, words: frozenset[str] = _BEHIND) -> bool:
    """Return whether nothing that could make a phrase of a word stands behind it."""
    if at + 1 >= parts.count or not parts.adjoins(at + 1):
        return True
    bits, word = parts.bits[at + 1], parts.said[at + 1]
    return word in words or bits & Bit.NUMBER != 0 or (words is _BEHIND and bits & Bit.FUNCTION != 0)


def _is_titled(parts: NameParts, at: int) -> bool:
    """Whether a word is a surname by the title before it: "mister love", "doctor long has"."""
    return _is_all_behind_title(parts, at) or _is_spoken_of(parts, at)


def _is_all_behind_title(parts: NameParts, at: int) -> bool:
    """Whether hardly anything but a surname can stand between a title and what follows: "miss love", "nurse hope"."""
    title = parts.before(at)
    if title in TITLES:
        earlier = parts.before(at - 1)
        if title in {"miss", "ms"}:
            return ends(parts, at) and not (
                title == "miss" and earlier in _MISSED and parts.before(at - 2) not in _SPEAKS
            )
        return parts.bits[at] & Bit.SURNAME != 0
    if title not in _TITLES_TOO or parts.said[at] in _VOCABULARY.not_behind_titles:
        return False
    return (
        parts.bits[at] & Bit.SURNAME != 0
        and parts.before(at - 1) not in ONES
        and (ends(parts, at) or parts.after(at) in _REPORTS)
    )


def _is_spoken_of(parts: NameParts, at: int) -> bool:
    """Whether a doctor or a miss with a frequent surname is spoken of: "doctor long has", "with miss church"."""
    title, before = parts.before(at), parts.before(at - 1)
    if not parts.bits[at] & Bit.FREQUENT_SURNAME or parts.bits[at] & Bit.CALENDAR:
        return False
    if title in {"miss", "ms"}:
        return before in _BEFORE_MISS
    if title not in {"doctor", "dr"} or parts.said[at] in {"pepper", "will", "may"} or before in THE_ONE:
        return False
    after = parts.after(at)
    return parts.closes(at) or after in _SAID_OF_DOCTORS or (before in _BEFORE_DOCTORS and after in _OF_DOCTORS)


def _picks_up(parts: NameParts, transcript: Transcript, at: int) -> bool:
    """Whether a word is how somebody says who speaks: "front desk this is rain"."""
    if parts.before(at) in {"i'm", "name's"} and parts.bits[at] & Bit.FREQUENT_GIVEN:
        return ends(parts, at, _SAYS_WHO)
    if parts.before(at) != "is" or parts.before(at - 1) != "this" or not ends(parts, at):
        return False
    start = transcript.documents[parts.document(at)]
    known = LISTED if parts.after(at) in _ASKS_BACK else Bit.GIVEN | Bit.FREQUENT_SURNAME
    return parts.starts[at] - start < PICKS_UP and parts.bits[at] & known != 0


def _goes_before(parts: NameParts, at: int, seen: bytearray) -> bool:
    """Whether a word is the given name before a surname that was found."""
    after = at + 1
    if not parts.bits[at] & Bit.GIVEN or after >= parts.count or not seen[after] or not parts.adjoins(after):
        return False
    if parts.bits[after] & Bit.FREQUENT_GIVEN and not parts.bits[after] & Bit.SURNAME:
        return False
    if not parts.bits[at] & Bit.FREQUENT_GIVEN and parts.before(at) in _ONE_OF_THINGS:
        return False  # "thanks a lot joyce"
    if says_when(parts, at):
        return False
    return parts.said[at] not in _VOCABULARY.verbs_too or not parts.before(at)


def _goes_behind(parts: NameParts, at: int, seen: bytearray) -> bool:
    """Whether a word is the surname behind a given name that was found."""
    if not parts.adjoins(at) or not seen[at - 1]:
        return False
    second = at > 1 and seen[at - 2] and parts.adjoins(at - 1)
    if not parts.bits[at - 1] & (LISTED if second else Bit.GIVEN):
        return False
    if not parts.bits[at] & Bit.FREQUENT_SURNAME or parts.said[at] in _VOCABULARY.verbs_too:
        return False
    return ends(parts, at, _BEHIND_PAIR)


def says_when(parts: NameParts, at: int) -> bool:
    """Return whether a word before a name says when something is: "talk soon jeffrey"."""
    return parts.said[at] in _SAYS_WHEN and parts.adjoins(at)
