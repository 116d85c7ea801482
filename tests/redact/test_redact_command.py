"""`privity redact` from outside: policies, styles, forms and bad input, by exit code and output."""

import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from privity.cli import run
from privity.cli.plain_redaction import plain_redaction

Shell = Callable[..., tuple[int, str, str]]


@pytest.fixture
def call(capfdbinary: pytest.CaptureFixture[bytes]) -> Shell:
    def shell(*arguments: str) -> tuple[int, str, str]:
        code = run(["redact", *arguments])
        out, err = capfdbinary.readouterr()
        return code, out.decode(), err.decode()

    return shell


def written(folder: Path, name: str, text: str | bytes) -> str:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(path)


def test_a_policy_is_named_or_a_file(call: Shell, tmp_path: Path) -> None:
    note = written(tmp_path, "note.txt", "seen 3/4/2026 in Boston by john smith, zip 02139")
    assert call(note, "--policy", "hipaa-safe-harbor")[:2] == (0, "seen 2026 in [LOCATION] by [NAME], zip 021")
    own = written(tmp_path, "own.yaml", "name: own\nextends: calls\nkeep: [LOCATION]\n")
    assert "in Boston by [NAME]" in call(note, "--policy", own)[1]
    assert "in Boston by john smith" in call(note, "--keep", "LOCATION", "--keep", "NAME")[1]
    assert "[ID] 3/4" not in call(note, "--deny", "seen", "--allow", "Boston")[1]
    code, out, _ = call(note, "--policy", "hipaa-safe-harbor", "--json")
    assert code == 0
    assert json.loads(out)["statement"].startswith("Safe Harbor")


def test_a_form_is_told_by_its_name_or_by_an_option(call: Shell, tmp_path: Path) -> None:
    rows = "id,ssn\n1,9\n"
    assert call(written(tmp_path, "rows.csv", rows))[1] == "id,ssn\n1,[SSN]\n"
    assert call(written(tmp_path, "rows.dat", rows), "--as", "csv")[1] == "id,ssn\n1,[SSN]\n"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--policy", "cals"), "Did you mean calls?"),
        (("--keep", "EMIAL"), "Did you mean EMAIL?"),
        (("--style", "hash"), "needs a key"),
        (("--policy", "nowhere-secret.yaml"), "cannot be read"),
        (("--as", "json"), "not JSON"),
    ],
)
def test_bad_usage_is_told_what_was_meant(call: Shell, tmp_path: Path, arguments: tuple[str, ...], told: str) -> None:
    code, out, err = call(written(tmp_path, "a.txt", "secret words"), *arguments)
    assert (code, out) == (2, "")
    assert told in err
    assert "secret" not in err


def test_binary_and_lone_surrogates_are_refused(call: Shell, tmp_path: Path) -> None:
    assert call(written(tmp_path, "a.txt", b"\xff\xfe\x00"))[0] == 2
    assert call(written(tmp_path, "a.jsonl", b'{"id": 1, "text": "\\ud800"}\n'), "--jsonl")[0] == 2


