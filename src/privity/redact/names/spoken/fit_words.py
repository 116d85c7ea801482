"""Which words may be somebody's name where the words around them say that one stands there."""

from privity.redact.names.parts import NameParts, is_medicine, is_thing
from privity.redact.reading.lexicon import LISTED, NUMERAL, Bit
from privity.redact.reading.vocabulary import vocabulary

_VOCABULARY = vocabulary()
NEVER = Bit.FUNCTION | NUMERAL | Bit.PEOPLE | Bit.TITLE
_STRANGE = Bit.UNKNOWN | Bit.DERIVED
_FEW_USES = Bit.FUNCTION | Bit.NUMBER | Bit.DIGITS | Bit.NO_NAME | Bit.PEOPLE | Bit.TITLE | Bit.NO_PERSON
_MAY_BE_CALLED = LISTED | Bit.UNKNOWN | Bit.WORD
_SURNAMES = Bit.SURNAME | Bit.FOREIGN_SURNAME | Bit.UNKNOWN
SHORT_SURNAMES = frozenset(
    {"do", "so", "an", "ho", "ha", "he", "to", "my", "no", "in", "you", "le", "vo", "vu", "ly", "ma"}
)
_NOBODY = _VOCABULARY.relations | _VOCABULARY.speaker_roles - {"guy"}
_NOT_ALONE = frozenset(
    {"can", "long", "guy", "man", "young", "love", "said", "back", "soon", "early", "see", "way", "rich", "hope"}
)
_NOT_RELATED = frozenset({"hope", "rich"})  # words that are names where whose they are is said
_NO_SURNAMES = _VOCABULARY.not_names | {
    "back", "here", "there", "today", "first", "last", "again", "home", "please", "right", "now", "number", "guy",
    "still", "also", "just", "already", "only", "too", "early", "long", "good", "well", "best", "later", "soon",
    "more", "man",
}  # fmt: skip
# "is autumn coming", "lunch with everybody": of these more has to be known.
_UNFIT = frozenset(
    {
        "art", "autumn", "bill", "dawn", "everybody", "everyone", "faith", "grant", "hers", "joy", "mail", "nobody",
        "sky", "sunny", "somebody", "someone", "star", "summer", "winter",
    }
)  # fmt: skip
_MODAL = frozenset({"will", "may", "can"})
_BEHIND_MODAL = frozenset({"it", "it's", "this", "i'm"})  # "hey will it's pat"
_ADDRESSED_TOO = frozenset({"art", "bill", "faith", "dawn", "joy", "grant", "summer"})
_SAYS = frozenset(
    {"said", "told", "thought", "knew", "heard", "found", "felt", "saw", "swore", "made", "got", "had", "was", "did"}
)
_NO_SPEAKERS = _VOCABULARY.speaker_roles | {
    "absurd", "amazing", "awesome", "awful", "awkward", "bad", "big", "bizarre", "bogus", "broken", "bull", "cheap",
    "close", "cold", "cool", "crap", "crazy", "cute", "dumb", "early", "easy", "extra", "fair", "fast", "fine", "fraud",
    "free", "full", "fun", "funny", "good", "great", "hard", "heavy", "hell", "home", "hot", "huge", "insane", "late",
    "legit", "long", "mine", "much", "neat", "new", "nice", "normal", "nuts", "odd", "old", "ours", "perfect", "plan",
    "private", "quick", "rare", "rough", "sad", "safe", "scary", "short", "sick", "silly", "simple", "slow", "small",
    "standard", "strange", "stupid", "super", "sure", "theft", "tough", "true", "ugly", "urgent", "weird", "wild",
    "wonderful", "wrong", "yours", "news", "work",
}  # fmt: skip
_NO_WORD_FOR_PEOPLE = ("ing", "ed", "ly", "ful", "ous", "able", "ible", "ive", "less", "ment", "tion", "ity", "s")


def is_given(parts: NameParts, at: int, *, frequently: bool) -> bool:
    """Return whether a word can be a given name: a listed one, one that no list has; of words a frequent one."""
    bits, word = parts.bits[at], parts.said[at]
    if bits & (NEVER | Bit.NO_NAME) or not bits & Bit.LETTERS or word in _NOBODY or is_medicine(word):
        return False
    if not bits & (Bit.PLAIN | Bit.CAPITAL):
        return False
    if frequently and word in _NOT_ALONE and not bits & Bit.CAPITAL:
        return False
    if bits & Bit.WORD or bits & Bit.CALENDAR:
        return bits & (Bit.FREQUENT_GIVEN if frequently else Bit.GIVEN) != 0
    if bits & Bit.GIVEN:
        return True
    return bits & _STRANGE == Bit.UNKNOWN and not bits & (Bit.THING | Bit.KNOWN_PLACE) and not is_thing(word)


def is_frequent(parts: NameParts, at: int) -> bool:
    """Return whether a word can be a given name that stands alone."""
    return is_given(parts, at, frequently=True)


def is_related(parts: NameParts, at: int) -> bool:
    """Return the same where whose somebody is is said: "my sister hope"."""
    return is_given(parts, at, frequently=parts.said[at] not in _NOT_RELATED)


