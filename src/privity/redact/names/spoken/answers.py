"""Names that answer a question for one: "what's your name" and "love", "linh do", "cook kimberly".

What is all of an answer to such a question is a name, whatever word it is, unless it says something else: "hold on".
"""

from collections.abc import Iterator, Sequence

from privity.redact.names.parts import NameParts
from privity.redact.names.spoken.fit_words import SHORT_SURNAMES, is_given
from privity.redact.names.spoken.slots import KIN, NEVER, Slots
from privity.redact.names.spoken.worldly import DESCRIBES, NO_PART, ONES, ends
from privity.redact.reading.lexicon import LISTED, ORDINARY, Bit
from privity.redact.reading.small_words import OPENS_ANSWER, TITLES
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import Needed
from privity.redact.reading.vocabulary import vocabulary

_VOCABULARY = vocabulary()
_RELATIONS = _VOCABULARY.relations
_ANSWERS = LISTED | Bit.UNKNOWN | Bit.PLACE | Bit.FOREIGN_SURNAME
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
_NO_ANSWERS = DESCRIBES | _WAITS | {
    "anonymous", "anybody", "anyone", "awesome", "bad", "bye", "cool", "customer", "either", "emergency", "reception",
    "billing", "front", "excellent", "excuse", "fine", "goodbye", "guest", "help", "huh", "later", "maybe", "myself",
    "never", "nice", "nobody", "none", "nothing", "occupant", "operator", "perfect", "private", "ready",
    "representative", "really", "resident", "speaking", "spanish", "stop", "true", "unknown", "wait", "welcome",
    "whatever", "yourself", "area", "zip",
}  # fmt: skip
_DONE_TO = frozenset({"it", "them", "you", "me"})
_TOO_SHORT = 2  # letters of a surname
LAST_NAME = Needed("name", "last first")
_FEW = 3  # words
_SHORT = 5  # words of an answer that is nothing but a name
_LONGEST_ASIDE = 6  # words behind the question
_LONGEST = 6  # words of a name


def answers(
    parts: NameParts, transcript: Transcript, questions: Sequence[int], seen: bytearray
) -> Iterator[tuple[int, int]]:
    """Yield the first and the last word of such names; `seen` has a one for what is in a name already."""
    words = transcript.words
    for question in questions:
        if (answer := transcript.answer_to(question)) is None:
            continue
        opening, behind = words.at_or_behind(answer.start), words.at_or_behind(answer.end)
        first = opening
        while first < behind and parts.said[first] in _OPENS:
            first += 1
        if _is_whole_name(parts, first, behind):
            yield first, first + 1
        if opening < behind and parts.bits[opening] & Bit.PLAIN and _is_asked_last(transcript, question):
            yield from _answered(parts, opening, behind, seen)


def _is_whole_name(parts: NameParts, first: int, behind: int) -> bool:
    """Whether the rest of an answer is a given name and a surname that is a small word: "linh do"."""
    two = behind - first == 2 and parts.said[first + 1] in SHORT_SURNAMES and parts.adjoins(first + 1)
    return two and is_given(parts, first, frequently=False) and not parts.bits[first] & Bit.WORD


def _is_asked_last(transcript: Transcript, question: int) -> bool:
    """Whether a question ends its turn but for a few words: "your last name please"."""
    rest = transcript.folded[question : transcript.stretches[transcript.turn_at(question)].end].split()
    return len(rest) <= _LONGEST_ASIDE and _ASIDE.issuperset(word.strip("?.,") for word in rest)


def _answered(parts: NameParts, opening: int, behind: int, seen: bytearray) -> Iterator[tuple[int, int]]:
    """Yield the words of an answer that are a name, though they may be in no list."""
    first = opening
    while first < behind and (parts.said[first] in _OPENS or (first + 1 < behind and parts.said[first] in _RELATIONS)):
        first += 1
    if first >= behind or (first > opening and parts.said[first - 1] == "my"):
        return  # "my bill went up"
    last = _last_of_answer(parts, first, behind)
    if last < first and behind - first <= _FEW and parts.bits[first] & Bit.GIVEN & ~Bit.FUNCTION:
        last = first  # "royal"
    if last < first or all(seen[first : last + 1]) or _is_no_answer(parts, first) or parts.before(first) in ONES:
        return
    listed = all(parts.bits[at] & (_ANSWERS | Bit.PARTICLE) for at in range(first, last + 1))
    alone = last + 1 == behind and behind - first <= _SHORT
    word = alone and first == last and may_answer(parts.said[first])
    if (listed and ends(parts, last)) or (alone and parts.bits[first] & _ANSWERS) or word:
        yield first, last


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
    return not bits & NO_PART and bits & Bit.LETTERS != 0 and len(parts.texts[at]) > 1


def surnames_first(slots: Slots) -> Iterator[tuple[int, int]]:
    """Yield answers that say the surname first: "cook kimberly", "last name brown first name rose"."""
    parts, said, bits = slots.parts, slots.said, slots.bits
    for at in slots.answers:
        if _is_short_answer(slots, at):
            yield at, at
        given = at + 1
        kin = said[at] in KIN or said[at] in _VOCABULARY.speaker_roles - {"cook", "carpenter", "barber", "bishop"}
        if given >= parts.count or kin or not bits[at] & Bit.SURNAME or bits[at] & (NEVER | Bit.NO_NAME):
            continue
        comma = slots.transcript.folded[parts.end(at) : parts.starts[given]] == ", "
        named = slots.is_given(given) and (slots.seen[given] or parts.closes(given))
        if named and (comma or parts.adjoins(given)) and not (bits[at] & Bit.GIVEN and bits[given] & Bit.SURNAME):
            yield at, at
            yield given, given
    for at in parts.where_said({"name"}) if LAST_NAME.can_occur(slots.transcript.octets) else ():
        if 0 < at < parts.count - 1:
            yield from _last_then_first(slots, at)


def _is_short_answer(slots: Slots, at: int) -> bool:
    """Whether a surname that is too short for lists, or also a thing, is all of an answer or spelled: "wu w u"."""
    parts, bits, word = slots.parts, slots.bits[at], slots.said[at]
    if not bits & Bit.SURNAME or bits & (NEVER | ORDINARY) or slots.seen[at]:
        return False
    if len(word) > _TOO_SHORT and not bits & Bit.THING:
        return False
    return parts.closes(at) or parts.after(at) == word[0]


def _last_then_first(slots: Slots, name: int) -> Iterator[tuple[int, int]]:
    """Yield the words behind "last name" and "first name" where one of them follows the other."""
    parts, said = slots.parts, slots.said
    back = name - 1
    while back > 0 and said[back] in {"uh", "um", "know", "you"}:
        back -= 1
    if said[back] not in {"last", "first"}:
        return
    value = name + 1 + (said[name + 1] in {"is", "uh", "um"})
    if value >= parts.count or slots.bits[value] & (NEVER & ~Bit.PEOPLE) or len(said[value]) < _TOO_SHORT:
        return
    other = "first" if said[back] == "last" else "last"
    behind = said[value + 1 : value + 6]
    before = said[max(0, back - 6) : back]
    behind = behind[1:] if behind[:1] == ["and"] else behind
    follows = behind[:1] == [other] and "name" in behind[1:]
    answered = other in before and "name" in before and any(slots.seen[max(0, back - 2) : back])
    if follows or answered:
        yield value, value
