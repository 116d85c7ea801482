"""A call spoken for this test goes in by both ways and is recognized for real; what it gives away is kept nowhere."""

import json
import random
import re
import runpy
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from scene import Place, found_in, staged

from promises import promise

pytestmark = [pytest.mark.slow, pytest.mark.long]

DEMO = Path(__file__).resolve().parents[2] / "demo"
DIGITS = {
    word: str(digit)
    for digit, word in enumerate(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"])
}


def in_figures(text: str) -> str:
    """Return a text with number words as figures and nothing between the figures of one number."""
    words = re.sub(r"double (\w+)", r"\1 \1", text.lower().replace(" oh ", " zero "))
    figures = re.sub(r"[a-z]+", lambda word: DIGITS.get(word[0], word[0]), words)
    return re.sub(r"(?<=\d)[ ,.-]+(?=\d)", "", figures)


def pieces_of(facts: dict[str, Any]) -> list[str]:
    """Return what must not stand in the text: parts of names, and every four figures in a row of a number."""
    numbers = [facts["card"], facts["phone"][3:], facts["record"]]
    fours = [number[start : start + 4] for number in numbers for start in range(len(number) - 3)]
    return [*fours, *facts["name"].lower().split(), facts["street"].lower(), str(facts["born"][0])]


def stands_in(piece: str, text: str) -> bool:
    """Return whether figures stand anywhere in the text, or words as words: "blinda" was not heard as "Linda"."""
    return piece in text if piece.isdigit() else re.search(rf"\b{re.escape(piece)}\b", text) is not None


@promise("E1", "E25", "E42", sabotage="content_is_not_sealed")
def test_a_spoken_call_is_kept_without_what_it_gives_away(template: Place, tmp_path: Path) -> None:
    pytest.importorskip("faster_whisper", reason="the extra `speech` is not installed")
    if shutil.which("espeak-ng") is None:
        pytest.skip("espeak-ng is not installed: apt-get install espeak-ng")
    weights: Path = runpy.run_path(str(DEMO / "weights.py"))["weights"]()
    seed = random.SystemRandom().randrange(10**6)
    call = tmp_path / "Jane_Doe_987-65-4321.wav"
    subprocess.run(
        [sys.executable, DEMO / "make_call.py", call, "--seed", str(seed)], check=True, timeout=120, cwd=tmp_path
    )
    facts = json.loads(call.with_suffix(".json").read_bytes())["facts"]
    real: dict[str, Any] = {
        "PRIVITY_SPEECH_RECOGNIZER": "faster_whisper",
        "PRIVITY_SPEECH_MODEL": str(weights),
        "SCENE_SCRIPTS": "",
    }
    with staged(template) as stage:
        with stage.serving(**real) as server:
            answer = server.post(call.read_bytes(), name=call.name, channel="call")
            assert answer.status_code == 202, answer.text
            over_http = server.settled(answer.json()["id"], within=600)
            told = server.get(f"/v1/conversations/{answer.json()['id']}/history").text
        by_command = stage.command("ingest", str(call), "--tenant", "birch", "--channel", "call", "--json", **real)
        assert by_command.returncode == 0, by_command.stderr
        for shown in (over_http, json.loads(by_command.stdout)):
            assert shown["state"] == "kept"
            text = shown["redacted_text"]
            assert "appointment" in text
            assert {"[NAME]", "[PHONE]"} <= set(re.findall(r"\[[A-Z_]+\]", text)), seed
            left = [piece for piece in pieces_of(facts) if stands_in(piece, in_figures(text))]
            assert left == [], f"seed {seed}: {text}"
            assert facts["name"].lower() not in told.lower()
        values = [facts[name] for name in ("name", "card", "phone", "record", "street")]
        assert found_in([stage.place.data.path, stage.temporary], [*values, "Jane_Doe", "appointment"]) == {}
        assert stage.place.blobs() == []
