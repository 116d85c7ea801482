"""What one warm GET of a conversation costs beside a route that does nothing, step by step.

An installation is made in a temporary folder, one conversation is brought in and read again and again through the ASGI
application, and so is a bare Litestar route, in alternating rounds of the same run; the fastest round of each counts.
CPU is this process's own, the databases' and the sequencer's apart; the wall clock holds all of them. Then each step
runs alone, so the steps do not add up to the whole exactly: what is left is the framework's and the loop's.

    .venv/bin/python bench/reading.py [CALLS]
"""

import asyncio
import shutil
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any, cast
from uuid import UUID

import msgspec
import psycopg
from litestar import Litestar, get

from privity.api.answers import conversation_shown
from privity.api.app import make_app
from privity.custody import Channel
from privity.custody.content import Content, content_place, content_record, decode
from privity.custody.sealed_content import filtered
from privity.gate import Access, Action, resources
from privity.identity import Origin, Scope, operator_of_this_machine
from privity.keys import FileKeyring
from privity.notary import Entry
from privity.platform import Profile
from privity.running import Installation, make_tenant, make_token, make_worker, open_installation
from privity.store import EmbeddedCluster, derived_passwords
from privity.store.roles import SUPERUSER
from privity.vault import open_sealed

ROUNDS = 5
TALK = (
    b"agent: thank you for calling, how can I help\ncaller: this is Maria Gonzalez, I would like to come on Tuesday\n"
)
SEALED = "SELECT content FROM tenant.conversation WHERE id = %s"

Act = Callable[[], Awaitable[object]]


class Cost(msgspec.Struct, frozen=True):
    """Microseconds a call: of this process's CPU, and by the wall clock."""

    cpu: float
    wall: float


class Text:
    """A written conversation as something that comes in."""

    channel = Channel.UPLOAD

    @property
    async def chunks(self) -> AsyncIterator[bytes]:
        """The talk, in one piece."""
        yield TALK


async def measured(act: Act, calls: int) -> Cost:
    cpu, wall = time.process_time(), time.perf_counter()
    for _ in range(calls):
        await act()
    return Cost((time.process_time() - cpu) / calls * 1e6, (time.perf_counter() - wall) / calls * 1e6)


async def fastest(acts: dict[str, Act], calls: int) -> dict[str, Cost]:
    """Return what each act costs at its best; rounds alternate, so that a busy moment meets all of them."""
    rounds: dict[str, list[Cost]] = {name: [] for name in acts}
    for act in acts.values():
        await measured(act, 5)
    for _ in range(ROUNDS):
        for name, act in acts.items():
            rounds[name].append(await measured(act, calls))
    return {name: Cost(min(c.cpu for c in costs), min(c.wall for c in costs)) for name, costs in rounds.items()}


def caller_of(app: Any, path: str, token: str) -> Act:
    """Return what calls one path of an ASGI application, without a network or a client library."""
    headers = [(b"host", b"127.0.0.1"), (b"authorization", f"Bearer {token}".encode()), (b"user-agent", b"bench")]

    async def call() -> None:
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": "GET",
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "root_path": "",
            "query_string": b"",
            "headers": headers,
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 2),
            "state": {},
        }

        async def receive() -> dict[str, object]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: dict[str, Any]) -> None:
            assert message.get("status", 200) == 200, message

        await app(scope, receive, send)

    return call


@get("/bare")
async def bare() -> dict[str, str]:
    return {"id": "0199b2f0-0000-7000-8000-000000000001", "state": "kept", "redacted_text": TALK.decode()}


async def kept_conversation(installation: Installation) -> tuple[UUID, UUID, str]:
    """Return a tenant, a conversation that is kept in it, and a token that may read it."""
    operator = operator_of_this_machine(None, Origin(request_id=installation.ids.new()))
    tenant, _ = await make_tenant(
        installation, operator, name="birch", profile=Profile.CLINIC, owner="owner@birch.example"
    )
    inside = msgspec.structs.replace(operator, tenant=tenant)
    token = await make_token(installation, inside, scopes=frozenset(Scope), name="bench")
    async with installation.gate.open(inside, Action.CONVERSATION_CREATE, resources.own_project()) as access:
        received = await installation.intake.receive(access, cast("Any", Text()))
        working = asyncio.create_task(make_worker(installation).run())
        while not await installation.intake.is_settled(access, received.id):
            await asyncio.sleep(0.05)
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)
    return tenant, received.id, token.text


