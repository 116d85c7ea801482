"""A project with messages, seen through the compatible interface, as the vendors' clients call it."""

import asyncio
import io
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import httpx
import msgspec
import pikepdf
import pytest
from server import Server, Tenant, token_for, wait_for

from privity.custody.telephony import Draft, FaxDraft
from privity.gate import Action, resources
from privity.identity import ORIGINALS, Caller, Origin, Scope, operator_of_this_machine
from privity.running import Installation, make_sample_telephony

SETTLED_WITHIN = 120.0
T = TypeVar("T")
OTHER_SIDE = "+12025550147"
ERASED = "SELECT count(*) FROM tenant.erasure WHERE tenant_id = %s"


class Office(msgspec.Struct):
    """A tenant's first project, the number that it has, and a token that shows no originals."""

    server: Server
    tenant: Tenant
    number: str
    token: str
    token_id: str
    beside: "Beside"

    @property
    def base(self) -> str:
        return f"/2010-04-01/Accounts/{self.tenant.project}"

    def call(self, method: str, path: str, **options: Any) -> httpx.Response:
        """Call something below the account, as `project:token` unless `auth` says otherwise."""
        options.setdefault("auth", (str(self.tenant.project), self.token))
        account = options.pop("account", self.tenant.project)
        prefix = options.pop("prefix", "/2010-04-01")
        return self.server.call(method, f"{prefix}/Accounts/{account}/{path}", **options)

    def get(self, path: str, **options: Any) -> Any:
        answer = self.call("GET", path, **options)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def listed(self, query: str = "") -> list[dict[str, Any]]:
        """Return every message that a query finds, page by page as clients go."""
        path, found = f"Messages.json?{query}", []
        while True:
            page = self.get(path)
            found += page["messages"]
            if page["next_page_uri"] is None:
                return found
            path = page["next_page_uri"].split(f"{self.tenant.project}/", 1)[1]

    def receive(self, *bodies: str, sender: str = OTHER_SIDE, media: tuple[bytes, ...] = ()) -> list[str]:
        """Let messages arrive at the project's number and return their sids."""

        async def arrive(installation: Installation) -> list[str]:
            received = []
            for body in bodies:
                draft = Draft(from_number=sender, to_number=self.number, body=body, attachments=media)
                caller = self.operator(installation)
                async with installation.gate.open(caller, Action.MESSAGE_RECEIVE, resources.own_project()) as access:
                    received.append(await installation.telephony.writing.receive(access, draft, installation.ids.new()))
            assert None not in received
            return [str(message) for message in received]

        return self.beside.run(arrive)

    def receive_fax(self) -> str:
        """Let a fax of two pages arrive at the project's number and return its sid."""
        paper = io.BytesIO()
        with pikepdf.new() as document:
            for _ in range(2):
                document.add_blank_page()
            document.save(paper)

        async def arrive(installation: Installation) -> str:
            caller = self.operator(installation)
            async with installation.gate.open(caller, Action.FAX_RECEIVE, resources.own_project()) as access:
                draft = FaxDraft(from_number=OTHER_SIDE, to_number=self.number, paper=paper.getvalue())
                return str(await installation.telephony.faxes.receive(access, draft))

        return self.beside.run(arrive)

    def operator(self, installation: Installation) -> Caller:
        return operator_of_this_machine(self.tenant.id, Origin(request_id=installation.ids.new()))

    def erased(self) -> None:
        """Wait until nothing that was redacted or deleted still waits to be erased."""
        wait_for(lambda: self.server.rows(ERASED, self.tenant.id)[0][0] == 0, SETTLED_WITHIN)

    def key(self, table: str, row: str) -> bytes | None:
        """Return the wrapped key of a record, as a thief of the key database has it."""
        query = "SELECT wrapped FROM keys.record_key WHERE table_name = %s AND row_id = %s"
        found = self.server.rows(query, table, row, side="keys")
        return bytes(found[0][0]) if found else None


class Beside:
    """The server's directory, open in this process too: one installation for all that tests do behind its back.

    It runs in a thread of its own from the first act on, until it is closed; another act opens it anew. A file of tests
    closes it: what its connections draw from `random` would otherwise be drawn while other files test with hypothesis.
    """

    def __init__(self, server: Server) -> None:
        self._server = server
        self._loop: asyncio.AbstractEventLoop | None = None

    def run(self, act: Callable[[Installation], Awaitable[T]]) -> T:
        if self._loop is None:
            self._open()
        return self._wait(act(self._installation))

    def close(self) -> None:
        if self._loop is None:
            return
        self._wait(self._context.__aexit__(None, None, None))
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()
        self._loop = None

    def _open(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._context = self._server.attached()
        self._installation = self._wait(self._context.__aenter__())

    def _wait(self, act: Awaitable[T]) -> T:
        async def awaited() -> T:
            return await act

        assert self._loop is not None
        return asyncio.run_coroutine_threadsafe(awaited(), self._loop).result(60)


@contextmanager
def offices(server: Server) -> Iterator[tuple[Office, Office]]:
    """Give the first project of each of the server's tenants, with a number."""
    beside = Beside(server)
    try:
        yield _office_of(beside, server, server.a), _office_of(beside, server, server.b)
    finally:
        beside.close()


def _office_of(beside: Beside, server: Server, tenant: Tenant) -> Office:
    async def furnish(installation: Installation) -> Office:
        operator = operator_of_this_machine(tenant.id, Origin(request_id=installation.ids.new()))
        sample = await make_sample_telephony(installation, operator)
        token = await token_for(installation, tenant.id, *(frozenset(Scope) - ORIGINALS), name="a script")
        return Office(server, tenant, sample.number, token.text, token.token_id, beside)

    return beside.run(furnish)


@pytest.fixture(scope="session", name="furnished")
def two_offices(server: Server) -> Iterator[tuple[Office, Office]]:
    with offices(server) as made:
        yield made


@pytest.fixture(scope="module", name="both")
def offices_of_a_file(furnished: tuple[Office, Office]) -> Iterator[tuple[Office, Office]]:
    yield furnished
    furnished[0].beside.close()


@pytest.fixture(name="office")
def an_office(both: tuple[Office, Office]) -> Office:
    return both[0]


@pytest.fixture(name="elsewhere")
def another_office(both: tuple[Office, Office]) -> Office:
    return both[1]
