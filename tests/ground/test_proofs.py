"""`tools/prove.py` on a small repository of its own: what it calls proven, and what it refuses to."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]

PROMISES = """
| id | promise | proof |
|---|---|---|
| A1 | Only adults enter | test and sabotage |
| A2 | Names are hidden | test and sabotage |
| A3 | The sign is blue | test |
| A4 | Nobody looked yet | test |
| A5 | The cellar is dry | test |
"""

DOOR = """
def enter(age):
    if age < 18:
        raise PermissionError
    greeting = "welcome"
    return greeting


def sign():
    return "blue"


def shown(name):
    return "[NAME]"
"""

SABOTAGES = """
[no_age_limit]
file = "door.py"
line = "raise PermissionError"
becomes = "pass"

[sign_is_red]
file = "door.py"
line = 'return "blue"'
becomes = 'return "red"'
"""

TESTS = """
import pytest
from privity import door
from promises import promise

@promise("A1", sabotage="no_age_limit")
@pytest.mark.parametrize("age", [3, 17])
def test_children_stay_out(age):
    with pytest.raises(PermissionError):
        door.enter(age)

@promise("A2")
def test_names_are_hidden():
    assert door.shown("Ada") == "[NAME]"

@promise("A3")
def test_sign():
    assert door.sign() == "blue"

@promise("A5")
def test_cellar():
    pytest.skip("no cellar here")
"""


@pytest.fixture
def toy(tmp_path: Path) -> Path:
    """A repository with one module, five promises and a test for four of them."""
    files = {
        "pyproject.toml": '[tool.pytest.ini_options]\npythonpath = ["tests"]\ntestpaths = ["tests"]\n',
        "docs/promises.md": PROMISES,
        "src/privity/__init__.py": "",
        "src/privity/door.py": DOOR,
        "tests/conftest.py": 'pytest_plugins = ["promises"]\n',
        "tests/sabotage/door.toml": SABOTAGES,
        "tests/test_door.py": TESTS,
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    shutil.copy(REPOSITORY / "tests" / "promises.py", tmp_path / "tests")
    return tmp_path


def claim(toy: Path, test: str, sabotage: str = "") -> None:
    """Add one more test, and the sabotage that it names."""
    with (toy / "tests" / "test_door.py").open("a") as file:
        file.write(test)
    with (toy / "tests" / "sabotage" / "door.toml").open("a") as file:
        file.write(sabotage)


def run(toy: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run Python there, without the pytest plugins of this installation."""
    return subprocess.run(
        [sys.executable, *command],
        cwd=toy,
        env=os.environ | {"PYTHONPATH": str(toy / "src"), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def prove(toy: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run(toy, str(REPOSITORY / "tools" / "prove.py"), "--root", str(toy), *arguments)


def complaints(toy: Path) -> list[str]:
    done = prove(toy, "--json")
    assert done.returncode == 1
    answer: dict[str, Any] = json.loads(done.stdout)
    found: list[str] = answer["does_not_hold"]
    return found


def test_proven_partly_proven_open(toy: Path) -> None:
    before = {path: path.read_bytes() for path in toy.rglob("*") if path.is_file()}
    done = prove(toy, "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    promises = json.loads(done.stdout)["promises"]
    assert {name: (row["standing"], row["proof"]) for name, row in promises.items()} == {
        "A1": ("proven", "test and sabotage"),
        "A2": ("partly proven", "test"),
        "A3": ("proven", "test"),
        "A4": ("open", "-"),
        "A5": ("open", "-"),
    }
    assert promises["A1"]["sabotaged"] == ["tests/test_door.py::test_children_stay_out"]
    assert promises["A5"]["skipped"] == ["tests/test_door.py::test_cellar"]
    assert {path: path.read_bytes() for path in toy.rglob("*") if path.is_file()} == before, "the tree was written to"


def test_table_names_every_promise(toy: Path) -> None:
    done = prove(toy)
    lines = done.stdout.splitlines()
    assert [line.split()[0] for line in lines[1:6]] == ["A1", "A2", "A3", "A4", "A5"]
    assert lines[-1] == "2 proven · 1 partly proven · 2 open"


def test_some_tests_can_be_asked_alone(toy: Path) -> None:
    promises = json.loads(prove(toy, "--json", "tests/test_door.py::test_sign").stdout)["promises"]
    assert list(promises) == ["A3"]


def test_failing_proof_does_not_hold(toy: Path) -> None:
    claim(toy, "\n@promise('A4')\ndef test_wrong():\n    assert door.sign() == 'green'\n")
    assert complaints(toy) == ["tests/test_door.py::test_wrong failed: AssertionError"]


def test_sabotage_that_goes_unnoticed_does_not_hold(toy: Path) -> None:
    claim(toy, "\n@promise('A3', sabotage='sign_is_red')\ndef test_blind():\n    door.sign()\n")
    [complaint] = complaints(toy)
    assert complaint == "sabotage sign_is_red: tests/test_door.py::test_blind has to fail, but passed"


BROKEN_PROGRAMS = [
    ('greeting = "welcome"', "pass", "the edit breaks the program"),  # an undefined name is left
    ("return greeting", "return (", "the edit breaks the program"),
    ("def sign():", "import nowhere\ndef sign():", "the edit breaks the program"),
    ("return greeting", 'return "a" + 1', "broken: TypeError in call"),
    ("return 42", "pass", "the line stands 0 times in door.py, not once"),
    ("return greeting", "return greeting", "the edit changes nothing"),
]


def test_broken_program_is_no_sabotage(toy: Path) -> None:
    for number, (line, becomes, _) in enumerate(BROKEN_PROGRAMS):
        claim(
            toy,
            f"\n@promise('A4', sabotage='s{number}')\ndef test_s{number}():\n    assert door.enter(40) == 'welcome'\n",
            f"\n[s{number}]\nfile = 'door.py'\nline = '''{line}'''\nbecomes = '''{becomes}'''\n",
        )
    found = complaints(toy)
    assert len(found) == len(BROKEN_PROGRAMS)
    for number, (complaint, (_, _, expected)) in enumerate(zip(found, BROKEN_PROGRAMS, strict=True)):
        assert complaint.startswith(f"sabotage s{number}: ")
        assert expected in complaint


def test_broken_fixture_is_no_verdict(toy: Path) -> None:
    claim(
        toy,
        "\n@pytest.fixture\ndef blue():\n    assert door.sign() == 'blue'\n"
        "\n@promise('A3', sabotage='sign_is_red')\ndef test_fixture(blue):\n    assert True\n",
    )
    [complaint] = complaints(toy)
    assert "broken: AssertionError in setup" in complaint


@pytest.mark.parametrize(
    ("mark", "expected"),
    [
        ("promise('Z9')", "'Z9' is no promise of docs/promises.md"),
        ("promise()", "names no promise"),
        ("promise('A4', sabotage='rain')", "no file of tests/sabotage describes 'rain'"),
    ],
)
def test_unknown_claims_end_the_collection(toy: Path, mark: str, expected: str) -> None:
    claim(toy, f"\n@{mark}\ndef test_new():\n    pass\n")
    done = run(toy, "-m", "pytest", "-q", "-p", "no:cacheprovider")
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert expected in done.stderr
    assert prove(toy).returncode == 1


def test_foreign_source_is_refused(toy: Path) -> None:
    elsewhere = toy / "elsewhere"
    elsewhere.mkdir()
    done = run(toy, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--promises-source={elsewhere}")
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert "not from" in done.stderr
