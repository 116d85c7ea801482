"""What a decision costs, and that grants do not make it dearer. Prints the parts and a ratio of many grants to none.

python bench/gate.py [--calls 200]

CPU is that of this process; the statement's time at the database is in the wall clock only.
"""

import argparse
import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import msgspec

from privity.custody import Channel
from privity.gate import Action, Engine, resources
from privity.identity import Caller, CallerKind, Factor, Origin, Role, operator_of_this_machine
from privity.platform import Profile
from privity.running import Installation, make_tenant, open_installation
from privity.store import TenantTransaction

Act = Callable[[], Awaitable[object]]

ROUNDS: Final = 7
ROWS: Final = 50
STEPS: Final = (0, 100, 10_000)
GRANT: Final = """
    INSERT INTO tenant.access_grant (tenant_id, id, grantee, scope, state, reason, given_by, given_at, starts_at,
        ends_at, cause)
    VALUES (%s, %s, %s, %s, 'given', 'x', 'person:owner', %s, %s, %s, %s)
"""
CONVERSATION: Final = """
    INSERT INTO tenant.conversation (tenant_id, id, project_id, subject_id, channel, retention_class, state, brought_by,
        cause, source_kind, source_bytes, content, created_at)
    VALUES (%s, %s, %s, %s, 'call', 'conversation', 'kept', %s, %s, 'text', 1, 'x', %s)
"""


class Scene(msgspec.Struct):
    """A clinician, and records of a colleague, one of which was granted."""

    installation: Installation
    tenant: UUID
    project: UUID
    caller: Caller
    wanted: UUID


async def scene_in(installation: Installation) -> Scene:
    operator = operator_of_this_machine(None, Origin(request_id=installation.ids.new()))
    tenant, project = await make_tenant(
        installation, operator, name="birch", profile=Profile.CLINIC, owner="owner@birch.example"
    )
    ids, now = installation.ids, installation.clock.now()
    caller = Caller(
        kind=CallerKind.PERSON,
        id=str(ids.new()),
        tenant=tenant,
        role=Role.PRACTITIONER,
        clinical=True,
        projects=frozenset({project}),
        factors=frozenset({Factor.TOTP}),
        origin=operator.origin,
    )
    subject, wanted = ids.new(), ids.new()
    rows = [wanted, *(ids.new() for _ in range(ROWS - 1))]

    async def fill(tx: TenantTransaction) -> None:
        await tx.execute("INSERT INTO tenant.subject VALUES (%s, %s, %s)", (tenant, subject, now))
        await tx.execute_many(
            CONVERSATION,
            [
                (tenant, row, project, subject, caller.principal if row != wanted else "person:x", row, now)
                for row in rows
            ],
        )

    await inside(installation, operator, tenant, fill)
    scene = Scene(installation, tenant, project, caller, wanted)
    await grant(scene, [f"conversation:{wanted}"])
    return scene


async def inside(
    installation: Installation, operator: Caller, tenant: UUID, do: Callable[[TenantTransaction], Awaitable[None]]
) -> None:
    caller = msgspec.structs.replace(operator, tenant=tenant)
    async with installation.gate.open(caller, Action.PROJECT_CREATE, resources.own_tenant()) as access:
        async with access.transaction() as tx:
            await do(tx)


async def grant(scene: Scene, scopes: list[str]) -> None:
    """Give the clinician grants, for other records as a rule, so that the index holds them and the act needs one."""
    now, ids = scene.installation.clock.now(), scene.installation.ids
    ends = now + timedelta(days=1)
    rows = [(scene.tenant, ids.new(), scene.caller.principal, scope, now, now, ends, ids.new()) for scope in scopes]

    async def add(tx: TenantTransaction) -> None:
        await tx.execute_many(GRANT, rows)

    await inside(scene.installation, operator_of_this_machine(None, scene.caller.origin), scene.tenant, add)


async def cost(act: Act, calls: int) -> tuple[float, float]:
    """The microseconds of CPU and of the clock that an act takes at its best of several rounds."""
    rounds = []
    for _ in range(ROUNDS):
        cpu, wall = time.process_time(), time.perf_counter()
        for _ in range(calls):
            await act()
        spent = (time.process_time() - cpu) / calls * 1e6, (time.perf_counter() - wall) / calls * 1e6
        rounds.append(spent)
        await asyncio.sleep(0.5)  # what watches the ledger in this process gets its turn
    return min(cpu for cpu, _ in rounds), min(wall for _, wall in rounds)


async def main(calls: int) -> None:
    with tempfile.TemporaryDirectory(prefix="privity-") as folder:
        async with open_installation(Path(folder) / "data") as installation:
            scene = await scene_in(installation)
            gate, engine = installation.gate, installation.engine
            act, resource = Action.CONVERSATION_READ, resources.conversation(scene.wanted)
            reader = gate._facts  # noqa: SLF001 - a step inside the gate is what is measured
            facts = await reader.read(scene.caller, act, resource)

            async def decide() -> object:
                return engine.decide(facts.principal, act, facts.resource, facts.context)

            alone, _ = await cost(decide, calls)
            print(f"decide       {len(engine.policies)} policies          {alone:7.0f} us CPU   (0.6 ms allowed)")
            given, first = 1, 0.0
            for step in STEPS:
                await grant(scene, [f"conversation:{installation.ids.new()}" for _ in range(step - given + 1)])
                given = max(given, step)

                async def with_facts() -> object:
                    found = await reader.read(scene.caller, act, resource)
                    assert "grant" in found.context
                    return engine.decide(found.principal, act, found.resource, found.context)

                cpu, wall = await cost(with_facts, calls)
                first = first or cpu
                print(
                    f"facts+decide {step:6} other grants    {cpu:7.0f} us CPU {wall:7.0f} us clock   x{cpu / first:.2f}"
                )
            await page_of_rows(scene)


async def page_of_rows(scene: Scene) -> None:
    """Print how many policy calls a page of 50 rows takes."""
    calls = 0
    decide = Engine.decide

    def counted(self: Engine, *arguments: Any) -> Any:
        nonlocal calls
        calls += 1
        return decide(self, *arguments)

    setattr(Engine, "decide", counted)  # noqa: B010 - to count
    try:
        wanted = resources.project(scene.project)
        async with scene.installation.gate.open(scene.caller, Action.CONVERSATION_LIST, wanted) as access:
            page = await scene.installation.conversations.page(
                access, channel=Channel.CALL, state=None, after=None, limit=ROWS
            )
    finally:
        setattr(Engine, "decide", decide)  # noqa: B010 - as it was
    print(f"page         {len(page)} rows              {calls:7} policy calls   (3 allowed)")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=200)
    asyncio.run(main(parser.parse_args().calls))
