"""What may be called from here: hosts that the operator has listed, at public addresses, and nothing else.

A name is resolved here and every address that it has is looked at; the connection then goes to one of the addresses
that were looked at, so that a name which answers differently a moment later (DNS rebinding) gains nothing. The request
still carries the name, as Host and for TLS, and the certificate has to be for the name. Redirects are not followed, and
no connection serves twice: two names at one address would otherwise share one that was checked for the first of them.

The request is written by hand (RFC 9112): all that matters of the answer is its status, and a thousand calls at once
must not keep this process from its other work.
"""

import asyncio
import ipaddress
import re
import socket
import ssl
from collections.abc import Awaitable, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from typing import Final
from urllib.parse import SplitResult, urlsplit

import msgspec

from privity.errors import BadInput, Forbidden

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
"""Finds the addresses of a name, as text."""

LONGEST_URL: Final = 2048
_RESOLVERS: Final = 32
_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")
_LONGEST_HEAD: Final = 64 * 1024
_STATUS: Final = re.compile(rb"HTTP/1\.[01] ([1-5][0-9]{2})[ \r\n]")
_ANY_HOST: Final = "*"


class Outcome(StrEnum):
    """What became of one call."""

    ANSWERED = "answered"
    REFUSED_HERE = "refused-here"
    NOT_RESOLVED = "not-resolved"
    TIMED_OUT = "timed-out"
    NOT_REACHED = "not-reached"


class Called(msgspec.Struct, frozen=True):
    """One call that was made, or refused: `status` is what was answered, if something was."""

    outcome: Outcome
    status: int | None = None


