"""What is wrong with a command as it was typed, told by the names of its parameters and never by what was typed.

The library's own words quote values: a card number after `--limit` would stand on the terminal, and in whatever keeps
what scripts say. So its errors are told anew, by their kinds; of its words only those are taken that are ours.
"""

import re
from typing import Final

from cyclopts import CycloptsError
from cyclopts.exceptions import (
    CoercionError,
    MissingArgumentError,
    RepeatArgumentError,
    UnknownCommandError,
    UnknownOptionError,
    UnusedCliTokensError,
    ValidationError,
)

_CHOICES: Final = re.compile(r"Choose from: ((?:\"[a-z0-9_-]+\"(?:, )?)+)\.")
_MEANT: Final = re.compile(r" Did you mean \"?(-{0,2}[a-z][a-z-]*)\"?\?")

_WORDS: Final[tuple[tuple[type[CycloptsError], str], ...]] = (
    (UnknownCommandError, "there is no such command"),
    (UnknownOptionError, "there is no such option"),
    (UnusedCliTokensError, "there are more arguments than the command takes"),
    (MissingArgumentError, "a value is missing for {}"),
    (RepeatArgumentError, "an option was given more than once"),
    (CoercionError, "the value for {} is none that can be used"),
    (ValidationError, "the value for {} is none that can be used"),
)


def usage_error_words(error: CycloptsError) -> str:
    """Return one line that says what was wrong and, where there is one, what was probably meant."""
    what = _what(error)
    if isinstance(error, CoercionError) and (choices := _CHOICES.findall(str(error))):
        return f"{what}: choose from {choices[-1]}"  # the last: what was typed stands before it
    if isinstance(error, UnknownOptionError | UnknownCommandError) and (meant := _MEANT.findall(str(error))):
        return f"{what}: did you mean {meant[-1]}?"
    return what


def _what(error: CycloptsError) -> str:
    name = "an argument" if error.argument is None else error.argument.name
    for kind, words in _WORDS:
        if isinstance(error, kind):
            return words.format(name)
    return "the command was not understood"
