"""What may be called: listed hosts at public addresses, by the address that was looked at, and no redirect."""

import asyncio
import ipaddress
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import pytest

from privity.delivery.egress import Egress, Outcome, is_public
from privity.delivery.fetching import Fetching
from privity.errors import BadInput
from promises import promise

PRIVATE = [
    "10.0.0.1", "172.16.0.9", "192.168.1.1", "127.0.0.1", "0.0.0.1", "169.254.169.254", "100.64.0.1", "224.0.0.1",
    "255.255.255.255", "192.0.2.1", "::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:10.0.0.1",
    "::ffff:169.254.169.254", "fec0::1", "64:ff9b::7f00:1", "2002:7f00:1::", "2002:a9fe:a9fe::1", "2001:db8::1",
]  # fmt: skip


def resolving(*answers: Sequence[str]) -> "Resolver":
    return Resolver(answers)


class Resolver:
    """Answers differently each time, as a name does that is rebound."""

    def __init__(self, answers: Sequence[Sequence[str]]) -> None:
        self.answers = list(answers)
        self.asked = 0

    async def __call__(self, name: str, port: int) -> Sequence[str]:
        self.asked += 1
        return self.answers[min(self.asked, len(self.answers)) - 1]


class Receiver:
    """A plain HTTP receiver on loopback that answers what it is told to."""

    def __init__(self, answer: bytes = b"HTTP/1.1 204 No Content\r\n\r\n") -> None:
        self.answer = answer
        self.heard: list[bytes] = []
        self.port = 0

    @asynccontextmanager
    async def open(self) -> AsyncIterator["Receiver"]:
        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            self.heard.append(await reader.readuntil(b"\r\n\r\n"))
            writer.write(self.answer)
            await writer.drain()
            if self.answer:
                writer.close()
            else:
                await reader.read()
                writer.close()

        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            server.close()


@asynccontextmanager
async def egress(hosts: str, resolver: Resolver | None = None, **options: float) -> AsyncIterator[Egress]:
    made = Egress(hosts.split(","), loopback=bool(options.pop("loopback", True)), resolve=resolver, **options)
    try:
        yield made
    finally:
        made.close()


@promise("C91", sabotage="private_addresses_may_be_called")
@pytest.mark.parametrize("address", PRIVATE)
async def test_listed_host_at_an_address_that_is_not_public_is_not_called(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))
    for found in ([address], ["93.184.215.14", address]):
        async with egress("hooks.example.org", resolving(found), loopback=False) as way:
            called = await way.post("https://hooks.example.org/x", {}, b"")
        assert called.outcome is Outcome.REFUSED_HERE, found


def test_public_addresses_are_public() -> None:
    for address in ("93.184.215.14", "8.8.8.8", "2606:4700:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"):
        assert is_public(ipaddress.ip_address(address)), address


@promise("C91", sabotage="any_host_may_be_called")
@pytest.mark.parametrize(
    "url",
    [
        "https://elsewhere.example.net/x",
        "https://example.org.elsewhere.net/x",
        "https://hooks.example.org.elsewhere.net/",
        "https://notbelow-example.com/",
        "https://below.example.com.evil.net/",
    ],
)
async def test_host_that_is_not_listed_is_not_called(url: str) -> None:
    resolver = resolving(["93.184.215.14"])
    async with egress("hooks.example.org,*.example.com", resolver) as way:
        with pytest.raises(BadInput, match="none that may be called") as refused:
            way.check_url(url)
        assert "elsewhere" not in f"{refused.value} {refused.value.advice}"
        assert (await way.post(url, {}, b"")).outcome is Outcome.REFUSED_HERE
        assert resolver.asked == 0
        way.check_url("https://a.below.example.com:8443/path?x=1")
        way.check_url("https://HOOKS.example.org./")
    async with egress("") as closed:
        with pytest.raises(BadInput):
            closed.check_url("https://hooks.example.org/")


