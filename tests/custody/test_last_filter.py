"""The last filter before a text is shown: what it waits for and what waits for it."""

import asyncio
import threading
from collections.abc import Sequence
from typing import Any, cast

from privity.custody.content import Content, KeptTurn
from privity.custody.sealed_content import filtered
from privity.redact import Redactor, Turn


class Held:
    """A redactor that goes on when it is let, as one does that has hours of a call to read."""

    def __init__(self) -> None:
        self.let_go = threading.Event()

    def redact_turns(self, turns: Sequence[Turn]) -> Any:
        assert self.let_go.wait(5), "nothing else went on while a text was filtered"
        return Redactor().redact_turns(turns)


async def test_a_long_text_keeps_nobody_else_waiting() -> None:
    held = Held()
    content = Content((KeptTurn("caller", "my name is Maria Gonzalez"),), ())
    filtering = asyncio.create_task(filtered(content, cast("Redactor", held)))
    await asyncio.sleep(0.01)  # by now the redactor has begun
    held.let_go.set()
    assert (await filtering).turns == (KeptTurn("caller", "my name is [NAME]"),)
