"""How the command line prints: aligned, quiet, the result first."""

import re
import sys
from collections.abc import Sequence
from typing import Any

import msgspec
from rich.console import Console
from rich.text import Text

from privity.errors import PrivityError

_INDENT = "  "
_TYPED = re.compile(r"(Invalid value|Unknown command|Unknown option):? (?:\"[^\"]*\"|--\S+)")


def console() -> Console:
    """Return the console for results; colour only where the terminal has it."""
    return Console(highlight=False, soft_wrap=True)


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
    to = Console(stderr=True, highlight=False, soft_wrap=True)
    to.print(Text.assemble(("error", "bold red"), f"  {error.message}"))
    if error.advice:
        to.print(Text.assemble(("to do", "bold"), f"  {error.advice}"))


def print_usage_error(message: str, *, as_json: bool) -> None:
    """Print that a command was used wrongly; what was typed is not repeated."""
    first = message.strip().splitlines()[0] if message.strip() else "the command was not understood"
    first = _TYPED.sub(r"\1", first).partition(": [")[0]
    if as_json:
        sys.stderr.buffer.write(msgspec.json.encode({"error": "bad-usage", "message": first}) + b"\n")
        return
    to = Console(stderr=True, highlight=False, soft_wrap=True)
    to.print(Text.assemble(("error", "bold red"), f"  {first}"))
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
