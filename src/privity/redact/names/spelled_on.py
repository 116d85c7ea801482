"""Spelled names that go on behind an answer, and those of two letters: "t h o m p s / uh huh / um o n", "vo v o".

Who writes a name down says "uh huh" between its pieces. A piece of a few letters says nothing by itself; behind letters
of a name it goes on with them. Two letters may be anything, but not where they are those of a surname of the talk.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import compress

from privity.redact.names.parts import NameParts
from privity.redact.reading.lexicon import Bit
from privity.redact.reading.small_words import AN_URGE, AS_IN
from privity.redact.reading.spelling import without_then
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.vocabulary import one_of, vocabulary

Place = tuple[int, int]

_EXPLAINED = rf"(?:,?\s+{AS_IN}\s+[a-z]+)?"
_LETTER = rf"(?:[a-z]\b(?!'){_EXPLAINED}|(?:{one_of(vocabulary().spelling_words)})\b)"
_AND_THEN = r"(?:um|uh|er|and|then)"
_SAYS = r"(?:it's|that's|yes|yeah|sure|okay|ok|uh|um|so)"
_BETWEEN = re.compile(
    rf"[\s,.\x1e]+(?:{AN_URGE}[\s,.!\x1e]+)+(?:{_AND_THEN}[\s,]+)*({_LETTER}(?:[\s,.-]+{_LETTER})*)", re.ASCII
)
_OPENED = re.compile(rf"[^\x1d\x1e\n]{{0,24}}[\s,.?\x1e]+(?:{_SAYS}[\s,]+)*({_LETTER}(?:[\s,.-]+{_LETTER})*)", re.ASCII)
_ENDS = re.compile(r"\s*(?:[.,?!\x1d\x1e\n]|$)", re.ASCII)
_TWO_LETTERS = re.compile(
    rf"(?<![\s.,-][a-z][\s-])(?<![\w'])([a-z]){_EXPLAINED}[\s,.-]+([a-z])\b(?!'){_EXPLAINED}(?![\s-][a-z]\b)", re.ASCII
)
_WORDS_TOO = re.compile(r"[ai]|[ai][\s,]+[ai]", re.ASCII)
_FEWEST = 3  # letters before an answer
_TWO = 2


def spelled_on(
    parts: NameParts, transcript: Transcript, seen: bytearray, places: Sequence[Place], questions: Sequence[int]
) -> list[Place]:
    """Return the places at which names are spelled, with those that go on, those of two letters, and without "then"."""
    answered = _answered(transcript, questions)
    every = [*places, *_goes_on(transcript, places), *answered, *_of_two_letters(parts, transcript, seen)]
    return [part for place in every for part in without_then(transcript.folded, *place)]


def _answered(transcript: Transcript, questions: Sequence[int]) -> Iterator[Place]:
    """Yield the pieces of names that are spelled from the first letter on, each answered: "c as in cat / uh huh"."""
    text = transcript.folded
    for question in questions:
        behind = transcript.document_end(transcript.document_at(question))
        opened = _OPENED.match(text, question, behind)
        if opened is None or not _ENDS.match(text, opened.end()):
            continue
        pieces = [opened.span(1), *_goes_on(transcript, [opened.span(1)])]
        if sum(map(_letters, (text[start:end] for start, end in pieces))) >= _FEWEST and len(pieces) > 1:
            yield from pieces


def _letters(piece: str) -> int:
    """Return how many letters are spelled in a piece."""
    return len(re.findall(_LETTER, piece, re.ASCII))


def _goes_on(transcript: Transcript, places: Sequence[Place]) -> Iterator[Place]:
    """Yield the pieces with which names go on whose beginnings were spelled at the places."""
    text = transcript.folded
    for _, opened in places:
        end = opened
        behind = transcript.document_end(transcript.document_at(end - 1))
        while (piece := _BETWEEN.match(text, end, behind)) is not None:
            letters = piece[1]
            if _WORDS_TOO.fullmatch(letters) or not (_ENDS.match(text, piece.end()) or len(letters.split()) > _FEWEST):
                break
            end = piece.end()
            yield piece.span(1)


def _of_two_letters(parts: NameParts, transcript: Transcript, seen: bytearray) -> Iterator[Place]:
    """Yield where surnames of two letters, which were found, are spelled: "w for whiskey u"."""
    names: defaultdict[int, set[str]] = defaultdict(set)
    for at in compress(range(len(seen)), seen):
        word = parts.said[at]
        if len(word) == _TWO and parts.bits[at] & Bit.SURNAME and word.isalpha():
            names[parts.document(at)].add(word)
    for document, known in names.items():
        start = transcript.documents[document]
        for match in _TWO_LETTERS.finditer(transcript.folded, start, transcript.document_end(document)):
            if match[1] + match[2] in known:
                yield match.span()
