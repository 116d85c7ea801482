"""Files that commands write: whole or not at all, and what stood there before stays until then."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from privity.cli.inputs import whole_output, write_output
from privity.errors import Unavailable, Unreadable


def test_file_is_there_whole_or_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "log.bundle"
    write_output(file, b"the first")
    with pytest.raises(Unavailable), whole_output(file) as stream:
        stream.write(b"half of")
        stream.flush()
        raise Unavailable("the ledger went away")
    assert file.read_bytes() == b"the first"
    file.chmod(0o600)
    link = tmp_path / "latest"
    link.symlink_to(file)
    write_output(link, b"the second")
    assert file.read_bytes() == b"the second"
    assert link.is_symlink()
    assert file.stat().st_mode & 0o777 == 0o600
    assert {path.name for path in tmp_path.iterdir()} == {"log.bundle", "latest"}


def test_what_is_being_written_is_nobody_elses(tmp_path: Path) -> None:
    file, other = tmp_path / "private", tmp_path / "other"
    file.touch(0o600)
    with whole_output(file) as stream, whole_output(other) as second:
        stream.write(b"the private one")
        stream.flush()
        second.write(b"the other one")
        modes = [path.stat().st_mode & 0o077 for path in tmp_path.iterdir() if path.stat().st_size]
        assert modes == [0]
    assert (file.read_bytes(), other.read_bytes()) == (b"the private one", b"the other one")


def test_who_is_killed_leaves_what_stood_there(tmp_path: Path) -> None:
    file = tmp_path / "log.bundle"
    file.write_bytes(b"the first")
    dying = """
import os, signal, sys
from pathlib import Path
from privity.cli.inputs import whole_output
with whole_output(Path(sys.argv[1])) as stream:
    stream.write(b"half of")
    stream.flush()
    os.kill(os.getpid(), signal.SIGKILL)
"""
    assert subprocess.run([sys.executable, "-c", dying, str(file)], check=False, timeout=30).returncode == -9
    assert file.read_bytes() == b"the first"


def test_what_is_no_file_is_written_to(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_output(pipe, b"through a pipe")
        assert os.read(reading, 100) == b"through a pipe"
    finally:
        os.close(reading)
    write_output(Path(os.devnull), b"gone")
    assert Path(os.devnull).is_char_device()


def test_place_that_cannot_be_written_is_not_repeated(tmp_path: Path) -> None:
    for file in (tmp_path / "no such folder" / "4111111111111111", tmp_path):
        with pytest.raises(Unreadable) as failed:
            write_output(file, b"x")
        assert "4111" not in f"{failed.value} {failed.value.advice}"
    assert list(tmp_path.iterdir()) == []
