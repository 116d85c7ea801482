"""Which promises are proven: run the tests that claim one, then see them fail where the protection is taken out.

    python tools/prove.py                 a table of docs/promises.md: proven, partly proven, open
    python tools/prove.py --json          the same for programs
    python tools/prove.py tests/ledger    only what these tests prove

1. Every test that names a promise runs once on the sources as they are and has to pass.
2. For each sabotage that they name, `src` is copied to a temporary folder, the one edit is made, and the tests that
   name it run against the copy. Each has to fail by its own verdict: an import error, an undefined name or a fixture
   that breaks shows a broken program, not a missing protection.

A promise is proven when a test passed and, where it asks for sabotage, one was demonstrated. It is partly proven when
only the test passed, and open when none did. Nothing is written in the tree. Exit code 1: a claim does not hold.
"""

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY / "tests"))

from promises import Promised, promised, sabotages  # noqa: E402 - the plugin lives beside the tests

AT_ONCE = 3  # they wait for clusters and deadlines half of the time
WORKERS = 2  # of the one long run
SECONDS_FOR_ALL = 3600
SECONDS_FOR_ONE = 600


class CannotProve(Exception):
    """A run gave no answer: the tests could not be collected, or an edit cannot be made as it is described."""


@dataclass(frozen=True)
class Claim:
    """One test naming promises, and how it ended: passed, failed by its verdict, skipped, or broken."""

    test: str
    ids: tuple[str, ...]
    sabotage: str | None
    ended: str
    why: str

    @property
    def function(self) -> str:
        """The test without its parameters: one proof, however many cases it runs."""
        return self.test.partition("[")[0]


@dataclass
class Standing:
    """What speaks for one promise."""

    promise: Promised
    passed: set[str] = field(default_factory=set)
    skipped: set[str] = field(default_factory=set)
    sabotaged: set[str] = field(default_factory=set)

    @property
    def word(self) -> str:
        """`proven`, `partly proven` or `open`."""
        if not self.passed:
            return "open"
        return "proven" if self.sabotaged or self.promise.proof == "test" else "partly proven"

    @property
    def proof(self) -> str:
        """The kind of proof that there is."""
        return " and ".join(["test"] * bool(self.passed) + ["sabotage"] * bool(self.sabotaged)) or "-"


class Prover:
    """Runs the tests of the repository at `root`, as it is and sabotaged, with all it writes under `scratch`."""

    def __init__(self, root: Path, scratch: Path) -> None:
        self.root = root
        self.scratch = scratch

    def as_it_is(self, tests: Iterable[str]) -> list[Claim]:
        """How the claims of `tests` end on the sources of the repository. Raises CannotProve if they did not run."""
        spread = ["-p", "xdist", f"--numprocesses={WORKERS}", "--dist=loadfile"]
        return self._claims("as it is", self.root / "src", spread, tests, SECONDS_FOR_ALL)

    def sabotaged(self, name: str, entry: dict[str, str], tests: Iterable[str]) -> list[Claim]:
        """How the claims of `tests` end after the sabotage `name`. Raises CannotProve if it cannot be carried out."""
        source = self.scratch / name
        shutil.copytree(self.root / "src", source, ignore=shutil.ignore_patterns("__pycache__"))
        edited = edit(source / "privity", entry)
        if edited.suffix == ".py":
            self._refuse_a_broken_program(source, edited)
        enough = ["--promises-enough"]
        return [claim for claim in self._claims(name, source, enough, tests, SECONDS_FOR_ONE) if claim.sabotage == name]

    def _claims(
        self, name: str, source: Path, options: Sequence[str], tests: Iterable[str], seconds: int
    ) -> list[Claim]:
        report = self.scratch / f"{name}.jsonl"
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", "promise"]
        command += [f"--promises-source={source}", f"--promises-report={report}", *options, *tests]
        code, output = self._run(command, source, seconds)
        nothing_collected = 5
        if code not in {0, 1, nothing_collected}:
            raise CannotProve(_last_line(output))
        if not report.exists():
            return []
        rows = [json.loads(line) for line in report.read_text(encoding="utf-8").splitlines()]
        return [Claim(**row | {"ids": tuple(row["ids"])}) for row in rows]

    def _refuse_a_broken_program(self, source: Path, edited: Path) -> None:
        module = ".".join(edited.relative_to(source).with_suffix("").parts).removesuffix(".__init__")
        lint = ["-m", "ruff", "check", "--isolated", "--no-cache", "--quiet", "--select", "F821,F823", str(edited)]
        for arguments in (lint, ["-c", f"import {module}"]):
            code, output = self._run([sys.executable, *arguments], source, SECONDS_FOR_ONE)
            if code:
                raise CannotProve(f"the edit breaks the program: {_last_line(output)}")

    def _run(self, command: Sequence[str], source: Path, seconds: int) -> tuple[int, str]:
        environment = os.environ | {
            "PYTHONPATH": str(source),
            "PYTHONDONTWRITEBYTECODE": "1",
            "HYPOTHESIS_STORAGE_DIRECTORY": str(self.scratch / "hypothesis"),
        }
        with subprocess.Popen(
            command,
            cwd=self.root,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,  # so that a run that hangs ends together with the servers that it started
        ) as process:
            try:
                output, _ = process.communicate(timeout=seconds)
            except subprocess.TimeoutExpired as hung:
                os.killpg(process.pid, signal.SIGKILL)
                raise CannotProve(f"no end after {seconds} seconds") from hung
        return process.returncode, output


