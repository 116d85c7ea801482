"""The fixture `server`: `privity up` as a process of its own with two tenants, for tests that look from outside.

    def test_something(server: Server) -> None:
        answer = server.call("GET", f"/v1/conversations/{server.a.conversation}", server.a.token)

It is started once a session, because that takes seconds; a test leaves it as it found it. `attached` opens the same
data directory from the process of the tests, which is what a second server does.
"""

import asyncio
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, LiteralString, TypeVar, cast
from uuid import UUID

import httpx
import msgspec
import onlooker
import psycopg
import pytest

from privity.api.app import make_app
from privity.identity import Origin, Scope, operator_of_this_machine
from privity.keys import FileKeyring
from privity.ledger import Leaf, read_leaf
from privity.platform import Profile
from privity.running import (
    DataDirectory,
    Installation,
    Provisioned,
    make_project,
    make_sample_telephony,
    make_tenant,
    make_token,
    open_installation,
)
from privity.store import EmbeddedCluster, derived_passwords

PROGRAM = [sys.executable, "-c", "from privity.cli import main; main()"]
READY_WITHIN = 120.0
SETTLED_WITHIN = 120.0
_DUE_JOBS = """
    SELECT FROM queue.procrastinate_jobs
    WHERE status = 'doing' OR status = 'todo' AND coalesce(scheduled_at, now()) <= now()
"""

SPOKEN = ["this is Maria Gonzalez", "call me at four one five, five five five, zero one nine nine"]
"""What the made-up callers say; the name and the number must never be seen again."""
CANARIES = ["Gonzalez", "four one five"]

T = TypeVar("T")


class Tenant(msgspec.Struct, kw_only=True):
    """A tenant with two projects, a token of all scopes for each, and what stands in the first project."""

    id: UUID
    project: UUID
    token: str
    token_id: str
    other_project: UUID
    other_token: str
    conversation: str = ""
    deletion: str = ""
    decision: str = ""
    entry: int = -1
    message: str = ""
    fax: str = ""
    call: str = ""
    recording: str = ""
    redaction: str = ""
    grant: str = ""
    payment: str = ""
    transcription: str = ""
    webhook: str = ""


