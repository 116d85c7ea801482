"""What every test may use: the mark `promise`, and the fixtures of databases.py and oldest.py."""

import os

import pytest

# What this process opens itself waits out a disk that stalls; servers under test have the two seconds of everybody.
os.environ["PRIVITY_RECORD_WITHIN"] = "20"

pytest_plugins = ["promises", "databases", "oldest"]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put files of tests that take seconds first: workers take files in this order, and should end together."""
    if hasattr(config, "workerinput"):
        slow = {item.path for item in items if item.get_closest_marker("slow")}
        items.sort(key=lambda item: item.path not in slow)
