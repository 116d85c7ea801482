"""Speech: recordings in memory become text, in child processes without keys, environment or network.

`open_recognizer(kind, model_dir)` gives the recognizer that an installation chose:

- `none` refuses and says how to get speech recognition;
- `faster_whisper` runs the operator's model in a child process, one a recording;
- `scripted` plays back transcripts, for tests.

A recognizer consumes its audio: afterwards the buffer holds zeros. What it returns is plaintext of the conversation, as
it was said; to hide what may not be kept is the work of `redact`.
"""

from pathlib import Path

from privity.errors import Misconfigured
from privity.speech.recognizer import SPEAKERS, AudioBuffer, Health, Limits, Recognizer, RecognizerKind
from privity.speech.scripted import AbsentRecognizer, ScriptedRecognizer
from privity.speech.transcript import Segment, SpokenWord, Transcript
from privity.speech.wiping import wipe, wiped

__all__ = [
    "SPEAKERS",
    "AbsentRecognizer",
    "AudioBuffer",
    "Health",
    "Limits",
    "Recognizer",
    "RecognizerKind",
    "ScriptedRecognizer",
    "Segment",
    "SpokenWord",
    "Transcript",
    "open_recognizer",
    "wipe",
    "wiped",
]


def open_recognizer(kind: RecognizerKind, model_dir: Path | None = None, *, limits: Limits | None = None) -> Recognizer:
    """Return the recognizer of this kind; `model_dir` holds its weights (`model.bin` and its companions).

    Raises Misconfigured when the kind needs a model folder and there is none.
    """
    if kind == "none":
        return AbsentRecognizer()
    if model_dir is None or not model_dir.is_dir():
        raise Misconfigured(
            "speech_model does not name a folder", advice="Set speech_model to the folder that holds model.bin."
        )
    if kind == "scripted":
        return ScriptedRecognizer.of_folder(model_dir)
    from privity.speech.whisper import WhisperRecognizer  # noqa: PLC0415 - starts no child unless it is chosen

    return WhisperRecognizer(model_dir, limits=limits or Limits())