class Server:
    """A running server and what an operator and a thief could do beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = DataDirectory(folder / "data")
        self._output = folder / "output"
        self._process = self._start()
        self.url = self._ready()
        self._http = httpx.Client(base_url=self.url, trust_env=False, timeout=30.0)
        self.a, self.b = asyncio.run(self._two_tenants())
        for tenant in (self.a, self.b):
            self._furnish(tenant)

    def _start(self) -> subprocess.Popen[bytes]:
        environment = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "HOME") if name in os.environ}
        with self._output.open("wb") as output:
            return subprocess.Popen(
                [*PROGRAM, "up", "--port", "0", "--data", str(self.data.path)],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=environment
                | {"PRIVITY_LOG_LEVEL": "debug", "PRIVITY_SECURITY_CONTACT": "mailto:security@example.org"}
                | {"PRIVITY_EGRESS_HOSTS": "127.0.0.1,hooks.example.org", "PRIVITY_EGRESS_LOOPBACK": "true"},
                start_new_session=True,
            )

    def _ready(self) -> str:
        def line() -> str | None:
            assert self._process.poll() is None, self.output()
            return next((line for line in self.output().splitlines() if line.startswith("ready ")), None)

        return wait_for(line, READY_WITHIN).removeprefix("ready ")

    async def _two_tenants(self) -> tuple[Tenant, Tenant]:
        async with self.attached() as installation:
            return await _tenant(installation, "birch"), await _tenant(installation, "cedar")

    def _furnish(self, tenant: Tenant) -> None:
        unmatched = {"from": "+12025550100"}
        tenant.redaction = self.call("POST", "/v1/redactions", tenant.token, json=unmatched).json()["id"]
        tenant.conversation = self.bring(tenant.token)
        deleted = self.bring(tenant.token)
        tenant.deletion = self.call("DELETE", f"/v1/conversations/{deleted}", tenant.token).json()["deletion_id"]
        wait_for(
            lambda: self.call("GET", f"/v1/deletions/{tenant.deletion}/certificate", tenant.token).is_success,
            SETTLED_WITHIN,
        )
        kept = self.history(tenant)[0]
        tenant.decision = str(kept["id"])
        tenant.entry = int(kept["index"])
        receiver = {"url": "https://hooks.example.org/privity"}
        tenant.webhook = self.call("POST", "/v1/webhooks", tenant.token, json=receiver).json()["id"]
        self.call("PATCH", f"/v1/webhooks/{tenant.webhook}", tenant.token, json={"enabled": False})
        card = {"token": "tok_birch_1", "brand": "visa", "last4": "4242"}
        tenant.payment = self.call("POST", "/v1/payments", tenant.token, json=card).json()["id"]
        listed, auth = f"/2010-04-01/Accounts/{tenant.project}/Transcriptions.json", (str(tenant.project), tenant.token)
        written = wait_for(lambda: self.call("GET", listed, auth=auth).json()["transcriptions"], SETTLED_WITHIN)
        tenant.transcription = written[0]["sid"]
        soon = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
        asked = {"scope": f"project:{tenant.project}", "reason": "a test", "ends_at": soon}
        tenant.grant = self.call("POST", "/v1/grants", tenant.token, json=asked).json()["id"]

    def call(self, method: str, path: str, token: str | None = None, **options: Any) -> httpx.Response:
        """Call the server, as the bearer of a token or as nobody; `source` is the loopback address to call from."""
        headers = dict(options.pop("headers", {}))
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        if (source := options.pop("source", None)) is None:
            return self._http.request(method, path, headers=headers, **options)
        transport = httpx.HTTPTransport(local_address=source)
        with httpx.Client(base_url=self.url, transport=transport, timeout=30.0) as elsewhere:
            return elsewhere.request(method, path, headers=headers, **options)

    def bring(self, token: str, **options: Any) -> str:
        """Bring a conversation in and return its id once it is kept."""
        turns = [{"speaker": "caller", "text": text} for text in SPOKEN]
        answer = self.call("POST", "/v1/conversations", token, json={"channel": "call", "turns": turns}, **options)
        assert answer.status_code == 202, answer.text
        conversation = str(answer.json()["id"])
        wait_for(
            lambda: self.call("GET", f"/v1/conversations/{conversation}", token).json().get("state") == "kept",
            SETTLED_WITHIN,
        )
        return conversation

    def link(self, tenant: Tenant) -> str:
        """Make a signed address of the tenant's recording; it lives five minutes."""
        answer = self.call("POST", f"/v1/recordings/{tenant.recording}/links", tenant.token)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["url"])

    def history(self, tenant: Tenant) -> list[dict[str, Any]]:
        """Return the intents in the history of the tenant's conversation."""
        answer = self.call("GET", f"/v1/conversations/{tenant.conversation}/history", tenant.token)
        return [entry for entry in answer.json()["entries"] if entry["kind"] == "intent"]

    def command(self, *arguments: str, code: int = 0) -> Any:
        """Run a command of the operator beside the server and return the JSON that it prints."""
        return json.loads(self.printed(*arguments, "--json", code=code))

    def printed(self, *arguments: str, code: int = 0) -> str:
        """Run a command of the operator beside the server and return what it prints."""
        command = [*PROGRAM, *arguments, "--data", str(self.data.path)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout or done.stderr

    def attached(self) -> AbstractAsyncContextManager[Installation]:
        """Open the same data directory in this process."""
        return open_installation(self.data.path)

    def superuser(self, side: str = "data") -> psycopg.Connection[tuple[Any, ...]]:
        """Connect to one of the clusters as its superuser."""
        return onlooker.connected(self._cluster(side))

    def rows(self, query: LiteralString, *values: object, side: str = "data") -> list[tuple[Any, ...]]:
        """Return what a query of the superuser finds."""
        return onlooker.rows(self._cluster(side), query.encode(), values)

    def _cluster(self, side: str) -> EmbeddedCluster:
        def password_for(role: str) -> str:
            return derived_passwords(bytes(FileKeyring(self.data.keyring).installation_secret().reveal()))(role)

        return EmbeddedCluster(self.data.data_cluster if side == "data" else self.data.key_cluster, password_for)

    def leaves(self, log: str | UUID) -> list[Leaf]:
        """Return every entry of a log, once nothing waits to be recorded."""
        wait_for(lambda: self.rows("SELECT count(*) FROM ledger.inbox")[0][0] == 0, SETTLED_WITHIN)
        rows = self.rows("SELECT leaf FROM ledger.entry WHERE log = %s ORDER BY index", str(log))
        return [read_leaf(leaf) for (leaf,) in rows]

    def works_nothing_off(self) -> None:
        """Wait until the worker has done all that earlier calls left to it."""
        wait_for(lambda: not self.rows(_DUE_JOBS), SETTLED_WITHIN)

    def new_leaves(self, log: str | UUID, act: Callable[[], object]) -> list[Leaf]:
        """Return the entries that an act adds to a log, without what the log says of itself."""
        self.works_nothing_off()
        before = len(self.leaves(log))
        act()
        return [leaf for leaf in self.leaves(log)[before:] if "actor" in leaf.body]

    @property
    def sequencer(self) -> int:
        """The process id of the sequencer."""
        for status in Path("/proc").glob("[0-9]*/status"):
            try:
                parent = f"PPid:\t{self._process.pid}\n" in status.read_text()
                if parent and b"privity.notary.process" in status.with_name("cmdline").read_bytes():
                    return int(status.parent.name)
            except (FileNotFoundError, ProcessLookupError):
                continue
        raise AssertionError("the server has no sequencer")

    def output(self) -> str:
        """Return everything that the server has printed and logged, at the level `debug`."""
        return self._output.read_text(encoding="utf-8")

    def bytes_at_rest(self) -> Iterator[tuple[Path, bytes]]:
        """Yield every file of the data directory, databases and their logs included, as it lies on the disk."""
        for side in ("data", "keys"):
            with self.superuser(side) as connection:
                connection.execute("CHECKPOINT")
        for path in self.folder.rglob("*"):
            if path.is_file() and not path.is_socket():
                try:
                    yield path, path.read_bytes()
                except FileNotFoundError:
                    continue

    def stop(self) -> None:
        """Let the server end as an operator would."""
        self._http.close()
        onlooker.look_away(self.folder)
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(30)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """End the server at once, as a crash would."""
        self._process.kill()
        self._process.wait(10)


async def _tenant(installation: Installation, name: str) -> Tenant:
    operator = operator_of_this_machine(None, Origin(request_id=installation.ids.new()))
    tenant, project = await make_tenant(
        installation, operator, name=name, profile=Profile.CLINIC, owner="owner@birch.example"
    )
    inside = msgspec.structs.replace(operator, tenant=tenant)
    other = await make_project(installation, inside, "other")
    first = await make_token(installation, inside, scopes=frozenset(Scope), name="first")
    sample = await make_sample_telephony(installation, inside)
    second = await make_token(installation, inside, scopes=frozenset(Scope), name="second", project=other)
    return Tenant(
        id=tenant,
        project=project,
        token=first.text,
        token_id=first.token_id,
        other_project=other,
        other_token=second.text,
        message=str(sample.messages[0]),
        fax=str(sample.fax),
        call=str(sample.live_call),
        recording=str(sample.recording),
    )


async def token_for(
    installation: Installation, tenant: UUID, *scopes: Scope, name: str = "one of a test", days: float = 1
) -> Provisioned:
    """Return a new token of a tenant's first project; of all scopes when none is named."""
    operator = operator_of_this_machine(tenant, Origin(request_id=installation.ids.new()))
    chosen = frozenset(scopes or Scope)
    return await make_token(installation, operator, scopes=chosen, name=name, lives=timedelta(days=days))


def application(installation: Installation) -> httpx.AsyncClient:
    """Return a client of the application over an installation that is open in this process."""
    transport = httpx.ASGITransport(cast("Any", make_app(installation)), raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1")


def wait_for(look: Callable[[], T | None], seconds: float) -> T:
    """Return what `look` finds, as soon as it finds something."""
    until = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < until, f"it did not happen within {seconds} seconds"
        time.sleep(0.02)
    return found


@pytest.fixture(scope="session", name="server")
def running_server() -> Iterator[Server]:
    """One server for all tests of the session; its folder is short because paths of sockets are limited."""
    folder = Path(tempfile.mkdtemp(prefix="privity-"))
    try:
        server = Server(folder)
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
