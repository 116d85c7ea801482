"""Conversations as the detectors see them: one folded text, its documents and turns, its words, and who speaks when.

Documents are laid one after the other, because one pass over much text costs no more than one over little; a
DOCUMENT_BREAK stands between them, a TURN_BREAK between turns. Where a plain text says who speaks ("Agent: ..."), its
lines become turns and what says so is blanked, so that "Caller:" never stands between two halves of a number; `voices`
keep it, because a speaker may be named.
Labels and tokens that an earlier redaction left, such as `[CARD]`, are blanked as well: what is hidden is not judged
again. Every change keeps the length, so a place in `folded`, less where its document begins, is the same place in the
text that came in.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property, partial, reduce
from itertools import accumulate, chain, compress
from operator import add, or_
from typing import Any, TypeVar

from msgspec import Struct

from privity.redact.labels import Label
from privity.redact.reading import broken_words
from privity.redact.reading.confidences import Heard, heard_of
from privity.redact.reading.folding import DOCUMENT_BREAK, TURN_BREAK, accents, fold, in_other_scripts
from privity.redact.reading.heard_as_words import heard_as_words
from privity.redact.reading.lexicon import LISTED, ORDINARY, Asked, Bit, answered, lexicon
from privity.redact.reading.line_heads import LONGEST_HEAD, Head, days_of, head_of, heads_of, voices_of
from privity.redact.reading.triggers import Octets
from privity.redact.turns import Turn

LABEL = re.compile(rf"\[(?:{'|'.join(Label)})(?::[a-z]{{24}})?\]", re.ASCII)
# What a recognizer notes beside the words, "[static]" or "(dog barking)": nothing that anybody said.
_NOISES = (
    "laughs|laughing|laughter|laugh|static|inaudible|unintelligible|indistinct|garbled|crosstalk|noises?|silence|pauses?|"
    "music|beeps?|beeping|phone|ringing|rings|dog|dogs|barking|barks|child|baby|crying|cries|background|coughs?|coughing|"
    "sneezes|sighs?|clears|throat|typing|clicks?|door|slams|hold|line|breath|breathing|applause|voices?|wind|traffic|tv|"
    "sniffs|whispers|overlapping|audio|cuts|out|speech|long|short|sound|keyboard|papers?|rustling|horn|siren"
)
_NOISE = re.compile(rf"[\[(*<](?:{_NOISES})(?: (?:{_NOISES})){{0,3}}[\])*>]", re.ASCII)
_ONLY_WORDS = bytes(
    place if (chr(place).isalnum() and place < 128) or place == ord("'") else 32 for place in range(256)
)
_SHAPE = Bit.CAPITAL | Bit.CAPITALS | Bit.INITIAL
_MOSTLY = 0.7  # of the words of a text; if so many are capitalised, capitals tell nothing
_FEW = 8  # words that may all be capitalised
_FEWEST = 4  # English words that all have to be: "Present: Obi, Kowalczyk, ..." is a list of names
_ORDINARY = ORDINARY | Bit.FUNCTION
_CLEARLY = 10  # one capital in so many characters is what sentences have
_CAPITALS = bytes(range(ord("A"), ord("Z") + 1))


class _Plain(dict[int, int]):
    """The bits of a word in a text whose capitals tell nothing, by those of the word."""

    def __missing__(self, bits: int) -> int:
        plain = self[bits] = bits & ~_SHAPE | Bit.PLAIN
        return plain


_PLAIN = _Plain()


Read = TypeVar("Read")
Kind = TypeVar("Kind", bound=Hashable)


class Stretch(Struct, frozen=True, gc=False):
    """One turn's place in the transcript, who speaks, and in which document; nobody is named in an empty `speaker`."""

    start: int
    end: int
    speaker: str
    document: int = 0


class Voice(Struct, frozen=True, gc=False):
    """What says who speaks, as it came in. `place` is where it stands in its document, None when in no text."""

    label: str
    document: int
    place: int | None


