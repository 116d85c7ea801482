"""What belongs to the connection and not to a page: HSTS on every HTTPS answer, HEAD, the client's certificate."""

import base64
import hashlib
from typing import Any, Final, cast

from litestar.types import ASGIApp, Message, Receive, Scope, Send

CLIENT_CERTIFICATE: Final = "privity.client_certificate"
"""Key of a request's state: the DER of the client certificate that TLS has verified."""

HSTS: Final = (b"strict-transport-security", b"max-age=63072000; includeSubDomains; preload")


class StrictTransport:
    """Tells browsers never to come here without TLS (RFC 6797), in every answer that goes over it (promise C20)."""

    def __init__(self, app: ASGIApp) -> None:
        self._inner = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""

        async def with_header(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), HSTS]
            await send(message)

        secure = str(scope["type"]) == "http" and scope.get("scheme") == "https"
        await self._inner(scope, receive, with_header if secure else send)


class AnswersHead:
    """Answers HEAD as GET is answered, decided and recorded alike, without the body (RFC 9110 section 9.3.2)."""

    def __init__(self, app: ASGIApp) -> None:
        self._inner = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if str(scope["type"]) != "http" or scope.get("method") != "HEAD":
            await self._inner(scope, receive, send)
            return

        async def without_body(message: Message) -> None:
            if message["type"] == "http.response.body":
                message["body"] = b""
            await send(message)

        asked = [(name, value) for name, value in scope["headers"] if name != b"range"]  # which GET alone has (§ 14.2)
        await self._inner(cast("Scope", {**scope, "method": "GET", "headers": asked}), receive, without_body)


def thumbprint_of(scope: dict[str, Any]) -> str:
    """Return the thumbprint of a request's client certificate in base64url (RFC 8705 section 3.1), or nothing."""
    der = cast("dict[str, Any]", scope.get("state") or {}).get(CLIENT_CERTIFICATE)
    if der is None:
        return ""
    return base64.urlsafe_b64encode(hashlib.sha256(der).digest()).decode().rstrip("=")
