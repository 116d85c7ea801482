"""How the command line prints: aligned, quiet, the result first."""

import sys
from collections.abc import Sequence
from typing import Any, Final

import msgspec
from rich.console import Console
from rich.text import Text

from privity.errors import PrivityError

_INDENT = "  "
_UNSEEN: Final = dict.fromkeys({*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029} - {0x09, 0x0A}, "\ufffd")


class _PlainConsole(Console):
    """A terminal that texts cannot command: what a stranger said or called himself holds no escape sequence here."""

    def print(self, *objects: Any, **options: Any) -> None:
        """Print texts with a mark in place of every control character; line ends and tabs stay."""
        super().print(*map(_plain, objects), **options)

    def on_broken_pipe(self) -> None:
        """Let whoever runs the command end it: the library would end the process with a code that means no."""
        raise BrokenPipeError


def console(*, stderr: bool = False) -> Console:
    """Return the console for results, or for what is told beside them; colour only where the terminal has it."""
    return _PlainConsole(stderr=stderr, highlight=False, soft_wrap=True)


def print_json(value: Any) -> None:
    """Print one JSON object on one line."""
    sys.stdout.buffer.write(msgspec.json.encode(value) + b"\n")
    sys.stdout.buffer.flush()


def print_error(error: PrivityError, *, as_json: bool) -> None:
    """Print an error: what happened and what to do, on stderr."""
    decision = getattr(error, "decision_id", None)
    if as_json:
        told = {"error": error.slug, "message": error.message, "advice": error.advice}
        sys.stderr.buffer.write(msgspec.json.encode(told | ({"decision_id": decision} if decision else {})) + b"\n")
        return
    to = console(stderr=True)
    to.print(Text.assemble(("error", "bold red"), f"  {error.message}"))
    if error.advice:
        to.print(Text.assemble(("to do", "bold"), f"  {error.advice}"))


def print_usage_error(message: str, *, as_json: bool) -> None:
    """Print that a command was used wrongly."""
    if as_json:
        sys.stderr.buffer.write(msgspec.json.encode({"error": "bad-usage", "message": message}) + b"\n")
        return
    to = console(stderr=True)
    to.print(Text.assemble(("error", "bold red"), f"  {message}"))
    to.print(Text.assemble(("to do", "bold"), "  privity --help, or privity COMMAND --help"))


def print_facts(rows: Sequence[tuple[str, str]]) -> None:
    """Print names and values in two aligned columns."""
    width = max(len(name) for name, _ in rows)
    to = console()
    for name, value in rows:
        to.print(Text.assemble(_INDENT, (f"{name:<{width}}", "dim"), "  ", value))


def print_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows under headings, without lines; nothing is cut off, because ids are there to be copied."""
    widths = [max(len(row[column]) for row in (headings, *rows)) for column in range(len(headings))]
    to = console()
    for number, row in enumerate((headings, *rows)):
        line = "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True))
        to.print(Text(_INDENT + line.rstrip(), style="dim" if number == 0 else ""))


def print_turns(turns: Sequence[tuple[str, str]]) -> None:
    """Print a redacted conversation; hidden spans stand out."""
    width = max((len(speaker) for speaker, _ in turns), default=0)
    to = console()
    for speaker, text in turns:
        line = Text.assemble("    ", (f"{speaker:<{width}}", "dim"), "  ", text)
        line.highlight_regex(r"\[[A-Z_]+\]", "reverse")
        to.print(line)


def print_next(*commands: str) -> None:
    """Print what can be done next."""
    to = console()
    to.print()
    for number, command in enumerate(commands):
        to.print(Text.assemble(_INDENT, ("next" if number == 0 else "    ", "dim"), f"  {command}"))


def _plain(printed: Any) -> Any:
    if isinstance(printed, str):
        return printed.translate(_UNSEEN)
    if isinstance(printed, Text):
        cleaned = printed.copy()
        cleaned.plain = printed.plain.translate(_UNSEEN)  # one for one, so that styles stay where they are
        return cleaned
    return printed
