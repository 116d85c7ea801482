"""What commands put on a terminal: nothing that was mistyped, nothing that commands it, and no noise in a pipe."""

import subprocess
import sys
from pathlib import Path

import pytest
from rich.text import Text

import privity
from privity.cli import run
from privity.cli.printing import console, print_error, print_facts, print_next, print_table, print_turns
from privity.errors import Unavailable

CARD = "4111 1111 1111 1111"
SPOKEN = "hi\x1b]52;c;ZXZpbA==\x07\x1b[2J\r\x9b31m\x85 there\u2028"


@pytest.mark.parametrize(
    "typed",
    [
        ["list", "--limit", CARD],
        ["list", "--limit", f"{CARD}\nx"],
        ["list", "--limit", f'a" {CARD}'],
        ["list", f"--json={CARD}"],
        ["list", f"--{CARD}"],
        ["show", "a", CARD],
        ["show", "a", f"--{CARD}"],
        [CARD],
        ["carrier", "connect", CARD, "--tenant", "t", "--account", "a"],
        ["carrier", "disconnect", CARD, "--tenant", "t"],
        ["redact", "--style", f'{CARD}"{CARD}'],
        ["redact", "--style", f'{CARD}. Choose from: "{CARD}".'],
        ["redact", f"-{CARD}"],
        ["ingest", f"-{CARD}"],
        ["person", "invite", "ann@birch.example", "--tenant", "t", "--role", f"{CARD}\n"],
        ["redaction", "start", "--tenant", "t", "--sent-from", CARD],
        ["ledger", "verify", "a", "b", CARD],
        ["number", "add", "--tenant", "t", f"--telephone-numbr={CARD}"],
        ["token", "create", "--tennant", CARD],
    ],
)
def test_what_was_mistyped_is_not_repeated(typed: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    for more in ([], ["--json"]):
        assert run([*typed, *more]) == 2
        said = "".join(capsys.readouterr())
        assert "4111" not in said
        assert said.startswith(('{"error":"bad-usage"', "error  ", '{"error":"bad-input"')), said


def test_what_is_wrong_is_told_by_names(capsys: pytest.CaptureFixture[str]) -> None:
    told = {
        ("lst",): "there is no such command: did you mean list?",
        ("list", "--limt", "3"): "there is no such option: did you mean --limit?",
        ("list", "--limit", "x"): "the value for --limit is none that can be used",
        (
            "redact",
            "--style",
            "x",
        ): '--style is none that can be used: choose from "label", "mask", "surrogate", "hash"',
        ("token", "create"): "a value is missing for --tenant",
        ("show", "a", "b"): "there are more arguments than the command takes",
    }
    for typed, words in told.items():
        assert run(list(typed)) == 2
        assert f"{words}\n" in capsys.readouterr().err


def test_what_somebody_said_commands_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    print_turns([("caller\x1b[31m", SPOKEN)])
    print_facts([("name", SPOKEN)])
    print_table(["a\x1b", "b"], [[SPOKEN, "c"]])
    print_next(SPOKEN)
    print_error(Unavailable(SPOKEN, advice=SPOKEN), as_json=False)
    console().print(SPOKEN, Text(SPOKEN, style="bold"))
    said = "".join(capsys.readouterr())
    assert {character for character in said if not character.isprintable()} == {"\n"}
    assert said.count("there") == 8, "the words themselves are printed"
    assert said.count("\ufffd]52;c;") == 8


def test_every_console_is_that_one() -> None:
    folder = Path(privity.__file__).parent
    makers = [path.name for path in folder.rglob("*.py") if "Console(" in path.read_text(encoding="utf-8")]
    assert makers == ["printing.py"]


@pytest.mark.parametrize("command", [["redact", "--jsonl"], ["access", "roles"], ["access", "roles", "--json"]])
def test_who_stops_reading_is_told_nothing(command: list[str]) -> None:
    start = f"import sys; from privity.cli import run; sys.exit(run({command!r}))"
    with subprocess.Popen(
        [sys.executable, "-c", start], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.close()
        process.stdout = None
        _, said = process.communicate(b'{"id":"a","text":"hello"}\n' * 2000, timeout=60)
    assert (process.returncode, said) == (0, b"")
