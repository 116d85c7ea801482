"""English words that are somebody's name where the talk has a place for one: "my name is will brown".

A given name and a surname that are both words count together where somebody is introduced, asked for or spoken of, and
where what stands behind them cannot go on with a phrase: "olga church i'm with", but "the oak park pediatrics".
"""

from collections.abc import Iterator, Sequence

from privity.redact.names.parts import NameParts
from privity.redact.names.spoken.answers import LAST_NAME, surnames_first
from privity.redact.names.spoken.short_names import short_names
from privity.redact.names.spoken.slots import A_JUN, KIN, NEVER, OWNS, Slots
from privity.redact.names.spoken.told_alone import GIVEN, THERE_TOLD, Alone
from privity.redact.reading.lexicon import ORDINARY, Asked, Bit
from privity.redact.reading.spelling import explains_letter
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import Group
from privity.redact.reading.vocabulary import vocabulary

_VOCABULARY = vocabulary()
_BEFORE_SURNAMES = Bit.GIVEN | Bit.SPELLING  # a given name, or an initial
_MODAL = frozenset({"will", "may", "can"})
_VERBS = frozenset({"call", "check", "come", "hope", "love", "read", "see", "win"})
_THEY = frozenset({"he", "she", "he's", "she's", "he'll", "she'll", "who"})
_NOT_SURNAMES = _VOCABULARY.not_names - {"king", "lord", "prince", "pepper", "duke", "major", "field"} | {"guy", "man"}


def _is_worldly_surname(bits: int) -> bool:
    return bits & Bit.SURNAME != 0 and not bits & (NEVER | Bit.CALENDAR) and bits & (ORDINARY | Bit.NO_PERSON) != 0


_SURNAMES = Asked(_is_worldly_surname)
_SMALL_SURNAME = Asked(
    lambda bits: (
        bits & Bit.SURNAME != 0
        and not bits & (Bit.PLAIN | Bit.CAPITAL | Bit.CAPITALS | ORDINARY | NEVER | Bit.NO_PERSON | Bit.CALENDAR)
    )
)
_OTHERS = Group(LAST_NAME, THERE_TOLD, A_JUN)
_ASKED = Asked(lambda bits: _SURNAMES[bits] or _SMALL_SURNAME[bits] or GIVEN[bits])


def told(
    parts: NameParts, transcript: Transcript, questions: Sequence[int], seen: bytearray
) -> Iterator[tuple[int, int]]:
    """Yield the first and the last word of names that are words; `seen` has a one for what is in a name already."""
    yield from short_names(parts, transcript)
    candidates = parts.where(_ASKED)
    if not candidates and not questions and not _OTHERS.can_occur(transcript.octets):
        return
    slots = Slots(parts, transcript, questions, seen)
    with_surnames, alone = _WithSurnames(slots), Alone(slots)
    yield from surnames_first(slots)
    yield from with_surnames.whole(candidates)
    for at in candidates:
        if seen[at]:
            continue
        if GIVEN[parts.bits[at]] and alone.may_be(at):
            yield at, at
        elif _SMALL_SURNAME[parts.bits[at]] and at and seen[at - 1] and parts.adjoins(at):
            before = parts.bits[at - 1]
            if before & Bit.CAPITAL and before & Bit.GIVEN:
                yield at - 1, at  # "this is Mei huang", as some recognizers write
    for at in alone.others():
        if not seen[at]:
            yield at, at


class _WithSurnames:
    """Tells of given names and surnames beside each other; places are indices of words."""

    def __init__(self, slots: Slots) -> None:
        self._slots = slots
        self._parts, self._transcript, self._seen = slots.parts, slots.transcript, slots.seen
        self._said, self._bits = slots.said, slots.bits

    def whole(self, candidates: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Yield names with a surname that is a word."""
        seen, bits, said = self._seen, self._bits, self._said
        for at in candidates:
            before = said[at - 1]
            if not _SURNAMES[bits[at]] or not (bits[at - 1] & _BEFORE_SURNAMES or before == "jun"):
                continue
            if not seen[at] or (at and not seen[at - 1]):
                first = self._pair(at)
                if first < at:
                    yield first, at

    def _pair(self, at: int) -> int:
        """Return the given name before a word that is a surname here, or the word itself where it is none."""
        parts, bits = self._parts, self._bits
        given = at - 1
        if not parts.adjoins(at) or self._said[at] in _NOT_SURNAMES:
            return at
        initial = len(self._said[given]) == 1 and given > 0 and parts.adjoins(given) and not self._seen[at]
        given -= initial
        explains = explains_letter(self._transcript.words, given)
        explains = explains or (
            self._said[at] in _VERBS
            and (self._said[at - 1] == "i" or (self._said[given] in _MODAL and parts.before(given) in KIN))
        )  # "oluwaseun i hope", "my sister will call"
        if explains or not self._slots.is_given(given) or bits[at] & Bit.PLAIN != bits[given] & Bit.PLAIN:
            return at
        if not bits[at] & Bit.PLAIN and not (bits[at] & bits[given] & Bit.CAPITAL):
            return at
        known = self._seen[given] and not parts.ordinary(given)
        placed = self._slots.is_placed(given) or self._is_told_behind(at)
        if known and self._parts.after(at) in _THEY and self._said[at] not in _VOCABULARY.verbs_too:
            return given  # "giulia foot she moved"
        frequent = bits[at] & Bit.FREQUENT_SURNAME
        if placed and (known or bits[given] & Bit.FREQUENT_GIVEN) and (frequent or parts.closes(at)):
            return given if self._slots.ends(at, strictly=False) else at
        return given if known and frequent and self._slots.ends(at, strictly=True) else at

    def _is_told_behind(self, at: int) -> bool:
        """Whether what follows is said of a person: "grace brown's mom", "grace brown is ten years old"."""
        parts, said = self._parts, self._said
        behind = at + 1
        if behind >= parts.count:
            return False
        if parts.before(behind) == f"{said[at]}'s":
            return said[behind] in OWNS
        aged = said[behind] == "is" and any("year" in word for word in said[behind + 1 : behind + 5])
        return aged or said[behind] in {"speaking", "calling"}
