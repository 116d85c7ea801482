"""The fixtures of tests/outside/scene.py and tests/outside/server.py."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent / "outside"))

from scene import held, stage, template
from server import running_server
from vendor import an_office, another_office, offices_of_a_file, two_offices

__all__ = [
    "an_office",
    "another_office",
    "held",
    "offices_of_a_file",
    "running_server",
    "stage",
    "template",
    "two_offices",
]
