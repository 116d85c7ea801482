"""What comes in, recognised by its first bytes and never by its name: a name may hold anything, so it is not kept."""

from collections.abc import AsyncIterator
from enum import StrEnum
from typing import Final

import msgspec

from privity.custody.spoken import doubted_words
from privity.errors import MALFORMED_JSON, TooLarge, Unreadable
from privity.redact import Turn

_MAGIC: Final = (b"RIFF", b"fLaC", b"OggS", b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xfa")
_LONGEST_MAGIC: Final = 12
_MOST_BLANK: Final = 1 << 16  # bytes of nothing in front of a text
_MOST_TURNS: Final = 100_000
_LONGEST_READ: Final = 400
"""Characters of what says who speaks that are looked at; `kept_of` keeps fewer of them, once they are redacted."""


class SourceKind(StrEnum):
    """What the bytes are."""

    AUDIO = "audio"
    TEXT = "text"
    TURNS = "turns"


class _TurnIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    speaker: str
    text: str
    words: msgspec.Raw = msgspec.Raw()


class _TurnsIn(msgspec.Struct, frozen=True):
    turns: list[_TurnIn]


class Source(msgspec.Struct, frozen=True):
    """A recognised stream: its kind, and all of its bytes from the first on."""

    kind: SourceKind
    chunks: AsyncIterator[bytes]


async def recognise(chunks: AsyncIterator[bytes]) -> Source:
    """Return what a stream is, without having consumed it.

    Raises Unreadable for an empty stream. Whether audio can be decoded is found out apart.
    """
    head = b""
    async for chunk in chunks:
        head += chunk
        if len(head.lstrip()) >= _LONGEST_MAGIC or len(head) > _MOST_BLANK:
            break
    if not head.strip():
        raise Unreadable("the content is empty", advice="Send audio (wav, mp3, flac, ogg), text, or JSON turns.")
    if head.startswith(_MAGIC) and (not head.startswith(b"RIFF") or head[8:12] == b"WAVE"):
        kind = SourceKind.AUDIO
    elif head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        kind = SourceKind.TURNS
    else:
        kind = SourceKind.TEXT
    return Source(kind, _rejoined(head, chunks))


async def _rejoined(head: bytes, rest: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield head
    async for chunk in rest:
        yield chunk


async def limited(chunks: AsyncIterator[bytes], limit: int) -> AsyncIterator[bytes]:
    """Pass a stream on up to `limit` bytes; raises TooLarge at the first byte beyond."""
    seen = 0
    async for chunk in chunks:
        seen += len(chunk)
        if seen > limit:
            raise TooLarge(
                f"the content is larger than {limit} bytes", advice="Split it, or raise the limit in privity.toml."
            )
        yield chunk


def parse_turns(kind: SourceKind, raw: bytes | bytearray | memoryview) -> tuple[Turn, ...]:
    """Return the turns of a written conversation; plain text is one turn of an unnamed speaker a line.

    Raises Unreadable, which names the place by line or field and never repeats what stands there.
    """
    try:
        if kind is SourceKind.TURNS:
            read = msgspec.json.decode(raw, type=_TurnsIn)
            turns = tuple(
                Turn(
                    speaker=turn.speaker[:_LONGEST_READ],
                    text=turn.text,
                    words=doubted_words(turn.text, turn.words, f"$.turns[{number}].words"),
                )
                for number, turn in enumerate(read.turns)
            )
        else:
            lines = str(raw, "utf-8-sig").splitlines()
            turns = tuple(_line(line) for line in lines if line.strip())
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"the content is neither audio nor UTF-8 text: byte {error.start} does not fit",
            advice="Send wav, mp3, flac or ogg audio, or text saved as UTF-8.",
        ) from None
    except MALFORMED_JSON as error:
        at = str(error).rpartition(" - at ")[2] if " - at " in str(error) else "the JSON text"
        raise Unreadable(
            f"the turns cannot be read: {at} is not what was expected",
            advice='Send {"turns": [{"speaker": "agent", "text": "hello"}]}.',
        ) from None
    if not turns:
        raise Unreadable("the conversation has no turns", advice="Send at least one turn with text.")
    if len(turns) > _MOST_TURNS:
        raise TooLarge(f"the conversation has more than {_MOST_TURNS} turns", advice="Split it.")
    if any("\x00" in turn.text or "\x00" in turn.speaker for turn in turns):
        raise Unreadable("the text holds NUL characters", advice="Send audio in a known format, or plain text.")
    return turns


def _line(line: str) -> Turn:
    speaker, colon, text = line.partition(":")
    if colon and text.strip() and speaker.strip().lower() in {"agent", "caller", "customer", "patient", "client"}:
        return Turn(speaker=speaker.strip().lower(), text=text.strip())
    return Turn(speaker="speaker", text=line.strip())
