"""Shows the application which client certificate TLS has checked; the web server itself does not."""

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

from privity.api.transport import CLIENT_CERTIFICATE


class ShowsClientCertificates(H11Protocol):
    """HTTP/1.1 as ever, and the peer's certificate (DER) in the `state` of every request of the connection."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as the parent has it
        """Note the certificate once a connection; TLS has verified it against the client authority by then."""
        super().connection_made(transport)
        tls: Any = transport.get_extra_info("ssl_object")
        certificate = None if tls is None else tls.getpeercert(binary_form=True)
        if certificate is not None:
            self.app_state = {**self.app_state, CLIENT_CERTIFICATE: certificate}
