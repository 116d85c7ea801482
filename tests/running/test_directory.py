"""The data directory: who may see it, who runs it, and what makes it refuse."""

import os
import stat
from pathlib import Path

import pytest

from privity.cli import run
from privity.errors import Conflict, Misconfigured, Unavailable
from privity.keys import FileKeyring
from privity.redact import CALLS
from privity.running import DataDirectory, initialise
from privity.running.certificates import _write
from privity.running.directory import Ownership
from privity.running.pinned_keys import PinnedKeys
from privity.settings import read_settings
from promises import promise


@promise("E9", sabotage="folders_stay_open")
@pytest.mark.parametrize("umask", [0o000, 0o022])
def test_folders_that_were_open_are_tightened(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        directory = DataDirectory(tmp_path / "data")
        directory.blobs.mkdir(parents=True)
        directory.blobs.chmod(0o755)
        directory.path.chmod(0o755)
        directory.create()
        initialise(directory)
    finally:
        os.umask(before)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (directory.path, *directory.path.rglob("*"))}
    assert {name: oct(mode) for name, mode in modes.items() if mode & 0o077} == {}


@promise("E44", sabotage="a_lost_keyring_is_replaced")
def test_a_keyring_is_never_made_beside_sealed_data(tmp_path: Path) -> None:
    directory = DataDirectory(tmp_path / "data")
    directory.data_cluster.mkdir(parents=True)
    with pytest.raises(Misconfigured, match="keyring"):
        initialise(directory)
    assert not directory.keyring.exists()


@pytest.mark.parametrize(("seconds", "wrong"), [("0.5", True), ("1", False), ("30", False), ("31", True)])
def test_an_act_waits_to_be_recorded_within_bounds(tmp_path: Path, seconds: str, wrong: bool) -> None:
    given = {"PRIVITY_RECORD_WITHIN": seconds}
    if wrong:
        with pytest.raises(Misconfigured, match="record_within is outside 1 to 30 seconds"):
            read_settings(tmp_path, given)
    else:
        assert read_settings(tmp_path, given).record_within == float(seconds)


@pytest.mark.parametrize("confidence", ["0", "-0.4", "1.1", "nan"])
def test_what_is_doubted_lies_below_a_confidence(tmp_path: Path, confidence: str) -> None:
    assert read_settings(tmp_path, {}).uncertain_below == CALLS.uncertain_below
    with pytest.raises(Misconfigured, match="uncertain_below"):
        read_settings(tmp_path, {"PRIVITY_UNCERTAIN_BELOW": confidence})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("log_level", "loud"),
        ("upload_limit", "-1"),
        ("text_limit", "0"),
        ("speech_deadline", "nan"),
        ("text_limit", "9" * 15),
    ],
)
def test_what_no_installation_can_be_told_is_refused_by_name(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(Misconfigured, match=name):
        read_settings(tmp_path, {f"PRIVITY_{name.upper()}": value})


def test_settings_that_are_no_file_are_refused(tmp_path: Path) -> None:
    (tmp_path / "privity.toml").mkdir()
    with pytest.raises(Misconfigured, match="cannot be read"):
        read_settings(tmp_path, {})


def test_a_note_of_another_server_is_left(tmp_path: Path) -> None:
    directory = DataDirectory(tmp_path / "data")
    directory.create()
    directory.note_served("http://127.0.0.1:1")
    directory.forget_served("http://127.0.0.1:2")
    assert directory.served_url() == "http://127.0.0.1:1"
    directory.forget_served("http://127.0.0.1:1")
    assert directory.served_url() is None


def test_a_directory_is_set_up_once(tmp_path: Path) -> None:
    directory = DataDirectory(tmp_path / "data")
    initialise(directory)
    keyring = directory.keyring.read_bytes()
    with pytest.raises(Conflict):
        initialise(directory)
    assert directory.keyring.read_bytes() == keyring


def test_one_process_runs_a_directory_and_others_attach(tmp_path: Path) -> None:
    directory = DataDirectory(tmp_path / "data")
    directory.create()
    owner, second, third = (Ownership(directory) for _ in range(3))
    owner.take(attach=False)
    second.take(attach=True)
    with pytest.raises(Unavailable, match=f"another process runs this data directory: {os.getpid()}$"):
        third.take(attach=False)
    assert (owner.is_ours, second.is_ours, third.is_ours) == (True, False, False)
    owner.release()
    third.take(attach=False)
    assert third.is_ours
    second.release()
    third.release()


def test_whoever_means_a_server_elsewhere_gets_no_data_directory_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PRIVITY_URL", "http://127.0.0.1:1")
    assert run(["token", "list", "--tenant", "birch"]) == 2
    assert "PRIVITY_URL names a server" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("seconds", "wrong"), [("0", True), ("1", False), ("3600", False), ("3601", True)])
def test_a_request_may_stop_for_a_while_within_bounds(tmp_path: Path, seconds: str, wrong: bool) -> None:
    given = {"PRIVITY_STALL_LIMIT": seconds}
    if wrong:
        with pytest.raises(Misconfigured, match="stall_limit is outside 1 to 3600 seconds"):
            read_settings(tmp_path, given)
    else:
        assert read_settings(tmp_path, given).stall_limit == float(seconds)


@pytest.mark.parametrize("what", ["keys of logs", "certificates", "the keyring"])
def test_file_that_was_replaced_has_its_name_for_good(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """Its folder is synced when the file has its name: a power cut may take back a name that was not."""
    named: list[set[str]] = []
    real = os.fsync

    def fsync(descriptor: int) -> None:
        if os.path.samestat(os.fstat(descriptor), tmp_path.stat()):
            named.append({path.name for path in tmp_path.iterdir()})
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    file = tmp_path / "file"
    if what == "keys of logs":
        assert PinnedKeys(file).key_of("log", "key") == "key"
    elif what == "certificates":
        _write(file, b"certificate", 0o600)
    else:
        FileKeyring.create(file)
    assert "file" in named[-1]
