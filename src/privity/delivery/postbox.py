"""Mail is sent behind the answer, so that how long an answer takes does not tell whether there was a mail to send."""

import asyncio
from collections.abc import Sequence
from typing import Final

from privity import logs
from privity.delivery.mail import Mail, SendsMail

_AGAIN_AFTER: Final = (1.0, 5.0, 20.0)
_log: Final = logs.get("delivery")


class Postbox:
    """Sends mail in the background; tries again `again_after` so many seconds, then logs that it gave up.

    What waits here dies with the process: whoever asked for a code asks again.
    """

    def __init__(self, way: SendsMail, *, again_after: Sequence[float] = _AGAIN_AFTER) -> None:
        self.way = way
        self._again_after = again_after
        self._sending: set[asyncio.Task[None]] = set()

    def post(self, mail: Mail) -> None:
        """Send a mail soon."""
        task = asyncio.get_running_loop().create_task(self._send(mail))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)

    async def close(self, *, within: float = 5.0) -> None:
        """Wait a moment for what is being sent, and give the rest up."""
        if self._sending:
            _, late = await asyncio.wait(self._sending, timeout=within)
            for task in late:
                task.cancel()

    async def _send(self, mail: Mail) -> None:
        for wait in (*self._again_after, None):
            try:
                await self.way.send(mail)
            except Exception as error:  # noqa: BLE001 - nobody waits for this task, so nobody else would tell
                if wait is None:
                    _log.error("mail_given_up", error)
                    return
                await asyncio.sleep(wait)
            else:
                return
