"""Understands the plainest ways to type `privity redact`, so that a pipe does not wait until all commands are loaded.

What this does not understand to the last word is left to the command line proper, which knows every option, says what
is wrong, and gives the same result for what is understood here.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

_SWITCHES: Final = {"--jsonl": "jsonl", "--json": "as_json"}
_CHOICES: Final = {"--policy": "policy", "--style": "style"}
_STYLES_WITHOUT_KEY: Final = frozenset({"label", "mask"})


def plain_redaction(arguments: Sequence[str]) -> Callable[[], None] | None:
    """Return what redacts as the arguments say, or None where they need the command line proper."""
    if not arguments or arguments[0] != "redact":
        return None
    options: dict[str, Any] = {}
    files: list[Path] = []
    words = iter(arguments[1:])
    for word in words:
        if word in _SWITCHES and _SWITCHES[word] not in options:
            options[_SWITCHES[word]] = True
        elif word in _CHOICES and _CHOICES[word] not in options:
            options[_CHOICES[word]] = next(words, "-")
        elif word == "-" or (word and not word.startswith("-")):
            files.append(Path(word))
        else:
            return None
    if options.get("policy", "calls")[:1] in {"", "-"} or options.get("style", "label") not in _STYLES_WITHOUT_KEY:
        return None
    from privity.cli.redacting_files import redact_files  # noqa: PLC0415 - other commands need none of it

    return lambda: redact_files(files, **options)
