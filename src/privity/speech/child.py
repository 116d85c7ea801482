"""The child process: one recording in, one transcript out, then it is gone.

It is started with an empty environment and two pipes. It confines itself, loads the model, closes the doors behind
itself, says Ready, and only then is given the audio. What it held is zeroed before it exits, whatever happened.
"""

import io
import os
import sys
from typing import NoReturn

import msgspec

from privity.speech.confinement import close_doors, confine
from privity.speech.messages import (
    LENGTH_BYTES,
    Confinement,
    Failed,
    Failure,
    Gave,
    Heard,
    Job,
    Ready,
    Reply,
)
from privity.speech.wiping import wipe, wiped

_IN, _OUT = 0, 1


def main() -> NoReturn:
    """Serve the one job on standard input and end the process."""
    job = msgspec.json.decode(_receive().getbuffer(), type=Job)
    confinement = confine(job.parent_pid, job.threads)
    try:
        _answer(_serve(job, confinement))
    except Failed as failed:
        _answer(Gave(failure=failed.failure))
    os._exit(0)  # no clean-up code of any library runs


def _serve(job: Job, confinement: Confinement) -> Reply:
    try:
        from pathlib import Path  # noqa: PLC0415 - the same reason as for the two below

        from privity.speech.hearing import Listener  # noqa: PLC0415 - reads the environment: only after `confine`
        from privity.speech.transcribing import rehearse, transcribe  # noqa: PLC0415 - likewise
    except ImportError:
        raise Failed(Failure.NO_MODEL) from None
    listener = Listener(Path(job.model_dir), job.threads)
    listener.warm()
    rehearse(listener)
    _answer(Ready(confinement=close_doors(job.parent_pid, confinement)))
    audio = _receive()
    try:
        return Heard(transcript=transcribe(audio, listener, job.limits, job.speakers))
    except MemoryError:
        raise Failed(Failure.STOPPED) from None
    finally:
        with audio.getbuffer() as held:
            wipe(held)


def _receive() -> io.BytesIO:
    """Return the next frame, in memory that can be overwritten; ends the process when the parent is gone."""
    length = int.from_bytes(_read(LENGTH_BYTES).getbuffer())
    return _read(length)


def _read(length: int) -> io.BytesIO:
    frame = io.BytesIO(bytes(length))
    with frame.getbuffer() as view:
        got = 0
        while got < length:
            count = os.readv(_IN, [view[got:]])
            if count == 0:
                sys.exit(0)
            got += count
    return frame


def _answer(reply: Reply) -> None:
    """Send a frame and zero it."""
    frame = bytearray(LENGTH_BYTES)
    with wiped(frame):
        msgspec.json.Encoder().encode_into(reply, frame, LENGTH_BYTES)
        frame[:LENGTH_BYTES] = (len(frame) - LENGTH_BYTES).to_bytes(LENGTH_BYTES)
        with memoryview(frame) as view:
            sent = 0
            while sent < len(view):
                sent += os.write(_OUT, view[sent:])
