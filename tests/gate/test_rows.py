"""Lists filter by an SQL predicate: for any rows and callers it gives exactly what the policies say row by row."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec
import psycopg
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from databases import FreshDatabase
from privity.clock import SystemClock
from privity.gate import BROUGHT, Action, Engine, FactReader, Resource, ResourceKind, resources, visible_rows
from privity.identity import Caller, CallerKind, Factor, Origin, Role, Scope
from privity.notary import LedgerReader
from privity.store.transactions.tenant import open_tenant_transaction
from promises import promise

pytestmark = pytest.mark.slow

NOW = datetime.now(UTC).replace(microsecond=0)
PEOPLE = [str(UUID(int=number)) for number in (1, 2)]
TOKEN = "abcdefghjk"
OPERATOR = "uid-0@here"
ENGINE = Engine.shipped()
FEW = settings(
    deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.reuse, Phase.generate]
)
"""What is found is told as it was found: making it smaller would take a database as long again, many times."""

scopes = st.frozensets(st.sampled_from([Scope.CONVERSATIONS_READ, Scope.CONVERSATIONS_REQUEST, Scope.LEDGER_READ]))
TELEPHONY = {
    Action.MESSAGE_HISTORY: ResourceKind.MESSAGE,
    Action.MESSAGE_READ: ResourceKind.MESSAGE,
    Action.FAX_READ: ResourceKind.FAX,
    Action.CALL_READ: ResourceKind.CALL,
    Action.RECORDING_READ: ResourceKind.RECORDING,
    Action.RECORDING_OPEN: ResourceKind.RECORDING,
}
telephony_scopes = st.frozensets(st.sampled_from([Scope.MESSAGES_READ, Scope.CALLS_READ, Scope.RECORDINGS_READ]))
_COMMON = {"cause": uuid4(), "created_at": NOW, "updated_at": NOW, "from_index": bytes(32), "to_index": bytes(32)}
_COMMON |= {"parties": b"x", "direction": "inbound"}
RECORDS: dict[ResourceKind, dict[str, Any]] = {
    ResourceKind.MESSAGE: _COMMON | {"status": "received", "masked": 0, "segments": 1},
    ResourceKind.FAX: _COMMON | {"status": "received", "quality": "fine", "pages": 1},
    ResourceKind.CALL: _COMMON | {"status": "completed", "transport": "memory"},
}
principals = st.sampled_from([f"person:{PEOPLE[0]}", f"person:{PEOPLE[1]}", f"service:{TOKEN}", f"operator:{OPERATOR}"])
moments = st.sampled_from([NOW + timedelta(seconds=each) for each in (-7200, -60, -1, 60, 7200)])
conversations = st.tuples(
    st.integers(0, 1), st.integers(0, 1), st.sampled_from(["kept", "received", "deleting"]), principals, moments
)
grants = st.tuples(
    st.sampled_from([f"person:{PEOPLE[0]}", f"service:{TOKEN}"]),
    st.sampled_from(["conversation", "subject", "project", "author"]),
    st.integers(0, 3),
    st.sampled_from(["asked", "given", "declined", "revoked"]),
    moments,
    st.integers(1, 7300),
)
emergencies = st.tuples(principals, moments, st.booleans(), st.booleans(), st.booleans())


class World:
    """A tenant of its own for one example, written past all rules by the superuser."""

    def __init__(self, dsn: str) -> None:
        self.tenant = uuid4()
        self.projects = [uuid4(), uuid4()]
        self.subjects = [uuid4(), uuid4()]
        self.rows: list[UUID] = []
        self.records: dict[ResourceKind, list[UUID]] = {kind: [] for kind in TELEPHONY.values()}
        self._dsn = dsn

    def write(self, rows: list[Any], given_: list[Any], glass: list[Any]) -> None:
        with psycopg.connect(self._dsn, autocommit=True) as db:
            tenant = self.tenant
            db.execute(
                "INSERT INTO platform.tenant (id, name, profile, state, created_at)"
                " VALUES (%s, %s, 'clinic', 'open', %s)",
                (tenant, str(tenant), NOW),
            )
            for number in (0, 1):
                db.execute(
                    "INSERT INTO tenant.project VALUES (%s, %s, %s, %s)",
                    (tenant, self.projects[number], str(number), NOW),
                )
                db.execute("INSERT INTO tenant.subject VALUES (%s, %s, %s)", (tenant, self.subjects[number], NOW))
            for project, subject, state, by, at in rows:
                self.rows.append(uuid4())
                db.execute(
                    "INSERT INTO tenant.conversation (tenant_id, id, project_id, subject_id, channel, retention_class,"
                    " state, brought_by, cause, source_kind, source_bytes, content, created_at)"
                    " VALUES (%s, %s, %s, %s, 'call', 'conversation', %s, %s, %s, 'text', 1, 'x', %s)",
                    (tenant, self.rows[-1], self.projects[project], self.subjects[subject], state, by, tenant, at),
                )
            for grantee, kind, which, state, start, seconds in given_:
                scope = {
                    "conversation": f"conversation:{self.rows[which % len(self.rows)]}",
                    "subject": f"subject:{self.subjects[which % 2]}",
                    "project": f"project:{self.projects[which % 2]}",
                    "author": f"author:person:{PEOPLE[which % 2]}",
                }[kind]
                ended = ("somebody", NOW) if state in {"declined", "revoked"} else (None, None)
                db.execute(
                    "INSERT INTO tenant.access_grant (tenant_id, id, grantee, scope, state, reason, given_by, given_at,"
                    " starts_at, ends_at, ended_by, ended_at, cause)"
                    " VALUES (%s, %s, %s, %s, %s, 'x', 'person:owner', %s, %s, %s, %s, %s, %s)",
                    (
                        tenant,
                        uuid4(),
                        grantee,
                        scope,
                        state,
                        NOW,
                        start,
                        start + timedelta(seconds=seconds),
                        *ended,
                        tenant,
                    ),
                )
            for holder, opened, approved, told, ended_ in glass:
                db.execute(
                    "INSERT INTO tenant.break_glass (tenant_id, id, holder, reason, factors, opened_at, ends_at,"
                    " owners_told_at, approved_at, ended_at, cause)"
                    " VALUES (%s, %s, %s, 'x', '{}', %s, %s, %s, %s, %s, %s)",
                    (
                        tenant,
                        uuid4(),
                        holder,
                        opened,
                        opened + timedelta(minutes=59),
                        NOW if told else None,
                        NOW if approved else None,
                        NOW if ended_ else None,
                        tenant,
                    ),
                )

    def write_telephony(self, rows: list[Any]) -> None:
        """Write a message, a fax, a call and a recording of it for each of the rows."""
        with psycopg.connect(self._dsn, autocommit=True) as db:
            for project, subject, _, by, _ in rows:
                for kind, columns in RECORDS.items():
                    row = columns | {
                        "tenant_id": self.tenant,
                        "id": uuid4(),
                        "project_id": self.projects[project],
                        "subject_id": self.subjects[subject],
                        "brought_by": by,
                    }
                    names, marks = ", ".join(row), ", ".join(["%s"] * len(row))
                    db.execute(f"INSERT INTO tenant.{kind.lower()} ({names}) VALUES ({marks})", list(row.values()))
                    self.records[kind].append(row["id"])
                self.records[ResourceKind.RECORDING].append(uuid4())
                db.execute(
                    "INSERT INTO tenant.recording (tenant_id, id, project_id, call_id, state, timeline, channels,"
                    " started_by, cause, created_at, updated_at)"
                    " VALUES (%s, %s, %s, %s, 'absent', '[]', 1, %s, %s, %s, %s)",
                    (
                        self.tenant,
                        self.records[ResourceKind.RECORDING][-1],
                        self.projects[project],
                        self.records[ResourceKind.CALL][-1],
                        by,
                        self.tenant,
                        NOW,
                        NOW,
                    ),
                )


class Standing(SystemClock):
    def now(self) -> datetime:
        return NOW


def callers_of(world: World, data: st.DataObject, of_service: st.SearchStrategy[frozenset[Scope]]) -> list[Caller]:
    """Somebody of each role, a service, an operator and a worker."""
    callers = [
        Caller(
            kind=CallerKind.PERSON,
            id=PEOPLE[0],
            tenant=world.tenant,
            role=role,
            clinical=data.draw(st.booleans()),
            projects=frozenset(data.draw(st.lists(st.sampled_from(world.projects), unique=True))),
            every_project=data.draw(st.booleans()),
            factors=frozenset(data.draw(st.sampled_from([[], [Factor.PASSKEY], [Factor.TOTP]]))),
            origin=Origin(request_id=uuid4()),
        )
        for role in Role
    ]
    callers.append(
        Caller(
            kind=CallerKind.SERVICE,
            id=TOKEN,
            tenant=world.tenant,
            project=world.projects[0],
            scopes=data.draw(of_service),
            origin=Origin(request_id=uuid4()),
        )
    )
    return callers + [
        Caller(kind=kind, id=OPERATOR, tenant=world.tenant, origin=Origin(request_id=uuid4()))
        for kind in (CallerKind.OPERATOR, CallerKind.WORKER)
    ]


def facts_of(fresh_database: FreshDatabase, *, approvals: bool) -> FactReader:
    return FactReader(
        fresh_database.data,
        fresh_database.guard,
        LedgerReader(fresh_database.data),
        Standing(),
        operator_sees=timedelta(seconds=3600),
        approvals=approvals,
    )


async def rows_are_as_permitted(
    fresh_database: FreshDatabase,
    world: World,
    caller: Caller,
    facts: FactReader,
    action: Action,
    things: list[Resource],
    source: str,
) -> None:
    """What PostgreSQL finds by the predicate is what Cedar permits row by row."""
    may = visible_rows(caller, action, NOW, facts)
    async with open_tenant_transaction(fresh_database.data, fresh_database.guard, world.tenant, read_only=True) as tx:
        cursor = await tx._connection.execute(f"SELECT c.id FROM {source} WHERE {may.sql}", may.parameters)
        found = {id_ for (id_,) in await cursor.fetchall()}
    permitted = set()
    for thing in things:
        of = await facts.read(caller, action, thing)
        answer = ENGINE.decide(of.principal, action, of.resource, of.context)
        if answer.allowed and of.found:
            permitted.add(thing.id)
    assert found == permitted, (caller.kind, caller.role, action)


@promise("A5", "C64", sabotage="lists_show_every_row")
@settings(FEW, max_examples=12)
@given(data=st.data())
async def test_rows_of_a_list_are_those_that_the_policies_permit(
    fresh_database: FreshDatabase, data: st.DataObject
) -> None:
    world = World(fresh_database.superuser_dsn)
    rows = data.draw(st.lists(conversations, min_size=4, max_size=6))
    await asyncio.to_thread(
        world.write,
        rows,
        data.draw(st.lists(grants, max_size=5)),
        data.draw(st.lists(emergencies, max_size=2)),
    )
    facts = facts_of(fresh_database, approvals=data.draw(st.booleans()))
    things = [resources.conversation(row) for row in world.rows]
    for caller in callers_of(world, data, scopes):
        for action in (Action.CONVERSATION_FIND, Action.CONVERSATION_READ):
            await rows_are_as_permitted(
                fresh_database, world, caller, facts, action, things, "tenant.conversation AS c"
            )


@promise("A5", "A14", "C61", sabotage="logs_of_telephony_show_every_row")
@settings(FEW, max_examples=3)
@given(data=st.data())
async def test_rows_of_telephony_are_those_that_the_policies_permit(
    fresh_database: FreshDatabase, data: st.DataObject
) -> None:
    world = World(fresh_database.superuser_dsn)
    rows = data.draw(st.lists(conversations, min_size=2, max_size=2))
    rows.append((1, 1, "kept", f"operator:{OPERATOR}", NOW))  # there is always one that is nobody's own
    await asyncio.to_thread(world.write, rows, data.draw(st.lists(grants, min_size=1, max_size=4)), [])
    await asyncio.to_thread(world.write_telephony, rows)
    facts = facts_of(fresh_database, approvals=True)
    callers = callers_of(world, data, telephony_scopes)
    whole = {"role": Role.PRACTITIONER, "every_project": True, "factors": frozenset({Factor.PASSKEY})}
    callers.append(msgspec.structs.replace(callers[0], **whole))
    for caller in callers:
        for action, kind in TELEPHONY.items():
            things = [Resource(kind, thing) for thing in world.records[kind]]
            await rows_are_as_permitted(fresh_database, world, caller, facts, action, things, BROUGHT[kind])
