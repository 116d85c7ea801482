"""What the web server does not do for a connection itself: it ends, is answered in our form, shows its certificate."""

import asyncio
from http import HTTPStatus
from typing import Any, ClassVar, Final

import h11
import msgspec
from uvicorn.protocols.http.h11_impl import H11Protocol

from privity.api.edge import HEADERS
from privity.api.problems import Problem
from privity.api.transport import CLIENT_CERTIFICATE, HSTS
from privity.errors import BadInput, TooSlow

_MAY_ANSWER: Final = (h11.IDLE, h11.SEND_RESPONSE)


def connections(stall_limit: float) -> type[H11Protocol]:
    """Return the protocol of the server's connections: one that waits for a request no longer than that, in seconds."""
    return type("Connection", (_Connection,), {"stall_limit": stall_limit})


class _Connection(H11Protocol):
    """HTTP/1.1 as ever, beside what is said below.

    The head of a request has to be there in time, and so has what is left of a body when it was answered; what happens
    to a body that somebody reads is told to whoever reads it (`privity.api.arriving`).
    """

    stall_limit: ClassVar[float]
    _patience: asyncio.TimerHandle | None = None
    _heard = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as the parent has it
        """Note the peer's certificate (DER), for the `state` of every request: TLS has verified it by then."""
        super().connection_made(transport)
        tls: Any = transport.get_extra_info("ssl_object")
        certificate = None if tls is None else tls.getpeercert(binary_form=True)
        if certificate is not None:
            self.app_state = {**self.app_state, CLIENT_CERTIFICATE: certificate}
        self._be_patient()

    def data_received(self, data: bytes) -> None:
        """Take bytes in, and stop waiting for a request when one has begun."""
        self._heard = True
        super().data_received(data)
        if self._answering():
            self._forget()
        elif self._patience is None and not self.transport.is_closing():
            self._be_patient()

    def connection_lost(self, exc: Exception | None) -> None:
        """Let go of what waits."""
        self._forget()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - the parent's words for the same
        """Refuse what is no HTTP, in the form of every other refusal."""
        self._refuse(BadInput("what was sent is not HTTP/1.1, or its head is too large", advice="Send a request."))

    def _answering(self) -> bool:
        cycle: Any = self.cycle  # None before the first request, whatever its type says
        return cycle is not None and not cycle.response_complete

    def _be_patient(self) -> None:
        self._patience = self.loop.call_later(self.stall_limit, self._lose_patience)

    def _forget(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None

    def _lose_patience(self) -> None:
        self._patience = None
        if self._answering() or self.transport.is_closing():
            return
        if self._heard:
            limit = f"{self.stall_limit:g}"
            self._refuse(TooSlow("the request did not arrive in time", advice=f"Send it within {limit} seconds."))
        else:
            self.transport.close()  # browsers connect before they ask, and would take an answer for that to something

    def _refuse(self, error: BadInput) -> None:
        """Answer and end the connection; nothing is recorded of it, so the answer names no request."""
        if self.conn.our_state in _MAY_ANSWER:
            kind = f"urn:privity:problem:{error.slug}"
            problem = Problem(
                type=kind, title=error.title, status=error.status, detail=error.message, advice=error.advice
            )
            body = msgspec.json.encode(problem)
            headers = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
            headers += [
                *([HSTS] if self.scheme == "https" else []),
                (b"content-type", b"application/problem+json"),
                (b"content-length", str(len(body)).encode()),
                (b"connection", b"close"),
            ]
            reason = HTTPStatus(error.status).phrase.encode()
            head = h11.Response(status_code=error.status, headers=headers, reason=reason)
            for event in (head, h11.Data(body), h11.EndOfMessage()):
                self.transport.write(self.conn.send(event))
        self.transport.close()
