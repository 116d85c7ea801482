"""Buffers that hold originals: they never move while they are filled, and are wiped whatever ends their use."""

import io
import wave
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest

from privity.custody import intake
from privity.custody.content import source_place, source_record
from privity.custody.intake import Intake
from privity.custody.listening import Listening
from privity.custody.processing import Processing
from privity.custody.recordings import Recordings, place_of
from privity.custody.renditions import wav, wav_file
from privity.custody.sources import Source, SourceKind, parse_turns
from privity.errors import SealBroken, Unreadable
from privity.vault import Secret, StreamSealer
from promises import promise

TENANT, ROW = UUID(int=1), UUID(int=2)
CONTENT = bytes(range(256)) * 400


class Keys:
    """Opens everything with one key."""

    key = Secret(bytes(32))

    async def record_key(self, *_: Any) -> Any:
        return SimpleNamespace(key=self.key)


class PinningBlobs:
    """Gives a blob in pieces, and from the first on nobody can move the buffer that they go into."""

    def __init__(self, sealed: bytes) -> None:
        self.sealed = sealed
        self.buffer = bytearray()
        self._pins: list[memoryview] = []

    async def size(self, _: str) -> int:
        return len(self.sealed)

    async def read(self, _: str) -> AsyncIterator[bytes]:
        for start in range(0, len(self.sealed), 20_000):
            self._pins.append(memoryview(self.buffer))  # whoever would move it now gets a BufferError
            yield self.sealed[start : start + 20_000]


def sealed(place: Any) -> bytes:
    sealer = StreamSealer(Keys.key, place)
    return sealer.update(CONTENT) + sealer.finish()


@promise("E28", sabotage="opened_sources_grow")
async def test_a_source_is_opened_into_a_buffer_that_never_moves() -> None:
    record = source_record(TENANT, ROW)
    blobs = PinningBlobs(sealed(source_place(record)))
    opening: Any = SimpleNamespace(_keys=Keys(), _blobs=blobs)
    try:
        await Processing._open_into(opening, blobs.buffer, record, "blob")
    except BufferError:
        pytest.fail("the buffer was moved, and what it left behind is wiped by nobody")
    assert blobs.buffer == CONTENT


@pytest.mark.parametrize("cut", [1, 17, 16_400])
async def test_a_source_that_was_cut_short_does_not_open(cut: int) -> None:
    record = source_record(TENANT, ROW)
    blobs = PinningBlobs(sealed(source_place(record))[:-cut])
    opening: Any = SimpleNamespace(_keys=Keys(), _blobs=blobs)
    with pytest.raises(SealBroken):
        await Processing._open_into(opening, blobs.buffer, record, "blob")


async def test_a_recording_opens_whole() -> None:
    opening: Any = SimpleNamespace(_keys=Keys(), _blobs=PinningBlobs(sealed(place_of(TENANT, ROW))))
    recording: Any = SimpleNamespace(id=ROW, blob="blob")
    assert await Recordings.opened(opening, TENANT, recording) == CONTENT


@pytest.mark.parametrize("channels", [1, 2])
def test_a_file_made_in_one_buffer_is_a_wav_file(channels: int) -> None:
    file = wav_file(CONTENT, channels)
    with wave.open(io.BytesIO(file), "rb") as reader:
        assert (reader.getnchannels(), reader.getsampwidth(), reader.getframerate()) == (channels, 2, 8000)
        assert reader.readframes(reader.getnframes()) == CONTENT
    assert int.from_bytes(file[4:8], "little") == len(file) - 8
    assert wav(CONTENT, channels) == file


class Failing:
    """A recognizer that fails with what it was given in its hands."""

    def __init__(self) -> None:
        self.given = bytearray()

    async def transcribe(self, audio: bytearray, **_: Any) -> Any:
        assert any(audio)
        self.given = audio
        raise ValueError("no error of ours")


@promise("E28", sabotage="copy_for_the_recognizer_stays")
async def test_the_copy_for_the_recognizer_is_wiped_after_any_error() -> None:
    audio, recognizer = bytearray(CONTENT), Failing()

    async def fetch_one(*_: Any, **__: Any) -> Any:
        return SimpleNamespace(id=ROW, blob="blob", call_id=uuid4(), channels=2, listened_at=None)

    async def opened(*_: Any) -> bytearray:
        return audio

    @asynccontextmanager
    async def transaction(**_: Any) -> AsyncIterator[Any]:
        yield SimpleNamespace(fetch_one=fetch_one)

    access: Any = SimpleNamespace(tenant=TENANT, resource_id=str(ROW), transaction=transaction)
    listening: Any = SimpleNamespace(_recordings=SimpleNamespace(opened=opened), _recognizer=recognizer, _deadline=1.0)
    with pytest.raises(ValueError, match="no error of ours"):
        await Listening.settle(listening, access, None)
    assert len(recognizer.given) > len(CONTENT)
    assert not any(recognizer.given)
    assert not any(audio)


@promise("E28", sabotage="texts_that_come_in_stay")
@pytest.mark.parametrize("text", [CONTENT.decode("latin-1").encode(), CONTENT], ids=["taken", "refused"])
async def test_a_text_that_comes_in_is_wiped_whatever_becomes_of_it(
    text: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    text, buffers = text.replace(b"\x00", b""), list[Any]()

    def parse(kind: SourceKind, raw: memoryview) -> Any:
        buffers.append(raw.obj)
        return parse_turns(kind, raw)

    async def pieces() -> AsyncIterator[bytes]:
        for start in range(0, len(text), 20_000):
            yield text[start : start + 20_000]

    monkeypatch.setattr(intake, "parse_turns", parse)
    checking: Any = SimpleNamespace(_text_limit=1 << 20)
    source = Source(SourceKind.TEXT, pieces())
    try:
        found = [bytes(piece) async for piece in await Intake._checked_text(checking, source)]
        assert b"".join(found) == text
    except Unreadable:
        assert text == CONTENT.replace(b"\x00", b"")
    (buffer,) = buffers
    assert len(buffer) == 1 << 20, "it has its size before the first byte is in it"
    assert not any(buffer)
