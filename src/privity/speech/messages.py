"""What parent and child say to each other: frames of an eight-byte length and a payload, over two pipes.

parent → child   a Job, then (only after Ready) the audio
child → parent   Ready once nothing can be opened any more, then a Heard, or a Failed at any time

A child that was taken over by a crafted recording must not be able to put content into an error message, so it can only
name one of the failures below; the words are the parent's.
"""

from enum import StrEnum

import msgspec

from privity.errors import PrivityError, TooLarge, Unavailable, Unreadable
from privity.speech.recognizer import Limits
from privity.speech.transcript import Transcript

LENGTH_BYTES = 8
LARGEST_REPLY = 64 * 1024 * 1024
"""Three hours of eight people talking at once stay below this many bytes of JSON."""


class Failure(StrEnum):
    """Why no transcript came of a recording."""

    EMPTY = "empty"
    NOT_AUDIO = "not_audio"
    TRUNCATED = "truncated"
    DAMAGED = "damaged"
    SILENT = "silent"
    TOO_LONG = "too_long"
    TOO_MANY_BYTES = "too_many_bytes"
    TOO_MANY_CHANNELS = "too_many_channels"
    DECODER_CRASHED = "decoder_crashed"
    NO_MODEL = "no_model"
    STOPPED = "stopped"
    LATE = "late"

    def error(self) -> PrivityError:
        """Return the error that tells a person of this failure."""
        kind, message, advice = _WORDS[self]
        return kind(message, advice=advice)


class Failed(Exception):
    """Ends the work on a recording inside the child; holds nothing of it."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.value)
        self.failure = failure


class Job(msgspec.Struct, frozen=True, kw_only=True, tag="job"):
    """What a child needs to know before the audio comes."""

    model_dir: str
    parent_pid: int
    threads: int
    limits: Limits
    speakers: tuple[str, ...]


class Confinement(msgspec.Struct, frozen=True, kw_only=True):
    """What keeps a child from doing anything but answering, as far as this machine allows."""

    network: str
    files: str
    memory: str
    user: str

    def __str__(self) -> str:
        return f"network: {self.network}; files: {self.files}; memory: {self.memory}; user: {self.user}"


class Ready(msgspec.Struct, frozen=True, kw_only=True, tag="ready"):
    """The model is loaded and the doors are closed: the audio may come."""

    confinement: Confinement


class Heard(msgspec.Struct, frozen=True, kw_only=True, tag="heard"):
    """The transcript."""

    transcript: Transcript


class Gave(msgspec.Struct, frozen=True, kw_only=True, tag="failed"):
    """The child gave up on the recording."""

    failure: Failure


Reply = Ready | Heard | Gave

_RESEND = "Send the recording again as wav, mp3, flac or ogg."
_WORDS: dict[Failure, tuple[type[PrivityError], str, str]] = {
    Failure.EMPTY: (Unreadable, "the recording holds no audio", _RESEND),
    Failure.NOT_AUDIO: (Unreadable, "this is not audio in a format that is read here", _RESEND),
    Failure.TRUNCATED: (Unreadable, "the recording breaks off before its end", "Send the complete recording."),
    Failure.DAMAGED: (Unreadable, "parts of the recording cannot be decoded", _RESEND),
    Failure.SILENT: (Unreadable, "nobody speaks in the recording", "Check that the right channels were recorded."),
    Failure.TOO_LONG: (TooLarge, "the recording is longer than this installation takes", "Send it in parts."),
    Failure.TOO_MANY_BYTES: (TooLarge, "the recording has more bytes than this installation takes", "Send it as flac."),
    Failure.TOO_MANY_CHANNELS: (TooLarge, "the recording has too many channels", "Send one channel for each speaker."),
    Failure.DECODER_CRASHED: (Unreadable, "the decoder crashed on this recording", _RESEND),
    Failure.NO_MODEL: (
        Unavailable,
        "the speech model could not be loaded",
        "Install the extra `speech`, check the folder that speech_model names, and run `privity doctor`.",
    ),
    Failure.STOPPED: (Unavailable, "the recognizer was stopped while it worked", "Ask again; nothing was lost."),
    Failure.LATE: (Unavailable, "the recognizer did not finish in time", "Ask again, or raise speech.deadline."),
}
