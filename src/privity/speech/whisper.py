"""The recognizer that runs the operator's Whisper model in a child process, one child a recording.

The parent never decodes. It looks at the first bytes, starts a child with an empty environment in a session of its own,
waits until the child has confined itself, hands the audio over a pipe, and reads the transcript from another. However
the work ends, both the audio and the answer are zeroed here and the child is gone.
"""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from importlib.util import find_spec
from pathlib import Path

import msgspec

import privity
from privity.errors import PrivityError, Unavailable
from privity.speech.containers import container_of
from privity.speech.messages import LARGEST_REPLY, Confinement, Failure, Gave, Heard, Job, Ready, Reply
from privity.speech.pipes import PipeClosed, receive, send
from privity.speech.recognizer import SPEAKERS, AudioBuffer, Health, Limits
from privity.speech.transcript import Transcript
from privity.speech.wiping import wiped

_START = "import sys; sys.path.insert(0, sys.argv[1]); from privity.speech.child import main; main()"
_SOURCES = str(Path(privity.__file__).parent.parent)
_CRASHES = {signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS, signal.SIGFPE, signal.SIGILL, signal.SIGSYS, signal.SIGTRAP}
_START_DEADLINE_S = 60.0


class WhisperRecognizer:
    """Hears with the Whisper model in a folder (CTranslate2 format); nothing is downloaded, nothing leaves."""

    def __init__(self, model_dir: Path, *, limits: Limits, threads: int | None = None) -> None:
        self._model_dir = model_dir
        self._limits = limits
        self._threads = threads or min(4, os.cpu_count() or 1)
        self._confinement: Confinement | None = None

    async def transcribe(
        self, audio: AudioBuffer, *, deadline_s: float, speakers: tuple[str, ...] = SPEAKERS
    ) -> Transcript:
        """Return what was said; see `Recognizer.transcribe`."""
        with wiped(audio):
            self._check(audio)
            try:
                async with asyncio.timeout(deadline_s), _child(self._job(speakers)) as child:
                    await child.ready()
                    return await child.hear(audio)
            except TimeoutError:
                raise Failure.LATE.error() from None

    async def health(self) -> Health:
        """Return whether a child starts and loads the model, and how it is confined; asked once, then remembered."""
        if find_spec("faster_whisper") is None:
            return Health(
                ready=False,
                kind="faster_whisper",
                detail="the package faster-whisper is not installed",
                advice="Install the extra `speech`.",
            )
        if self._confinement is None:
            try:
                async with asyncio.timeout(_START_DEADLINE_S), _child(self._job(SPEAKERS)) as child:
                    self._confinement = await child.ready()
            except (PrivityError, TimeoutError) as error:
                failed = error if isinstance(error, PrivityError) else Failure.LATE.error()
                return Health(ready=False, kind="faster_whisper", detail=failed.message, advice=failed.advice)
        return Health(ready=True, kind="faster_whisper", detail=f"child process: {self._confinement}")

    def _check(self, audio: AudioBuffer) -> None:
        """Raise what can be known without a decoder."""
        if len(audio) == 0:
            raise Failure.EMPTY.error()
        if len(audio) > self._limits.max_bytes:
            raise Failure.TOO_MANY_BYTES.error()
        if container_of(audio) is None:
            raise Failure.NOT_AUDIO.error()

    def _job(self, speakers: tuple[str, ...]) -> Job:
        return Job(
            model_dir=str(self._model_dir.resolve()),
            parent_pid=os.getpid(),
            threads=self._threads,
            limits=self._limits,
            speakers=speakers,
        )


class _Child:
    """A running child and the two pipes to it."""

    def __init__(self, process: asyncio.subprocess.Process, job: Job, to_child: int, from_child: int) -> None:
        self._process = process
        self._job = job
        self._to_child = to_child
        self._from_child = from_child
        self._given = False

    async def ready(self) -> Confinement:
        """Return how the child confined itself, once it has loaded the model."""
        answer = await self._ask(msgspec.json.encode(self._job))
        if not isinstance(answer, Ready):
            raise Failure.STOPPED.error()
        return answer.confinement

    async def hear(self, audio: AudioBuffer) -> Transcript:
        """Give the child the audio and return its transcript."""
        self._given = True
        answer = await self._ask(audio)
        if not isinstance(answer, Heard):
            raise Failure.STOPPED.error()
        return answer.transcript

    async def _ask(self, payload: bytes | AudioBuffer) -> Reply:
        try:
            await send(self._to_child, payload)
            frame = await receive(self._from_child, most=LARGEST_REPLY)
        except PipeClosed:
            raise (await self._why_it_ended()).error() from None
        with wiped(frame):
            try:
                reply: Reply = msgspec.json.decode(frame, type=Reply)
            except msgspec.MsgspecError:
                raise Failure.STOPPED.error() from None
        if isinstance(reply, Gave):
            raise reply.failure.error()
        return reply

    async def _why_it_ended(self) -> Failure:
        """Tell a decoder that crashed on its input from a child that somebody killed or that never started."""
        code = await self._process.wait()
        if self._given:
            return Failure.DECODER_CRASHED if code > 0 or -code in _CRASHES else Failure.STOPPED
        return Failure.STOPPED if code == -signal.SIGKILL else Failure.NO_MODEL


@asynccontextmanager
async def _child(job: Job) -> AsyncIterator[_Child]:
    """Run a child for the length of the block; afterwards it and all its threads are gone and reaped."""
    its_input, to_child = os.pipe()
    from_child, its_output = os.pipe()
    try:
        try:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-I", "-B", "-c", _START, _SOURCES,
                stdin=its_input, stdout=its_output, stderr=subprocess.DEVNULL,
                env={}, cwd="/", start_new_session=True,
            )  # fmt: skip
        except OSError:
            raise Unavailable(
                "the speech process could not be started", advice="Check the limits on processes and memory."
            ) from None
        finally:
            os.close(its_input)
            os.close(its_output)
        try:
            os.set_blocking(to_child, False)
            os.set_blocking(from_child, False)
            yield _Child(process, job, to_child, from_child)
        finally:
            with suppress(ProcessLookupError):
                process.kill()
            await asyncio.shield(process.wait())
    finally:
        os.close(to_child)
        os.close(from_child)
