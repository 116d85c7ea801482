"""What every test may use: the mark `promise` (promises.py) and the fixture `fresh_database` (databases.py)."""

pytest_plugins = ["promises", "databases"]
