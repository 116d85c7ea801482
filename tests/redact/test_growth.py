"""Redaction takes time in proportion to the text, whatever is in it: the quick half of `bench/redact growth`."""

import subprocess
import sys
from pathlib import Path

import pytest

from privity.redact.numbers import announced
from privity.redact.reading.cues import Cues
from privity.redact.reading.transcript import transcript_of_texts

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.mark.slow
def test_nothing_grows_faster_than_the_text() -> None:
    # Lines of Python are counted, which a busy machine does not change; time has a margin of three and is looked at
    # again before it counts. The program refuses to answer when a control that is quadratic is not caught.
    done = subprocess.run(
        [sys.executable, "bench/redact", "growth", "--quick", "--mixes", "0"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr[-400:]


@pytest.mark.parametrize("word", ["password=", "user='", "login='"])
def test_a_secret_that_is_full_of_its_own_announcement_is_told_once(word: str) -> None:
    transcript = transcript_of_texts([word * 300])
    assert len(list(announced.claims(transcript, Cues(transcript)))) <= 1
