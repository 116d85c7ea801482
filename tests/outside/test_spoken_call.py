"""A call spoken for this test goes in by both ways and is recognized for real; what it gives away is kept nowhere."""

import json
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
SEED = 90485  # of which the recognizer makes ", park street."; `bench/heard_calls.py` hears any number of others


@promise("E1", "E25", "E42", sabotage="content_is_not_sealed")
def test_a_spoken_call_is_kept_without_what_it_gives_away(template: Place, tmp_path: Path) -> None:
    pytest.importorskip("faster_whisper", reason="the extra `speech` is not installed")
    if shutil.which("espeak-ng") is None:
        pytest.skip("espeak-ng is not installed: apt-get install espeak-ng")
    weights: Path = runpy.run_path(str(DEMO / "weights.py"))["weights"]()
    left_in = runpy.run_path(str(DEMO / "given_away.py"))["left_in"]
    call = tmp_path / "Jane_Doe_987-65-4321.wav"
    subprocess.run(
        [sys.executable, DEMO / "make_call.py", call, "--seed", str(SEED)], check=True, timeout=120, cwd=tmp_path
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
            assert {"[NAME]", "[PHONE]"} <= set(re.findall(r"\[[A-Z_]+\]", text))
            assert left_in(text, facts) == [], text
            assert facts["name"].lower() not in told.lower()
        values = [facts[name] for name in ("name", "card", "phone", "record", "street")]
        assert found_in([stage.place.data.path, stage.temporary], [*values, "Jane_Doe", "appointment"]) == {}
        assert stage.place.blobs() == []
