"""How many spoken calls keep nothing of what they give away, once they were recognized for real and redacted.

Each call is another person with other numbers, spoken by espeak-ng and heard by the recognizer of the demo, whose small
model mishears much. The same transcripts with nothing hidden are the baseline, and show that the search finds things.

    PATH=$PATH:.cache/debian/bin .venv/bin/python bench/heard_calls.py [CALLS [FIRST SEED]]
"""

import asyncio
import json
import runpy
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from privity.custody.spoken import turn_of
from privity.redact import Redactor
from privity.speech import Recognizer, open_recognizer

DEMO = Path(__file__).resolve().parents[1] / "demo"
WITHIN_S = 600


def main() -> None:
    """Speak, hear and redact the calls, and print what each still holds."""
    calls = int(sys.argv[1]) if len(sys.argv) > 1 else 8
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 4711
    left_in = runpy.run_path(str(DEMO / "given_away.py"))["left_in"]
    recognizer = open_recognizer("faster_whisper", runpy.run_path(str(DEMO / "weights.py"))["weights"]())
    redactor = Redactor()
    clean, kept, given = 0, 0, 0
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(first, first + calls):
            heard, left = _left(Path(folder) / "call.wav", seed, recognizer, redactor, left_in)
            clean, kept, given = clean + (not left), kept + len(left), given + len(heard)
            print(f"call {seed}: {len(left)} of {len(heard)} pieces left{': ' if left else ''}{', '.join(left)}")
    print(f"{clean} of {calls} calls keep nothing; {kept} pieces are left of {given} that were heard")


def _left(
    call: Path, seed: int, recognizer: Recognizer, redactor: Redactor, left_in: Callable[[str, Any], list[str]]
) -> tuple[list[str], list[str]]:
    """Return what of one call's facts was heard, and what is left of it."""
    subprocess.run([sys.executable, DEMO / "make_call.py", call, "--seed", str(seed)], check=True, timeout=120)
    facts = json.loads(call.with_suffix(".json").read_bytes())["facts"]
    transcript = asyncio.run(recognizer.transcribe(bytearray(call.read_bytes()), deadline_s=WITHIN_S))
    turns = [turn for segment in transcript.turns if (turn := turn_of(segment)) is not None]
    shown = redactor.redact_turns(turns).turns
    heard, kept = ("\n".join(turn.text for turn in spoken) for spoken in (turns, shown))
    return left_in(heard, facts), left_in(kept, facts)


if __name__ == "__main__":
    main()
