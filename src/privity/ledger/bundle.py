"""Bundles: one log as one file that can be verified anywhere, JSON Lines in the order of the log.

    {"bundle":"privity/ledger-bundle@v1","log":…,"origin":…,"vkeys":[…]}
    {"entry":0,"leaf":"{…}","hash":"…"}                     one line an entry, in order
    {"checkpoint":"…","batch":"…"}                          after the entries that it covers; batch null if they are < 2
    {"end":{"entries":N,"checkpoints":M}}                   a file without it is incomplete, which is not tampering

A leaf's bytes are written as Latin-1 code points: one to one for every byte there is, and plain text for the ASCII that
leaves are made of. Hashes are base64. Writing copies what is stored, altered or not; only `verify` judges.
"""

import base64
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

import msgspec

from privity.errors import MALFORMED_JSON, Unreadable

FORMAT = "privity/ledger-bundle@v1"
MAX_LINE = 1 << 20  # bytes


class Header(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which log the bundle holds, the origin of its checkpoints, and the keys that it says signed them."""

    bundle: str = FORMAT
    log: str
    origin: str
    vkeys: tuple[str, ...]


class EntryLine(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One entry as it was stored: its place, its leaf as Latin-1 text, and the leaf hash that stood beside it."""

    entry: int
    leaf: str
    hash: str

    @classmethod
    def of(cls, index: int, leaf: bytes, stored_hash: bytes) -> "EntryLine":
        """Return the line for an entry."""
        return cls(entry=index, leaf=leaf.decode("latin-1"), hash=base64.b64encode(stored_hash).decode())

    def leaf_bytes(self) -> bytes:
        """Return the stored leaf; raise Unreadable if no bytes were ever written like this."""
        try:
            return self.leaf.encode("latin-1")
        except UnicodeEncodeError:
            raise Unreadable("The bundle holds a leaf that is not bytes.") from None


class CheckpointLine(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One signed checkpoint and, where it covers more than one new entry, the signed list of their leaf hashes."""

    checkpoint: str
    batch: str | None = None


class Totals(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How many lines of each kind the bundle has."""

    entries: int
    checkpoints: int


class EndLine(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The last line."""

    end: Totals


_Line = EntryLine | CheckpointLine | EndLine
_DECODE: dict[bytes, Callable[[bytes], _Line]] = {
    b'{"ent': msgspec.json.Decoder(EntryLine).decode,
    b'{"che': msgspec.json.Decoder(CheckpointLine).decode,
    b'{"end': msgspec.json.Decoder(EndLine).decode,
}
_decode_header = msgspec.json.Decoder(Header).decode


def write_bundle(stream: BinaryIO, header: Header, lines: Iterable[EntryLine | CheckpointLine]) -> None:
    """Write a bundle to a binary stream, in constant memory."""
    writer = BundleWriter(stream, header)
    for line in lines:
        writer.write(line)
    writer.finish()


class BundleWriter:
    """Writes a bundle line by line."""

    def __init__(self, stream: BinaryIO, header: Header) -> None:
        self._stream = stream
        self._entries = self._checkpoints = 0
        self._encode = msgspec.json.Encoder().encode
        self._put(header)

    def write(self, line: EntryLine | CheckpointLine) -> None:
        """Add a line; the caller keeps the order of the log."""
        if isinstance(line, EntryLine):
            self._entries += 1
        else:
            self._checkpoints += 1
        self._put(line)

    def finish(self) -> None:
        """Write the last line."""
        self._put(EndLine(end=Totals(entries=self._entries, checkpoints=self._checkpoints)))

    def _put(self, line: msgspec.Struct) -> None:
        self._stream.write(self._encode(line) + b"\n")


def read_bundle(stream: BinaryIO) -> tuple[Header, Iterator[EntryLine | CheckpointLine]]:
    """Return the header and then, as they are read, the lines of a bundle.

    Raises Unreadable, at the latest when the last line has been read, if the file is not a whole bundle.
    """
    try:
        header = _decode_header(_line(stream))
    except MALFORMED_JSON:
        header = None
    if header is None or header.bundle != FORMAT:
        raise Unreadable("The file is not a ledger bundle.", advice="Make one with `privity ledger export`.")
    return header, _lines(stream)


def _lines(stream: BinaryIO) -> Iterator[EntryLine | CheckpointLine]:
    entries = checkpoints = 0
    while text := _line(stream):
        line = _decoded(text)
        if isinstance(line, EndLine):
            if line.end != Totals(entries=entries, checkpoints=checkpoints) or stream.read(1):
                raise Unreadable("The bundle's last line does not fit the lines before it.")
            return
        if isinstance(line, EntryLine):
            entries += 1
        else:
            checkpoints += 1
        yield line
    raise Unreadable("The bundle ends before its last line.", advice="Copy or export it again.")


def _decoded(text: bytes) -> _Line:
    decode = _DECODE.get(text[:5])
    try:
        line = decode(text) if decode else None
    except MALFORMED_JSON:
        line = None
    if line is None:
        raise Unreadable("The bundle has a line that is not an entry, a checkpoint or its end.")
    return line


def _line(stream: BinaryIO) -> bytes:
    text = stream.readline(MAX_LINE)
    if text and not text.endswith(b"\n"):
        raise Unreadable("The bundle is cut off in a line, or has one that is too long.")
    return text
