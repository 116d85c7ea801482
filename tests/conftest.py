"""What every test may use: the mark `promise`, and the fixtures of databases.py and oldest.py."""

import os

# What this process opens itself waits out a disk that stalls; servers under test have the two seconds of everybody.
os.environ["PRIVITY_RECORD_WITHIN"] = "20"

pytest_plugins = ["promises", "databases", "oldest"]
