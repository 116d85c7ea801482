"""Mail over SMTP (RFC 5321) with TLS from the first byte or by STARTTLS; without TLS to this machine only."""

import ssl
from typing import Final
from urllib.parse import unquote, urlsplit

import aiosmtplib

from privity.delivery.mail import Mail
from privity.errors import Misconfigured, Unavailable

_TIMEOUT: Final = 20.0
_LOCAL: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_PORTS: Final = {"smtps": 465, "smtp": 587}


class SmtpServer:
    """A mail server by its URL: `smtps://user:password@host:465` or `smtp://user:password@host:587` (STARTTLS)."""

    def __init__(self, url: str, sender: str, *, trusted: ssl.SSLContext | None = None) -> None:
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:  # its words quote a part of what may be the password
            raise _no_server() from None
        if parts.scheme not in _PORTS or not parts.hostname:
            raise _no_server()
        if "@" not in sender:
            raise Misconfigured("mail_from is not an e-mail address", advice="Give the address that mail comes from.")
        self._sender = sender
        self._host = parts.hostname
        self._port = port or _PORTS[parts.scheme]
        self._user = unquote(parts.username or "") or None
        self._password = unquote(parts.password or "") or None
        self._from_the_start = parts.scheme == "smtps"
        self._starttls = None if self._from_the_start or self._host in _LOCAL else True
        self._tls = trusted or _modern()

    def __repr__(self) -> str:
        """Show where it is and no credentials."""
        return f"SmtpServer({self._host}:{self._port})"

    async def send(self, mail: Mail) -> None:
        """Hand the mail to the server; raises Unavailable when it does not take it."""
        try:
            await aiosmtplib.send(
                mail.message(self._sender),
                hostname=self._host,
                port=self._port,
                username=self._user,
                password=self._password,
                use_tls=self._from_the_start,
                start_tls=False if self._from_the_start else self._starttls,
                tls_context=self._tls,
                timeout=_TIMEOUT,
            )
        except (aiosmtplib.SMTPException, OSError, ValueError):
            raise Unavailable(
                "the mail server did not take a mail", advice="Look at smtp_url and the server."
            ) from None


def _no_server() -> Misconfigured:
    return Misconfigured(
        "smtp_url is not the URL of a mail server",
        advice="Give it as smtps://user:password@host:465, with %2F for a / in the password.",
    )


def _modern() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context
