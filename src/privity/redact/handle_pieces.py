"""Pieces of e-mail and web addresses: "j p underscore archer" by itself, and what is said again of one that was heard.

A name that stands in an address is known in the rest of its conversation: alone when it is no English word, in its two
halves ("kestrel foods" of "kestrelfoods dot com"), and with its dash.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

import re2

from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.lexicon import Bit, lexicon
from privity.redact.transcript import Transcript

_JOINT = re2.compile(rb"\b(?:underscore|dot)\b")
_JOINTS = frozenset({"dot", "underscore", "dash", "hyphen"})
_NUMERAL = Bit.NUMBER | Bit.DIGITS | Bit.MIXED
_CLOSED = Bit.FUNCTION | Bit.CALENDAR
_NO_PIECES = frozenset({"polka", "microsoft", "matrix", "connect", "com", "dots", "got", "okay", "right", "then"})
_DASHED = re.compile(r"\b([a-z]{2,}) (?:dash|hyphen) ([a-z]{2,})\b", re.ASCII)
_WORD = re.compile(r"\b[a-z]{5,24}\b", re.ASCII)
_SHORTEST_HALF = 3
_LONG = 8  # letters of a name whose halves are told from other words
_MOST_KNOWN = 30  # names of one conversation
_LONGEST = 8  # words of a piece

_PIECE = finding(Label.EMAIL, "email-piece", 'words joined by "underscore" or "dot"', 0.6, "form")
_KNOWN = finding(Label.EMAIL, "email-known", "a name of an address that was said before", 0.58, "context")


def pieces(transcript: Transcript) -> Iterator[Claim]:
    """Return words that are joined by a sign that only addresses have."""
    words = transcript.words
    text, count = transcript.folded, len(words.texts)

    def joins(at: int) -> bool:
        return 0 < at < count and text[words.end(at - 1) : words.starts[at]] in {" ", ""}

    def is_piece(at: int) -> bool:
        word, bits = words.texts[at].lower(), words.bits[at]
        return word not in _NO_PIECES and word not in _JOINTS and (len(word) == 1 or not bits & _CLOSED)

    def is_letter(at: int) -> bool:
        return len(words.texts[at]) == 1 or words.bits[at] & _NUMERAL != 0

    for match in _JOINT.finditer(transcript.octets):
        joint = words.at_or_behind(match.start())
        if (
            joint >= count
            or words.texts[joint].lower().encode() != match[0]
            or not joins(joint)
            or not is_piece(joint - 1)
        ):
            continue
        right = joins(joint + 1) and is_piece(joint + 1)
        numbers = right and all(words.bits[at] & _NUMERAL for at in (joint - 1, joint + 1))
        if (match[0] == b"dot" and not right) or numbers:
            continue
        first, last = joint - 1, joint + right
        while (
            joint - first < _LONGEST
            and joins(first)
            and is_letter(first)
            and is_letter(first - 1)
            and is_piece(first - 1)
        ):
            first -= 1
        while last - joint < _LONGEST and joins(last + 1) and is_piece(last + 1) and is_letter(last + 1):
            last += 1
        yield Claim(((words.starts[first], words.end(last)),), _PIECE)


def known(transcript: Transcript, heard: Iterable[Claim]) -> Iterator[Claim]:
    """Return what is said again of the addresses that were heard."""
    names: defaultdict[int, set[str]] = defaultdict(set)
    dashed: defaultdict[int, set[str]] = defaultdict(set)
    for claim in heard:
        start, end = claim.parts[0]
        document = transcript.document_at(start)
        said = transcript.folded[start:end]
        dashed[document].update(match[0] for match in _DASHED.finditer(said))
        for match in _WORD.finditer(said):
            if len(names[document]) < _MOST_KNOWN and match[0] not in _JOINTS:
                names[document].add(match[0])
    for document, known_names in names.items():
        forms = [*dashed[document]]
        for name in known_names:
            bits = lexicon()[name]
            if bits & Bit.UNKNOWN and not bits & (Bit.WORD | Bit.DERIVED):
                forms.append(name)
            if len(name) >= _LONG or name in forms:
                halves = range(_SHORTEST_HALF, len(name) - _SHORTEST_HALF + 1)
                forms += (f"{name[:at]} {name[at:]}" for at in halves)
        if not forms:
            continue
        pattern = re.compile(rf"\b(?:{'|'.join(sorted(forms, key=len, reverse=True))})\b", re.ASCII)
        start = transcript.documents[document]
        for match in pattern.finditer(transcript.folded, start, transcript.document_end(document)):
            yield Claim((match.span(),), _KNOWN)
