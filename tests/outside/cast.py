"""The people of a tenant, for tests of roles: written as rows, called as the callers that a session would give."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec
from server import SPOKEN, Server, wait_for

from privity.custody import Channel
from privity.gate import Action, Resource, resources
from privity.identity import Caller, CallerKind, Factor, Origin, Role
from privity.running import Installation

_ADD = """
    INSERT INTO identity.person (tenant_id, id, role, email, email_index, created_at) VALUES (%s, %s, %s, %s, %s, now())
"""
NAMES = {
    "owner": Role.OWNER,
    "other_owner": Role.OWNER,
    "admin": Role.ADMIN,
    "treating_admin": Role.ADMIN,
    "author": Role.PRACTITIONER,
    "colleague": Role.PRACTITIONER,
    "receptionist": Role.RECEPTIONIST,
    "auditor": Role.AUDITOR,
}


class Cast:
    """Eight people of tenant a, and a conversation that `author` brought in."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.tenant = server.a.id
        self.ids = {name: uuid4() for name in NAMES}
        with server.superuser() as connection:
            for name, role in NAMES.items():
                connection.execute(_ADD, (self.tenant, self.ids[name], role, b"sealed", self.ids[name].bytes))
                if name == "treating_admin":
                    _mark_clinical(connection, self.ids[name])
        self.conversation = asyncio.run(self._bring("author"))

    def person(self, name: str, **changed: Any) -> Caller:
        """The caller that a session of this person gives, with a second factor, in the tenant's first project."""
        role = NAMES[name]
        facts: dict[str, Any] = {
            "kind": CallerKind.PERSON,
            "id": str(self.ids[name]),
            "tenant": self.tenant,
            "role": role,
            "clinical": role is Role.PRACTITIONER or name == "treating_admin",
            "projects": frozenset({self.server.a.project}),
            "every_project": role is Role.OWNER,
            "factors": frozenset({Factor.TOTP}),
            "session": uuid4(),
            "origin": Origin(request_id=uuid4(), address="192.0.2.7", user_agent="a browser"),
        }
        return Caller(**(facts | changed))

    async def _bring(self, name: str) -> UUID:
        async with self.server.attached() as installation:
            return await bring(installation, self.person(name), resources.project(self.server.a.project))

    def kept(self, conversation: UUID) -> None:
        """Wait until the server has worked on it."""
        query = "SELECT state FROM tenant.conversation WHERE id = %s"
        wait_for(lambda: self.server.rows(query, conversation) == [("kept",)], 60.0)


def _mark_clinical(connection: Any, person: UUID) -> None:
    known = connection.execute(
        "SELECT FROM pg_attribute WHERE attrelid = 'identity.person'::regclass AND attname = 'clinical'"
    ).fetchone()
    if known is not None:
        connection.execute("UPDATE identity.person SET clinical = true WHERE id = %s", (person,))


async def bring(installation: Installation, caller: Caller, project: Resource) -> UUID:
    """Bring a conversation in as a person, and return its id; a worker settles it."""
    async with installation.gate.open(caller, Action.CONVERSATION_CREATE, project) as access:
        return (await installation.intake.receive(access, _Turns())).id


class _Turns:
    channel = Channel.CALL

    def __init__(self) -> None:
        self.chunks = self._read()

    async def _read(self) -> AsyncIterator[bytes]:
        yield msgspec.json.encode({"turns": [{"speaker": "caller", "text": text} for text in SPOKEN]})


async def act(installation: Installation, caller: Caller, action: Action, resource: Resource, do: Any = None) -> Any:
    """Open one act through the gate and do what it is for."""
    async with installation.gate.open(caller, action, resource) as access:
        return None if do is None else await do(access)


async def give(
    installation: Installation, caller: Caller, grantee: str, scope: str, *, lasts: timedelta = timedelta(days=1)
) -> UUID:
    """Give a grant as a person."""
    ends = installation.clock.now() + lasts
    made: UUID = await act(
        installation,
        caller,
        Action.GRANT_CREATE,
        resources.proposed_grant(grantee, scope),
        lambda access: installation.grants.give(access, reason="covers for a colleague", ends_at=ends),
    )
    return made
