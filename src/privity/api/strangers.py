"""Requests that never reached the gate, such as a wrong token or an unknown page, are entries too (promise D53)."""

from typing import Final

from litestar.types import ASGIApp, Message, Receive, Scope, Send

from privity.api.acts import ORIGIN, RECORDED
from privity.gate import Strangers
from privity.identity import Origin

_MARK: Final = 400


class StrangersAreRecorded:
    """Middleware that writes an entry before it lets an unrecorded failure be answered."""

    def __init__(self, app: ASGIApp, strangers: Strangers) -> None:
        self._inner = app
        self._strangers = strangers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and look at the status of its answer."""

        async def looked_at(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] >= _MARK and RECORDED not in scope:
                origin = scope.get(ORIGIN)
                if isinstance(origin, Origin):
                    await self._strangers.record(origin, str(scope.get("method", "")), message["status"])
            await send(message)

        await self._inner(scope, receive, looked_at)
