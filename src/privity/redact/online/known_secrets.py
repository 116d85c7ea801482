"""Secrets and user names that are said again, in any form: "tulip walrus seventy seven" of "tulipwalrus77".

What was heard is remembered as its letters, with a mark where a number stands among them: how a number is read changes
from one time to the next, and signs, capitals and the blanks between letters come and go. Nothing of it becomes a
pattern, for the interpreter remembers those.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from msgspec import Struct

from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.reading.lexicon import Bit
from privity.redact.reading.transcript import Transcript, Words

_NUMBER = ""  # stands for a number among the letters of a secret
_PIECES = re.compile(r"[a-z]+|[0-9]+", re.ASCII)
_JOINTS = frozenset(
    {
        "dash", "hyphen", "dot", "underscore", "space", "then", "and", "uh", "um", "capital", "cap", "lowercase",
        "uppercase", "double", "triple",
    }
)  # fmt: skip
_SIGNS = frozenset(
    {
        "exclamation", "hashtag", "hash", "ampersand", "asterisk", "dollar", "sign", "star", "pound", "mark", "point",
        "bang", "question", "percent", "at",
    }
)  # fmt: skip
_CASED = frozenset({"capital", "uppercase"})
_NUMERAL = Bit.NUMBER | Bit.DIGITS
_BLANKS = " ,.-_\n"
_LEAST = 5  # letters of a word that is known again
_MOST_KNOWN = 12  # secrets of one conversation
_LONGEST = 40  # words

_SECRET = finding(Label.PASSWORD, "secret-known", "a secret that was said before", 0.6, "context")
_HANDLE = finding(Label.USERNAME, "user-name-known", "a user name that was said before", 0.6, "context")


class _Shape(Struct, frozen=True, gc=False):
    """The letters of a secret with `_NUMBER` where numbers stand, whether it has signs, and what it is."""

    pieces: tuple[str, ...]
    signs: bool
    label: Label


def claims(transcript: Transcript, heard: Iterable[Claim]) -> Iterator[Claim]:
    """Return what is said again of the secrets and user names that were heard."""
    words = transcript.words
    shapes: defaultdict[int, dict[str, list[_Shape]]] = defaultdict(lambda: defaultdict(list))
    counts: defaultdict[int, int] = defaultdict(int)
    for claim in heard:
        start, end = claim.parts[0]
        shape = _shape(words, words.at_or_behind(start), words.at_or_behind(end), claim.finding.label)
        document = transcript.document_at(start)
        if shape is not None and counts[document] < _MOST_KNOWN:
            alike = shapes[document][shape.pieces[0][0]]
            if shape not in alike:
                counts[document] += 1
                alike.append(shape)
    for document, known in shapes.items():
        first = words.at_or_behind(transcript.documents[document])
        behind = words.at_or_behind(transcript.document_end(document))
        at = first
        while at < behind:
            possible = known.get(words.said[at][0])
            if possible is None:
                at += 1
                continue
            ends = (_end(transcript, at, behind, shape) for shape in possible)
            found = max(((end, shape) for end, shape in ends if end > at), key=_reach, default=None)
            if found is None:
                at += 1
                continue
            last, shape = found
            opening = at
            while opening > first and words.said[opening - 1] in _CASED and _is_beside(transcript, opening):
                opening -= 1
            what = _SECRET if shape.label is Label.PASSWORD else _HANDLE
            yield Claim(((words.starts[opening], words.ends[last - 1]),), what)
            at = last


def _reach(found: tuple[int, _Shape]) -> int:
    return found[0]


def _shape(words: Words, first: int, behind: int, label: Label) -> _Shape | None:
    """Return the shape of what stands between two words; None where it is too short to be known again."""
    pieces: list[str] = []
    signs, longest = False, 0
    for at in range(first, behind):
        word = words.said[at]
        if word in _JOINTS or (word in _SIGNS and pieces):
            signs = signs or word in _SIGNS
            continue
        for piece in _parts(words, at):
            longest = max(longest, len(piece))
            if piece and pieces and pieces[-1]:
                pieces[-1] += piece
            elif piece or pieces[-1:] != [_NUMBER]:
                pieces.append(piece)
    if pieces[:1] == [_NUMBER]:
        pieces = pieces[1:]
    letters = sum(map(len, pieces))
    least = _LEAST if len(pieces) == 1 else _LEAST - 1
    if letters < least or (longest < _LEAST - 1 and letters < _LEAST + 1):
        return None
    return _Shape(tuple(pieces), signs, label)


def _parts(words: Words, at: int) -> list[str]:
    """Return the letters of a word, and `_NUMBER` for its numbers: of "walrus77" both; "o" between letters is one."""
    word = words.said[at]
    if word == "o" and _is_spelled(words, at):
        return [word]
    if words.bits[at] & _NUMERAL:
        return [_NUMBER]
    return [piece if piece.isalpha() else _NUMBER for piece in _PIECES.findall(word)]


def _is_spelled(words: Words, at: int) -> bool:
    """Whether letters stand on both sides of a word."""
    return all(len(word) == 1 and word.isalpha() for word in (words.beside(at, -1), words.beside(at, 1)))


class _Again:
    """Holds what is said against the pieces of a secret, one after the other."""

    def __init__(self, pieces: tuple[str, ...]) -> None:
        self._pieces = pieces
        self._at = 0  # which piece
        self._read = 0  # of its letters, or whether its number was heard

    def takes(self, part: str) -> bool:
        """Whether letters or a number go on with the secret."""
        if part == _NUMBER:
            if self._is_over() and self._pieces[self._at] != _NUMBER:
                self._next()
            self._read = 1
            return self._pieces[self._at] == _NUMBER
        if self._pieces[self._at] == _NUMBER and self._is_over():
            self._next()
        goes_on = self._pieces[self._at] != _NUMBER and self._pieces[self._at].startswith(part, self._read)
        self._read += len(part)
        return goes_on

    def is_whole(self) -> bool:
        """Whether all of the secret was said."""
        return self._at + 1 == len(self._pieces) and self._is_over()

    def _is_over(self) -> bool:
        return self._read >= (len(self._pieces[self._at]) or 1)

    def _next(self) -> None:
        if self._at + 1 < len(self._pieces):
            self._at, self._read = self._at + 1, 0


def _end(transcript: Transcript, first: int, behind: int, shape: _Shape) -> tuple[int, _Shape]:
    """Return the word behind what has a shape and begins at a word, `first` where nothing does; and the shape."""
    words, said = transcript.words, _Again(shape.pieces)
    end = at = first
    while at < min(first + _LONGEST, behind) and (at == first or _is_beside(transcript, at)):
        skipped = _skipped(words, at) if at > first else 0
        if not skipped and not all(map(said.takes, _parts(words, at))):
            break
        at += skipped or 1
        end = at if not skipped and said.is_whole() else end
    while first < end < behind and shape.signs and words.said[end] in _SIGNS and _is_beside(transcript, end):
        end += 1
    return end, shape


def _is_beside(transcript: Transcript, at: int) -> bool:
    """Whether nothing but blanks and signs stands between a word and the one before it."""
    words = transcript.words
    return not transcript.folded[words.ends[at - 1] : words.starts[at]].strip(_BLANKS)


def _skipped(words: Words, at: int) -> int:
    """Return how many words are nothing of a secret: a sign, a blank, "with a capital s"."""
    word = words.said[at]
    if word in _JOINTS or word in _SIGNS:
        return 1
    cased = word == "with" and words.beside(at, 1) in {"a", "an"} and words.beside(at, 2) in _CASED
    return 4 if cased else 0
