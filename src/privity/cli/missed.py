"""`privity missed ID` marks what was missed in a kept conversation; `privity missed list` prints it as test cases."""

import asyncio
import re
import sys
from typing import Annotated, Any, Final
from uuid import UUID

import msgspec
from cyclopts import App, Parameter

from privity.cli.local import open_operator
from privity.cli.options import DEFAULT, Options
from privity.cli.printing import print_facts, print_json, print_next, print_table
from privity.cli.session import Session, open_session
from privity.custody import Case, Mark
from privity.errors import BadInput
from privity.gate import Action, resources
from privity.ids import parse_id
from privity.redact import Label, label_named
from privity.redact import missed as words_of

missed = App(name="missed", help="Mark what the redactor missed; list the cases without their values.")

_SPAN: Final = re.compile(r"([0-9]{1,9}):([0-9]{1,9})", re.ASCII)


@missed.default
def mark(
    conversation: str,
    /,
    *,
    turn: int,
    label: str,
    words: Annotated[str | None, Parameter(allow_leading_hyphen=True)] = None,
    span: str | None = None,
    tenant: Annotated[str | None, Parameter(name="--tenant")] = None,
    options: Options = DEFAULT,
) -> None:
    """Mark one identifier: hidden at once wherever its words stand, then redacted in the project's other conversations.

    Parameters
    ----------
    turn
        The turn it stands in, counted from 0.
    label
        What it is, such as NAME.
    words
        The words, which are looked up in the text here and go no further; - reads them from standard input.
    span
        Instead of words, where they stand: A:B, in characters of the turn as it is shown.
    """
    chosen, known = parse_id(conversation, "the conversation's id"), label_named(label, "--label")
    if (words is None) == (span is None):
        raise BadInput("either --words or --span is needed", advice="Give one of them.")

    async def act() -> UUID:
        async with open_session(options.data, tenant, about=chosen) as session:
            if span is not None:
                start, end = _span(span)
            else:
                sought = sys.stdin.read() if words == "-" else words or ""
                start, end = await _place(session, chosen, turn, sought)
            return await session.mark_missed(chosen, Mark(turn=turn, start=start, end=end, label=Label(known)))

    marked = asyncio.run(act())
    if options.json:
        print_json({"missed_id": marked})
        return
    print_facts([("marked", str(marked)), ("state", "hidden now; the worker redacts it in the records")])
    print_next(f"privity show {chosen}")


@missed.command(name="list")
def list_cases(*, tenant: str, options: Options = DEFAULT) -> None:
    """Print what was missed as test cases: label, shape and kinds of cues, never a value."""

    async def act() -> list[Case]:
        async with open_operator(options.data, tenant) as (installation, operator):
            async with installation.gate.open(operator, Action.MISSED_LIST, resources.own_tenant()) as access:
                return await installation.missed.cases(access)

    cases = asyncio.run(act())
    if options.json:
        print_json({"cases": [msgspec.to_builtins(case) for case in cases]})
        return
    rows: list[list[Any]] = [
        [str(case.id), case.label, case.shape, " ".join(case.cues), case.state, str(case.others)] for case in cases
    ]
    print_table(["case", "label", "shape", "cues", "state", "others"], rows)


def _span(text: str) -> tuple[int, int]:
    found = _SPAN.fullmatch(text)
    if found is None:
        raise BadInput("the span is not of the form A:B", advice="Count characters of the turn from 0.")
    return int(found[1]), int(found[2])


async def _place(session: Session, conversation: UUID, turn: int, words: str) -> tuple[int, int]:
    """Return where the words stand first; raises BadInput, which does not repeat them."""
    turns = (await session.show(conversation)).turns
    if not 0 <= turn < len(turns):
        raise BadInput("there is no such turn", advice="Turns are counted from 0.")
    found = words_of.occurrences(turns[turn].text, words)
    if not found:
        raise BadInput("the words do not stand in that turn", advice="Give them as `privity show` prints them.")
    return found[0]
