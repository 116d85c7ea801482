"""Given names that are English words and stand where only a name can: "okay rose i can", "faith speaking".

Such a word alone needs a place where hardly anything else can stand: who answers a call says it before a question, who
is spoken to hears it behind "okay" and before "i'll", and somebody's birthday or mother is owned by it.
"""

from collections.abc import Iterator
from itertools import compress

from privity.redact.names.spoken.slots import KIN, NEVER, OWNS, PICKS_UP, ROLES, TALKS, Slots
from privity.redact.reading.lexicon import Asked, Bit
from privity.redact.reading.small_words import OWNERS, THE_ONE
from privity.redact.reading.triggers import Needed
from privity.redact.reading.vocabulary import vocabulary

_VOCABULARY = vocabulary()
_DESCRIBES = frozenset(
    {
        "young", "rich", "frank", "earnest", "sunny", "rusty", "happy", "art", "long", "will", "may", "can", "hope",
        "said",
    }
)  # fmt: skip
_MODAL = frozenset({"will", "may"})
_GREETED = frozenset(
    {"okay", "ok", "alright", "thanks", "thank", "you", "perfect", "great", "hi", "hello", "hey", "got"}
)
_TO_SOMEBODY = frozenset(
    {
        "i can", "i'll", "i've", "i see", "let me", "and your", "you're", "what's", "could you", "could i", "i have",
        "one moment", "give me", "just a", "bear with", "i do", "i found", "we'll", "we can", "and what", "and the",
        "how can", "it's", "that's", "your", "i just", "may i", "can i", "can you",
    }
)  # fmt: skip
_TOLD_THAT = frozenset({"we", "i", "that", "he", "she", "to", "it's", "they"})
_HANDS_ON = frozenset({"me", "over", "through"})  # "transfer me to dawn please"
_PARTINGS = frozenset({"day", "night", "evening", "afternoon", "weekend", "flight", "trip", "one", "week", "rest"})
_ROOMS = frozenset(
    {
        "pediatrics", "dermatology", "clinic", "pharmacy", "desk", "office", "department", "support", "service",
        "claims", "dental", "dentistry", "medicine", "records", "billing", "reception", "scheduling", "center",
        "orthopedics", "cardiology", "radiology", "sales", "reservations", "dispatch", "hospital", "practice", "care",
        "insurance", "bank", "travel", "customer", "services", "line", "counseling", "legal",
    }
)  # fmt: skip
_ONLY_NAMES = frozenset({"i can", "i'll", "i've", "let me", "and your", "what's", "give me", "bear with", "just a"})
THERE_TOLD = Needed("there", "told said asked")
GIVEN = Asked(lambda bits: bits & Bit.GIVEN != 0 and bits & (Bit.WORD | Bit.CALENDAR) != 0 and not bits & NEVER)