class Words:
    """The words of a transcript, in order: as they are written, where they begin, and what is known of each.

    A possessive 's is no part of a word, an apostrophe within it is. In documents whose capitals tell nothing, all in
    lower case or all in capitals, `bits` say nothing of them. Number words that are `broken` in two are made whole.
    `known` has what is known of each word in the letters in which it is written, its capitals among it in any document.

    `end` says where a word ends, excluded; `at_or_behind` the index of the first word that begins at a place or behind
    it. Detectors ask both for nearly every word, so they are calls into C, and no methods.
    """

    end: Callable[[int], int]
    at_or_behind: Callable[[int], int]

    def __init__(self, octets: bytes, documents: Sequence[int], *, broken: bool = True) -> None:
        text = octets.translate(_ONLY_WORDS)
        if ord("'") in text:  # an octet is found faster than a sequence of one
            text = b" " + text + b" "  # as between documents: nothing stands before the first or behind the last
            for quote, instead in ((b"'s ", b"   "), (b"'S ", b"   "), (b" '", b"  "), (b"' ", b"  ")):
                text = text.replace(quote, instead)
            text = text[1:-1]
        text = broken_words.mended(text, octets) if broken else text
        self.flat = text.lower().decode("ascii")  # blanks for all that is in no word
        pieces = text.decode("ascii").split(" ")
        starts = accumulate(map((1).__add__, map(len, pieces)), initial=0)
        self.starts = list(compress(starts, pieces))
        self.texts = list(filter(None, pieces))
        self.said = self.flat.split()  # in lower case
        self.ends = list(map(add, self.starts, map(len, self.texts)))
        self.end = self.ends.__getitem__
        self.at_or_behind = partial(bisect_left, self.starts)
        self._different_said = set(self.said)
        different = set(self.texts)  # what no list has is judged anew each time that it is asked for
        self.known = dict(zip(different, map(lexicon().__getitem__, different), strict=True))
        self.bits = list(map(self.known.__getitem__, self.texts))
        self._documents = documents
        # Filled when somebody first asks: which questions are answered with yes by the bits of any word, and by those
        # of the words at some places; and the places of each word.
        self._answered: int | None = None
        self._by_answers: list[tuple[int, list[int]]] = []
        self._by_word: dict[str, list[int]] = {}
        for start, behind in zip(documents, [*documents[1:], len(text)], strict=True):
            if not self._tells(text[start:behind], start, behind):
                first, last = bisect_left(self.starts, start), bisect_left(self.starts, behind)
                self.bits[first:last] = map(_PLAIN.__getitem__, self.bits[first:last])

    def beside(self, at: int, by: int) -> str:
        """Return the word so many words behind another one, or before it, in lower case; "" beyond its document."""
        other = at + by
        if not (0 <= other < len(self.said) and at < len(self.said)):
            return ""
        first, last = (at, other) if by > 0 else (other, at)
        next_document = bisect_right(self._documents, self.starts[first])
        alone = next_document == len(self._documents) or self._documents[next_document] > self.starts[last]
        return self.said[other] if alone else ""

    def where(self, asked: Asked) -> list[int]:
        """The indices of the words of whose bits a question is answered with yes, in order."""
        if self._answered is None:
            self._answered = reduce(or_, map(answered.__getitem__, set(self.bits)), 0)
        flag = asked.flag
        if not self._answered & flag:
            return []
        if not self._by_answers:
            by_bits = _places_by(self.bits)
            self._by_answers = list(zip(map(answered.__getitem__, by_bits), by_bits.values(), strict=True))
        return sorted(chain.from_iterable([places for answers, places in self._by_answers if answers & flag]))

    def where_said(self, words: AbstractSet[str]) -> list[int]:
        """The indices of some words, in order."""
        met = self._different_said & words  # of two sets the smaller one is passed over
        if not met:
            return []
        if not self._by_word:
            self._by_word = _places_by(self.said)
        return sorted(chain.from_iterable(map(self._by_word.__getitem__, met)))

    def _tells(self, text: bytes, start: int, behind: int) -> bool:
        """Whether the capitals of a document tell anything: some words are capitalised, and most are not."""
        capitals = len(text) - len(text.translate(None, _CAPITALS))
        if capitals * _CLEARLY < len(text):
            return capitals > 0
        first, last = bisect_left(self.starts, start), bisect_left(self.starts, behind)
        letters = [bits for bits in self.bits[first:last] if bits & Bit.LETTERS]
        capital = sum(bits & Bit.CAPITAL != 0 for bits in letters)
        all_capitals = sum(bits & Bit.CAPITALS != 0 for bits in letters)
        if all_capitals * 2 > len(letters) or (all_capitals and not capital and len(letters) <= all_capitals * 2):
            return False
        if len(letters) <= _FEW or capital <= len(letters) * _MOSTLY:
            return True
        ordinary = [bits for bits in letters if bits & _ORDINARY and not bits & LISTED]  # all others may be names
        return len(ordinary) < _FEWEST or sum(bits & Bit.CAPITAL != 0 for bits in ordinary) <= len(ordinary) * _MOSTLY