class Egress:
    """Calls places over HTTP, if they may be called.

    `hosts` are names, or `*.` and a name for what lies below it, or `*` for every name; none of them means that nothing
    is called. `loopback` also lets this machine be called, without TLS, for tests and for trying things out.
    `patience` is how many seconds one call may take, from the name to the answer.
    """

    def __init__(
        self, hosts: Sequence[str], *, loopback: bool = False, patience: float = 15.0, resolve: Resolve | None = None
    ) -> None:
        self._hosts = tuple(host.strip().lower().rstrip(".") for host in hosts if host.strip())
        self._loopback = loopback
        self._patience = patience
        self._threads = ThreadPoolExecutor(_RESOLVERS, thread_name_prefix="resolving")
        self._resolve = resolve or self._looked_up
        self._tls: ssl.SSLContext | None = None
        self._making = asyncio.Lock()

    def close(self) -> None:
        """Let go of the threads that resolve names."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def check_url(self, url: str) -> None:
        """Return when a URL may be called as far as it says; raises BadInput, which never repeats it."""
        try:
            self._parts(url)
        except Forbidden as why:
            raise BadInput(why.message, advice=why.advice) from None

    async def admit(self, url: str) -> Address:
        """Return the address at which a URL may be called, for the caller to go to and to nowhere else.

        Raises Forbidden, and OSError when the name is not found.
        """
        parts = self._parts(url)
        found = await self._resolve(str(parts.hostname), _port(parts))
        return self._checked(found, plain=parts.scheme == "http")

    async def trusted(self) -> ssl.SSLContext:
        """Return what certificates are checked with, made when it is first needed, beside the loop."""
        async with self._making:
            if self._tls is None:
                self._tls = await asyncio.to_thread(_modern)
        return self._tls

    async def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Called:
        """Send a body to a URL and return what became of it; never raises for what the other side does."""
        try:
            async with asyncio.timeout(self._patience):
                return await self._post(url, headers, body)
        except Forbidden:
            return Called(Outcome.REFUSED_HERE)
        except TimeoutError:
            return Called(Outcome.TIMED_OUT)
        except (OSError, EOFError, ValueError, asyncio.LimitOverrunError):  # the last for a head that has no end
            return Called(Outcome.NOT_REACHED)

    async def _post(self, url: str, headers: Mapping[str, str], body: bytes) -> Called:
        parts = self._parts(url)
        name, port = str(parts.hostname), _port(parts)
        try:
            address = await self.admit(url)
        except OSError:
            return Called(Outcome.NOT_RESOLVED)
        trusted = await self.trusted() if parts.scheme == "https" else None
        reader, writer = await asyncio.open_connection(
            str(address), port, ssl=trusted, server_hostname=name if trusted else None, limit=_LONGEST_HEAD
        )
        try:
            target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            named = {"Host": parts.netloc, **headers, "Content-Length": str(len(body)), "Connection": "close"}
            head = "".join(f"{field}: {value}\r\n" for field, value in named.items())
            writer.write(f"POST {target} HTTP/1.1\r\n{head}\r\n".encode("ascii") + body)
            await writer.drain()
            return Called(Outcome.ANSWERED, await _status(reader))
        finally:
            writer.transport.abort()  # what it says further is nobody's business here, and may be endless

    def _parts(self, url: str) -> SplitResult:
        """Return the parts of a URL whose form and host are permitted; raises Forbidden."""
        if len(url) > LONGEST_URL or not url.isascii() or not url.isprintable() or " " in url:
            raise Forbidden("the address is not a URL", advice="Give it as https://hooks.example.org/path.")
        try:
            parts = urlsplit(url)
            port_is_one = parts.port is None or parts.port > 0
        except ValueError:
            raise Forbidden("the address is not a URL", advice="Give it as https://hooks.example.org/path.") from None
        host = (parts.hostname or "").rstrip(".")
        if parts.scheme != "https" and not (parts.scheme == "http" and self._loopback):
            raise Forbidden("the address does not begin with https://", advice="Others are called over TLS only.")
        if not host or not port_is_one or parts.username is not None or parts.password is not None or parts.fragment:
            raise Forbidden(
                "the address has no host, or a user, a password or a fragment",
                advice="Give host and path only.",
            )
        if not self._lists(host):
            raise Forbidden(
                "the host is none that may be called from here",
                advice="The operator lists it in the setting egress_hosts.",
            )
        return parts

    def _lists(self, host: str) -> bool:
        return any(
            listed in {_ANY_HOST, host} or (listed.startswith("*.") and host.endswith(listed[1:]))
            for listed in self._hosts
        )

    def _checked(self, found: Sequence[str], *, plain: bool) -> Address:
        """Return the first of some addresses when every one of them may be called; raises Forbidden."""
        addresses = [ipaddress.ip_address(text.partition("%")[0]) for text in found]
        if not addresses:
            raise Forbidden("the host has no address")
        for address in addresses:
            near = self._loopback and address.is_loopback
            if not near and (plain or not is_public(address)):
                raise Forbidden("the host has an address that is not public")
        return addresses[0]

    async def _looked_up(self, name: str, port: int) -> Sequence[str]:
        def look() -> list[str]:
            try:
                found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
            except UnicodeError:  # of a label that is empty or longer than 63 octets
                raise OSError("the name cannot be one") from None
            return list(dict.fromkeys(str(each[4][0]) for each in found))

        return await asyncio.get_running_loop().run_in_executor(self._threads, look)


async def _status(reader: asyncio.StreamReader) -> int:
    """Return the status of an answer (RFC 9112), past those that only announce one; raises ValueError or EOFError."""
    while True:
        head = await reader.readuntil(b"\r\n\r\n")
        found = _STATUS.match(head)
        if found is None:
            raise ValueError("the answer is not HTTP")
        if not found[1].startswith(b"1"):
            return int(found[1])


def _port(parts: SplitResult) -> int:
    return parts.port or (443 if parts.scheme == "https" else 80)


def _modern() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def is_public(address: Address) -> bool:
    """Return whether an address is one of the internet's, looking into those that carry another one."""
    if isinstance(address, ipaddress.IPv6Address):
        carried = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if carried is None and address in _NAT64:
            carried = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if carried is not None:
            return is_public(carried)
        if address.is_site_local:  # fec0::/10, given up by RFC 3879 and in use all the same
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved
