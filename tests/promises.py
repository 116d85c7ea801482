"""Tests name the promises that they prove; this pytest plugin holds them to it.

    @promise("B31", sabotage="ledger_accepts_update")
    async def test_update_is_refused(store): ...

The ids stand in `docs/promises.md`. A sabotage is one edit of the product, described in `tests/sabotage/*.toml`, after
which the test has to fail: a test that still passes without the protection proves nothing. An unknown id or an unknown
sabotage ends the collection. `tools/promises.py` runs the proofs and reads what this plugin reports:

--promises-source DIR   `privity` has to come from DIR; the run ends at once when it does not
--promises-enough       once a case of a test has failed by its verdict, its other cases are not run
--promises-report FILE  one JSON line for each claim of a test: how the test ended, and whether by a verdict
"""

import json
import re
import tomllib
from collections.abc import Generator
from pathlib import Path
from typing import NamedTuple

import pytest

# A program that ends in one of these was broken by the edit, so its failure says nothing about the protection.
BROKEN_PROGRAM = (ImportError, SyntaxError, NameError, AttributeError, TypeError)

HOW_IT_ENDED = pytest.StashKey[tuple[str, str]]()
FAILED = pytest.StashKey[set[str]]()


class Promised(NamedTuple):
    """A row of `docs/promises.md`."""

    text: str
    proof: str  # "test", or "test and sabotage"


def promise(*ids: str, sabotage: str | None = None) -> pytest.MarkDecorator:
    """A mark that says which promises the test proves, and the sabotage that must make it fail."""
    return pytest.mark.promise(*ids, sabotage=sabotage)


def promised(root: Path) -> dict[str, Promised]:
    """The promises that `docs/promises.md` under `root` lists, by id."""
    text = (root / "docs" / "promises.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([A-Z]\d+) \| (.+?) \| (test|test and sabotage) \|$", text, re.MULTILINE)
    return {row[0]: Promised(row[1], row[2]) for row in rows}


def sabotages(root: Path) -> dict[str, dict[str, str]]:
    """Every entry of `tests/sabotage/*.toml` under `root` by its name. Raises UsageError for an unclear one."""
    entries: dict[str, dict[str, str]] = {}
    for path in sorted((root / "tests" / "sabotage").glob("*.toml")):
        for name, entry in tomllib.loads(path.read_text(encoding="utf-8")).items():
            if name in entries:
                raise pytest.UsageError(f"{path.name}: the sabotage {name!r} stands in another file too")
            if set(entry) != {"file", "line", "becomes"}:
                raise pytest.UsageError(f"{path.name}: {name!r} needs exactly the keys file, line and becomes")
            entries[name] = entry
    return entries


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("promises")
    group.addoption("--promises-source", metavar="DIR", help="refuse to run unless privity comes from DIR")
    group.addoption("--promises-enough", action="store_true", help="skip a test's other cases once one has failed")
    group.addoption("--promises-report", metavar="FILE", help="write how each claimed proof ended, as JSON lines")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "promise(*ids, sabotage=None): the promises that a test proves")


def pytest_sessionstart(session: pytest.Session) -> None:
    wanted = session.config.getoption("--promises-source")
    if wanted is not None:
        import privity

        found = Path(privity.__file__).resolve().parent.parent
        if found != Path(wanted).resolve():
            raise pytest.UsageError(f"privity was imported from {found}, not from {wanted}")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    marks = [(item, mark) for item in items for mark in item.iter_markers("promise")]
    if not marks:
        return
    known_ids, known_sabotages = promised(config.rootpath), sabotages(config.rootpath)
    for item, mark in marks:
        if not mark.args:
            raise pytest.UsageError(f"{item.nodeid}: names no promise")
        for unknown in set(mark.args) - set(known_ids):
            raise pytest.UsageError(f"{item.nodeid}: {unknown!r} is no promise of docs/promises.md")
        if (sabotage := mark.kwargs.get("sabotage")) is not None and sabotage not in known_sabotages:
            raise pytest.UsageError(f"{item.nodeid}: no file of tests/sabotage describes {sabotage!r}")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.nodeid.partition("[")[0] in item.session.stash.get(FAILED, set()):
        pytest.skip("another case has failed already")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    ended = item.stash.get(HOW_IT_ENDED, ("passed", ""))
    if ended[0] == "passed" and not report.passed:
        ended = _verdict(report, call.excinfo.value if call.excinfo else None)
    item.stash[HOW_IT_ENDED] = ended
    if ended[0] == "failed" and item.config.getoption("--promises-enough"):
        item.session.stash.setdefault(FAILED, set()).add(item.nodeid.partition("[")[0])
    if report.when == "teardown" and (path := item.config.getoption("--promises-report")) is not None:
        _append_claims(Path(path), item, *ended)
    return report


def _verdict(report: pytest.TestReport, error: BaseException | None) -> tuple[str, str]:
    """How a test that did not pass ended: skipped, failed by its own verdict, or broken by an accident."""
    if report.skipped:
        return "skipped", str(error)
    # A test gives its verdict in its own body; a fixture that breaks gives none.
    if report.when != "call" or _is_broken_program(error):
        return "broken", f"{type(error).__name__} in {report.when}"
    return "failed", type(error).__name__


def _is_broken_program(error: BaseException | None) -> bool:
    if isinstance(error, BaseExceptionGroup):
        return any(_is_broken_program(inner) for inner in error.exceptions)
    return error is None or isinstance(error, BROKEN_PROGRAM)


def _append_claims(path: Path, item: pytest.Item, ended: str, why: str) -> None:
    with path.open("a", encoding="utf-8") as lines:
        for mark in item.iter_markers("promise"):
            claim = {
                "test": item.nodeid,
                "ids": mark.args,
                "sabotage": mark.kwargs.get("sabotage"),
                "ended": ended,
                "why": why,
            }
            lines.write(json.dumps(claim) + "\n")
