"""The sequencer as a process of its own: the only one in which signing keys are open.

The child gets its configuration as one line of JSON on stdin and nothing else: an empty environment, no arguments. It
writes `ready` when it has taken over all logs, and `waiting` before that while another sequencer runs. It leaves no
core dump, dies with its parent, and ends on SIGTERM once the batch under way is committed. Errors that it cannot get
over end it; `SupervisedSequencer` starts the next one.
"""

import asyncio
import contextlib
import ctypes
import os
import resource
import signal
import sys
from pathlib import Path
from typing import Self

import msgspec

import privity
from privity import logs
from privity.clock import SystemClock
from privity.errors import LedgerUnavailable, PrivityError
from privity.keys import FileKeyring
from privity.notary.sequencer import Sequencer
from privity.store.database import Database

_READY_WITHIN = 30.0  # seconds; a database that recovers from a crash comes first
_STOPPED_WITHIN = 5.0
_RESTART_AFTER = 0.5
_PR_SET_PDEATHSIG = 1
_SOURCE = str(Path(privity.__file__).resolve().parent.parent)

_log = logs.get("notary")


class SequencerConfig(msgspec.Struct, frozen=True, kw_only=True):
    """What the child is told: the connection string of role `privity_ledger`, the keyring's path, the inbox's key."""

    dsn: str
    keyring: str
    mac_key: bytes
    log_level: str = "info"

    def __repr__(self) -> str:
        return f"<SequencerConfig keyring={self.keyring!r}>"


class SequencerProcess:
    """A running child."""

    def __init__(self, child: asyncio.subprocess.Process) -> None:
        self._child = child

    @property
    def pid(self) -> int:
        """Return its process id."""
        return self._child.pid

    async def wait(self) -> int:
        """Return its exit code once it has ended."""
        return await self._child.wait()

    async def stop(self) -> int:
        """Let it finish its batch, end it, and return its exit code."""
        if self._child.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._child.terminate()
            try:
                async with asyncio.timeout(_STOPPED_WITHIN):
                    await self._child.wait()
            except TimeoutError:
                self._child.kill()
        return await self._child.wait()


async def spawn_sequencer(config: SequencerConfig, *, standby: bool = False) -> SequencerProcess:
    """Return a child that sequences. Call it from the main thread: the child dies with the thread that starts it.

    With `standby` a child is good too that waits for the end of another sequencer, to take its place. Raises
    LedgerUnavailable if it does not become ready within 30 seconds.
    """
    code = f"import sys; sys.path.insert(0, {_SOURCE!r}); from privity.notary.process import main; main({os.getpid()})"
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-I", "-c", code, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, env={}
    )
    process = SequencerProcess(child)
    assert child.stdin is not None
    assert child.stdout is not None
    # A socket's path may lead through a descriptor of this process, which the child has to find from outside.
    told = msgspec.structs.replace(config, dsn=config.dsn.replace("/proc/self/", f"/proc/{os.getpid()}/"))
    try:
        child.stdin.write(msgspec.json.encode(told) + b"\n")
        async with asyncio.timeout(_READY_WITHIN):
            await child.stdin.drain()
            while (ready := await child.stdout.readline()) == b"waiting\n":
                if standby:
                    return process
    except (TimeoutError, ConnectionError):
        ready = b""
    except BaseException:
        await process.stop()
        raise
    if ready != b"ready\n":
        await process.stop()
        raise LedgerUnavailable("The sequencer did not start.", advice="The log of this process says why.")
    return process


class SupervisedSequencer:
    """Keeps one sequencer running while the block runs: `async with SupervisedSequencer(config): …`."""

    def __init__(self, config: SequencerConfig, *, standby: bool = False) -> None:
        self._config = config
        self._standby = standby
        self._process: SequencerProcess | None = None
        self._task: asyncio.Task[None] | None = None

    @property
    def pid(self) -> int | None:
        """Return the process id of the present child, or None between two."""
        return self._process.pid if self._process else None

    async def __aenter__(self) -> Self:
        self._process = await spawn_sequencer(self._config, standby=self._standby)
        self._task = asyncio.create_task(self._supervise(self._process))
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._task is not None
        self._task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._task
        if self._process is not None:
            await self._process.stop()

    async def _supervise(self, process: SequencerProcess) -> None:
        while True:
            exit_code = await process.wait()
            self._process = None
            _log.error("sequencer_died", exit_code=exit_code)
            while self._process is None:
                await asyncio.sleep(_RESTART_AFTER)
                with contextlib.suppress(LedgerUnavailable):
                    process = self._process = await spawn_sequencer(self._config, standby=self._standby)


def forbid_core_dumps() -> None:
    """Keep the memory of this process, and of those it starts, from being dumped anywhere.

    Linux asks no limit before it hands a dump to a program, as where systemd-coredump or apport is told of crashes, but
    takes a limit of one byte for a prohibition; a file of one byte it does not begin.
    """
    _, hard = resource.getrlimit(resource.RLIMIT_CORE)
    most = 1 if sys.platform == "linux" and hard != 0 else 0
    resource.setrlimit(resource.RLIMIT_CORE, (most, most))


def main(parent: int) -> None:
    """Sequence until SIGTERM; exits with the error tree's code."""
    forbid_core_dumps()
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it died before the line above
        sys.exit(1)
    config = msgspec.json.decode(sys.stdin.buffer.readline(), type=SequencerConfig)
    logs.start(level=config.log_level)
    try:
        asyncio.run(_run(config))
    except PrivityError as failure:
        _log.error("sequencer_ended", failure, exit_code=failure.exit_code)
        sys.exit(failure.exit_code)


async def _run(config: SequencerConfig) -> None:
    stopping = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopping.set)
    database = Database(lambda _: config.dsn)
    sequencer = Sequencer(database, FileKeyring(Path(config.keyring)), config.mac_key, SystemClock())
    try:
        await sequencer.run(ready=lambda: _say("ready"), waiting=lambda: _say("waiting"), stopping=stopping)
    finally:
        await database.close()


def _say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()
