"""Who can read each part of a transcript: we do, or nobody here, because it is in another language.

A window is a sentence or a stretch of some words of one turn. It is taken for another language on evidence only:
several of its commonest words (`signs`), letters of another script, strange words beside some common ones of one
language, or many that no list knows, with hardly an English one among them. An English word that is one of that
language too, as "for" is Danish, says nothing. Names, codes, spelled letters, figures and what recognizers make of
noise are evidence of nothing. What shows no language is read like its neighbours, the strictest.

Most words are English, and what is known of them says so; windows are judged only where three words that are not stand
close together, so that an English text pays next to nothing.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from enum import IntEnum
from itertools import compress

import msgspec
from msgspec import Struct

from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.languages.signs import ENGLISH, NOT_SAID, Sign, signs
from privity.redact.reading.lexicon import Bit
from privity.redact.reading.transcript import Transcript

READ = ("es", "fr")  # what `romance` reads
_LONGEST = 14  # words of a window
_CLOSE = 9  # three strange words among so many make a window worth a look
_FOREIGN = 2.5  # such words, those of two letters and of names counting half, tell a language
_FEW = 2.0  # such words, where nothing English stands beside them
_STRANGE = 6  # words that nothing knows, without an English one among them
_FEWEST = 7  # words in which that says something
_BESIDE = 4  # strange and common ones of a language, without an English one among them
_MOST = 0.6  # of a window that they are
_AGREE = 0.5  # of the common words that are of one language, or of a language without a list
_SHORT = 4  # letters of a strange word that is no abbreviation
_LETTERS = 3  # of another script
_SEVERAL = 3  # words of another script, or none of English, to be worth a look
_UNBROKEN = 12  # letters of a script without blanks
_UNREADABLE = finding(
    Label.OTHER_LANGUAGE, "another-language", "words of a language that is not read here", 1.0, "language"
)
_OTHER_SCRIPT = finding(Label.OTHER_LANGUAGE, "another-script", "letters that are not read here", 0.3, "language")
_SENTENCE = re.compile(r"[.!?;]\s|\n|\r", re.ASCII)
_SAID = re.compile(
    r"""(?:^|[\s("'\x1d\x1e-])[A-Za-z']+(?=-[A-Za-z]|[.,!?;:)"']{0,2}(?:[\s\x1d\x1e]|$))""", re.ASCII
)  # no part of an address; "trente-quatre" are two


class Reading(IntEnum):
    """Who can read a window; of two that touch, the greater is the stricter."""

    ENGLISH = 0
    UNDECIDED = 1
    SPANISH = 2
    FRENCH = 3
    UNREADABLE = 4


class Window(Struct, frozen=True, gc=False):
    """Words `first` to before `behind` of a transcript, all of one turn, and who can read them."""

    first: int
    behind: int
    turn: int
    reading: Reading


_OF_ANY = frozenset({"um"})  # a noise of speech, and the Portuguese "one": says nothing of English


class _Heard:
    """What the words of a window tell, added up."""

    def __init__(self) -> None:
        self.foreign = 0.0  # of what is common in other languages
        self.weights: Counter[str] = Counter()  # of those, by language
        self.loose = 0.0  # of those of no list
        self.strong = 0  # of those, the ones that count in full
        self.strange = 0  # words that nothing knows
        self.told = 0.0  # of both, without abbreviations
        self.known = 0  # words of English, and of no other language
        self.english: list[str] = []  # all that are
        self.carried: list[str] = []  # of these, what carries sentences

    def add_sign(self, sign: Sign) -> None:
        """Take in a word that is common in other languages."""
        self.foreign += sign.weight
        self.told += sign.weight
        self.strong += sign.weight == 1.0
        self.loose += 0.0 if sign.languages else sign.weight
        self.weights.update(dict.fromkeys(sign.languages, sign.weight))

    def is_strange(self, words: int) -> bool:
        """Whether so many words are strange that no list has to know the language."""
        few = len(self.carried) * 4 <= self.strange and self.strange > 1
        return few and self.foreign + self.strange >= max(_STRANGE, 2 * self.known) and words >= _FEWEST

    def is_of_a_language(self) -> bool:
        """Whether there are enough common words of another language, and little that carries English ones."""
        english = len(self.carried)
        few = self.foreign >= _FEW and self.strong and self.strange > self.known == english
        if not few and (self.foreign < _FOREIGN or self.strong < 2):
            return False
        if max(self.weights.values(), default=0.0) + self.loose < _AGREE * self.foreign:
            return False
        return self.foreign > 1.5 * english or self._outweighs()

    def _outweighs(self) -> bool:
        """Whether words of one language outweigh what carries English sentences and no sentences of that language."""
        listed = signs().listed
        return any(
            weight >= _FOREIGN and weight > 1.5 * sum(language not in listed.get(word, ()) for word in self.carried)
            for language, weight in self.weights.items()
        )

    def goes_with_a_language(self, words: int) -> bool:
        """Whether it is mostly strange words beside common ones of a language that has what looks English too."""
        if self.told < _BESIDE:
            return False
        listed = signs().listed
        for language, weight in self.weights.items():
            both = sum(language in listed.get(word, ()) for word in self.english)
            if weight + self.loose < max(1.0, _AGREE * self.foreign):
                continue
            if (len(self.english) - both) * 4 <= self.told and self.told + both >= _MOST * words:
                return True
        return False


def windows(transcript: Transcript) -> list[Window]:
    """Return the windows of the documents that are not in English throughout, in order; most texts have none."""
    words = transcript.words
    telling = signs()
    known = telling.of(words)
    if not known and not transcript.scripts and not transcript.accents:
        return []
    shown = list(map(known.get, words.texts))
    for at, sign in telling.accented(transcript):
        shown[at] = sign
    strange = list(compress(range(len(shown)), shown))
    if len(strange) < _SEVERAL and not transcript.scripts:
        return []
    documents = {transcript.document_at(place) for place, _ in transcript.scripts}
    for at, (first, third) in enumerate(zip(strange, strange[2:], strict=False)):
        if third - first < _CLOSE:
            document = transcript.document_at(words.starts[first])
            behind = words.at_or_behind(transcript.document_end(document))
            if third < behind and document not in documents and _telling(shown, strange, at, behind):
                documents.add(document)
    found: list[Window] = []
    for document in sorted(documents):
        judged = [_judged(transcript, shown, *cut) for cut in _cut(transcript, document)]
        if any(window.reading > Reading.UNDECIDED for window in judged):
            found += _decided(judged)
    return found


def _telling(shown: Sequence[Sign | None], strange: Sequence[int], at: int, behind: int) -> bool:
    """Whether the strange words from one on can make a window of another language, whatever stands between them."""
    limit = min(strange[at] + _LONGEST, behind)
    within = strange[at : bisect_left(strange, limit, at, min(len(strange), at + _LONGEST))]
    weights = [sign.weight for place in within if (sign := shown[place]) is not None]
    if sum(weights) >= 1.0 and len(within) >= _BESIDE:
        return True
    return (sum(weights) >= _FEW and 1.0 in weights) or len(within) >= _STRANGE


def _cut(transcript: Transcript, document: int) -> Iterator[tuple[int, int, int]]:
    """Yield the first and last word of each window of a document, the last excluded, and its turn."""
    words, text = transcript.words, transcript.cased
    at = words.at_or_behind(transcript.documents[document])
    behind = words.at_or_behind(transcript.document_end(document))
    while at < behind:
        turn = transcript.turn_at(words.starts[at])
        limit = min(behind, words.at_or_behind(transcript.stretches[turn].end), at + _LONGEST)
        end = at + 1
        while end < limit and not _SENTENCE.search(text, words.end(end - 1), words.starts[end]):
            end += 1
        yield at, end, turn
        at = end


def _heard(transcript: Transcript, shown: Sequence[Sign | None], first: int, behind: int) -> _Heard:
    words, either, heard = transcript.words, signs().either, _Heard()
    starts, cased = words.starts, transcript.cased
    halves: set[str] = set()  # what counts half counts once
    for at in range(first, behind):
        sign, bits, said = shown[at], words.bits[at], words.said[at]
        if sign is None:
            if bits & ENGLISH and not bits & NOT_SAID and said not in _OF_ANY:
                heard.known += said not in either
                heard.english.append(said)
                if bits & Bit.FUNCTION:
                    heard.carried.append(said)
        elif not _SAID.match(cased, starts[at] - 1 if starts[at] else 0):
            continue
        elif not sign.weight:
            heard.strange += 1
            heard.told += len(said) >= _SHORT
        elif at == first or not bits & (Bit.CAPITAL | Bit.CAPITALS):
            if sign.weight == 1.0 or said not in halves:
                heard.add_sign(sign)
            halves.add(said)
    return heard


def _judged(transcript: Transcript, shown: Sequence[Sign | None], first: int, behind: int, turn: int) -> Window:
    said = _heard(transcript, shown, first, behind)
    if _other_script(transcript, first, behind, len(said.carried)):
        return Window(first, behind, turn, Reading.UNREADABLE)
    if said.is_of_a_language():
        return Window(first, behind, turn, _reading(transcript, shown, first, behind))
    if said.is_strange(behind - first):
        return Window(first, behind, turn, Reading.UNREADABLE)
    if said.goes_with_a_language(behind - first):
        return Window(first, behind, turn, _reading(transcript, shown, first, behind))
    undecided = not said.carried and said.known <= max(1.0, said.foreign + said.strange)
    return Window(first, behind, turn, Reading.UNDECIDED if undecided else Reading.ENGLISH)


def _reading(transcript: Transcript, shown: Sequence[Sign | None], first: int, behind: int) -> Reading:
    """Return who can read a window that is in no English: the language of most of its words decides."""
    said, listed = transcript.words.said, signs().listed
    votes: Counter[str] = Counter()
    for at in range(first, behind):
        if len(said[at]) > 1 or not any(len(word) == 1 for word in (*said[at - 1 : at], *said[at + 1 : at + 2])):
            votes.update(dict.fromkeys(listed.get(said[at], ()), 1.0 if shown[at] else 0.5))
    best, _ = max(votes.items(), key=lambda item: (item[1], item[0] in READ, item[0]), default=("", 0))
    return {"es": Reading.SPANISH, "fr": Reading.FRENCH}.get(best, Reading.UNREADABLE)


def _other_script(transcript: Transcript, first: int, behind: int, english: int) -> bool:
    """Whether a window is mostly in letters of another script, and more than a name or an address is."""
    if not transcript.scripts:
        return False
    start, end = transcript.words.starts[first], transcript.words.end(behind - 1)
    places = transcript.scripts
    sizes = [last - at for at, last in places[bisect_left(places, (start, start)) : bisect_left(places, (end, end))]]
    if len(sizes) < _SEVERAL and max(sizes, default=0) < _UNBROKEN:
        return False
    letters = sum(len(word) for word in transcript.words.texts[first:behind] if word.isalpha())
    return sum(sizes) * (2 if english else 3) > letters


def _decided(judged: Sequence[Window]) -> list[Window]:
    """Return the windows with those undecided read like the stricter of the decided ones beside them."""
    before = after = Reading.ENGLISH
    decided = list(judged)
    stricter = [Reading.ENGLISH] * len(judged)
    for at, window in enumerate(judged):
        before = before if window.reading is Reading.UNDECIDED else window.reading
        stricter[at] = before
    for at in range(len(judged) - 1, -1, -1):
        window = judged[at]
        after = after if window.reading is Reading.UNDECIDED else window.reading
        if window.reading is Reading.UNDECIDED:
            decided[at] = msgspec.structs.replace(window, reading=max(stricter[at], after))
    return decided


def unreadable(transcript: Transcript, found: Sequence[Window]) -> Iterator[Claim]:
    """Return what is in no language that is read here: whole windows, those that follow each other in a turn as one."""
    words = transcript.words
    for first, behind in stretches(found, Reading.UNREADABLE):
        yield Claim(((words.starts[first], words.end(behind - 1)),), _UNREADABLE)
    for start, end in _in_other_scripts(transcript):
        yield Claim(((start, end),), _OTHER_SCRIPT)


def _in_other_scripts(transcript: Transcript) -> Iterator[tuple[int, int]]:
    """Yield words in letters that are not Latin within a text that is read, such as a name."""
    for start, end in transcript.scripts:
        if end - start >= _LETTERS and not _homoglyphs(transcript.folded, start, end):
            yield start, end


def _homoglyphs(text: str, start: int, end: int) -> bool:
    """Whether letters are part of a word with Latin ones, or all look like those: a trick, not a language."""
    return text[start - 1 : start].isalnum() or text[end : end + 1].isalnum() or "x" not in text[start:end]


def stretches(found: Sequence[Window], reading: Reading) -> Iterator[tuple[int, int]]:
    """Yield the first and last word, the last excluded, of the windows of a reading, joined within their turns."""
    first = behind = turn = -1
    for window in found:
        if window.reading is not reading:
            continue
        if (window.first, window.turn) != (behind, turn):
            if behind >= 0:
                yield first, behind
            first, turn = window.first, window.turn
        behind = window.behind
    if behind >= 0:
        yield first, behind
