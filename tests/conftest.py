"""What every test may use: the mark `promise`, and the fixtures of databases.py and oldest.py."""

pytest_plugins = ["promises", "databases", "oldest"]
