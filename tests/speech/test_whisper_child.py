"""The child process that hears: confined, alone with the recording, gone afterwards; with the real model."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest
from test_recognizers import wav

from privity.errors import PrivityError, TooLarge, Unavailable, Unreadable
from privity.redact import Redactor, Turn
from privity.speech import Limits, open_recognizer
from privity.speech.recognizer import Recognizer
from promises import promise

DEMO = Path(__file__).parents[2] / "demo"
sys.path.insert(0, str(DEMO))

pytestmark = pytest.mark.slow

_STARTER = """#!{python} -IS
import os, sys
files = ["/proc/self/fd/" + name for name in os.listdir("/proc/self/fd")]
told = [os.readlink(name) for name in files if os.path.lexists(name)]  # the list's own is closed by now
with open("/proc/self/environ") as environment, open("{began}", "w") as file:
    print(environment.read(), *told, sep="|", end="", file=file)
os.execv("{python}", ["{python}", *sys.argv[1:]])
"""


@pytest.fixture(scope="module")
def model() -> Path:
    pytest.importorskip("faster_whisper", reason="the extra `speech` is not installed")
    weights = import_module("weights")

    folder: Path = weights.weights()
    return folder


@pytest.fixture
def recognizer(model: Path) -> Recognizer:
    return open_recognizer("faster_whisper", model)


def children() -> set[int]:
    """Process ids of living children of this process."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[1]) == os.getpid() and fields[0] != "Z":
            found.add(int(stat.parent.name))
    return found


async def when_started(do: Callable[[int], None], before: set[int]) -> None:
    """Do something to the new child once it has the recording in memory."""
    for _ in range(600):
        if new := children() - before:
            await asyncio.sleep(2.5)
            do(new.pop())
            return
        await asyncio.sleep(0.05)
    raise AssertionError("no child was started")


async def test_the_demo_call_is_heard_and_everything_in_it_hidden(recognizer: Recognizer) -> None:
    transcript = await recognizer.transcribe(bytearray((DEMO / "call.flac").read_bytes()), deadline_s=120)
    assert {turn.speaker for turn in transcript.turns} == {"agent", "caller"}
    assert 105_000 < transcript.duration_ms < 116_000
    turns = [Turn(speaker=turn.speaker, text=turn.text) for turn in transcript.turns]
    redacted = Redactor().redact_turns(turns)
    labels = {str(finding.label) for finding in redacted.findings}
    assert {"NAME", "DOB", "PHONE", "ADDRESS", "CARD", "EXPIRY", "CVV", "MRN"} <= labels
    shown = " ".join(turn.text for turn in redacted.turns)
    for value in ("Lopez", "Lincoln", "1982", "427", "0147", "7302915"):
        assert value not in shown


@promise("E42", sabotage="speech_child_keeps_its_environment")
async def test_the_child_is_started_with_no_environment_and_no_open_file(
    recognizer: Recognizer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    began, starter = tmp_path / "began", tmp_path / "python"
    starter.write_text(_STARTER.format(python=sys.executable, began=str(began)), encoding="utf-8")
    starter.chmod(0o755)
    monkeypatch.setenv("PRIVITY_CANARY", "canary")
    monkeypatch.setattr(sys, "executable", str(starter))
    with pytest.raises(Unreadable):
        await recognizer.transcribe(wav(0.0), deadline_s=60)
    environment, *open_files = began.read_text(encoding="utf-8").split("|")
    assert environment == ""
    assert len(open_files) == 3
    assert all(name.startswith(("pipe:", "/dev/null")) for name in open_files)


async def test_nobody_reads_the_child_and_it_has_neither_files_nor_sockets(recognizer: Recognizer) -> None:
    seen: list[list[str]] = []

    def look(pid: int) -> None:
        try:
            seen.append([str(entry.readlink()) for entry in Path(f"/proc/{pid}/fd").iterdir()])
        except PermissionError:  # to its own user it is closed, to root it is not
            assert os.geteuid() != 0
            with pytest.raises(PermissionError):
                Path(f"/proc/{pid}/environ").read_bytes()
            seen.append([])
        os.kill(pid, signal.SIGKILL)  # enough was seen: another test lets it hear to the end

    looking = asyncio.create_task(when_started(look, children()))
    with pytest.raises((Unavailable, Unreadable)):
        await recognizer.transcribe(bytearray((DEMO / "call.flac").read_bytes()), deadline_s=120)
    await looking
    (open_files,) = seen
    assert not [name for name in open_files if name.startswith("socket:")]
    assert not [name for name in open_files if name.startswith("/") and not name.startswith("/dev/")]


@pytest.mark.parametrize(
    ("audio", "error"),
    [
        pytest.param(lambda: wav(0.0), Unreadable, id="zero length"),
        pytest.param(lambda: wav(2.0)[:400], Unreadable, id="truncated"),
        pytest.param(lambda: wav(2.0), Unreadable, id="silence"),
        pytest.param(lambda: bytearray(b"fLaC" + os.urandom(4000)), Unreadable, id="damaged flac"),
        pytest.param(lambda: bytearray(b"OggS" + bytes(4000)), Unreadable, id="damaged ogg"),
    ],
)
async def test_bad_audio_is_refused_and_wiped(
    recognizer: Recognizer, audio: Callable[[], bytearray], error: type[PrivityError]
) -> None:
    before, held = children(), audio()
    with pytest.raises(error):
        await recognizer.transcribe(held, deadline_s=60)
    assert not any(held)
    assert children() == before


async def test_longer_than_the_limit_is_refused(model: Path) -> None:
    short = open_recognizer("faster_whisper", model, limits=Limits(max_duration_s=1))
    with pytest.raises(TooLarge):
        await short.transcribe(wav(3.0, level=0.3), deadline_s=60)


@promise("E13", sabotage="speech_keeps_audio")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV])
async def test_a_child_that_dies_leaves_nothing(recognizer: Recognizer, number: signal.Signals) -> None:
    before, held = children(), bytearray((DEMO / "call.flac").read_bytes())
    killing = asyncio.create_task(when_started(lambda pid: os.kill(pid, number), before))
    with pytest.raises((Unavailable, Unreadable)):
        await recognizer.transcribe(held, deadline_s=120)
    await killing
    assert not any(held)
    assert children() == before


async def test_the_deadline_ends_the_child(recognizer: Recognizer) -> None:
    before, held = children(), bytearray((DEMO / "call.flac").read_bytes())
    with pytest.raises(Unavailable):
        await recognizer.transcribe(held, deadline_s=2.0)
    assert not any(held)
    assert children() == before
