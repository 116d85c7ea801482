"""Recognizers that hear nothing themselves: one plays back what a test wrote, the other says what is missing."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path

import msgspec

from privity.errors import Misconfigured, PrivityError, Unavailable, Unreadable
from privity.speech.recognizer import SPEAKERS, AudioBuffer, Health
from privity.speech.transcript import Transcript
from privity.speech.wiping import wiped

Outcome = Transcript | PrivityError


class ScriptedRecognizer:
    """Answers from a script: by the SHA-256 of the audio first, then one outcome a call in the order given.

    Shipped for the tests of whoever uses Privity. An outcome that is an error is raised.
    """

    def __init__(self, known: Mapping[str, Outcome] | None = None, then: Sequence[Outcome] = ()) -> None:
        self._known = dict(known or {})
        self._then = list(then)

    @classmethod
    def of_folder(cls, folder: Path) -> "ScriptedRecognizer":
        """Return a recognizer that knows the transcripts in a folder, each in a file `<sha256 of the audio>.json`."""
        decode = msgspec.json.Decoder(Transcript).decode
        try:
            return cls({file.stem: decode(file.read_bytes()) for file in sorted(folder.glob("*.json"))})
        except (OSError, msgspec.MsgspecError):
            raise Misconfigured(
                "a scripted transcript cannot be read", advice="Check the files in the folder that speech_model names."
            ) from None

    async def transcribe(
        self,
        audio: AudioBuffer,
        *,
        deadline_s: float,  # noqa: ARG002 - a script is instant
        speakers: tuple[str, ...] = SPEAKERS,  # noqa: ARG002 - the script names its speakers
    ) -> Transcript:
        """Return the scripted transcript; raises the scripted error, or Unreadable when the script has nothing."""
        with wiped(audio):
            outcome = self._known.get(sha256(audio).hexdigest()) or (self._then.pop(0) if self._then else None)
        if outcome is None:
            raise Unreadable("the script holds no transcript for this recording")
        if isinstance(outcome, PrivityError):
            raise outcome
        return outcome

    async def health(self) -> Health:
        """Return ready, always."""
        return Health(ready=True, kind="scripted", detail="plays back transcripts that were written before")


class AbsentRecognizer:
    """Stands where no speech recognition is installed: refuses, and says how to get it."""

    _advice = "Install the extra `speech` and set speech_recognizer and speech_model, or send the text of the call."

    async def transcribe(
        self,
        audio: AudioBuffer,
        *,
        deadline_s: float,  # noqa: ARG002 - the refusal is instant
        speakers: tuple[str, ...] = SPEAKERS,  # noqa: ARG002 - nobody is heard
    ) -> Transcript:
        """Raise Unavailable, with the audio wiped."""
        with wiped(audio):
            raise Unavailable("this installation has no speech recognition", advice=self._advice)

    async def health(self) -> Health:
        """Return not ready, with the way to get there."""
        return Health(ready=False, kind="none", detail="no speech recognition is set up", advice=self._advice)
