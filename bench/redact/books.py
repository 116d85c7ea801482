"""The files of phrases and lists that text is made of."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def book(name: str) -> dict[str, Any]:
    """Return one file of `phrases/`."""
    return tomllib.loads((Path(__file__).parent / "phrases" / f"{name}.toml").read_text(encoding="utf-8"))
