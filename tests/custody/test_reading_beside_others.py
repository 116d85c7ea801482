"""A conversation that takes long to pass the last filter, asked for again and again, keeps no other tenant waiting."""

import asyncio
import threading
from collections.abc import Sequence
from dataclasses import replace

import pytest
from scene import Place, secrets_of

from privity.redact import RedactedTurns, Redactor, Style, Turn, WayToHide

pytestmark = pytest.mark.slow

MANY = 40  # more than a process has connections and threads


class Slow(Redactor):
    """Redacts as ever, but for texts with a word, which wait until they are let go."""

    def __init__(self) -> None:
        super().__init__()
        self.word = ""
        self.let_go = threading.Event()
        self.busy = 0

    def redact_turns(self, turns: Sequence[Turn], style: Style | WayToHide = Style.LABEL) -> RedactedTurns:
        if self.word and any(self.word in turn.text for turn in turns):
            self.busy += 1
            assert self.let_go.wait(60)
        return super().redact_turns(turns, style)


async def test_long_ones_of_one_tenant_keep_no_other_waiting(held: Place) -> None:
    redactor = Slow()
    async with held.opened(redactor=redactor) as birch:
        cedar = replace(birch, tenant=held.cedar)
        long = await birch.bring(b"agent: tomorrow we talk about xylophones")
        short = await cedar.bring(secrets_of().text)
        await birch.work()
        redactor.word = "xylophones"
        asked = [asyncio.create_task(birch.read(long)) for _ in range(MANY)]
        try:
            while not redactor.busy:
                await asyncio.sleep(0.01)
            for _ in range(5):
                async with asyncio.timeout(20):
                    assert (await cedar.read(short)).content is not None
            assert not any(task.done() for task in asked)
            assert redactor.busy <= 2
        finally:
            redactor.let_go.set()
        for read in await asyncio.gather(*asked):
            assert "xylophones" in read.content.redacted_text
