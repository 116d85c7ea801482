"""Recordings as files: WAV and MP3, with what was found in them silenced, in memory from the seal to the answer."""

import io
import wave
from collections.abc import Iterable
from enum import StrEnum
from itertools import pairwise
from typing import Final

import lameenc

from privity.custody.recorder import RATE
from privity.errors import Unreadable

_WIDTH: Final = 2
_KBIT: Final = 32
_MANY: Final = 10_000
_MOST_PARTS: Final = 100  # of a WAV file before its audio; people's have a handful
_LAME_QUALITY: Final = 7  # the fastest that is fit for speech


class FileFormat(StrEnum):
    """How a recording is handed out."""

    WAV = "wav"
    MP3 = "mp3"

    @property
    def media_type(self) -> str:
        """Its media type."""
        return "audio/x-wav" if self is FileFormat.WAV else "audio/mpeg"


def silenced(audio: bytearray, channels: int, silences: Iterable[tuple[int, int]], at: int = 0) -> None:
    """Overwrite spans, in milliseconds, with silence, on every channel; `at` bytes of it stand before `audio`."""
    frame = RATE * _WIDTH * channels // 1000
    for start, end in silences:
        first, last = max(0, start * frame - at), min(len(audio), end * frame - at)
        if last > first:
            audio[first:last] = bytes(last - first)


def duration_ms(audio: bytes | bytearray, channels: int) -> int:
    """Return how many milliseconds audio lasts, the one that is begun at its end included."""
    return -(-len(audio) * 1000 // (RATE * _WIDTH * channels))


def loudness(audio: bytes | bytearray, bars: int) -> list[int]:
    """Return the greatest level in each of `bars` equal parts, 0 to 100 of the loudest; takes a while: use a thread.

    Of long audio every tenth sample is looked at, which at 8000 Hz still meets whatever is heard.
    """
    samples = memoryview(audio)[: len(audio) // _WIDTH * _WIDTH].cast("h")
    size = len(samples)
    edges = [size * bar // bars for bar in range(bars + 1)]
    parts = (samples[first:last].tolist()[:: 10 if last - first > _MANY else 1] for first, last in pairwise(edges))
    levels = [max(map(abs, part), default=0) for part in parts]
    loudest = max(levels, default=0) or 1
    return [round(level * 100 / loudest) for level in levels]


def wav(audio: bytes | bytearray, channels: int) -> bytes:
    """Return audio as a WAV file."""
    return bytes(wav_file(audio, channels))


def wav_file(audio: bytes | bytearray, channels: int) -> bytearray:
    """Return audio as a WAV file in one buffer, for the caller to overwrite: no other copy is made on the way."""
    header = wav_header(len(audio), channels)
    file = bytearray(len(header) + len(audio))
    file[: len(header)] = header
    file[len(header) :] = audio
    return file


def wav_header(size: int, channels: int) -> bytes:
    """Return what stands before `size` bytes of audio in a WAV file; it is as long for any size."""
    empty = io.BytesIO()
    with wave.open(empty, "wb") as writer:
        writer.setnchannels(channels)
        writer.setsampwidth(_WIDTH)
        writer.setframerate(RATE)
        writer.writeframes(b"")
    header = bytearray(empty.getvalue())
    header[4:8] = (len(header) + size - 8).to_bytes(4, "little")  # of the file behind this number, and of its audio
    header[-4:] = size.to_bytes(4, "little")
    return bytes(header)


def mp3(audio: bytes | bytearray, channels: int) -> bytes:
    """Return audio as an MP3 file; takes a while: call it in a thread."""
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_bit_rate(_KBIT)
    encoder.set_in_sample_rate(RATE)
    encoder.set_channels(channels)
    encoder.set_quality(_LAME_QUALITY)
    return bytes(encoder.encode(bytes(audio)) + encoder.flush())


def pcm_of(file: bytes, channels: int) -> bytes:
    """Return the audio of a WAV file, 16-bit at 8000 Hz, one channel made two when two are wanted.

    Raises Unreadable for any other file.
    """
    try:
        _check_parts(file)
        with wave.open(io.BytesIO(file), "rb") as reader:
            form = (reader.getframerate(), reader.getsampwidth())
            found = reader.getnchannels()
            audio = reader.readframes(reader.getnframes())
    except (wave.Error, EOFError):
        form, found, audio = (0, 0), 0, b""
    if form != (RATE, _WIDTH) or found not in {1, channels}:
        raise Unreadable(
            "the audio is not a WAV file of a telephone call", advice="Send 16-bit PCM at 8000 Hz, one or two channels."
        )
    if found == channels:
        return audio
    wide, frame = bytearray(len(audio) * channels), _WIDTH * channels
    for at in range(frame):
        wide[at::frame] = audio[at % _WIDTH :: _WIDTH]
    return bytes(wide)


def _check_parts(file: bytes) -> None:
    """Raise wave.Error for a file of very many parts before its audio: each costs time, and may be empty."""
    at = 12
    for _ in range(_MOST_PARTS):
        if file[at : at + 4] == b"data" or at >= len(file):
            return
        size = int.from_bytes(file[at + 4 : at + 8], "little")
        at += 8 + size + size % 2
    raise wave.Error("too many parts")
