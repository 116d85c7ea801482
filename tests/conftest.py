"""What every test may use: the mark `promise`, and the fixtures of databases.py and oldest.py."""

import os
from collections import Counter

import pytest

# What this process opens itself waits out a disk that stalls; servers under test have the two seconds of everybody.
os.environ["PRIVITY_RECORD_WITHIN"] = "20"

pytest_plugins = ["promises", "databases", "oldest"]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Order files for workers, which take them one by one: the longest first, then those with the most tests.

    A worker that begins a file of one long test last lets the other wait for it.
    """
    if hasattr(config, "workerinput"):
        long = {item.path for item in items if item.get_closest_marker("long")}
        many = Counter(item.path for item in items)
        items.sort(key=lambda item: (item.path not in long, -many[item.path]))