@pytest.mark.parametrize(
    "url",
    [
        "", "hooks.example.org", "ftp://hooks.example.org/", "https://", "https:///x", "https://u@hooks.example.org/",
        "https://u:p@hooks.example.org/", "https://hooks.example.org/#f", "https://hooks.example.org:0/",
        "https://hooks.example.org:99999/", "https://hooks.example.org/ x", "https://hooks.example.org/\r\nX: y",
        "https://hooks.example.org/\u00e9", "https://[::1/", "https://hooks.example.org/" + "x" * 2048,
    ],
)  # fmt: skip
async def test_address_of_a_strange_form_is_refused(url: str) -> None:
    async with egress("*") as way:
        with pytest.raises(BadInput):
            way.check_url(url)
        assert (await way.post(url, {}, b"")).outcome is Outcome.REFUSED_HERE


async def test_plain_http_is_for_this_machine_only() -> None:
    async with egress("*", loopback=False) as way:
        with pytest.raises(BadInput, match="https"):
            way.check_url("http://hooks.example.org/")
    async with egress("*", resolving(["93.184.215.14"])) as way:
        assert (await way.post("http://hooks.example.org/", {}, b"")).outcome is Outcome.REFUSED_HERE


@promise("C91")
async def test_redirect_is_an_answer_and_is_not_followed() -> None:
    async with Receiver().open() as beyond:
        moved = f"HTTP/1.1 307 Moved\r\nLocation: http://127.0.0.1:{beyond.port}/\r\nContent-Length: 0\r\n\r\n"
        async with Receiver(moved.encode()).open() as here, egress("127.0.0.1") as way:
            called = await way.post(f"http://127.0.0.1:{here.port}/", {}, b"{}")
    assert (called.outcome, called.status) == (Outcome.ANSWERED, 307)
    assert len(here.heard) == 1
    assert beyond.heard == []


async def test_name_is_resolved_once_and_the_connection_goes_where_was_looked() -> None:
    rebinding = resolving(["127.0.0.1"], ["10.0.0.1"])
    async with Receiver().open() as here, egress("hooks.example.org", rebinding) as way:
        called = await way.post(f"http://hooks.example.org:{here.port}/hook?a=1", {"X-A": "b"}, b"{}")
        assert (called.outcome, called.status, rebinding.asked) == (Outcome.ANSWERED, 204, 1)
        assert (await way.post(f"http://hooks.example.org:{here.port}/", {}, b"")).outcome is Outcome.REFUSED_HERE
    (heard,) = here.heard
    assert heard.startswith(b"POST /hook?a=1 HTTP/1.1\r\n")
    assert f"host: hooks.example.org:{here.port}\r\n".encode() in heard.lower()


async def test_receiver_that_never_answers_is_given_up() -> None:
    async with Receiver(b"").open() as here, egress("127.0.0.1", patience=0.3) as way:
        called = await way.post(f"http://127.0.0.1:{here.port}/", {}, b"{}")
    assert called.outcome is Outcome.TIMED_OUT
    async with egress("127.0.0.1,gone.example.org", patience=5) as way:
        assert (await way.post("http://127.0.0.1:1/", {}, b"")).outcome is Outcome.NOT_REACHED


@pytest.mark.parametrize(
    "answer",
    [b"HTTP/1.1 200 Yes\r\nX: " + b"x" * 200_000, b"x" * 200_000, b"HTTP/1.1 200", b"\xff\xfe\r\n\r\n", b"\r\n\r\n"],
    ids=["a head without end", "no head", "cut short", "octets", "nothing"],
)
async def test_receiver_that_answers_nonsense_was_not_reached(answer: bytes) -> None:
    async with Receiver(answer).open() as here, egress("127.0.0.1", patience=5) as way:
        called = await way.post(f"http://127.0.0.1:{here.port}/", {}, b"{}")
    assert (called.outcome, called.status) == (Outcome.NOT_REACHED, None)
    assert len(here.heard) == 1


async def test_name_that_cannot_be_one_is_not_found() -> None:
    async with egress("*", loopback=False, patience=5) as way:
        for name in ("x" * 64 + ".example.org", "a..example.org"):
            assert (await way.post(f"https://{name}/", {}, b"")).outcome is Outcome.NOT_RESOLVED
            with pytest.raises(BadInput, match="no file"):
                await Fetching(way).all([f"https://{name}/"])