async def steps_of(installation: Installation, tenant: UUID, conversation: UUID, token: str) -> dict[str, Act]:
    """Return the steps of a read, each to be run alone."""
    gate, origin = installation.gate, Origin(request_id=installation.ids.new(), address="127.0.0.1", user_agent="bench")
    caller = await installation.authenticator.bearer(f"Bearer {token}", origin)
    wanted, action = resources.conversation(conversation), Action.CONVERSATION_READ
    facts = await gate._facts.read(caller, action, wanted)  # noqa: SLF001 - a step inside the gate is what is measured
    answer = gate._engine.decide(facts.principal, action, facts.resource, facts.context)  # noqa: SLF001 - as above
    body = gate._body(caller, action, facts, answer, allowed=True)  # noqa: SLF001 - as above
    record = content_record(tenant, conversation)
    async with gate.open(caller, action, wanted) as access:
        opened = await installation.conversations.read(access)
        async with gate.tenant_transaction(access, read_only=True) as tx:
            row = await tx.fetch_one(SEALED, (conversation,), into=Sealed)
    assert row is not None

    async def decide() -> None:
        gate._engine.decide(facts.principal, action, facts.resource, facts.context)  # noqa: SLF001 - as above

    async def intent() -> None:
        entry = installation.ids.new()
        committed, sealed = await gate._details.seal(tenant, entry, origin)  # noqa: SLF001 - as above
        told = Entry(id=entry, log=caller.log, kind="intent", body=body | {"detail": committed}, detail=sealed)
        await installation.inbox.record(told)

    async def read() -> None:
        again = Access(
            gate,
            caller,
            action,
            facts,
            decision=access.decision,
            outcome_id=installation.ids.new(),
            receipt=access.receipt,
        )
        async with again.transaction() as tx:
            await tx.fetch_one(SEALED, (conversation,), into=Sealed)

    async def unseal() -> Content:
        key = await installation.keys.record_key(record.tenant, record.table, record.row)
        return decode(open_sealed(key.key, content_place(record), key.key_id, row.content))

    content = await unseal()

    async def filter_again() -> None:
        await filtered(content, installation.redactor)

    async def respond() -> None:
        msgspec.json.encode(conversation_shown(opened))

    return {
        "identify": lambda: installation.authenticator.bearer(f"Bearer {token}", origin),
        "facts": lambda: gate._facts.read(caller, action, wanted),  # noqa: SLF001 - as above
        "decide": decide,
        "intent": intent,
        "read": read,
        "open": unseal,
        "filter": filter_again,
        "answer": respond,
    }


class Sealed(msgspec.Struct):
    """The one column of a conversation that is sealed."""

    content: bytes


async def wall_of_row_level_security(installation: Installation, tenant: UUID, conversation: UUID, calls: int) -> float:
    """Return the microseconds that row-level security adds to the one statement that reads a conversation."""
    secret = bytes(FileKeyring(installation.directory.keyring).installation_secret().reveal())
    cluster = EmbeddedCluster(installation.directory.data_cluster, derived_passwords(secret))
    origin = Origin(request_id=installation.ids.new())
    operator = operator_of_this_machine(tenant, origin)
    own = "SELECT content FROM tenant.conversation WHERE tenant_id = %s AND id = %s"
    async with (
        await psycopg.AsyncConnection.connect(cluster.dsn(SUPERUSER), autocommit=True) as unwalled,
        installation.gate.open(operator, Action.CALLER_READ, resources.own_tenant()) as access,
        installation.gate.tenant_transaction(access, read_only=True) as tx,
    ):

        async def without() -> None:
            await (await unwalled.execute(own, (tenant, conversation))).fetchone()

        costs = await fastest({"with": lambda: tx.execute(own, (tenant, conversation)), "without": without}, calls)
    return costs["with"].wall - costs["without"].wall


async def measure(folder: Path, calls: int) -> None:
    async with open_installation(folder) as installation:
        tenant, conversation, token = await kept_conversation(installation)
        path = f"/v1/conversations/{conversation}"
        nothing = Litestar([bare], openapi_config=None, logging_config=None)
        both = await fastest(
            {
                "whole": caller_of(make_app(installation), path, token),
                "bare": caller_of(nothing, "/bare", token),
            },
            calls,
        )
        steps = await fastest(await steps_of(installation, tenant, conversation, token), calls)
        added = await wall_of_row_level_security(installation, tenant, conversation, calls)
    whole, route = both["whole"], both["bare"]
    print(f"{'':<28}{'CPU us':>9}{'share':>8}{'wall us':>10}")
    print(f"{'bare Litestar route':<28}{route.cpu:9.0f}{'':>8}{route.wall:10.0f}")
    print(f"{'warm GET of a conversation':<28}{whole.cpu:9.0f}{1:8.0%}{whole.wall:10.0f}")
    for name, cost in steps.items():
        print(f"  {name:<26}{cost.cpu:9.0f}{cost.cpu / whole.cpu:8.0%}{cost.wall:10.0f}")
    rest = whole.cpu - sum(cost.cpu for cost in steps.values())
    print(f"  {'framework and event loop':<26}{rest:9.0f}{rest / whole.cpu:8.0%}")
    print(
        f"ratio  {whole.cpu / route.cpu:5.1f}x the CPU of a bare route   ({calls} calls a round, fastest of {ROUNDS})"
    )
    # The statement that reads the facts and the one that reads the conversation both pass the wall.
    print(f"ratio  {2 * added / whole.wall:5.1%} of the wall clock is row-level security ({added:.0f} us a statement)")


def main() -> None:
    calls = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    folder = Path(tempfile.mkdtemp(prefix="privity-bench-"))
    try:
        asyncio.run(measure(folder / "data", calls))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
