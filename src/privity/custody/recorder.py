"""The recording of one live call, as a machine: off → announced → consented → recording ⇄ paused → stopped.

It is pure: audio goes in, what may be kept comes out. Nothing is kept before consent, but for the announcement where
the law wants that recorded. People ask to pause a moment after something delicate has begun, so the last second is held
back and falls into the pause. What was stopped never resumes.

Audio is 16-bit PCM at 8000 Hz, interleaved; times are milliseconds of the call.
"""

from enum import StrEnum
from typing import Final

import msgspec

from privity.errors import Conflict

RATE: Final = 8000
GUARD_MS: Final = 1000
_BYTES_PER_MS: Final = RATE * 2 // 1000


class State(StrEnum):
    """Where a recording stands; `absent` is one whose audio was lost, or erased by a refusal."""

    ANNOUNCED = "announced"
    CONSENTED = "consented"
    RECORDING = "recording"
    PAUSED = "paused"
    STOPPED = "stopped"
    ABSENT = "absent"


class Pausing(StrEnum):
    """What a pause leaves in the recording: silence of its length, or nothing."""

    SILENCE = "silence"
    SKIP = "skip"


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """A state that was entered: at which millisecond of the call and of the recording, by whom, and how."""

    state: State
    call_ms: int
    file_ms: int
    by: str
    how: str = ""


class Recorder:
    """Takes the audio of one call; `channels` is 1 or 2."""

    def __init__(self, channels: int, *, at_ms: int, by: str, how: str = "") -> None:
        self.channels = channels
        self.state = State.ANNOUNCED
        self.timeline: list[Event] = []
        self._frame = channels * _BYTES_PER_MS
        self._call_ms = at_ms
        self._written = 0  # bytes that have left the recorder
        self._held = bytearray()
        self._pausing = Pausing.SILENCE
        self._steps: set[str] = set()
        self._paused_by_step = False
        self._was_paused = False
        self._enter(State.ANNOUNCED, by, how)

    @property
    def file_ms(self) -> int:
        """How long the recording is so far."""
        return (self._written + len(self._held)) // self._frame

    def consent(self, by: str, how: str, opening: bytes = b"") -> bytes:
        """Note that whoever has to has agreed, and record from here on; returns what may be written.

        `opening` is the announcement, where it has to be part of the recording. What was paused before stays paused,
        and so does what a step keeps paused.
        """
        if self.state is not State.ANNOUNCED:
            raise Conflict("consent was given already", advice="Go on.")
        self._enter(State.CONSENTED, by, how)
        written = self._count(opening)
        self._enter(State.RECORDING, by)
        if self._steps or self._was_paused:
            self.pause(by, self._pausing)
            self._paused_by_step = not self._was_paused
            self._was_paused = False
        return written

    def suspend(self, by: str, how: str) -> None:
        """Keep nothing until there is consent again, because somebody joined; the second that is held back is lost."""
        if self.state is State.STOPPED:
            raise Conflict("the recording has been stopped", advice="A stopped recording never resumes.")
        self._was_paused = self._was_paused or (self.state is State.PAUSED and not self._paused_by_step)
        self._forget()
        self._enter(State.ANNOUNCED, by, how)

    def feed(self, audio: bytes) -> bytes:
        """Take audio of the call and return what may be written now."""
        self._call_ms += len(audio) // self._frame
        if self.state is State.RECORDING:
            self._held += audio
            return self._release(len(self._held) - GUARD_MS * self._frame)
        if self.state is State.PAUSED and self._pausing is Pausing.SILENCE:
            return self._count(bytes(len(audio)))
        return b""

    def pause(self, by: str, pausing: Pausing) -> bytes:
        """Keep nothing from here on, nor of the second before; returns what may be written."""
        self._expect(State.RECORDING, "paused")
        lost = self._forget()
        self._pausing = pausing
        # The pause begins where the second that is lost began.
        self.timeline.append(
            Event(
                state=State.PAUSED,
                call_ms=self._call_ms - lost // self._frame,
                file_ms=self._written // self._frame,
                by=by,
                how=pausing,
            )
        )
        self.state = State.PAUSED
        return self._count(bytes(lost)) if pausing is Pausing.SILENCE else b""

    def resume(self, by: str) -> None:
        """Record again, because somebody said so: no pause ends by itself."""
        if self._steps:
            raise Conflict("a delicate step goes on", advice="It resumes when the step has ended.")
        self._expect(State.PAUSED, "resumed")
        self._enter(State.RECORDING, by)

    def begin_step(self, name: str, by: str) -> bytes:
        """Pause because something delicate begins, such as a payment; returns what may be written."""
        self._steps.add(name)
        if self.state is not State.RECORDING:
            return b""
        self._paused_by_step = True
        return self.pause(by, Pausing.SILENCE)

    def end_step(self, name: str, by: str) -> None:
        """Resume when the last step has ended, if it was a step that paused: a pause by hand ends by hand."""
        self._steps.discard(name)
        if not self._steps and self._paused_by_step:
            self._paused_by_step = False
            if self.state is State.PAUSED:
                self._enter(State.RECORDING, by, f"{name} ended")

    def close_again(self, before: State, by: str) -> bytes:
        """Keep nothing again, because what opened the recording came to nothing; returns what may be written.

        `before` is the state that it was in then.
        """
        if self.state is not State.RECORDING or before is State.RECORDING:
            return b""
        if before is State.PAUSED:
            return self.pause(by, self._pausing)
        self.suspend(by, "what opened it was not written down")
        return b""

    def stop(self, by: str) -> bytes:
        """End the recording for good; returns the last that may be written."""
        if self.state is State.STOPPED:
            raise Conflict("the recording has been stopped", advice="A stopped recording never resumes.")
        last = self._release(len(self._held))
        self._enter(State.STOPPED, by)
        return last

    def refuse(self, by: str, how: str) -> None:
        """End the recording for good because somebody does not agree; what was held back is lost."""
        self._forget()
        self._enter(State.STOPPED, by, how)

    def _forget(self) -> int:
        lost = len(self._held)
        self._held[:] = bytes(lost)
        self._held.clear()
        return lost

    def _expect(self, state: State, verb: str) -> None:
        if self.state is State.STOPPED:
            raise Conflict("the recording has been stopped", advice="A stopped recording never resumes.")
        if self.state is not state:
            raise Conflict(f"the recording cannot be {verb} now", advice=f"It is {self.state}.")

    def _enter(self, state: State, by: str, how: str = "") -> None:
        self.state = state
        self.timeline.append(Event(state=state, call_ms=self._call_ms, file_ms=self.file_ms, by=by, how=how))

    def _release(self, size: int) -> bytes:
        size = max(0, size)
        ready = bytes(self._held[:size])
        del self._held[:size]
        return self._count(ready)

    def _count(self, ready: bytes) -> bytes:
        self._written += len(ready)
        return ready


def pauses_of(timeline: list[Event]) -> list[tuple[int, int]]:
    """Return the spans of the recording, in its own milliseconds, that stand for pauses kept as silence."""
    spans: list[tuple[int, int]] = []
    began: int | None = None
    for event in timeline:
        if event.state is State.PAUSED:
            began = event.file_ms
        elif began is not None:
            spans.append((began, event.file_ms))
            began = None
    return spans
