"""Where the talk has a place for a name: behind what announces one, in answers, before what is said of people.

`Slots` tells it of the words of one transcript: whether a name is said to follow, and whether what stands behind a
surname that is a word cannot go on with a phrase. `told` and `told_alone` ask it.
"""

from collections.abc import Sequence

from privity.redact.names.parts import NameParts
from privity.redact.reading.lexicon import Bit
from privity.redact.reading.small_words import OPENS_ANSWER
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import Needed
from privity.redact.reading.vocabulary import vocabulary

_VOCABULARY = vocabulary()
KIN = _VOCABULARY.relations | {"parent", "parents"}
_GIVEN_TOO = frozenset({"jun"})  # which is a month as well
A_JUN = Needed("jun")
NEVER = Bit.FUNCTION | Bit.NUMBER | Bit.DIGITS | Bit.PEOPLE | Bit.TITLE | Bit.MIXED
_HESITATES = frozenset({"uh", "um", "er", "like", "well"})
_INTRODUCES = frozenset({"i'm", "name's", "names"})
_OF_PERSONS = frozenset(
    {
        "account", "appointment", "booking", "card", "claim", "file", "message", "order", "policy", "prescription",
        "prescriptions", "refill", "reservation", "room", "voicemail", "referral", "records", "chart", "ticket",
    }
)  # fmt: skip
_SPOKEN_OF = frozenset({"tell", "told", "ask", "asked", "add", "call", "called", "contact", "remind", "meet", "email"})
_WITH = frozenset({"with", "to", "for", "from", "by", "under", "about", "is"})
TALKS = frozenset({"spoke", "speak", "speaking", "talk", "talked", "talking", "met", "meeting", "appointment"})
ROLES = frozenset(
    {
        "buyer", "caller", "caregiver", "child", "contact", "counselor", "driver", "guest", "holder", "instructor",
        "passenger", "patient", "plaintiff", "policyholder", "renter", "seller", "student", "teacher", "tenant",
        "traveler", "witness", "owner", "person", "cardholder",
    }
)  # fmt: skip
# What can follow a whole name and cannot go on with a phrase.
_BEHIND = frozenset(
    {
        "again", "and", "born", "calling", "came", "date", "first", "from", "gave", "got", "has", "he", "he's", "hello",
        "he'll", "she'll", "they", "they're", "we're", "here", "hi", "how", "i", "i'd", "i'll", "i'm", "i've", "is",
        "it's", "last", "lives", "living", "my", "no", "okay", "please", "returning", "said", "says", "she", "she's",
        "sorry", "speaking", "spelled", "spelt", "thank", "thanks", "that's", "the", "there's", "this", "too", "uh",
        "um", "was", "we", "who", "with", "yeah", "yes", "your", "you're", "room", "on", "at", "oh", "about",
        "yesterday", "today", "tomorrow", "earlier",
    }
)  # fmt: skip
_BEHIND_VERBS = _BEHIND - {
    "and", "is", "was", "first", "from", "here", "last", "my", "the", "this", "too", "with", "your", "at", "on",
    "about",
}  # fmt: skip
_VERBS = frozenset(
    {
        "bank", "banks", "bill", "burns", "call", "case", "chase", "cook", "cross", "day", "hand", "head", "hope",
        "hunt", "long", "love", "mark", "page", "park", "price", "read", "rush", "short", "ward", "wade", "well",
        "wells", "best", "good", "home", "way", "rich", "young", "little", "small", "close", "early", "free", "new",
        "sharp", "strong",
    }
)  # fmt: skip
_OBJECTS = frozenset({"it", "him", "her", "them", "you", "me", "us", "a", "an", "to", "all", "some", "that"})
_OPENS = OPENS_ANSWER | {"account", "and", "for", "know", "on", "please", "probably", "that", "you"}
OWNS = frozenset(
    {
        "birthday", "mom", "dad", "mother", "father", "parent", "wife", "husband", "phone", "cell", "number", "brother",
        "appointment", "prescription", "teacher", "house", "doctor", "email", "address", "account", "son", "daughter",
        "sister", "friend", "insurance", "surgery", "funeral", "wedding", "grandma", "grandmother", "grandfather",
        "guardian", "aunt", "uncle", "stepmom", "stepdad", "nanny", "policy", "social",
    }
)  # fmt: skip
PICKS_UP = 300  # characters from the start of a conversation
_LONGEST_OPENING = 9  # words between a question and its answer


