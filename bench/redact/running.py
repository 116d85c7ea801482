"""Runs an adapter over documents: in its own environment, in its own process, on one core."""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

import msgspec
from labelled import Labelled
from scoring import Found

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
ADAPTERS = {
    "privity": (ROOT / ".venv/bin/python", HERE / "adapters/privity_redact.py"),
    "presidio": (ROOT / ".cache/peers/bin/python", HERE / "adapters/presidio.py"),
    "scrubadub": (ROOT / ".cache/peers/bin/python", HERE / "adapters/scrubadub_peer.py"),
    "datafog": (ROOT / ".cache/peers/bin/python", HERE / "adapters/datafog_peer.py"),
}


class Report(msgspec.Struct, frozen=True):
    """What an adapter measured of itself; times of answers are processor time."""

    version: str
    startup_s: float
    seconds: float
    median_us: float
    p99_us: float
    peak_mib: float


def installed(name: str) -> bool:
    """Whether the environment of an adapter stands."""
    return ADAPTERS[name][0].exists()


def run(name: str, documents: Sequence[Labelled], *options: str) -> tuple[dict[str, list[Found]], Report]:
    """Return the spans that an adapter found in each document, by its id, and its report; see `adapters/serving`."""
    python, adapter = ADAPTERS[name]
    asked = b"".join(msgspec.json.encode({"id": each.id, "text": each.text}) + b"\n" for each in documents)
    one_core = min(os.sched_getaffinity(0))
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS"), "1")
    done = subprocess.run(
        ["taskset", "--cpu-list", str(one_core), str(python), str(adapter), *options],
        input=asked,
        capture_output=True,
        env={**os.environ, **threads, "PYTHONUTF8": "1"},
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{name} stopped with {done.returncode}: {done.stderr.decode(errors='replace')[-400:]}")
    found: dict[str, list[Found]] = {}
    report: Report | None = None
    for row in done.stdout.splitlines():
        if not row.startswith(b"{"):
            continue  # some print a greeting
        answer = msgspec.json.decode(row)
        if "report" in answer:
            report = msgspec.convert(answer["report"], Report)
        else:
            found[answer["id"]] = [(span["start"], span["end"], span["label"]) for span in answer["spans"]]
    assert report is not None, "an adapter ends with its report"
    return found, report
