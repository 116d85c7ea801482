"""What every recognizer promises: the audio is consumed, and a refusal says what was wrong and nothing else."""

import asyncio
import io
import subprocess
import sys
import wave
from hashlib import sha256
from pathlib import Path

import msgspec
import numpy as np
import pytest

from privity.errors import Misconfigured, PrivityError, TooLarge, Unavailable, Unreadable
from privity.speech import (
    AbsentRecognizer,
    Limits,
    ScriptedRecognizer,
    Segment,
    SpokenWord,
    Transcript,
    open_recognizer,
)
from privity.speech.messages import Failed, Failure
from privity.speech.transcribing import transcribe
from privity.speech.unheard import UNHEARD, with_unheard
from promises import promise

HEARD = Transcript(
    turns=(Segment(speaker="caller", text="my name is Ada"),),
    duration_ms=1000,
    language="en",
)


def wav(seconds: float, *, rate: int = 8000, level: float = 0.0, channels: int = 1) -> bytearray:
    """A recording of a tone, or of silence at level 0."""
    moments = np.arange(int(seconds * rate)) / rate
    samples = (np.sin(moments * 2 * np.pi * 440) * level * 32767).astype(np.int16)
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(np.repeat(samples, channels).tobytes())
    return bytearray(out.getvalue())


async def test_scripted_answers_by_content_then_in_order() -> None:
    known = wav(0.1, level=0.5)
    recognizer = ScriptedRecognizer({sha256(known).hexdigest(): HEARD}, then=[Unreadable("no"), HEARD])
    assert await recognizer.transcribe(known, deadline_s=1) == HEARD
    with pytest.raises(Unreadable):
        await recognizer.transcribe(bytearray(b"one"), deadline_s=1)
    assert await recognizer.transcribe(bytearray(b"two"), deadline_s=1) == HEARD
    with pytest.raises(Unreadable):
        await recognizer.transcribe(bytearray(b"three"), deadline_s=1)


async def test_scripts_can_lie_in_a_folder(tmp_path: Path) -> None:
    audio = wav(0.1)
    (tmp_path / f"{sha256(audio).hexdigest()}.json").write_bytes(msgspec.json.encode(HEARD))
    recognizer = open_recognizer("scripted", tmp_path)
    assert await recognizer.transcribe(audio, deadline_s=1) == HEARD
    (tmp_path / "broken.json").write_text("{")
    with pytest.raises(Misconfigured):
        open_recognizer("scripted", tmp_path)


@promise("E28", sabotage="speech_keeps_audio")
@pytest.mark.parametrize("outcome", [HEARD, Unreadable("no")])
async def test_audio_is_zero_after_success_and_after_failure(outcome: Transcript | PrivityError) -> None:
    audio = wav(0.1, level=0.5)
    recognizer = ScriptedRecognizer(then=[outcome])
    if isinstance(outcome, PrivityError):
        with pytest.raises(type(outcome)):
            await recognizer.transcribe(audio, deadline_s=1)
    else:
        await recognizer.transcribe(audio, deadline_s=1)
    assert len(audio) > 0
    assert not any(audio)


async def test_without_speech_audio_is_refused_with_advice() -> None:
    audio = wav(0.1, level=0.5)
    with pytest.raises(Unavailable) as refused:
        await AbsentRecognizer().transcribe(audio, deadline_s=1)
    assert "speech" in refused.value.advice
    assert not any(audio)
    assert not (await AbsentRecognizer().health()).ready


@promise("B11")
def test_transcripts_show_sizes_only() -> None:
    assert "Ada" not in repr(HEARD)
    assert "Ada" not in repr(HEARD.turns[0])