class Slots:
    """The places of one transcript, as indices of words; at `answers` questions for a name are answered."""

    def __init__(self, parts: NameParts, transcript: Transcript, questions: Sequence[int], seen: bytearray) -> None:
        self.parts, self.transcript, self.seen = parts, transcript, seen
        self.said, self.bits = parts.said, parts.bits
        self.answers = {at for question in questions if (at := self._answer(question)) >= 0}

    def _answer(self, question: int) -> int:
        """Return the first word of what answers a question for a name, -1 where nothing does."""
        parts = self.parts
        at = first = self.transcript.words.at_or_behind(question)
        end = self.transcript.document_end(self.transcript.document_at(question))
        while (
            at < parts.count and at - first < _LONGEST_OPENING and (self.said[at] in _OPENS or self.said[at] in ROLES)
        ):
            at += 1
        return at if at < parts.count and parts.starts[at] < end else -1

    def is_given(self, at: int) -> bool:
        """Whether a word is in a list of given names."""
        bits = self.bits[at]
        known = bits & Bit.GIVEN or self.said[at] in _GIVEN_TOO
        return bool(known) and not bits & NEVER

    def back(self, at: int) -> tuple[str, str]:
        """Return the two words before a place that are no hesitations."""
        parts = self.parts
        found: list[str] = []
        while len(found) < 2:
            word = parts.before(at)
            if not word:
                break
            at -= 1
            if word not in _HESITATES and not (found and word == found[-1] == "is"):
                found.append(word)
        one, other = [*found, "", ""][:2]
        return one, other

    def is_placed(self, given: int) -> bool:
        """Whether a name is said to follow: "my name is", "refill for", "i told", an answer to a question."""
        if given in self.answers:
            return True
        one, other = self.back(given)
        if one in _INTRODUCES or (one == "is" and other in {"this", "name", "driver"} | KIN | ROLES):
            return True
        if one.removesuffix("'s") in KIN or one in _SPOKEN_OF:
            return True
        if (
            one in {"under", "offer"}
            or (one == "of" and other == "name")
            or (one in {"got", "reached"} and other == "you've")
        ):
            return True
        if one == "holder" or (one == "it" and other == "under"):
            return True
        return one in _WITH and (other in _OF_PERSONS or other in TALKS or (one == "for" and other == "is"))

    def ends(self, at: int, *, strictly: bool) -> bool:
        """Whether what stands behind a surname cannot make a phrase of it."""
        parts, behind = self.parts, at + 1
        if not parts.adjoins(behind):
            if behind < parts.count and parts.before(behind) == f"{self.said[at]}'s":
                return self.said[behind] in OWNS
            return True
        word, bits = self.said[behind], self.bits[behind]
        if self.bits[at] & Bit.CAPITAL and bits & Bit.CAPITAL:
            return False
        owned = parts.before(behind + 1) if behind + 1 < parts.count else ""
        word = owned if owned == f"{word}'s" else word
        verb = self.said[at] in _VERBS or self.said[at] in _VOCABULARY.verbs_too
        if strictly:
            spelled = len(word) == 1 and word == self.said[at][0]
            return word in (_BEHIND_VERBS if verb else _BEHIND) or spelled or bits & Bit.NUMBER != 0
        if verb and word in _OBJECTS:
            return False
        return word in _BEHIND or bits & (Bit.FUNCTION | Bit.NUMBER | Bit.DIGITS) != 0 or len(word) == 1
