"""What every adapter does: reads `{"id", "text"}` a line, writes `{"id", "spans"}` a line, and at last a report.

Answers come one by one, or with `--many` for all texts in calls of many where the redactor has such a call. The report
has the seconds from the start of the process until it could answer, the processor seconds that answering took, the
microseconds of an answer at the median and the 99th percentile when they came one by one, and the peak of memory. All
redactors are timed by this one module, in their own process, on one core. Standard library only, as peers have
environments of their own.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

Found = Iterable[tuple[int, int, str]]
Detect = Callable[[Sequence[str]], Iterable[Found]]

MANY = 64


def serve(load: Callable[[], Detect], version: str) -> None:
    """Load a redactor and answer until the input ends."""
    detect = load()
    for spans in detect(["Hello, my name is Ann Lee and my phone is 212-555-0147."]):
        list(spans)
    started = _seconds_since_start()
    requests: list[dict[str, Any]] = [json.loads(row) for row in sys.stdin]
    size = MANY if "--many" in sys.argv else 1
    times: list[float] = []
    for at in range(0, len(requests), size):
        asked = requests[at : at + size]
        began = time.process_time_ns()
        answers = [list(found) for found in detect([request["text"] for request in asked])]
        times.append((time.process_time_ns() - began) / 1e9)
        for request, answer in zip(asked, answers, strict=True):
            named = [{"start": start, "end": end, "label": label} for start, end, label in answer]
            sys.stdout.write(json.dumps({"id": request["id"], "spans": named}) + "\n")
    times.sort()
    report = {
        "version": version,
        "startup_s": started,
        "seconds": sum(times),
        "median_us": 1e6 * times[len(times) // 2] if times else 0.0,
        "p99_us": 1e6 * times[int(0.99 * len(times))] if times else 0.0,
        "peak_mib": _peak_kib() / 1024,
    }
    sys.stdout.write(json.dumps({"report": report}) + "\n")


def _seconds_since_start() -> float:
    """Return how long this process has lived (proc(5): field 22 of stat is its start in clock ticks after boot)."""
    ticks = int(Path("/proc/self/stat").read_text(encoding="ascii").rpartition(")")[2].split()[19])
    return time.clock_gettime(time.CLOCK_BOOTTIME) - ticks / os.sysconf("SC_CLK_TCK")


def _peak_kib() -> int:
    """Return the peak of this program's memory (proc(5)); getrusage(2) would count the one that started it as well."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0])
