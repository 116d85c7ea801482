"""Options that every command takes."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter


@Parameter(name="*")
@dataclass(frozen=True)
class Options:
    """Where the installation lies and how to print.

    Parameters
    ----------
    data
        The data directory.
    json
        Print one JSON object instead of text for people.
    """

    data: Path = Path("privity-data")
    json: Annotated[bool, Parameter(negative=())] = False


DEFAULT = Options()
