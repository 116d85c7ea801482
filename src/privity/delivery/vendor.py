"""An account at a vendor of messages and calls: its records are listed, its files read, and both blanked over there.

Nothing but the vendor's host is called, if the operator has listed it, and what it redirects a file to, if that is
listed too. Whatever goes wrong is tried again with limits and then told in words of our own: no answer is repeated.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from enum import StrEnum
from typing import Final, TypeVar

import httpx
import msgspec

from privity.delivery.egress import Egress
from privity.delivery.reading import PLAIN, read_whole
from privity.errors import MALFORMED_JSON, BadInput, NotAuthenticated, NotFound, Unavailable
from privity.vault import Hidden

PAGE: Final = 50
_TRIES: Final = 5
_FIRST_WAIT: Final = 0.5  # seconds; twice as long each time
_LONGEST_WAIT: Final = 60.0
_PATIENCE: Final = httpx.Timeout(30.0)
_LARGEST_PAGE: Final = 16 * 1024 * 1024
_MOST_REDIRECTS: Final = 3
_BUSY: Final = frozenset({408, 429, 500, 502, 503, 504})
_NOT_KNOWN: Final = frozenset({401, 403})
T = TypeVar("T")
Sleep = Callable[[float], Awaitable[object]]


class Vendor(StrEnum):
    """Whose interface it is."""

    TWILIO = "twilio"
    SIGNALWIRE = "signalwire"

    @property
    def prefix(self) -> str:
        """What the paths of its interface begin with."""
        return "/2010-04-01" if self is Vendor.TWILIO else "/api/laml/2010-04-01"

    @property
    def has_faxes(self) -> bool:
        """Whether faxes are among its records."""
        return self is Vendor.SIGNALWIRE


class _Page(msgspec.Struct, frozen=True):
    records: list[msgspec.Raw]
    next: str | None


class _Text(msgspec.Struct, frozen=True):
    body: str | None = None


class _Again(Exception):
    """Worth another try, after `wait` seconds if the vendor said so."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.wait = wait