def _places_by(kinds: Iterable[Kind]) -> dict[Kind, list[int]]:
    """Return the places of each kind of thing in a sequence, so that to look for one is to pass over no other."""
    places: defaultdict[Kind, list[int]] = defaultdict(list)
    for at, kind in enumerate(kinds):
        places[kind].append(at)
    return places


class Transcript:
    """The folded text of conversations with their turns. `cased` keeps capitals, `folded` is all lower case.

    `scripts` are the places of words in letters that are not Latin, which folding turns to `x`; `accents` those of
    Latin letters with a diacritic, and whether words of English have it; `stamps` those of days in heads; `heard` is
    what a recognizer says of how sure it is, in order, where it says so. `turn_at` and
    `document_at` return the index of the turn and of the document that a place stands in, `document_end` where a
    document ends, excluded.
    """

    turn_at: Callable[[int], int]
    document_at: Callable[[int], int]
    document_end: Callable[[int], int]

    def __init__(
        self,
        cased: str,
        stretches: Sequence[Stretch],
        documents: Sequence[int] = (0,),
        voices: Sequence[Voice] = (),
        scripts: Sequence[tuple[int, int]] = (),
        heard: Sequence[Heard] = (),
        accented: Sequence[tuple[int, bool]] = (),
        stamps: Sequence[tuple[int, int]] = (),
    ) -> None:
        self._read: dict[Callable[[Transcript], Any], Any] = {}
        self.voices = tuple(voices)
        self.scripts = tuple(scripts)
        self.heard = tuple(heard)
        self.accents = tuple(accented)
        self.stamps = tuple(stamps)
        if "[" in cased:
            cased = LABEL.sub(lambda label: " " * len(label[0]), cased)
        if "[" in cased or "(" in cased or "*" in cased:
            cased = _NOISE.sub(lambda noise: " " * len(noise[0]), cased)
        self.cased = cased
        self.folded = cased.lower()
        self.octets: bytes = Octets(self.folded.encode("ascii"))
        self.stretches = tuple(stretches)
        self.documents = list(documents)
        # How many of the later ones begin at a place or before it: asked so often that no line of Python is spent.
        self.turn_at = partial(bisect_right, [stretch.start for stretch in self.stretches[1:]])
        self.document_at = partial(bisect_right, self.documents[1:])
        self.document_end = [*map((-1).__add__, self.documents[1:]), len(cased)].__getitem__

    def once(self, read: Callable[["Transcript"], Read]) -> Read:
        """Return what a reader makes of the transcript, which it reads only the first time that somebody asks."""
        if read not in self._read:
            self._read[read] = read(self)
        result: Read = self._read[read]
        return result

    def forget(self) -> None:
        """Let go of what was read of it.

        Readings refer to the transcript, and a text in such a circle would stay in memory until the collector comes.
        """
        self._read.clear()

    def in_turns(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield what lies of a place in each of its turns, where anything is written."""
        for stretch in self.stretches[self.turn_at(start) : self.turn_at(end - 1) + 1]:
            first, last = max(start, stretch.start), min(end, stretch.end)
            if not self.folded[first:last].isspace() and first < last:
                yield first, last

    def next_turn(self, place: int) -> Stretch | None:
        """Return the turn behind that of a place, None where its document ends."""
        turn = self.turn_at(place)
        behind = self.stretches[min(turn + 1, len(self.stretches) - 1)]
        return behind if behind.start > place and behind.document == self.stretches[turn].document else None

    def answer_to(self, question: int) -> Stretch | None:
        """Return the turn behind that of a question, unless who asks goes on speaking."""
        answer = self.next_turn(question)
        own = self.stretches[self.turn_at(question)].speaker
        return None if answer is not None and answer.speaker == own != "" else answer

    def before(self, start: int, most: int) -> str:
        """Return what stands before a place in its document, so many characters at most."""
        return self.folded[max(self.documents[self.document_at(start)], start - most) : start]

    def behind(self, end: int, most: int) -> str:
        """Return what stands from a place on in its document, so many characters at most."""
        return self.folded[end : min(self.document_end(self.document_at(end)), end + most)]

    @cached_property
    def words(self) -> Words:
        """The words of all documents."""
        broken = broken_words.can_occur(self.octets)
        words = Words(self.cased.encode("ascii"), self.documents, broken=broken)
        for at in heard_as_words(words, self.octets):
            words.bits[at] = Bit.NUMBER
        return words


def transcript_of_texts(texts: Sequence[str]) -> Transcript:
    """Return the transcript of texts, each a document: in turns if at least two of its lines say who speaks."""
    pieces: list[str] = []
    stretches: list[Stretch] = []
    documents: list[int] = []
    voices: list[Voice] = []
    scripts: list[tuple[int, int]] = []
    accented: list[tuple[int, bool]] = []
    stamps: list[tuple[int, int]] = []
    at = 0
    for number, text in enumerate(texts):
        cased = fold(text)
        if not text.isascii():
            scripts += in_other_scripts(text, at)
            accented += accents(text, at)
        documents.append(at)
        heads = heads_of(cased)
        if not heads:
            stretches.append(Stretch(at, at + len(cased), "", number))
        else:
            voices += (Voice(said, number, place) for place, said in voices_of(cased, heads))
            stamps += ((at + start, at + end) for start, end in days_of(cased, heads))
            cased = _in_turns(cased, heads, at, number, stretches)
        pieces.append(cased)
        at += len(cased) + 1
    text = DOCUMENT_BREAK.join(pieces)
    return Transcript(text, stretches, documents or [0], voices, scripts, accented=accented, stamps=stamps)


def _in_turns(cased: str, heads: Sequence[Head], at: int, number: int, stretches: list[Stretch]) -> str:
    """Add the turns of a text to `stretches`; return it with their heads blanked and breaks between its turns."""
    pieces: list[str] = []
    first = heads[0].start
    if first:
        stretches.append(Stretch(at, at + first - 1, "", number))
        pieces.append(cased[: first - 1])
    ends = [head.start - 1 for head in heads[1:]] + [len(cased)]
    for head, end in zip(heads, ends, strict=True):
        pieces.append(" " * (head.end - head.start) + cased[head.end : end])
        stretches.append(Stretch(at + head.start, at + end, head.label.lower(), number))
    return TURN_BREAK.join(pieces)


def transcript_of_turns(turns: Sequence[Turn]) -> Transcript:
    """Return the transcript of turns; `stretches` has one stretch for each, in order."""
    stretches: list[Stretch] = []
    voices: list[Voice] = []
    scripts: list[tuple[int, int]] = []
    accented: list[tuple[int, bool]] = []
    heard: list[Heard] = []
    folded = [fold(turn.text) for turn in turns]
    at = 0
    for turn, text in zip(turns, folded, strict=True):
        if not turn.text.isascii():
            scripts += in_other_scripts(turn.text, at)
            accented += accents(turn.text, at)
        stretches.append(Stretch(at, at + len(text), turn.speaker))
        heard += heard_of(turn, at)
        voices.append(Voice(turn.speaker, 0, None))
        if ":" in text[:LONGEST_HEAD] and (head := head_of(text)) and head.label:
            voices.append(Voice(text[head.place : head.end], 0, at + head.place))
        at += len(text) + 1
    return Transcript(
        TURN_BREAK.join(folded), stretches, voices=voices, scripts=scripts, heard=heard, accented=accented
    )
