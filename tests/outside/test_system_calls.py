"""What the kernel is asked to write while a conversation comes in, traced call by call, by every process of the run."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from scene import Place, Secrets, Stage, secrets_of, staged
from test_custody import script

from promises import promise

pytestmark = pytest.mark.slow

WRITES = "write,pwrite64,writev,pwritev,pwritev2,sendfile,copy_file_range,splice"
TO_A_FILE = re.compile(rb"^\d+ +\w+\(\d+<(/[^>]*)>")  # with -y, strace names what a descriptor is open for
KEPT = "can i have your name please"  # said in the clear, and kept only under seal


def traced(stage: Stage, trace: Path, content: bytes, channel: str) -> subprocess.CompletedProcess[bytes]:
    """Bring a conversation in under strace, which follows every process."""
    strace = ["strace", "--follow-forks", "-y", "-s", "33554432", f"--trace={WRITES}", "--signal=none"]
    arguments = ["ingest", "-", "--tenant", "birch", "--channel", channel]
    return stage.command(*arguments, given=content, under=[*strace, "-o", str(trace)])


def lines_of(trace: Path) -> Iterator[tuple[str | None, bytes]]:
    """Yield each call with the path of the file that it wrote to, or None for pipes, sockets and memory."""
    for line in trace.read_bytes().splitlines():
        file = TO_A_FILE.match(line)
        path = file[1].decode() if file else None
        yield (None if path is None or path.startswith(("/dev/", "/memfd:")) else path), line


@promise("E2", sabotage="sources_are_not_sealed")
@pytest.mark.parametrize("kind", ["text", "audio"])
def test_no_system_call_writes_plaintext_to_a_file(template: Place, tmp_path: Path, kind: str) -> None:
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed: apt-get install strace")
    secrets: Secrets = secrets_of()
    with staged(template) as stage:
        recording = secrets.recording(1 << 20)
        script(stage, secrets, recording)
        content, channel = (recording, "call") if kind == "audio" else (secrets.text, "upload")
        done = traced(stage, tmp_path / "trace", content, channel)
    calls = list(lines_of(tmp_path / "trace"))
    looked_for = [value.encode() for value in (*secrets.all, KEPT)]
    assert [path for path, line in calls if path is not None and any(value in line for value in looked_for)] == []
    assert done.returncode == 0, done.stderr
    assert KEPT in done.stdout.decode()
    assert any(KEPT.encode() in line for path, line in calls if path is None), "what is shown was traced as well"
    written = {path for path, _ in calls if path is not None}
    assert any("/blobs/" in path for path in written), "the sealed source was written"
    assert any("/pg_wal/" in path for path in written), "and the database, whose processes are traced too"