def test_a_model_folder_is_needed(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured):
        open_recognizer("faster_whisper", tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("audio", "error"),
    [
        pytest.param(b"", Unreadable, id="empty"),
        pytest.param(b"MZ not audio at all", Unreadable, id="not audio"),
        pytest.param(b"RIFF\x00\x00\x00\x00AVI ", Unreadable, id="another RIFF"),
        pytest.param(bytes(wav(0.1)) + bytes(2000), TooLarge, id="too many bytes"),
    ],
)
async def test_what_needs_no_decoder_is_refused_before_a_child_starts(
    tmp_path: Path, audio: bytes, error: type[PrivityError], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def no_child(*_: object, **__: object) -> None:
        raise AssertionError("a child was started")

    monkeypatch.setattr(asyncio, "create_subprocess_exec", no_child)
    recognizer = open_recognizer("faster_whisper", tmp_path, limits=Limits(max_bytes=3000))
    held = bytearray(audio)
    with pytest.raises(error):
        await recognizer.transcribe(held, deadline_s=1)
    assert not any(held)


def word(start_ms: int, end_ms: int) -> SpokenWord:
    return SpokenWord(text="word", start_ms=start_ms, end_ms=end_ms, confidence=0.9)


@pytest.mark.parametrize(
    ("words", "marked"),
    [
        ([], [(0, 9_000)]),
        ([word(100, 9_200)], []),
        ([word(-200, 500), word(1_400, 2_000), word(2_000, 8_100)], []),
        ([word(0, 3_000), word(6_000, 9_000)], [(3_000, 6_000)]),
        ([word(2_000, 6_000), word(3_000, 4_000)], [(0, 2_000), (6_000, 9_000)]),
    ],
)
def test_voice_without_words_is_marked_where_it_stands(words: list[SpokenWord], marked: list[tuple[int, int]]) -> None:
    found = with_unheard(words, 0, 9_000)
    assert [each for each in found if each.text == "word"] == words
    unheard = [each for each in found if each.text == UNHEARD]
    assert [(each.start_ms, each.end_ms) for each in unheard] == marked
    assert {each.confidence for each in unheard} <= {0.0}
    assert [each.start_ms for each in found] == sorted(each.start_ms for each in found)


class Deaf:
    """Hears a voice and no word of it, but for one in its first recording."""

    language: str | None = None

    def __init__(self, *words: SpokenWord) -> None:
        self.heard = list(words)

    def words(self, _samples: object) -> list[SpokenWord]:
        return with_unheard(self.heard, 0, 2_000)


@pytest.mark.parametrize("channels", [1, 2, 3, 8])
def test_every_channel_is_its_own_row(channels: int) -> None:
    pytest.importorskip("av", reason="the extra `speech` is not installed")
    from privity.speech.decoding import RATE, blocks

    samples = np.repeat(np.arange(1, channels + 1, dtype=np.int16)[None, :] * 1000, 8000, axis=0)
    recording = io.BytesIO(wav(1, channels=channels)[:44] + samples.tobytes())
    [block] = [each.copy() for each in blocks(recording, Limits())]
    assert block.shape == (channels, RATE)
    middle = block[:, RATE // 4 : -RATE // 4]
    assert [round(int(row.mean()), -3) for row in middle] == [1000 * number for number in range(1, channels + 1)]
    assert middle.std(axis=1).max() < 10


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux takes system calls away")
def test_whoever_is_confined_leaves_nothing_on_files_that_are_there(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"as it was")
    before = file.stat()
    tried = """
import ctypes, os, sys
from privity.speech.confinement import confine
path = sys.argv[1]
confine(os.getppid(), 1)
for act in (
    lambda: os.setxattr(path, "user.told", b"spoken words"),
    lambda: os.utime(path, (1, 1)),
    lambda: os.chown(path, os.getuid(), os.getgid()),
    lambda: os.chmod(path, 0o777),
):
    try:
        act()
    except PermissionError:
        continue
    sys.exit("something was left")
if ctypes.CDLL(None).msgget(0, 0o1600) != -1:
    sys.exit("a queue was opened")
print("nothing")
"""
    done = subprocess.run(
        [sys.executable, "-c", tried, str(file)], capture_output=True, text=True, timeout=30, check=False
    )
    assert (done.stdout, done.stderr) == ("nothing\n", "")
    assert (file.stat().st_mode, file.stat().st_mtime_ns) == (before.st_mode, before.st_mtime_ns)


def test_a_recording_of_which_no_word_is_heard_is_refused() -> None:
    recording = io.BytesIO(bytes(wav(2.5, level=0.5)))
    with pytest.raises(Failed) as failed:
        transcribe(recording, Deaf(), Limits(), ())
    assert failed.value.failure is Failure.SILENT
    recording.seek(0)
    [turn] = transcribe(recording, Deaf(word(0, 300)), Limits(), ()).turns
    assert turn.text == f"word {UNHEARD}"
