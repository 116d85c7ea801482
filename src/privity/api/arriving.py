"""How a body arrives: within a time, as it is and under one name; whatever reads it hears of it when it does not.

A body is looked at when somebody asks for it, behind the decision whether it may be sent at all. So who may not send
anything is told that first, and what is undone when a connection breaks is undone for these reasons too.
"""

import asyncio
import time
from typing import Any, Final, cast

from litestar.types import ASGIApp, Message, Receive, Scope, Send

from privity.errors import BadInput, PackedContent, TooSlow, Unreadable

_PACE: Final = 1024
"""How many bytes buy another second of waiting: who sends a byte now and then does not hold a connection for days."""
_AS_IT_IS: Final = frozenset({b"", b"identity"})
_START: Final = "http.response.start"
_CLOSE: Final = (b"connection", b"close")


class BodiesArrive:
    """Refuses bodies that come to a stop (408), that are packed (415), or whose kind or end is said twice (400)."""

    def __init__(self, app: ASGIApp, stall_limit: float) -> None:
        self._inner = app
        self._stall_limit = stall_limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if str(scope["type"]) != "http":
            await self._inner(scope, receive, send)
            return
        arrival = _Arrival(cast("dict[str, Any]", scope), receive, send, self._stall_limit)
        await self._inner(scope, arrival.receive, arrival.send)


class _Arrival:
    """One body on its way, until all of it is here or its answer begins."""

    def __init__(self, scope: dict[str, Any], receive: Receive, send: Send, stall_limit: float) -> None:
        self._headers: list[tuple[bytes, bytes]] = list(scope.get("headers", ()))
        self._receive = receive
        self._send = send
        self._stall_limit = stall_limit
        self._arrived = 0
        self._waited = 0.0
        self._over = False
        self._framed_twice = _is_framed_twice(self._headers, str(scope.get("http_version", "")))
        self._told: list[tuple[bytes, bytes]] = [_CLOSE] if self._framed_twice else []

    async def receive(self) -> Any:
        """Return what the connection has next; raises BadInput where no more of the body is taken."""
        if self._over:
            return await self._receive()
        self._check_head()
        began = time.monotonic()
        patience = min(self._stall_limit, self._stall_limit + self._arrived / _PACE - self._waited)
        message: dict[str, Any]
        try:
            async with asyncio.timeout(patience):
                message = cast("dict[str, Any]", await self._receive())
        except TimeoutError:
            self._over = True
            self._told.append(_CLOSE)
            raise TooSlow(
                "the body of the request did not arrive in time; nothing has happened",
                advice=f"Send it again, without a pause of {self._stall_limit:g} seconds.",
            ) from None
        self._waited += time.monotonic() - began
        if message["type"] == "http.disconnect":
            self._over = True
            raise Unreadable("the connection ended before the request did; nothing has happened")
        self._arrived += len(message.get("body", b""))
        self._over = not message.get("more_body", False)
        return message

    async def send(self, message: Message) -> None:
        """Pass the answer on, with what it has to say of the body."""
        if message["type"] == _START:
            self._over = True
            message["headers"] = [*message.get("headers", ()), *self._told]
        await self._send(message)

    def _check_head(self) -> None:
        if self._framed_twice:
            raise BadInput("it is not certain where the body ends", advice="Send `Content-Length` or chunks, not both.")
        sent = [value.split(b",") for name, value in self._headers if name == b"content-encoding"]
        if not {coding.strip().lower() for codings in sent for coding in codings} <= _AS_IT_IS:
            self._told.append((b"accept-encoding", b"identity"))
            raise PackedContent(
                "the content is packed, and nothing is unpacked here",
                advice="Send it as it is, without a `Content-Encoding`.",
            )
        if sum(name == b"content-type" for name, _ in self._headers) > 1:
            raise BadInput("more than one `Content-Type` was sent", advice="Say once what is sent.")


def _is_framed_twice(headers: list[tuple[bytes, bytes]], version: str) -> bool:
    """Return whether somebody on the way could see another end of the body, and take the rest for a new request.

    Nothing else is taken from such a connection (RFC 9112 sections 6.1 and 6.3).
    """
    names = {name for name, _ in headers}
    return b"transfer-encoding" in names and (b"content-length" in names or version == "1.0")
