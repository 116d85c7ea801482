"""The fixture `notary`: everything of rig.py on a fresh database."""

import pytest
from rig import MemoryKms, Notary

from databases import FreshDatabase
from privity.clock import SystemClock


@pytest.fixture
def notary(fresh_database: FreshDatabase) -> Notary:
    return Notary(fresh_database, MemoryKms(), SystemClock())
