"""Whole collections: how much faster two workers are than one, in the same run, on made-up calls.

.venv/bin/python bench/bulk.py [MEGABYTES]

Seconds on the clock say what one waits, and are those of an idle machine only. How the work is divided is told by the
processor seconds of the busiest worker, which others on the machine hardly change. Linux only: they are read in /proc.
"""

import json
import os
import sys
import tempfile
import threading
import time
from pathlib import Path

from privity.bulk import Job, redact_collection

TURNS = (
    "thanks for calling, who am i speaking with",
    "this is maria gonzalez and i was born on march third nineteen eighty",
    "and a number to call you back please",
    "sure it's two one two five five five oh one four seven",
    "i will be there on tuesday at three, bring the blue forms and your card",
    "okay thank you very much, is there anything else that i can do for you today",
)


def write(file: Path, megabytes: float) -> None:
    row = 0
    with file.open("wb") as out:
        while out.tell() < megabytes * 1_000_000:
            text = " ".join(TURNS[(row + at) % len(TURNS)] for at in range(12))
            out.write(json.dumps({"id": row, "text": text}).encode() + b"\n")
            row += 1


def of_descendants() -> dict[int, float]:
    """Return the processor seconds of every process that descends from this one."""
    parents: dict[int, tuple[int, float]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:  # it has ended meanwhile
                continue
            parents[int(entry.name)] = (int(fields[1]), (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK"))
    ours = {os.getpid()}
    while more := {process for process, (parent, _) in parents.items() if parent in ours} - ours:
        ours |= more
    return {process: parents[process][1] for process in ours - {os.getpid()}}


def measured(source: Path, destination: Path, workers: int) -> tuple[float, float]:
    """Return the seconds on the clock and the processor seconds of the busiest worker."""
    busy: dict[int, float] = {}
    over = threading.Event()

    def watch() -> None:
        while not over.wait(0.2):
            busy.update(of_descendants())

    watching = threading.Thread(target=watch)
    watching.start()
    start = time.perf_counter()
    redact_collection(Job(source=str(source), destination=str(destination), part_bytes=500_000), workers=workers)
    took = time.perf_counter() - start
    over.set()
    watching.join()
    return took, max(busy.values())


def main() -> None:
    megabytes = float(sys.argv[1]) if len(sys.argv) > 1 else 8.0
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "in").mkdir()
        write(root / "in" / "calls.jsonl", 0.5)
        measured(root / "in", root / "warm", 2)
        write(root / "in" / "calls.jsonl", megabytes)
        (one, alone), (two, busiest) = measured(root / "in", root / "one", 1), measured(root / "in", root / "two", 2)
    print(f"one worker {one:.1f} s, two workers {two:.1f} s for {megabytes:.0f} MB, start-up of Daft included")
    print(f"two workers are {one / two:.2f} times as fast as one by the clock, on {os.cpu_count()} cores")
    print(
        f"processor seconds: one worker {alone:.1f}, the busier of two {busiest:.1f}, {alone / busiest:.2f} times less"
    )
    print(f"others kept {os.getloadavg()[0]:.1f} cores busy meanwhile, these included")


if __name__ == "__main__":
    main()
