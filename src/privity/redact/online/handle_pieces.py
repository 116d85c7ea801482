"""Pieces of e-mail and web addresses: "j p underscore archer" by itself, and what is said again of one that was heard.

A name that stands in an address is known in the rest of its conversation: alone when it is no English word, in its two
halves ("kestrel foods" of "kestrelfoods dot com"), and with its dash.
"""

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator

from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.reading.known_words import places_of
from privity.redact.reading.lexicon import NUMERAL, Bit, lexicon
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import Triggered

JOINT = Triggered(rb"\b(?:underscore|dot)\b", needs=("underscore dot",))
"""The signs that only addresses have."""

_JOINTS = frozenset({"dot", "underscore", "dash", "hyphen"})
_CLOSED = Bit.FUNCTION | Bit.CALENDAR
_NO_PIECES = frozenset({"polka", "microsoft", "matrix", "connect", "com", "dots", "got", "okay", "right", "then"})
_FILES = frozenset(
    {
        "apk", "bat", "cfg", "csv", "dll", "dmg", "doc", "docx", "exe", "gif", "html", "ini", "iso", "jpeg",
        "jpg", "json", "log", "msi", "pdf", "png", "ppt", "pptx", "psd", "pst", "sys", "tif", "txt", "wav",
        "xls", "xlsx", "xml", "zip",
    }
)  # fmt: skip
_ARTICLES = frozenset({"a", "the", "this", "that", "one", "each", "every", "another"})
_DASHED = re.compile(r"\b([a-z]{2,}) (?:dash|hyphen) ([a-z]{2,})\b", re.ASCII)
_WORD = re.compile(r"\b[a-z]{5,24}\b", re.ASCII)
_SHORTEST_HALF = 3
_LONG = 8  # letters of a name whose halves are told from other words
_MOST_KNOWN = 30  # names of one conversation
_LONGEST = 8  # words of a piece
_GREETING = 48  # characters from the start of a conversation

_PIECE = finding(Label.EMAIL, "email-piece", 'words joined by "underscore" or "dot"', 0.6, "form")
_KNOWN = finding(Label.EMAIL, "email-known", "a name of an address that was said before", 0.58, "context")


def pieces(transcript: Transcript, documents: Container[int]) -> Iterator[Claim]:
    """Return words that are joined by a sign that only addresses have; `documents` hold whole addresses too."""
    read = _Pieces(transcript)
    words = transcript.words
    for match in JOINT.finditer(transcript.octets):
        joint = words.at_or_behind(match.start())
        whole = joint < len(words.texts) and words.texts[joint].lower().encode() == match[0]
        if whole and read.joins(joint) and read.is_piece(joint - 1):
            there = transcript.document_at(match.start()) in documents
            if place := read.around(joint, addressed=there):
                yield Claim((place,), _PIECE)


class _Pieces:
    """Reads what stands around a sign; a place is the index of a word."""

    def __init__(self, transcript: Transcript) -> None:
        self._words = transcript.words
        self._text = transcript.folded
        self._count = len(self._words.texts)

    def joins(self, at: int) -> bool:
        """Whether a word follows the one before it with nothing but a blank between."""
        return 0 < at < self._count and self._text[self._words.end(at - 1) : self._words.starts[at]] in {" ", ""}

    def is_piece(self, at: int) -> bool:
        """Whether a word may be part of an address."""
        word, bits = self._words.texts[at].lower(), self._words.bits[at]
        return word not in _NO_PIECES and word not in _JOINTS and (len(word) == 1 or not bits & _CLOSED)

    def around(self, joint: int, *, addressed: bool) -> tuple[int, int] | None:
        """Return the place of the piece around a sign, None where it is a sign of something else."""
        right = self.joins(joint + 1) and self.is_piece(joint + 1)
        if right and self._words.texts[joint + 1].lower() in _FILES:
            return None
        if right and all(self._words.bits[at] & NUMERAL for at in (joint - 1, joint + 1)):
            return None
        if self._words.texts[joint].lower() == "dot" and not (right and self._is_address(joint, addressed=addressed)):
            return None
        first, last = joint - 1, joint + right
        while joint - first < _LONGEST and self._is_letter(first) and self._goes_on(first, first - 1):
            first -= 1
        while last - joint < _LONGEST and self._goes_on(last + 1, last + 1):
            last += 1
        if last > joint + 1 and self._words.texts[last].lower() in {"i", "a"} and self.joins(last + 1):
            last -= 1  # "dot net i see it"
        return self._words.starts[first], self._words.end(last)

    def _goes_on(self, later: int, at: int) -> bool:
        return self.joins(later) and self.is_piece(at) and self._is_letter(at)

    def _is_letter(self, at: int) -> bool:
        return len(self._words.texts[at]) == 1 or self._words.bits[at] & NUMERAL != 0

    def _is_odd(self, at: int) -> bool:
        return self._is_letter(at) or not self._words.bits[at] & (Bit.WORD | Bit.DERIVED)

    def _is_address(self, joint: int, *, addressed: bool) -> bool:
        """Whether one of two words is none of English, or addresses are spoken of and nothing like "the red dot"."""
        if self._is_odd(joint - 1) or self._is_odd(joint + 1):
            return True
        return addressed and not (self.joins(joint - 1) and self._words.texts[joint - 2].lower() in _ARTICLES)


def known(transcript: Transcript, heard: Iterable[Claim]) -> Iterator[Claim]:
    """Return what is said again of the addresses that were heard."""
    names: defaultdict[int, set[str]] = defaultdict(set)
    dashed: defaultdict[int, set[str]] = defaultdict(set)
    boxes: defaultdict[int, set[str]] = defaultdict(set)
    first: dict[int, int] = {}
    for claim in heard:
        start, end = claim.parts[0]
        document = transcript.document_at(start)
        first[document] = min(start, first.get(document, start))
        said = transcript.folded[start:end]
        dashed[document].update(match[0] for match in _DASHED.finditer(said))
        for match in _WORD.finditer(said):
            if len(names[document]) < _MOST_KNOWN and match[0] not in _JOINTS:
                names[document].add(match[0])
                if claim.finding.label is Label.EMAIL:
                    boxes[document].add(match[0])
    for document, known_names in names.items():
        forms = [*dashed[document], *_forms(known_names)]
        if not forms:
            continue
        start = transcript.documents[document]
        for begins, ends in places_of(transcript.folded, forms, start, transcript.document_end(document)):
            answers = begins < min(start + _GREETING, first[document])
            said = transcript.folded[begins:ends]
            if not answers or said.replace(" ", "") in boxes[document]:
                yield Claim(((begins, ends),), _KNOWN)  # "thanks for calling netlink": a firm that says who answers


def _forms(names: Iterable[str]) -> Iterator[str]:
    """Yield how names are said again: alone when they are no English words, and in their two halves."""
    for name in names:
        bits = lexicon()[name]
        alone = bits & Bit.UNKNOWN and not bits & (Bit.WORD | Bit.DERIVED)
        if alone:
            yield name
        if len(name) >= _LONG or alone:
            halves = range(_SHORTEST_HALF, len(name) - _SHORTEST_HALF + 1)
            yield from (f"{name[:at]} {name[at:]}" for at in halves)
