"""The fixtures of tests/outside, and the whole site over a clinic of one's own."""

import dataclasses
import sys
from pathlib import Path

import pytest

from privity.dashboard import make_site

sys.path.append(str(Path(__file__).resolve().parent.parent / "outside"))

from clinics import Clinic, clinic
from scene import held, stage, template
from server import running_server

__all__ = ["clinic", "held", "running_server", "site", "stage", "template"]


@pytest.fixture
def site(clinic: Clinic) -> Clinic:
    """The clinic, seen through the whole site."""
    return dataclasses.replace(clinic, app=make_site(clinic.installation))
