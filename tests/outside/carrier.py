"""A carrier for tests: another tenant's project behind TLS with a certificate of a local authority, on bad days too.

    async with carried(held, tmp_path, monkeypatch) as at:
        sent = await at.send("hello")                   # through the compatible interface, over the carrier
        await at.work()
        assert await at.has() == ["hello"]              # what the vendor has

The vendor is the compatible interface of this product. It has a number of its own, which a number of ours cannot be, so
what passes between the two has ours exchanged for it.
"""

import asyncio
import base64
import hmac
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

import httpx
import pytest
from scene import OPEN_JOBS, Place, until
from server import application, token_for

from privity.delivery.vendor import Vendor
from privity.gate import Action, Resource, resources
from privity.identity import ORIGINALS, Caller, Origin, Scope, operator_of_this_machine
from privity.running import Installation
from privity.running.certificates import Authority
from privity.running.worker import make_sender, make_worker
from privity.settings import Settings
from privity.store import end_tasks
from privity.store.queue.worker import ENDS_WITHIN, Worker

OURS, THEIRS, OTHER = "+12025550188", "+12025550177", "+12025550147"
PUBLIC = "https://privity.example.org"
TOKEN_OF_SIGNATURES = "a key that only the carrier and we have"


class Bad:
    """The vendor's front: answers as `fault` says, or passes on; `asked` has what came, `taken` what was passed on."""

    def __init__(self, vendor: httpx.AsyncClient) -> None:
        self.vendor = vendor
        self.fault: Callable[[str, str], str | None] = lambda _, __: None
        self.asked: list[tuple[str, str]] = []
        self.bodies: list[bytes] = []
        self.url = ""
        self.files: dict[str, bytes] = {}
        self.media_urls: list[str] = []
        self.fetched: set[bytes] = set()

    async def _files(self, body: bytes) -> bytes:
        """Fetch what is to be sent, as a vendor does, and name it to the vendor behind as a file of our own."""
        fields = parse_qsl(body.decode())
        for place, (name, value) in enumerate(fields):
            if name == "MediaUrl" and value.startswith(PUBLIC):
                answer = await self.vendor.get(value.removeprefix(PUBLIC))
                assert answer.status_code == 200, answer.text
                self.media_urls.append(value)
                self.fetched.add(answer.content)
                self.files[f"/fetched-{len(self.media_urls)}"] = answer.content
                fields[place] = (name, f"{self.url}/fetched-{len(self.media_urls)}")
        return urlencode(fields).encode()

    @asynccontextmanager
    async def open(self, context: ssl.SSLContext) -> AsyncIterator["Bad"]:
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=context)
        self.url = f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        try:
            yield self
        finally:
            server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await self._one(reader, writer):
                pass
        except (asyncio.IncompleteReadError, ConnectionError, ssl.SSLError):
            pass
        finally:
            writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        first, *rest = head.split("\r\n")
        method, path, _ = first.split(" ")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in rest if line)}
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        self.asked.append((method, path))
        self.bodies.append(body)
        fault = self.fault(method, path)
        if fault in {"429", "500", "401"}:
            writer.write(f"HTTP/1.1 {fault} No\r\nContent-Length: 0\r\nRetry-After: 0\r\n\r\n".encode())
            await writer.drain()
            return True
        if fault == "lost":
            return False
        if path in self.files:
            file = self.files[path]
            writer.write(f"HTTP/1.1 200 Yes\r\nContent-Length: {len(file)}\r\n\r\n".encode() + file)
            await writer.drain()
            return True
        if b"MediaUrl" in body:
            body = await self._files(body)
        kept = {str(name): headers[name] for name in ("authorization", "accept", "content-type") if name in headers}
        answer = await self.vendor.request(
            method, path.replace(OURS[1:], THEIRS[1:]), content=body.replace(OURS[1:].encode(), THEIRS[1:].encode()),
            headers=kept,
        )  # fmt: skip
        if fault == "taken-and-lost":
            return False
        if fault == "taken-and-500":
            writer.write(b"HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n")
            await writer.drain()
            return True
        content = answer.content.replace(THEIRS.encode(), OURS.encode())
        kind = answer.headers.get("content-type", "")
        head = f"HTTP/1.1 {answer.status_code} X\r\nContent-Type: {kind}\r\nContent-Length: {len(content)}\r\n\r\n"
        writer.write(head.encode() + content)
        await writer.drain()
        return True


