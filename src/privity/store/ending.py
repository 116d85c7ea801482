"""Ending tasks that run until they are cancelled, and waiting until they have ended.

Asking once is not enough. On Python 3.11 `asyncio.wait_for`, by which the pool lends its connections, drops a
cancellation that comes in the turn of the loop in which the connection does. A task that writes for ever then goes on
writing for ever, and whoever awaits its end waits as long; a busy machine, whose turns are long, makes that likely.
"""

import asyncio
from typing import Any, Final

_AGAIN_AFTER: Final = 2.0  # longer than a last write takes


async def end_tasks(*tasks: asyncio.Task[Any], again_after: float = _AGAIN_AFTER) -> None:
    """Return once every task has ended; what they raised is dropped.

    Each is cancelled, and cancelled again while it has not ended after `again_after` seconds: that has to be longer
    than what a task does at its end, which a second cancellation would cut short.
    """
    ending = {task for task in tasks if not task.done()}
    while ending:
        for task in ending:
            task.cancel()
        _, ending = await asyncio.wait(ending, timeout=again_after)
    await asyncio.gather(*tasks, return_exceptions=True)
