"""The contract of everything that turns a recording into text.

A recognizer consumes the audio it is given: when `transcribe` returns or raises, for whatever reason, the buffer holds
zeros. The caller needs no second copy, because the recording stands sealed in the store until the work is done.
"""

from typing import Literal, Protocol

import msgspec

from privity.speech.transcript import Transcript

AudioBuffer = bytearray | memoryview
"""Memory that can be overwritten in place, which `bytes` cannot."""

RecognizerKind = Literal["none", "scripted", "faster_whisper"]

SPEAKERS = ("agent", "caller")
"""Who speaks on the channels of a two-channel call, in order, as contact centres record it."""


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """The longest and largest recording that is taken: three hours, 512 MiB, eight channels."""

    max_duration_s: int = 3 * 60 * 60
    max_bytes: int = 512 * 1024 * 1024
    max_channels: int = 8


class Health(msgspec.Struct, frozen=True, kw_only=True):
    """Whether a recognizer can work, in a sentence, and what to do when it cannot."""

    ready: bool
    kind: str
    detail: str
    advice: str = ""


class Recognizer(Protocol):
    """Turns a recording in memory into a transcript."""

    async def transcribe(
        self, audio: AudioBuffer, *, deadline_s: float, speakers: tuple[str, ...] = SPEAKERS
    ) -> Transcript:
        """Return what was said; the buffer holds zeros afterwards, also when this raises.

        `audio` is a whole file (wav, mp3, flac, ogg). Each channel of a file with several is one speaker, named by
        `speakers` in the order of the channels.

        Raises Unreadable for what cannot be decoded or holds no speech, TooLarge beyond the limits, and Unavailable
        when the recognizer is missing, was stopped, or needed more than `deadline_s` seconds.
        """
        ...

    async def health(self) -> Health:
        """Return whether the recognizer can work now, and what to do when it cannot."""
        ...
