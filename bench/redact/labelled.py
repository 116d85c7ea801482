"""Text with gold spans, as the generator writes it and the scorer reads it: JSON lines with code point offsets.

A span has a label of the measure (`PERSON`, `CREDIT_CARD`, ... or `IGNORE` for what may be hidden or not), a kind that
is finer ("card", "expiry", "cvv"), and a number that is the same for all parts of one value in one document.
"""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

LABELS = frozenset(
    {
        "PERSON", "PHONE", "EMAIL", "SSN", "CREDIT_CARD", "BANK_ACCOUNT", "IBAN", "DATE", "DOB", "AGE", "ADDRESS",
        "LOCATION", "ORG", "IP", "URL", "MRN", "LICENSE", "ID", "USERNAME", "PASSWORD", "OTHER", "IGNORE",
    }
)  # fmt: skip


_READ = frozenset({"PHONE", "SSN", "CREDIT_CARD", "BANK_ACCOUNT", "MRN", "LICENSE", "ID"})
_HESITATIONS = (
    r"(?:uh|um|er|and then|then|and|let me see|hang on|okay|no sorry|sorry|wait|no wait|i mean|scratch that|correction|"
    r"excuse me|make that|no|mm-hm|it's|that's)"
)
_BLANK = r"[\s,.;-]+"
_WHILE_READ = re.compile(rf"{_BLANK}((?:{_HESITATIONS}{_BLANK})*{_HESITATIONS}){_BLANK}", re.IGNORECASE)


class Gold(msgspec.Struct, frozen=True):
    """One part of a value: code points `start` to `end` of its document."""

    start: int
    end: int
    label: str
    kind: str
    value: int


class Labelled(msgspec.Struct, frozen=True):
    """One document of one kind with everything in it that should be hidden."""

    id: str
    text: str
    spans: tuple[Gold, ...]


class Piece(msgspec.Struct, frozen=True):
    """A stretch of a line: innocent when it has no label."""

    text: str
    label: str = ""
    kind: str = ""
    value: int = 0


Line = tuple[Piece, ...]


def document(name: str, lines: Iterable[Line], between: str = "\n") -> Labelled:
    """Return the lines laid behind each other, with the places of their labelled pieces; edges are trimmed."""
    text = ""
    spans: list[Gold] = []
    for number, line in enumerate(lines):
        text += between if number else ""
        for piece in line:
            if piece.label and piece.text.strip():
                assert piece.label in LABELS, piece.label
                left = len(piece.text) - len(piece.text.lstrip())
                start, end = len(text) + left, len(text) + len(piece.text.rstrip())
                spans += _spans(text + piece.text, start, end, piece)
            text += piece.text
    return Labelled(name, text, tuple(spans))


def _spans(text: str, start: int, end: int, piece: Piece) -> list[Gold]:
    """Return the span of a value; of a number, what was said while it was read may be hidden or not."""
    kind = piece.kind or piece.label.lower()
    spans: list[Gold] = []
    for said in _WHILE_READ.finditer(text, start, end) if piece.label in _READ else ():
        if start < said.start() and said.end() < end:
            spans.append(Gold(start, said.start(), piece.label, kind, piece.value))
            spans.append(Gold(said.start(1), said.end(1), "IGNORE", kind, piece.value))
            start = said.end()
    return [*spans, Gold(start, end, piece.label, kind, piece.value)]


def tidied(line: Sequence[Piece]) -> Line:
    """Return the line with single spaces inside and none at its ends, so that dropped words leave no holes."""
    pieces: list[Piece] = []
    for piece in line:
        text = re.sub(r"[ \t]+", " ", piece.text)
        if text.startswith(" ") and (not pieces or pieces[-1].text.endswith(" ")):
            text = text[1:]
        if text:
            pieces.append(msgspec.structs.replace(piece, text=text))
    if pieces:
        pieces[-1] = msgspec.structs.replace(pieces[-1], text=pieces[-1].text.rstrip())
    return tuple(pieces)


def write(path: Path, documents: Iterable[Labelled]) -> None:
    """Write one JSON object a line."""
    path.write_bytes(b"".join(msgspec.json.encode(each) + b"\n" for each in documents))


def read(content: bytes) -> list[Labelled]:
    """Return the documents of JSON lines, also of one whose spans have no kind or value."""
    documents = []
    for row in content.splitlines():
        raw = msgspec.json.decode(row)
        spans = tuple(
            Gold(
                span["start"], span["end"], span["label"], span.get("kind", span["label"].lower()), span.get("value", n)
            )
            for n, span in enumerate(raw["spans"])
        )
        documents.append(Labelled(str(raw["id"]), raw["text"], spans))
    return documents