class Alone:
    """Tells of given names by themselves; places are indices of words."""

    def __init__(self, slots: Slots) -> None:
        self._slots = slots
        self._parts, self._transcript, self._seen = slots.parts, slots.transcript, slots.seen
        self._said, self._bits = slots.said, slots.bits

    def may_be(self, at: int) -> bool:
        """Whether a given name that is a word stands where only a name can."""
        if not self._bits[at] & (Bit.PLAIN | Bit.CAPITAL):
            return False
        one, other = self._slots.back(at)
        if not self._bits[at] & Bit.FREQUENT_GIVEN:
            speaking = self._parts.after(at) == "speaking" and self._is_first_turn(at)  # "animal hospital sky speaking"
            return speaking and one not in THE_ONE and self._picks_up(at, one, other)
        return (
            self._picks_up(at, one, other)
            or self._is_spoken_of(at, one, other)
            or self._opens_surname(at)
            or (one in _GREETED and self._is_addressed(at))
        )

    def _picks_up(self, at: int, one: str, other: str) -> bool:
        """Whether a word is how somebody says who speaks: "pharmacy summer speaking", "this is rose may i"."""
        parts, word = self._parts, self._said[at]
        opening = parts.starts[at] - self._transcript.documents[parts.document(at)] < PICKS_UP
        speaking = parts.after(at) == "speaking" and parts.after(at + 1) not in {"of", "to", "with", "about"}
        if opening and speaking and one not in {"is", "not", "for"} and word not in _MODAL:
            return True
        if one == "is" and other == "this" and (opening or parts.adjoins(at + 1)) and self._asks(at):
            return True
        if one == "is" and other == "name" and self._bits[at] & Bit.CALENDAR:
            return True  # "my name is may may i have"
        if opening and self._is_first_turn(at):
            reached = one in {"got", "reached"} and other in {"you've", "have", "you"}
            here = parts.after(at) == "here" and one in _ROOMS
            return reached or here or (one in _ROOMS and parts.closes(at) and word != "guy")
        return False

    def _is_spoken_of(self, at: int, one: str, other: str) -> bool:
        """Whether a word is somebody: "the driver is grace", "my sister faith", "mark's birthday", "tell may we"."""
        parts, word, after = self._parts, self._said[at], self._parts.after(at)
        told = one in {"tell", "told"} and after in _TOLD_THAT and word != "will"
        leaves = one in _PARTINGS and other in {"good", "great", "nice", "safe", "wonderful"} and parts.closes(at)
        if told or leaves or (one == "call" and after == "for" and word not in _MODAL):
            return True
        owned = at + 1 < parts.count and parts.before(at + 1) == f"{word}'s" and self._said[at + 1] in OWNS
        if owned and one not in THE_ONE and not self._bits[at] & Bit.CALENDAR:
            return True
        if word in _DESCRIBES or (one == "is" and not other):  # "is dawn there"
            return word not in _DESCRIBES and after in {"there", "available", "around"} and parts.closes(at + 1)
        if (one in {"with", "to"} and other in TALKS) or (one == "to" and other in _HANDS_ON):
            return self._slots.ends(at, strictly=True) or after == "in" or (parts.adjoins(at + 1) and self._asks(at))
        if one in KIN and other in OWNERS:
            return self._slots.ends(at, strictly=True) and after not in {"and", "the", "my", "your"}
        return one == "is" and other in ROLES and self._slots.ends(at, strictly=True)

    def _is_first_turn(self, at: int) -> bool:
        opening = self._transcript.documents[self._parts.document(at)]
        return self._transcript.turn_at(opening) == self._transcript.turn_at(self._parts.starts[at])

    def _opens_surname(self, at: int) -> bool:
        """Whether a surname that is known follows where a name is said, or an initial and a surname."""
        parts, seen = self._parts, self._seen
        behind = at + 1
        if behind >= parts.count or not parts.adjoins(behind):
            return False
        if seen[behind] and self._bits[behind] & Bit.SURNAME:
            return at in self._slots.answers
        initial = len(self._said[behind]) == 1 and behind + 1 < parts.count and parts.adjoins(behind + 1)
        return bool(initial and seen[behind + 1] and self._bits[behind + 1] & Bit.SURNAME and self._slots.is_placed(at))

    def _asks(self, at: int) -> bool:
        """Whether who says a name goes on to ask: "this is rose may i have your", "this is faith how can i"."""
        parts, behind = self._parts, at + 1
        if not parts.adjoins(behind):
            return True
        return self._said[behind] in {
            "may",
            "how",
            "can",
            "could",
            "who",
            "what",
            "what's",
            "were",
            "is",
            "are",
            "do",
        } and (
            behind + 1 < parts.count
            and self._said[behind + 1] in {"i", "can", "may", "do", "am", "you", "everyone", "anyone", "is"}
        )

    def _is_addressed(self, at: int) -> bool:
        """Whether somebody is spoken to: "okay rose i can put you on", "thank you bill and your number"."""
        parts, word = self._parts, self._said[at]
        if word in {"hope", "can", "soon", "rich", "art", "long", "young", "guy", "cash"} or self._bits[at] & (
            Bit.CALENDAR | Bit.THING
        ):
            return False
        behind = at + 1
        if not parts.adjoins(behind) and self._bits[at] & Bit.PLAIN:
            return parts.closes(at) and parts.before(at) in {"you", "thanks"} and word not in _MODAL
        if behind >= parts.count:
            return False
        two = " ".join(self._said[behind : behind + 2])
        phrases = _ONLY_NAMES if word in _MODAL or word in _VOCABULARY.verbs_too else _TO_SOMEBODY
        return two in phrases or (self._said[behind] in phrases) or parts.before(behind + 1) in phrases

    def others(self) -> Iterator[int]:
        """Yield single names that no word list makes one: "wei there told me to call"."""
        parts, said, octets = self._parts, self._said, self._transcript.octets
        told = map({"told", "said", "asked"}.__contains__, said[2:]) if THERE_TOLD.can_occur(octets) else ()
        for at in compress(range(1, parts.count - 1), told):
            if said[at] == "there" and parts.adjoins(at) and self._slots.is_given(at - 1):
                yield at - 1
