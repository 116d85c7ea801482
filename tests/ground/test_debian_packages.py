"""The programs of Debian's that tests fetch run wherever the folder is that they were fetched into."""

import runpy
import subprocess
from pathlib import Path
from typing import Any

import pytest

TOOL = Path(__file__).parents[2] / "tools" / "debian_packages.py"


@pytest.fixture
def tool(tmp_path: Path) -> dict[str, Any]:
    """What the tool defines, for a cache of its own in which a program was unpacked that says what it is run with."""
    defined = runpy.run_path(str(TOOL))
    cache = tmp_path / "first place" / "debian"
    program = cache / "root" / "usr" / "bin" / "espeak-ng"
    program.parent.mkdir(parents=True)
    program.write_text('#!/bin/sh\necho "$LD_LIBRARY_PATH $ESPEAK_DATA_PATH $FONTCONFIG_FILE $1"\n', encoding="utf-8")
    program.chmod(0o755)
    for folder in ("usr/lib/x86_64-linux-gnu/espeak-ng-data", "usr/share/fonts"):
        (cache / "root" / folder).mkdir(parents=True)
    defined["write_scripts"].__globals__.update(CACHE=cache, ROOT=cache / "root")
    return defined


@pytest.mark.parametrize("linked", [False, True])
def test_a_program_runs_where_its_folder_was_moved_to(tool: dict[str, Any], tmp_path: Path, *, linked: bool) -> None:
    tool["write_scripts"]()
    moved = (tmp_path / "first place").rename(tmp_path / "second place")
    script = moved / "debian" / "bin" / "espeak-ng"
    if linked:
        (tmp_path / "link").symlink_to(script)
        script = tmp_path / "link"
    said = subprocess.run([script, "hello"], check=True, capture_output=True, text=True).stdout
    assert "first place" not in said
    for place in ("root/usr/lib/x86_64-linux-gnu", "fonts.conf hello"):
        assert f"{moved}/debian/bin/../{place}" in said


def test_what_was_fetched_is_not_taken_for_installed(tool: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    tool["write_scripts"]()
    monkeypatch.setenv("PATH", f"{tool['write_scripts'].__globals__['CACHE']}/bin")
    assert not tool["installed"]("espeak-ng")
    assert "espeak-ng" in tool["missing"]()