def edit(package: Path, entry: dict[str, str]) -> Path:
    """The file under `package` in which the one line that `entry` describes now reads as it becomes, indented alike.

    Raises CannotProve when the line does not stand there exactly once.
    """
    path = package / entry["file"]
    if not path.is_file():
        raise CannotProve(f"there is no file {entry['file']}")
    if entry["becomes"].strip() == entry["line"].strip():
        raise CannotProve("the edit changes nothing")
    lines = path.read_text(encoding="utf-8").splitlines()
    places = [number for number, line in enumerate(lines) if line.strip() == entry["line"].strip()]
    if len(places) != 1:
        raise CannotProve(f"the line stands {len(places)} times in {entry['file']}, not once")
    line = lines[places[0]]
    indent = line[: len(line) - len(line.lstrip())]
    lines[places[0] : places[0] + 1] = [indent + new for new in entry["becomes"].splitlines()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


class Judgement:
    """How every promise stands, and a sentence for each claim that does not hold."""

    def __init__(self, promises: dict[str, Promised], claims: Iterable[Claim]) -> None:
        self.standings = {name: Standing(promise) for name, promise in promises.items()}
        self.complaints: list[str] = []
        self.sabotages: dict[str, list[Claim]] = defaultdict(list)
        by_function = defaultdict(list)
        for claim in claims:
            by_function[claim.function].append(claim)
        for function, cases in by_function.items():
            self._weigh(function, cases)

    def _weigh(self, function: str, cases: list[Claim]) -> None:
        """A test counts as passed when no case failed and one passed; then it may be tried on sabotaged sources."""
        wrong = [case for case in cases if case.ended in {"failed", "broken"}]
        self.complaints += [f"{case.test} {case.ended}: {case.why}" for case in wrong]
        if wrong:
            return
        passed = [case for case in cases if case.ended == "passed"]
        for case in passed or cases:
            for promise in case.ids:
                standing = self.standings[promise]
                (standing.passed if passed else standing.skipped).add(function)
        for case in passed:
            if case.sabotage is not None:
                self.sabotages[case.sabotage].append(case)

    def weigh_sabotage(self, name: str, outcome: list[Claim] | CannotProve) -> None:
        """Credit each test that failed under the sabotage `name`; complain of each that did not."""
        if isinstance(outcome, CannotProve):
            self.complaints.append(f"sabotage {name}: {outcome}")
            return
        for function in {case.function for case in self.sabotages[name]}:
            cases = [case for case in outcome if case.function == function]
            if any(case.ended == "failed" for case in cases):
                for promise in {promise for case in cases for promise in case.ids}:
                    self.standings[promise].sabotaged.add(function)
            else:
                how = {f"{case.ended}: {case.why}" if case.why else case.ended for case in cases} or {"did not run"}
                self.complaints.append(f"sabotage {name}: {function} has to fail, but {', '.join(sorted(how))}")


def prove(root: Path, scratch: Path, tests: Iterable[str] = ()) -> Judgement:
    """What the tests of the repository at `root`, or some of them, prove. Raises CannotProve when they cannot run."""
    prover = Prover(root, scratch)
    claims = prover.as_it_is(tests)
    claimed = {promise for claim in claims for promise in claim.ids}
    promises = {name: promise for name, promise in promised(root).items() if name in claimed or not tests}
    judgement = Judgement(promises, claims)
    entries = sabotages(root)
    for complaint in judgement.complaints:
        tell(complaint)
    tell(f"{len(claims)} claims looked at as they are; {len(judgement.sabotages)} sabotages follow")

    def carry_out(name: str) -> list[Claim] | CannotProve:
        began = time.monotonic()
        try:
            outcome = prover.sabotaged(name, entries[name], {case.test for case in judgement.sabotages[name]})
        except CannotProve as why:
            tell(f"{name}: {why}")
            return why
        ended = ", ".join(sorted({claim.ended for claim in outcome})) or "did not run"
        tell(f"{name}: {ended} ({time.monotonic() - began:.0f} s)")
        return outcome

    with ThreadPoolExecutor(AT_ONCE) as pool:
        for name, outcome in zip(judgement.sabotages, pool.map(carry_out, judgement.sabotages), strict=True):
            judgement.weigh_sabotage(name, outcome)
    return judgement


def tell(line: str) -> None:
    """Say on the error stream how far a long run has come."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def _last_line(output: str) -> str:
    return next((line.strip() for line in reversed(output.splitlines()) if line.strip()), "no output")


def _as_json(judgement: Judgement) -> str:
    promises = {
        name: {
            "promise": standing.promise.text,
            "asks_for": standing.promise.proof,
            "standing": standing.word,
            "proof": standing.proof,
            "tests": sorted(standing.passed),
            "sabotaged": sorted(standing.sabotaged),
            "skipped": sorted(standing.skipped),
        }
        for name, standing in judgement.standings.items()
    }
    return json.dumps({"promises": promises, "does_not_hold": judgement.complaints}, indent=2)


def _as_table(judgement: Judgement) -> str:
    lines = [f"{'id':<5}{'standing':<15}{'proof':<20}tests"]
    for name, standing in judgement.standings.items():
        tests = [*sorted(standing.passed), *(f"{test} (skipped)" for test in sorted(standing.skipped))] or ["-"]
        lines.append(f"{name:<5}{standing.word:<15}{standing.proof:<20}{tests[0]}")
        lines += [" " * 40 + test for test in tests[1:]]
    words = [standing.word for standing in judgement.standings.values()]
    lines += ["", " · ".join(f"{words.count(word)} {word}" for word in ("proven", "partly proven", "open"))]
    if judgement.complaints:
        lines += ["", "These claims do not hold:", *(f"  {complaint}" for complaint in judgement.complaints)]
    return "\n".join(lines)


def main() -> int:
    """Print how the promises stand; 1 when a claimed proof does not hold."""
    parser = argparse.ArgumentParser(description="Which promises are proven, partly proven, open.")
    parser.add_argument("tests", nargs="*", help="folders, files or names of tests; all when none is given")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--root", type=Path, default=REPOSITORY, help="another repository of the same shape")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="promises-") as scratch:
        try:
            judgement = prove(arguments.root.resolve(), Path(scratch), arguments.tests)
        except CannotProve as why:
            sys.stderr.write(f"the tests that claim promises did not run: {why}\n")
            return 1
    sys.stdout.write((_as_json if arguments.json else _as_table)(judgement) + "\n")
    return 1 if judgement.complaints else 0


if __name__ == "__main__":
    sys.exit(main())
