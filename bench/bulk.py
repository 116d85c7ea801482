"""Whole collections: how much faster two workers are than one, in the same run, on made-up calls.

.venv/bin/python bench/bulk.py [MEGABYTES]
"""

import json
import sys
import tempfile
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


def seconds(source: Path, destination: Path, workers: int) -> float:
    start = time.perf_counter()
    redact_collection(Job(source=str(source), destination=str(destination), part_bytes=500_000), workers=workers)
    return time.perf_counter() - start


def main() -> None:
    megabytes = float(sys.argv[1]) if len(sys.argv) > 1 else 8.0
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "in").mkdir()
        write(root / "in" / "calls.jsonl", 0.5)
        seconds(root / "in", root / "warm", 2)
        write(root / "in" / "calls.jsonl", megabytes)
        one, two = seconds(root / "in", root / "one", 1), seconds(root / "in", root / "two", 2)
    print(f"one worker {one:.1f} s, two workers {two:.1f} s for {megabytes:.0f} MB, start-up of Daft included")
    print(f"two workers are {one / two:.2f} times as fast as one")


if __name__ == "__main__":
    main()
