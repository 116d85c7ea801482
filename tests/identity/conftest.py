"""The fixtures of tests/outside/scene.py and tests/outside/clinics.py."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent / "outside"))

from clinics import clinic
from scene import held, template

__all__ = ["clinic", "held", "template"]