def is_somebody(parts: NameParts, at: int) -> bool:
    """Return whether a word is somebody who does what things and weather do as well: "is mark coming"."""
    return parts.said[at] not in _UNFIT and is_related(parts, at)


def is_parted_from(parts: NameParts, at: int) -> bool:
    """Return whether a word is somebody who is told goodbye: "thanks bill take care"."""
    return parts.said[at] not in _UNFIT - _ADDRESSED_TOO and is_related(parts, at)


def is_greeted(parts: NameParts, at: int) -> bool:
    """Return whether an English word behind a greeting is a name; a verb needs more behind it: "hey will it's pat"."""
    bits = parts.bits[at]
    named = bits & Bit.FREQUENT_GIVEN and bits & Bit.WORD and bits & Bit.PLAIN
    return bool(named) and (parts.said[at] not in _MODAL or parts.said[at + 1] in _BEHIND_MODAL)


def is_addressed(parts: NameParts, at: int) -> bool:
    """Return whether a word is a frequent name and no verb: "good job grace", but "good job will you"."""
    return is_answer(parts, at) and parts.said[at] not in _VOCABULARY.verbs_too


def is_told(parts: NameParts, at: int) -> bool:
    """Return whether a word is a name and no verb: "tell ransom that"."""
    return _is_plain(parts, at, Bit.GIVEN) and parts.said[at] not in _VOCABULARY.verbs_too


def is_answer(parts: NameParts, at: int) -> bool:
    """Return whether a word is a frequent name: "who has the keys" and "dawn does"."""
    return _is_plain(parts, at, Bit.FREQUENT_GIVEN)


def _is_plain(parts: NameParts, at: int, known: int) -> bool:
    bits = parts.bits[at]
    given = bits & known and bits & Bit.PLAIN and not bits & (_FEW_USES | Bit.CALENDAR)
    return bool(given) and parts.said[at] not in _VOCABULARY.relations


def is_called(parts: NameParts, at: int) -> bool:
    """Return whether a word may be what somebody says to be a name: "young is my first name"."""
    return not parts.bits[at] & (_FEW_USES & ~Bit.NO_NAME) and parts.bits[at] & _MAY_BE_CALLED != 0


def is_explained(parts: NameParts, at: int) -> bool:
    """Return whether a word may be a name that is also something else: "sunday like the day"."""
    bits = parts.bits[at]
    return (bits & LISTED and not bits & (_FEW_USES & ~Bit.NO_NAME)) or bits & Bit.CALENDAR != 0


def may_speak(parts: NameParts, at: int) -> bool:
    """Return whether a word that ends the turn in which somebody picks up can be who that is: "this is marigold"."""
    bits, word = parts.bits[at], parts.said[at]
    if bits & (_FEW_USES | Bit.CALENDAR) or not bits & Bit.PLAIN or word in _NO_SPEAKERS:
        return False
    return bits & Bit.FREQUENT_GIVEN != 0 or not word.endswith(_NO_WORD_FOR_PEOPLE)


def is_relative(parts: NameParts, at: int) -> bool:
    """Return whether a word can be who a relative is: "my brother wren he's", but "my brother said he's"."""
    bits, word = parts.bits[at], parts.said[at]
    if bits & (_FEW_USES | Bit.CALENDAR) or not bits & Bit.PLAIN or word in _SAYS or word in _VOCABULARY.relations:
        return False
    return not word.endswith(("s", "ed", "ing", "ly"))


def is_listed_surname(parts: NameParts, at: int) -> bool:
    """Return whether a word stands in the lists as a surname and nothing else is to be said of it."""
    return is_surname(parts, at) and parts.bits[at] & (Bit.SURNAME | Bit.WORLDLY_SURNAME) != 0


def is_whole(parts: NameParts, first: int, last: int) -> bool:
    """Return whether two words are a given name that no dictionary has and a surname of the lists."""
    strange = is_given(parts, first, frequently=False) and not parts.bits[first] & (Bit.WORD | Bit.PLACE | Bit.CALENDAR)
    return strange and is_listed_surname(parts, last)


def is_surname(parts: NameParts, at: int) -> bool:
    """Return whether a word behind a given name can be the surname."""
    bits, word = parts.bits[at], parts.said[at]
    if word in SHORT_SURNAMES and word not in {"in", "to", "so", "you", "my", "no", "an", "he"}:
        return True
    if (bits & NEVER and not bits & Bit.CALENDAR) or word in _NO_SURNAMES or not bits & Bit.LETTERS:
        return False
    if not bits & (Bit.PLAIN | Bit.CAPITAL):
        return False
    return bits & (LISTED | Bit.UNKNOWN | Bit.PLACE | Bit.FOREIGN_SURNAME | Bit.CALENDAR) != 0


def is_surname_of_explained(parts: NameParts, at: int) -> bool:
    """Return whether a word behind one that was explained can be its surname, and is no English word."""
    return parts.bits[at] & _SURNAMES != 0 and not parts.bits[at] & (_FEW_USES | Bit.CALENDAR | Bit.WORD)
