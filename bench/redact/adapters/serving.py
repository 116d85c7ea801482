"""What every adapter does: reads `{"id", "text"}` a line, writes `{"id", "spans"}` a line, and at last a report.

The report has the seconds from the start of the process until it could answer, the processor seconds that answering
took, the microseconds of each answer at the median and the 99th percentile, and the peak of memory. All redactors are
timed by this one module, in their own process, on one core. Standard library only, as peers have environments of their
own.
"""

import json
import os
import resource
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

Detect = Callable[[str], Iterable[tuple[int, int, str]]]


def serve(load: Callable[[], Detect], version: str) -> None:
    """Load a redactor and answer until the input ends."""
    detect = load()
    detect("Hello, my name is Ann Lee and my phone is 212-555-0147.")
    started = _seconds_since_start()
    times: list[float] = []
    for row in sys.stdin:
        request: dict[str, Any] = json.loads(row)
        began = time.process_time_ns()
        spans = list(detect(request["text"]))
        times.append((time.process_time_ns() - began) / 1e9)
        answer = [{"start": start, "end": end, "label": label} for start, end, label in spans]
        sys.stdout.write(json.dumps({"id": request["id"], "spans": answer}) + "\n")
    times.sort()
    report = {
        "version": version,
        "startup_s": started,
        "seconds": sum(times),
        "median_us": 1e6 * times[len(times) // 2] if times else 0.0,
        "p99_us": 1e6 * times[int(0.99 * len(times))] if times else 0.0,
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    sys.stdout.write(json.dumps({"report": report}) + "\n")


def _seconds_since_start() -> float:
    """Return how long this process has lived (proc(5): field 22 of stat is its start in clock ticks after boot)."""
    ticks = int(Path("/proc/self/stat").read_text(encoding="ascii").rpartition(")")[2].split()[19])
    return time.clock_gettime(time.CLOCK_BOOTTIME) - ticks / os.sysconf("SC_CLK_TCK")
