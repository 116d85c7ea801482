"""Lists filter by an SQL predicate: for any rows and callers it gives exactly what the policies say row by row."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from databases import FreshDatabase
from privity.clock import SystemClock
from privity.gate import Action, Engine, FactReader, resources, visible_rows
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

scopes = st.frozensets(st.sampled_from([Scope.CONVERSATIONS_READ, Scope.CONVERSATIONS_REQUEST, Scope.LEDGER_READ]))
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


class Standing(SystemClock):
    def now(self) -> datetime:
        return NOW


@promise("A5", "C64", sabotage="lists_show_every_row")
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
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
            scopes=data.draw(scopes),
            origin=Origin(request_id=uuid4()),
        )
    )
    callers += [
        Caller(kind=kind, id=OPERATOR, tenant=world.tenant, origin=Origin(request_id=uuid4()))
        for kind in (CallerKind.OPERATOR, CallerKind.WORKER)
    ]
    facts = FactReader(
        fresh_database.data,
        fresh_database.guard,
        LedgerReader(fresh_database.data),
        Standing(),
        operator_sees=timedelta(seconds=3600),
        approvals=data.draw(st.booleans()),
    )
    for caller in callers:
        for action in (Action.CONVERSATION_FIND, Action.CONVERSATION_READ):
            may = visible_rows(caller, action, NOW, facts)
            async with open_tenant_transaction(
                fresh_database.data, fresh_database.guard, world.tenant, read_only=True
            ) as tx:
                cursor = await tx._connection.execute(
                    f"SELECT id FROM tenant.conversation AS c WHERE {may.sql}", may.parameters
                )
                found = {id_ for (id_,) in await cursor.fetchall()}
            permitted = set()
            for row in world.rows:
                of = await facts.read(caller, action, resources.conversation(row))
                answer = ENGINE.decide(of.principal, action, of.resource, of.context)
                if answer.allowed and of.found:
                    permitted.add(row)
            assert found == permitted, (caller.kind, caller.role, action)
