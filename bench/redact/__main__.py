"""Measures redaction on made-up text, ours and that of others in the same run.

    python bench/redact measure    the table: quality by kind, speed, memory, for us and each peer that is installed
    python bench/redact generate   write the text with its gold spans as JSON lines, one file a kind
    python bench/redact leaks      what survives, by kind of value, in shape only
    python bench/redact growth     does time grow with the text alone, whatever is in it; fails when it does not

`make bench-peers` installs the peers into an environment of their own.
"""

import argparse
import sys
from pathlib import Path

import generating
import growth
import leaking
import measuring

SEED = 20260


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", nargs="?", default="measure", choices=("measure", "generate", "leaks", "growth"))
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--count", type=int, default=100, help="documents of each kind")
    parser.add_argument("--kinds", default="", help="of which kinds, with commas; all when empty")
    parser.add_argument("--peers", default="presidio,scrubadub,datafog", help="beside whom, with commas")
    parser.add_argument("--data", type=Path, nargs="*", default=[], help="measure on these files instead")
    parser.add_argument("--out", type=Path, default=Path("redact-data"), help="folder to generate into")
    parser.add_argument("--mixes", type=int, default=200, help="growth: how many shapes put together at random")
    parser.add_argument("--quick", action="store_true", help="growth: short texts")
    parser.add_argument("--page", type=Path, help="rewrite the table of this page")
    asked = parser.parse_args()
    if asked.command == "growth":
        sys.exit(min(1, growth.report(asked.seed, asked.mixes, quick=asked.quick)))
    if asked.command == "generate":
        generating.generate(asked.out, asked.kinds, asked.seed, asked.count)
        return
    sets = generating.from_files(asked.data) if asked.data else generating.sets(asked.kinds, asked.seed, asked.count)
    if asked.command == "leaks":
        leaking.report(sets)
        return
    command = f".venv/bin/python bench/redact {' '.join(sys.argv[1:])}".rstrip()
    measuring.report(sets, asked.peers.split(",") if asked.peers else [], asked.page, command)


if __name__ == "__main__":
    main()