def test_each_line_is_answered_whatever_is_wrong_with_another(
    call: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("privity.cli.redacting_lines.LONGEST_LINE", 300_000)
    long = '{"id": "long", "text": "' + "secret " * 50_000 + '"}'
    rows = [
        '{"id": 1, "text": "i am john smith"}',
        '{"id": 2, "secret": "words"}',
        "secret",
        "",
        long,
        '{"id":3,"text":""}',
    ]
    code, out, err = call(written(tmp_path, "rows.jsonl", "\n".join(rows)), "--jsonl")
    one, *broken, last = map(json.loads, out.splitlines())
    assert (one["id"], one["text"], last["id"], last["text"]) == (1, "i am [NAME]", 3, "")
    assert [row["line"] for row in broken] == [2, 3, 5]
    assert "3 lines are not what was expected: 2, 3, 5" in " ".join(err.split())
    assert code == 2
    assert "secret" not in out + err


def test_a_key_makes_tokens_and_surrogates(call: Shell, tmp_path: Path) -> None:
    note, key = written(tmp_path, "a.txt", "i am john smith"), written(tmp_path, "key", b"k" * 32)
    assert call(note, "--style", "hash", "--key-file", key)[1].startswith("i am [NAME:")
    made = call(note, "--style", "surrogate", "--key-file", key)[1]
    assert made.startswith("i am ")
    assert "john" not in made
    assert call(note, "--style", "hash", "--key-file", written(tmp_path, "short", b"k"))[0] == 2


@pytest.mark.parametrize("arguments", [(), ("--json",), ("--policy", "pci-dss", "--style", "mask")])
def test_what_starts_quickly_does_the_same(
    call: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    note = written(tmp_path, "note.txt", "card 4111 1111 1111 1111, john smith")
    assert plain_redaction(["redact", note, *arguments]) is not None
    quick = call(note, *arguments)
    monkeypatch.setattr("privity.cli.plain_redaction", lambda _: None)
    assert quick == call(note, *arguments)


@pytest.mark.parametrize(
    "arguments",
    [
        ("--style", "hash"), ("--style",), ("--policy", "-x"), ("--json", "--json"), ("--policy=calls",), ("--help",),
        ("--", "a"), ("",), ("--explain",), ("--bulk", "a", "b"),
    ],
)  # fmt: skip
def test_only_what_is_plain_starts_quickly(arguments: tuple[str, ...]) -> None:
    assert plain_redaction(["redact", *arguments]) is None
    assert plain_redaction(["list"]) is None


def test_a_pipe_loads_no_other_command() -> None:
    program = "import sys; from privity.cli import run; run(['redact', '--jsonl']); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], input="", capture_output=True, text=True, check=True)
    assert {"privity.redact.redactor"} <= {*done.stdout.split()}
    assert not {"cyclopts", "rich", "email", "litestar", "psycopg"} & {*done.stdout.split()}


CALL = (
    "agent: what card would you like to use\ncaller: it is four one one one\nagent: mm-hm\n"
    "caller: one one one one one one one one one one double one\nagent: thanks maria gonzalez"
)


def test_why_is_told_with_all_that_it_rests_on_and_never_the_value(call: Shell, tmp_path: Path) -> None:
    code, out, err = call("--explain", written(tmp_path, "call.txt", CALL))
    assert (code, out.splitlines()[1]) == (0, "caller: it is [CARD]")
    card = err[err.index("16 spoken digits over 2 turns, Luhn ok") :]
    told = [line.split(maxsplit=1) for line in card.splitlines()[1:7]]
    assert [line[0] for line in told if line] == ["at", "tier", "rule", "cue", "check", "score"]
    assert [line[1] for line in told[1:5]] == ["digits", "card", "“card”", "Luhn ok"]
    assert "53–69, 91–141" in card
    assert not {"four", "one", "maria", "gonzalez", "\x1b"} & {*err.lower().split()}
    assert "\x1b" not in out + err


def test_why_has_colours_in_a_terminal(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    environment = {"TERM": "xterm-256color", "PATH": "/usr/bin", "COLUMNS": "80"}
    done = subprocess.run(
        [str(Path(sys.executable).parent / "privity"), "redact", "--explain", written(tmp_path, "call.txt", CALL)],
        stdout=subprocess.PIPE, stderr=theirs, env=environment, check=True,
    )  # fmt: skip
    os.close(theirs)
    shown = os.read(ours, 65536).decode()
    os.close(ours)
    assert b"\x1b" not in done.stdout, "what is piped on is plain"
    assert re.search(r"\x1b\[[0-9;]*41m CARD ", shown)
    assert re.search(r"\x1b\[[0-9;]*45m NAME ", shown)


@pytest.mark.parametrize("more", [(), ("--explain",)], ids=["plain", "proper"])
def test_a_dash_is_standard_input(
    call: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: Sequence[str]
) -> None:
    note = written(tmp_path, "note.txt", "zip 02139\n")
    for arguments in (("-", note), ("--policy", "calls", note, "-")):
        with (tmp_path / "typed").open("w+") as typed:
            typed.write("call john smith\n")
            typed.seek(0)
            monkeypatch.setattr(sys, "stdin", typed)
            code, out, _ = call(*arguments, *more)
        assert code == 0
        assert sorted(out.splitlines()) == ["call [NAME]", "zip [ZIP]"]
    assert call("-x", note)[0] == 2
    assert call("--", note, "--nothing")[0] == 2
