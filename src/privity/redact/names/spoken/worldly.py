"""Names in speech that are English words, where the conversation announces them: "mister love", "bill price".

Without capitals "love" is a name only behind a title, beside another part of a name, in answer to a question for one,
or when the one who picks up says who that is. Elsewhere such words stay readable, or nothing would be.
"""

from collections.abc import Iterator, Sequence

from privity.redact.names.parts import NameParts
from privity.redact.names.spoken.slots import PICKS_UP
from privity.redact.reading.lexicon import LISTED, Asked, Bit
from privity.redact.reading.small_words import OPENS_ANSWER, OWNERS, TITLES, WHICH_OF_KIN
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.vocabulary import vocabulary

_VOCABULARY = vocabulary()
_TITLES_TOO = frozenset(
    {"doctor", "dr", "professor", "nurse", "attorney", "judge", "officer", "detective", "deputy", "sheriff"}
)
_ONES = OWNERS | {"the", "a", "an", "every", "another", "any", "this", "that"}
_ONE_OF_THINGS = _ONES | {"other", "one", "no", "some", "each", "next", "last", "same"}
_SAYS_WHEN = frozenset({"soon", "early", "long"})
_SPEAKS = frozenset({"speak", "talk", "spoke", "talked", "speaking", "talking", "get", "through"})
_ASKS = frozenset({"ask", "asked", "asking"})
_OR = frozenset({"or", "and"})
_OR_ASKED = frozenset({"me", "him", "her", "us"})  # "ask for me or for hope"
_OF_THINGS = frozenset({"period", "periods", "for", "of", "from", "on"})
_MISSED = frozenset(
    {"i", "you", "we", "they", "to", "don't", "will", "would", "not", "didn't", "can't", "won't", "a", "might"}
)
_ANSWERS = LISTED | Bit.UNKNOWN | Bit.PLACE | Bit.FOREIGN_SURNAME
_NO_PART = Bit.FUNCTION | Bit.NUMBER | Bit.NO_NAME | Bit.DIGITS | Bit.MIXED | Bit.NO_PERSON | Bit.PEOPLE | Bit.TITLE
_RELATIONS = _VOCABULARY.relations
_OBJECTS = frozenset(
    {
        "a", "an", "the", "to", "into", "out", "me", "it", "him", "her", "my", "his", "off", "up", "down", "class",
    }
)  # fmt: skip
_DESCRIBES = frozenset(
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
_OPENS = OPENS_ANSWER | TITLES - {"ms"} | {"alright", "hello", "hey"}
_WAITS = frozenset(
    {
        "again", "ask", "both", "correct", "could", "hang", "hold", "like", "mine", "moment", "none", "one", "pardon",
        "please", "repeat", "right", "same", "say", "second", "sorry", "spell", "spelled", "thank", "thanks", "under",
        "wait", "yours",
    }
)  # fmt: skip
_ASIDE = frozenset(
    {
        "", "account", "again", "and", "for", "is", "it", "ma'am", "me", "okay", "on", "please", "sir", "the", "then",
        "there", "to", "under", "with", "you", "so", "i",
        "can", "call", "back", "him", "her", "know", "who", "ask", "pleasure", "of", "speaking", "talking", "first",
        "last", "full", "today", "as", "appears", "exactly",
    }
)  # fmt: skip
_NO_ANSWERS = _DESCRIBES | _WAITS | {
    "anonymous", "anybody", "anyone", "awesome", "bad", "bye", "cool", "customer", "either", "emergency", "reception",
    "billing", "front", "excellent", "excuse", "fine", "goodbye", "guest", "help", "huh", "later", "maybe", "myself",
    "never", "nice", "nobody", "none", "nothing", "occupant", "operator", "perfect", "private", "ready",
    "representative", "really", "resident", "speaking", "spanish", "stop", "true", "unknown", "wait", "welcome",
    "whatever", "yourself", "area", "zip",
}  # fmt: skip
_DONE_TO = frozenset({"it", "them", "you", "me"})
_REPORTS = frozenset(
    {
        "usually", "says", "said", "told", "wants", "wanted", "has", "had", "gave", "sent", "always", "thinks",
    }
)  # fmt: skip
# Before a word that is a name: titles, what one says picking up, and how somebody is said to be called.
_ANNOUNCES = TITLES | _TITLES_TOO | _RELATIONS | {"is", "i'm", "name's", "names", "under", "with", "for"}
_FEW = 3  # words
_SHORT = 5  # words of an answer that is nothing but a name
_LONGEST_ASIDE = 6  # words behind the question
_LONGEST = 6  # words of a name


def worldly(
    parts: NameParts, transcript: Transcript, questions: Sequence[int], seen: bytearray
) -> Iterator[tuple[int, int]]:
    """Yield the first and the last word of the names that are words; `seen` has a one for what is in a name already."""
    for at in parts.where(_FIT):
        if seen[at] or (parts.bits[at] & Bit.NO_NAME and not _is_titled(parts, at)):  # "doctor king"
            continue
        if _is_announced(parts, transcript, at, seen):
            yield at, at
    for question in questions:
        yield from _answers(parts, transcript, question, seen)


def _fit(bits: int) -> bool:
    """Whether a word may be a name; a frequent surname that is also none, such as "king", behind a title only."""
    known = Bit.NO_NAME if bits & Bit.FREQUENT_SURNAME else 0
    return bits & LISTED != 0 and bits & Bit.WORD != 0 and bits & Bit.PLAIN != 0 and not bits & _NO_PART & ~known


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
        return name and owner in OWNERS and not bits & Bit.FUNCTION and parts.said[at] not in _DESCRIBES
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
        return _ends(parts, at)
    return bool(before in {"with", "for"} and bits & Bit.FREQUENT_GIVEN and parts.after(at) in _WHEN)


def _ends(parts: NameParts, at: int, words: frozenset[str] = _BEHIND) -> bool:
    """Whether nothing that could make a phrase of a word stands behind it."""
    if at + 1 >= parts.count or not parts.adjoins(at + 1):
        return True
    bits, word = parts.bits[at + 1], parts.said[at + 1]
    return word in words or bits & Bit.NUMBER != 0 or (words is _BEHIND and bits & Bit.FUNCTION != 0)


def _is_titled(parts: NameParts, at: int) -> bool:
    title = parts.before(at)
    if title in TITLES:
        earlier = parts.before(at - 1)
        if title in {"miss", "ms"}:
            return _ends(parts, at) and not (
                title == "miss" and earlier in _MISSED and parts.before(at - 2) not in _SPEAKS
            )
        return parts.bits[at] & Bit.SURNAME != 0
    if title not in _TITLES_TOO or parts.said[at] in _VOCABULARY.not_behind_titles:
        return False
    return (
        parts.bits[at] & Bit.SURNAME != 0
        and parts.before(at - 1) not in _ONES
        and (_ends(parts, at) or parts.after(at) in _REPORTS)
    )


def _picks_up(parts: NameParts, transcript: Transcript, at: int) -> bool:
    """Whether a word is how somebody says who speaks: "front desk this is rain"."""
    if parts.before(at) in {"i'm", "name's"} and parts.bits[at] & Bit.FREQUENT_GIVEN:
        return _ends(parts, at, _SAYS_WHO)
    if parts.before(at) != "is" or parts.before(at - 1) != "this" or not _ends(parts, at):
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
    return _ends(parts, at, _BEHIND_PAIR)


def _answers(parts: NameParts, transcript: Transcript, question: int, seen: bytearray) -> Iterator[tuple[int, int]]:
    """Yield the words that answer a question for a name that ends a turn, though they are in no list."""
    stretches = transcript.stretches
    asked = transcript.turn_at(question)
    rest = transcript.folded[question : stretches[asked].end].split() if asked + 1 < len(stretches) else ["-"]
    if len(rest) > _LONGEST_ASIDE or not _ASIDE.issuperset(word.strip("?.,") for word in rest):
        return
    before, answer = stretches[asked], stretches[asked + 1]
    if before.document != answer.document or before.speaker == answer.speaker != "":
        return
    words = transcript.words
    first, behind = words.at_or_behind(answer.start), words.at_or_behind(answer.end)
    if first >= behind or not parts.bits[first] & Bit.PLAIN:
        return
    while first < behind and (parts.said[first] in _OPENS or (first + 1 < behind and parts.said[first] in _RELATIONS)):
        first += 1
    if first > 0 and parts.said[first - 1] == "my" and parts.starts[first - 1] >= answer.start:
        return  # "my bill went up"
    if first >= behind:
        return
    last = _last_of_answer(parts, first, behind)
    if last < first and behind - first <= _FEW and parts.bits[first] & Bit.GIVEN & ~Bit.FUNCTION:
        last = first  # "royal"
    if last < first or all(seen[first : last + 1]) or _is_no_answer(parts, first) or parts.before(first) in _ONES:
        return
    listed = all(parts.bits[at] & (_ANSWERS | Bit.PARTICLE) for at in range(first, last + 1))
    alone = last + 1 == behind and behind - first <= _SHORT
    word = alone and first == last and may_answer(parts.said[first])
    if (listed and _ends(parts, last)) or (alone and parts.bits[first] & _ANSWERS) or word:
        yield first, last


def says_when(parts: NameParts, at: int) -> bool:
    """Return whether a word before a name says when something is: "talk soon jeffrey"."""
    return parts.said[at] in _SAYS_WHEN and parts.adjoins(at)


def may_answer(word: str) -> bool:
    """Return whether an English word that is all of an answer to "your name" may be the name."""
    return word not in _NO_ANSWERS and word not in _VOCABULARY.speaker_roles and not word.endswith("ly")


def _last_of_answer(parts: NameParts, first: int, behind: int) -> int:
    last = first
    while last < min(behind, first + _LONGEST) and _may_be_part(parts, last):
        last += 1
    last -= 1
    while last > first and parts.bits[last] & Bit.PARTICLE:
        last -= 1
    return last


def _is_no_answer(parts: NameParts, at: int) -> bool:
    """Whether an answer says something else: "hold on", "this call's recorded"."""
    owns = at + 1 < parts.count and parts.bits[at] & Bit.WORD and parts.before(at + 1).endswith("'s")
    done = parts.bits[at] & Bit.WORD and parts.after(at) in _DONE_TO  # "got it go ahead"
    return parts.said[at] in _WAITS or bool(owns) or bool(done)


def _may_be_part(parts: NameParts, at: int) -> bool:
    bits = parts.bits[at]
    if bits & Bit.PARTICLE:
        return True
    return not bits & _NO_PART and bits & Bit.LETTERS != 0 and len(parts.texts[at]) > 1