class VendorAccount:
    """One account, asked over HTTP."""

    def __init__(
        self, vendor: Vendor, origin: str, account: str, secret: Hidden, egress: Egress, *, sleep: Sleep = asyncio.sleep
    ) -> None:
        self.vendor = vendor
        self.account = account
        self._origin = origin.rstrip("/")
        self._base = f"{self._origin}{vendor.prefix}/Accounts/{account}"
        self._auth = httpx.BasicAuth(account, bytes(secret.reveal()).decode())
        self._transport = ListedHosts(egress)
        self._http = httpx.AsyncClient(transport=self._transport, timeout=_PATIENCE, trust_env=False)
        self._sleep = sleep
        egress.check_url(self._base)

    async def close(self) -> None:
        """Let go of the connections."""
        await self._http.aclose()

    async def pages(self, path: str, key: str) -> AsyncIterator[list[msgspec.Raw]]:
        """Yield the records of a list, page by page.

        Raises Unavailable once a page could not be had; what follows it is not known then. A page that leads back to
        one that was read is not believed: a list that goes round would hide what comes after.
        """
        at: str | None = f"{self._base}/{path}?PageSize={PAGE}"
        read: set[str] = set()
        while at is not None:
            here, at = at, None
            read.add(here)

            def take(body: bytes) -> _Page:
                return self._page(body, key, read)

            page = await self._tried("GET", here, take, accept="application/json", largest=_LARGEST_PAGE)
            yield page.records
            at = page.next

    async def record(self, path: str, kind: type[T]) -> T:
        """Return one record; raises NotFound when it is gone, Unavailable when it could not be read."""

        def take(body: bytes) -> T:
            try:
                return msgspec.json.decode(body, type=kind, strict=False)
            except MALFORMED_JSON:
                raise _Again("the vendor's record cannot be read") from None

        url = f"{self._base}/{path}"
        return await self._tried("GET", url, take, accept="application/json", largest=_LARGEST_PAGE)

    async def content(self, path: str, *, largest: int) -> bytes:
        """Return the bytes of a file; raises NotFound when it is gone, TooLarge beyond `largest`, Unavailable."""
        return await self._tried("GET", f"{self._base}/{path}", _some, accept="*/*;q=0.1", largest=largest)

    async def blank(self, message: str) -> None:
        """Empty the text of a message over there; raises Unavailable when it is not known to be empty then."""

        def take(body: bytes) -> None:
            try:
                told = msgspec.json.decode(body, type=_Text)
            except MALFORMED_JSON:
                raise _Again("the vendor's answer cannot be read") from None
            if told.body:
                raise _Again("the vendor has not emptied the text")

        url = f"{self._base}/Messages/{message}.json"
        await self._tried("POST", url, take, accept="application/json", largest=_LARGEST_PAGE, form={"Body": ""})

    async def delete(self, path: str) -> None:
        """Delete something over there; what is gone already is as good."""
        try:
            url = f"{self._base}/{path}"
            await self._tried("DELETE", url, lambda _: None, accept="application/json", largest=_LARGEST_PAGE)
        except NotFound:
            return

    def _page(self, body: bytes, key: str, read: set[str]) -> _Page:
        try:
            told = msgspec.json.decode(body, type=dict[str, msgspec.Raw])
            records = msgspec.json.decode(told[key], type=list[msgspec.Raw])
            following = msgspec.json.decode(told.get("next_page_uri", msgspec.Raw(b"null")), type=str | None)
        except (*MALFORMED_JSON, KeyError):
            raise _Again("the vendor's page is broken") from None
        if not following:
            return _Page(records, None)
        if not following.startswith("/") or following.startswith("//"):
            raise _Again("the vendor's page leads elsewhere")
        if (url := self._origin + following) in read:
            raise _Again("the vendor gave a page twice")
        return _Page(records, url)

    async def _tried(
        self,
        method: str,
        url: str,
        take: Callable[[bytes], T],
        *,
        accept: str,
        largest: int,
        form: Mapping[str, str] | None = None,
    ) -> T:
        wait = _FIRST_WAIT
        for attempt in range(1, _TRIES + 1):
            try:
                return take(await self._asked(method, url, accept, largest, form))
            except _Again as again:
                reason, asked = again.reason, again.wait
            except httpx.InvalidURL:
                raise BadInput("the vendor names an address that is none") from None
            except (httpx.TransportError, OSError):
                reason, asked = "the vendor's answer was cut short or did not come", None
            if attempt < _TRIES:
                await self._sleep(min(wait if asked is None else asked, _LONGEST_WAIT))
                wait *= 2
        raise Unavailable(f"{reason}, {_TRIES} times", advice="Run the same command again later: it goes on from here.")

    async def _asked(self, method: str, url: str, accept: str, largest: int, form: Mapping[str, str] | None) -> bytes:
        """Return the body of one answer that says that all is well."""
        auth: httpx.Auth | None = self._auth
        for _ in range(_MOST_REDIRECTS + 1):
            asking = self._http.stream(method, url, headers={"Accept": accept, **PLAIN}, data=form, auth=auth)
            async with asking as answer:
                if answer.has_redirect_location and method == "GET":
                    url = str(answer.url.join(answer.headers["location"]))
                    auth = self._auth if url.startswith(f"{self._origin}/") else None  # nobody else gets the secret
                    continue
                _check(answer, vendors_own=auth is not None)
                return await read_whole(answer, largest)
        raise BadInput("the vendor redirects again and again")


class ListedHosts(httpx.AsyncBaseTransport):
    """Goes to hosts that the operator has listed, at the address that was looked at, and keeps their connections apart.

    Raises Forbidden for others.
    """

    def __init__(self, egress: Egress) -> None:
        self._egress = egress
        self._ways: dict[str, httpx.AsyncHTTPTransport] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request; its name stays in Host and is what the certificate has to be for."""
        url, name = request.url, request.url.host
        address = await self._egress.admit(str(url))
        if name not in self._ways:
            self._ways[name] = httpx.AsyncHTTPTransport(verify=await self._egress.trusted())
        request.url = url.copy_with(host=str(address))
        request.extensions = {**request.extensions, "sni_hostname": name}
        try:
            return await self._ways[name].handle_async_request(request)
        finally:
            request.url = url

    async def aclose(self) -> None:
        """Close every connection."""
        for way in self._ways.values():
            await way.aclose()


def _check(answer: httpx.Response, *, vendors_own: bool) -> None:
    status = answer.status_code
    if answer.is_success:
        return
    if status in _BUSY:
        raise _Again(f"the vendor answered {status}", _seconds(answer.headers.get("retry-after")))
    if status in _NOT_KNOWN and vendors_own:
        raise NotAuthenticated(
            "the vendor does not accept the account and its secret", advice="Look at import_account and import_secret."
        )
    if status == httpx.codes.NOT_FOUND:
        raise NotFound("the vendor does not have it any more")
    raise BadInput(f"the vendor answered {status}")


def _some(body: bytes) -> bytes:
    if not body:
        raise _Again("the vendor's file is empty")
    return body


def _seconds(text: str | None) -> float | None:
    return float(text) if text is not None and text.isascii() and text.isdigit() else None
