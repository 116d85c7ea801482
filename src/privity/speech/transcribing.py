"""From the bytes of a recording to its transcript, inside the child: decode, hear each track, put in turns.

Whatever held samples is zeroed when the work ends, with or without a transcript.
"""

import io
import wave
from contextlib import suppress
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from privity.speech.decoding import RATE, Samples, blocks
from privity.speech.messages import Failed, Failure
from privity.speech.recognizer import Limits
from privity.speech.transcript import SpokenWord, Transcript
from privity.speech.turns import Utterance, in_turns, utterances
from privity.speech.unheard import is_heard
from privity.speech.voices import pitch, two_voices

_SAME_CHANNELS = 0.05


class Hearing(Protocol):
    """Hears words in samples at 16 kHz; `Listener` is the one that is used."""

    language: str | None

    def words(self, samples: NDArray[np.float32]) -> list[SpokenWord]:
        """Return the words, with times from the start of the samples."""
        ...


def transcribe(source: io.BytesIO, hearing: Hearing, limits: Limits, speakers: tuple[str, ...]) -> Transcript:
    """Return what was said in the recording that `source` holds.

    Raises Failed when it cannot be decoded, is beyond the limits, or nobody speaks in it.
    """
    channels: list[list[tuple[list[SpokenWord], float | None]]] = []
    one_track: bool | None = None
    offset = 0
    for block in blocks(source, limits):
        if one_track is None and block.any():
            one_track = _is_one_track(block)
        tracks = block[:1] if one_track else block
        channels.extend([] for _ in range(len(tracks) - len(channels)))
        for heard, track in zip(channels, tracks, strict=False):
            samples = track.astype(np.float32) / 32768
            try:
                for spoken in utterances(hearing.words(samples)):
                    part = samples[spoken[0].start_ms * RATE // 1000 : spoken[-1].end_ms * RATE // 1000]
                    shifted = [_shifted(word, offset * 1000 // RATE) for word in spoken]
                    heard.append((shifted, pitch(part, RATE) if one_track else None))
            finally:
                samples.fill(0)
        offset += block.shape[1]
    turns = in_turns(_named(channels, speakers))
    if not any(is_heard(turn.words) for turn in turns):
        raise Failed(Failure.SILENT)
    return Transcript(turns=turns, duration_ms=offset * 1000 // RATE, language=hearing.language or "en")


def rehearse(hearing: Hearing) -> None:
    """Go the whole way once with two seconds of noise, so that nothing is left for a library to open lazily."""
    noise = np.random.default_rng(0).normal(0, 0.05, 2 * RATE).astype(np.float32)
    recording = io.BytesIO()
    with wave.open(recording, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE // 2)
        file.writeframes((noise * 32767).astype(np.int16).tobytes())
    with suppress(Failed):  # nobody speaks in it
        transcribe(recording, hearing, Limits(), ())
    pitch(noise, RATE)
    two_voices([40.0, 40.0, 50.0, 50.0])


def _is_one_track(block: Samples) -> bool:
    """Return whether all channels carry the same sound, so that it would be heard twice."""
    levels = block.astype(np.float32)
    loudest = float(np.square(levels).mean(axis=1).max())
    apart = float(np.square(levels - levels[0]).mean(axis=1).max())
    return apart <= _SAME_CHANNELS**2 * loudest


def _named(channels: list[list[tuple[list[SpokenWord], float | None]]], speakers: tuple[str, ...]) -> list[Utterance]:
    """Return every utterance with its speaker: the channel's, or on a single track the voice's."""
    if len(channels) == 1:
        heard = channels[0]
        voices = two_voices([tone for _, tone in heard])
        return [
            ("speaker" if voices is None else f"speaker {voices[i] + 1}", words) for i, (words, _) in enumerate(heard)
        ]
    return [
        (speakers[i] if i < len(speakers) else f"speaker {i + 1}", words)
        for i, heard in enumerate(channels)
        for words, _ in heard
    ]


def _shifted(word: SpokenWord, by_ms: int) -> SpokenWord:
    return SpokenWord(
        text=word.text, start_ms=word.start_ms + by_ms, end_ms=word.end_ms + by_ms, confidence=word.confidence
    )
