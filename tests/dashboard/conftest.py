"""The fixtures of tests/outside, and the whole site over a clinic of one's own."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent / "outside"))

from clinics import clinic
from scene import held, stage, template
from server import running_server

__all__ = ["clinic", "held", "running_server", "stage", "template"]
