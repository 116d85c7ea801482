"""Options that every command takes."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from privity.cli.inputs import STANDARD_INPUT


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


def _a_file_or_dash(_kind: object, given: Path) -> None:
    if str(given).startswith("-") and given != STANDARD_INPUT:
        raise ValueError("there is no such option")


FileOrDash = Annotated[Path, Parameter(allow_leading_hyphen=True, validator=_a_file_or_dash)]
"""A file by its name, or `STANDARD_INPUT`."""

DEFAULT = Options()
