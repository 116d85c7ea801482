"""The fixtures of tests/outside/scene.py."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent / "outside"))

from scene import held, stage, template

__all__ = ["held", "stage", "template"]
