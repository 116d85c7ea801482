"""What a crash leaves of a process that holds keys: nothing, whoever is told of crashes on this machine."""

import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

CRASH = """
import os, resource
from privity.notary import forbid_core_dumps
forbid_core_dumps()
print(*resource.getrlimit(resource.RLIMIT_CORE), flush=True)
os.abort()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere zero bytes are a prohibition")
def test_crash_is_dumped_neither_to_a_file_nor_to_a_program(tmp_path: Path) -> None:
    crashed = subprocess.run([sys.executable, "-c", CRASH], cwd=tmp_path, capture_output=True, text=True, check=False)
    permitted = resource.getrlimit(resource.RLIMIT_CORE)[1] != 0
    assert crashed.stdout == ("1 1\n" if permitted else "0 0\n"), crashed.stderr
    assert crashed.returncode == -signal.SIGABRT
    assert list(tmp_path.iterdir()) == []
