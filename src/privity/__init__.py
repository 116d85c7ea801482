"""Privity keeps custody of confidential conversations; `docs/architecture.md` is the map of its rooms."""

__version__ = "0.1.0"
