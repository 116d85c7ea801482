"""Requests that never reached the gate, such as a wrong token or an unknown page, are entries too (promise D53)."""

from typing import Any, Final, cast

from litestar.types import ASGIApp, Message, Receive, Scope, Send

from privity.api.acts import CALLER, ORIGIN, RECORDED
from privity.api.transport import thumbprint_of
from privity.gate import Strangers
from privity.identity import Caller, Origin
from privity.ids import Ids

_FAILED: Final = 400


class StrangersAreRecorded:
    """The outermost layer: notes where a request comes from, and records a failure that nothing inside has recorded.

    It stands around the framework, whose own middleware does not see requests for which there is no route.
    """

    def __init__(self, app: ASGIApp, strangers: Strangers, ids: Ids) -> None:
        self._inner = app
        self._strangers = strangers
        self._ids = ids

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and write the entry before its answer leaves."""
        noted = cast("dict[str, Any]", scope)
        origin = noted[ORIGIN] = self._origin(noted)

        async def looked_at(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] >= _FAILED and RECORDED not in noted:
                caller: Caller | None = noted.get(CALLER)
                await self._strangers.record(origin, caller, str(noted.get("method", "")), message["status"])
            await send(message)

        await self._inner(scope, receive, looked_at)

    def _origin(self, scope: dict[str, Any]) -> Origin:
        agent = next((value for name, value in scope.get("headers", ()) if name == b"user-agent"), b"")
        address = (scope.get("client") or ("",))[0]
        return Origin(
            request_id=self._ids.new(),
            address=address,
            user_agent=agent[:400].decode("latin-1"),
            certificate=thumbprint_of(scope),
        )
