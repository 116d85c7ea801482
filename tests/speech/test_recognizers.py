"""What every recognizer promises: the audio is consumed, and a refusal says what was wrong and nothing else."""

import asyncio
import io
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
    Transcript,
    open_recognizer,
)
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
