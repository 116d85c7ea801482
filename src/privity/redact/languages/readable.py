"""Who can read each part of a transcript: we do, or nobody here, because it is in another language.

A window is a sentence or a stretch of some words of one turn. It is taken for another language on evidence only:
several of its commonest words (`lists/languages.toml`), letters of another script, or many words that no list knows
with hardly an English one among them. Names, codes, spelled letters, figures and what recognizers make of noise are
evidence of nothing. What shows no language is read like its neighbours, the strictest.

Most words are English, and what is known of them says so; windows are judged only where three words that are not stand
close together, so that an English text pays next to nothing.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from enum import IntEnum
from functools import cache
from itertools import compress

import msgspec
from msgspec import Struct

from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.reading.lexicon import Asked, Bit, lexicon
from privity.redact.reading.transcript import Transcript, Words
from privity.redact.reading.vocabulary import packaged, vocabulary

READ = ("es", "fr")  # what `romance` reads
_LONGEST = 14  # words of a window
_CLOSE = 9  # three strange words among so many make a window worth a look
_FOREIGN = 2.5  # such words, those of two letters and of names counting half, tell a language
_FEW = 2.0  # such words, where nothing English stands beside them
_STRANGE = 6  # words that nothing knows, without an English one among them
_FEWEST = 7  # words in which that says something
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
_ELISION = re.compile(r"(?:qu|[cdjlmnst])'(?=[aehiouy])")
_ENGLISH = Bit.WORD | Bit.FUNCTION | Bit.NUMBER | Bit.DERIVED | Bit.CALENDAR | Bit.TITLE | Bit.NO_NAME
_NOT_SAID = Bit.DIGITS | Bit.MIXED | Bit.SPELLING | Bit.INITIAL | Bit.CAPITALS
_NAMES = Bit.GIVEN | Bit.SURNAME | Bit.FOREIGN_SURNAME | Bit.CAPITAL
_STRANGER = Asked(lambda bits: bits & Bit.LETTERS != 0 and not bits & (_ENGLISH | _NOT_SAID | _NAMES))


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


class _Sign(Struct, frozen=True, gc=False):
    """What a word tells that is not English: in which languages it is common, and how much it counts."""

    weight: float
    languages: frozenset[str]


_UNKNOWN = _Sign(0.0, frozenset())
_ELIDED = _Sign(1.0, frozenset({"fr", "it"}))
_OF_ANY = frozenset({"um"})  # a noise of speech, and the Portuguese "one": says nothing of English


@cache
def _listed() -> dict[str, str]:
    return msgspec.toml.decode(packaged("privity.redact", "lists/languages.toml"), type=dict[str, str])


def common_words(language: str) -> frozenset[str]:
    """Return the commonest words of a language, folded to ASCII; raises KeyError for one that has no list."""
    return frozenset(_listed()[language].split())


class _Signs:
    """The words that tell a language, and those of English and another one."""

    def __init__(self) -> None:
        common: dict[str, set[str]] = {}
        for language, words in _listed().items():
            for word in words.split():
                common.setdefault(word, set()).add(language)
        known, weak = lexicon(), vocabulary().name_particles | vocabulary().links
        fillers = {word for phrase in vocabulary().fillers for word in phrase.split()}
        # Words of both: they tell nothing. What carries sentences in English ("me", "on") tells English all the same.
        self.either = {word for word in common if known.of(word) & (Bit.FUNCTION | Bit.WORD) == Bit.WORD}
        self._common = {
            word: _Sign(0.5 if len(word) < 3 or word in weak else 1.0, frozenset(languages))
            for word, languages in common.items()
            if len(word) > 1 and not known.of(word) & (Bit.FUNCTION | Bit.WORD) and word not in fillers
        }
        self._words = frozenset(self._common)

    def of(self, words: Words) -> dict[str, _Sign]:
        """Return the signs of words, as they are written; what is English or tells nothing has none."""
        known = words.known
        strange = compress(known, map(_STRANGER.__getitem__, known.values()))
        signs = {token: _UNKNOWN for token in strange if len(token) > 2}
        if "'" in words.flat or words.where_said(self._words):
            for token in known:
                word = token.lower()
                sign = self._common.get(word) or (_ELIDED if "'" in word and _ELISION.match(word) else None)
                if sign is not None:
                    signs[token] = sign
        return signs


@cache
def _signs() -> _Signs:
    return _Signs()


def windows(transcript: Transcript) -> list[Window]:
    """Return the windows of the documents that are not in English throughout, in order; most texts have none."""
    words = transcript.words
    known = _signs().of(words)
    if not known and not transcript.scripts:
        return []
    signs = list(map(known.get, words.texts))
    strange = list(compress(range(len(signs)), signs))
    if len(strange) < _SEVERAL and not transcript.scripts:
        return []
    documents = {transcript.document_at(place) for place, _ in transcript.scripts}
    for at, (first, third) in enumerate(zip(strange, strange[2:], strict=False)):
        if third - first < _CLOSE:
            document = transcript.document_at(words.starts[first])
            behind = words.at_or_behind(transcript.document_end(document))
            if third < behind and document not in documents and _telling(signs, strange, at, behind):
                documents.add(document)
    found: list[Window] = []
    for document in sorted(documents):
        judged = [_judged(transcript, signs, *cut) for cut in _cut(transcript, document)]
        if any(window.reading > Reading.UNDECIDED for window in judged):
            found += _decided(judged)
    return found


def _telling(signs: Sequence["_Sign | None"], strange: Sequence[int], at: int, behind: int) -> bool:
    """Whether the strange words from one on can make a window of another language, whatever stands between them."""
    limit = min(strange[at] + _LONGEST, behind)
    within = strange[at : bisect_left(strange, limit, at, min(len(strange), at + _LONGEST))]
    weights = [sign.weight for place in within if (sign := signs[place]) is not None]
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


def _judged(transcript: Transcript, signs: Sequence["_Sign | None"], first: int, behind: int, turn: int) -> Window:
    words = transcript.words
    foreign, strange, strong, english, known = 0.0, 0, 0, 0, 0
    common: list[str] = []  # each language as often as a word of it was said
    either, starts, cased = _signs().either, words.starts, transcript.cased
    for at in range(first, behind):
        sign, bits = signs[at], words.bits[at]
        if sign is None:
            if bits & _ENGLISH and not bits & _NOT_SAID and words.said[at] not in _OF_ANY:
                known += words.said[at] not in either
                english += bits & Bit.FUNCTION != 0
        elif not _SAID.match(cased, starts[at] - 1 if starts[at] else 0):
            continue
        elif sign.weight:
            capital = bits & (Bit.CAPITAL | Bit.CAPITALS) and at > first
            foreign += 0.0 if capital else sign.weight
            strong += sign.weight == 1.0 and not capital
            common += sign.languages
        else:
            strange += 1
    if _other_script(transcript, first, behind, english):
        return Window(first, behind, turn, Reading.UNREADABLE)
    enough = (foreign >= _FOREIGN and strong > 1) or (foreign >= _FEW and strong and strange > known == english)
    if enough and foreign > 1.5 * english:
        best, _ = max(Counter(common).items(), key=lambda item: (item[1], item[0] in READ, item[0]))
        reading = {"es": Reading.SPANISH, "fr": Reading.FRENCH}.get(best, Reading.UNREADABLE)
        return Window(first, behind, turn, reading)
    if english * 4 <= strange and foreign + strange >= max(_STRANGE, 2 * known) and behind - first >= _FEWEST:
        return Window(first, behind, turn, Reading.UNREADABLE)
    undecided = not english and known <= max(1.0, foreign + strange)
    return Window(first, behind, turn, Reading.UNDECIDED if undecided else Reading.ENGLISH)


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