class At:
    """Birch's project with a number at a carrier, which is cedar's project, both in one installation."""

    def __init__(
        self, place: Place, installation: Installation, client: httpx.AsyncClient, bad: Bad, carrier: UUID, token: str
    ) -> None:
        self.place, self.installation, self.client, self.bad = place, installation, client, bad
        self.carrier, self.token = carrier, token
        self.base = f"/2010-04-01/Accounts/{place.birch.project}"

    async def call(self, method: str, path: str, status: int = 200, **options: Any) -> Any:
        auth = (str(self.place.birch.project), self.token)
        answer = await self.client.request(method, f"{self.base}/{path}", auth=auth, **options)
        assert answer.status_code == status, answer.text
        return answer.json() if answer.content else None

    async def send(self, body: str, **more: str) -> str:
        form = {"From": OURS, "To": OTHER, "Body": body} | more
        return str((await self.call("POST", "Messages.json", 201, data=form))["sid"])

    async def has(self) -> list[str]:
        """The texts that the vendor was given to send, oldest first."""
        cedar = self.place.cedar
        answer = await self.client.get(
            f"/2010-04-01/Accounts/{cedar.project}/Messages.json?PageSize=200", auth=(str(cedar.project), cedar.token)
        )
        return [each["body"] for each in reversed(answer.json()["messages"]) if each["direction"] == "outbound-api"]

    def state(self, record: str) -> tuple[str, str | None]:
        """How far a record has come with its carrier, and what it is called there."""
        row = self.place.rows("SELECT state, sid FROM tenant.carried WHERE id = %s", record)[0]
        return row[0], row[1]

    async def settled(self) -> None:
        """Return once nothing waits to be recorded in the ledger."""
        await until(lambda: self.place.rows("SELECT count(*) FROM ledger.inbox")[0][0] == 0)

    async def told(self, what: str, **fields: str) -> httpx.Response:
        """Call as the carrier does, signed under its secret."""
        path = f"/carrier/{self.place.birch.id}/{self.carrier}/{what}"
        headers = {"X-Twilio-Signature": signature(PUBLIC + path, fields)}
        return await self.client.post(path, data=fields, headers=headers)

    @asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        workers: list[Worker] = [make_worker(self.installation), make_sender(self.installation)]
        workers[1]._backoff = 0.05  # retries come soon in a test
        tasks = [asyncio.create_task(each.run()) for each in workers]
        try:
            yield
        finally:
            await end_tasks(*tasks, again_after=ENDS_WITHIN)

    async def work(self) -> None:
        async with self.working():
            await until(lambda: not self.place.rows(OPEN_JOBS))


def signature(url: str, fields: dict[str, str], key: str = TOKEN_OF_SIGNATURES) -> str:
    """Sign as the vendors document it, by our own hand."""
    signed = url + "".join(f"{name}{fields[name]}" for name in sorted(fields))
    return base64.b64encode(hmac.digest(key.encode(), signed.encode(), "sha1")).decode()


@asynccontextmanager
async def carried(
    held: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, vendor: Vendor = Vendor.SIGNALWIRE
) -> AsyncIterator[At]:
    authority = Authority(tmp_path / "tls")
    files = authority.server_files()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(files.chain, files.key)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "tls" / "ca.pem"))
    settings = Settings(egress_hosts="127.0.0.1", egress_loopback=True, public_url=PUBLIC)
    async with held.opened(settings=settings) as inside:
        installation = inside.installation
        async with application(installation) as client, Bad(client).open(context) as bad:
            birch, cedar = (_operator(installation, each.id) for each in (held.birch, held.cedar))
            await _number(installation, cedar, THEIRS)
            await _number(installation, birch, OURS)
            async with _may(installation, birch, Action.CARRIER_CONNECT) as access:
                carrier = await installation.telephony.carriers.connect(
                    access,
                    vendor,
                    origin=bad.url,
                    account=str(held.cedar.project),
                    token=held.cedar.token,
                    signs_with=TOKEN_OF_SIGNATURES,
                )
            async with _may(installation, birch, Action.NUMBER_CARRY) as access:
                await installation.telephony.own_numbers.carry(access, OURS, carrier)
            token = await token_for(installation, held.birch.id, *(frozenset(Scope) - ORIGINALS))
            yield At(held, installation, client, bad, carrier, token.text)
            async with _may(installation, birch, Action.NUMBER_CARRY) as access:
                await installation.telephony.own_numbers.carry(access, OURS, None)


def _operator(installation: Installation, tenant: UUID) -> Caller:
    return operator_of_this_machine(tenant, Origin(request_id=installation.ids.new()))


def _may(installation: Installation, operator: Caller, action: Action, resource: Resource | None = None) -> Any:
    return installation.gate.open(operator, action, resource or resources.own_project())


async def _number(installation: Installation, operator: Caller, number: str) -> None:
    index = installation.telephony.index.across(number)
    if await installation.telephony.directory.owner(index) is None:
        async with _may(installation, operator, Action.NUMBER_CREATE) as access:
            await installation.telephony.own_numbers.add(access, number)
