"""Vendors and sign-in providers that answer nonsense: each ends in an error of ours, which repeats none of it."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import pytest

from privity.clock import SystemClock
from privity.delivery.carriers import Handed, Kind, Outgoing
from privity.delivery.egress import Egress
from privity.delivery.providers import SignInProviders
from privity.delivery.smtp import SmtpServer
from privity.delivery.vendor import Vendor, VendorAccount
from privity.delivery.vendor_carrier import VendorCarrier
from privity.delivery.vendor_records import moment_of
from privity.errors import BadInput, Misconfigured, PrivityError, Unavailable, Unreadable
from privity.identity.openid import Provider, ProviderKind
from privity.vault import Plaintext, Secret

CANARY = "41 rue des Lilas"
SECRET = Secret(b"a secret of the account")

Answer = Callable[[str], bytes]


def said(status: str, body: bytes) -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body


@asynccontextmanager
async def answering(answer: Answer) -> AsyncIterator[tuple[str, Egress]]:
    """Run somebody on loopback who answers each path as told."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        writer.write(answer(head.split(b" ")[1].decode()))
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    egress = Egress(["127.0.0.1"], loopback=True)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", egress
    finally:
        server.close()
        egress.close()


async def failing(act: Callable[[], Awaitable[object]], kind: type[PrivityError]) -> None:
    with pytest.raises(kind) as failed:
        await act()
    assert CANARY not in f"{failed.value} {failed.value.advice}"
    assert failed.value.__suppress_context__ or failed.value.__context__ is None


async def test_list_that_leads_to_no_address_is_told_of() -> None:
    page = json.dumps({"messages": [], "next_page_uri": f"/\x00{CANARY}"})
    async with answering(lambda _: said("200 Yes", page.encode())) as (url, egress):
        account = VendorAccount(Vendor.TWILIO, url, "AC1", SECRET, egress)

        async def read() -> None:
            async for _ in account.pages("Messages.json", "messages"):
                pass

        await failing(read, BadInput)
        await account.close()


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:00:00-05:00", "2020-13-01", CANARY, None])
def test_moment_that_is_none_cannot_be_read(text: str | None) -> None:
    with pytest.raises(Unreadable):
        moment_of(text)


@pytest.mark.parametrize(("code", "shown"), [(30007, 30007), (2**40, 400), (-1, 400), ("x", 400), (10**30, 400)])
async def test_code_that_cannot_be_one_is_not_taken_for_one(code: Any, shown: int) -> None:
    async with answering(lambda _: said("400 No", json.dumps({"code": code}).encode())) as (url, egress):
        carrier = VendorCarrier(Vendor.TWILIO, url, "AC1", SECRET, egress)
        outgoing = Outgoing(
            id=UUID(int=1), kind=Kind.MESSAGE, from_number="+12025550188", to_number="+12025550147",
            body=Plaintext.of("hello"),
        )  # fmt: skip
        handed = await carrier.send(outgoing)
        await carrier.close()
    assert (handed.handed, handed.error_code) == (Handed.REFUSED, shown)


@pytest.mark.parametrize("address", ["https://[", f"https://{CANARY}/token", "https://a\x00b/token", "ftp://a/token"])
async def test_provider_that_describes_addresses_that_are_none_does_not_answer_as_it_should(address: str) -> None:
    urls: list[str] = []

    def describe(_: str) -> bytes:
        (url,) = urls
        told = dict.fromkeys(("authorization_endpoint", "token_endpoint", "jwks_uri"), address) | {"issuer": url}
        return said("200 Yes", json.dumps(told).encode())

    async with answering(describe) as (url, _):
        urls.append(url)
        provider = Provider(
            name="google", words="Google", kind=ProviderKind.OPENID, issuer=url, client_id="us", client_secret=SECRET
        )
        asking = SignInProviders(SystemClock())

        def sign_in() -> Awaitable[str]:
            return asking.verified_email(
                provider, code="c", verifier="v", nonce="n", redirect_uri="https://us.example/"
            )

        await failing(sign_in, Unavailable)


@pytest.mark.parametrize("url", [f"smtp://user:p/{CANARY}@host:25", "smtp://user@[host", "smtp://host:99999"])
def test_address_of_a_mail_server_that_is_none_is_not_quoted(url: str) -> None:
    with pytest.raises(Misconfigured) as failed:
        SmtpServer(url, "privity@birch.example")
    assert CANARY not in f"{failed.value} {failed.value.advice}"
    assert failed.value.__suppress_context__
