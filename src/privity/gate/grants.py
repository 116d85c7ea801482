"""Grants: more than a role allows, given by one person to another or to a plugin, with a reason and an end.

    async with gate.open(owner, Action.GRANT_CREATE, proposed_grant("person:…", "conversation:…")) as access:
        grant = await grants.give(access, reason="covers for Dr. Birch", ends_at=…)

What a grant covers is its scope: `conversation:ID`, `subject:ID` (one client's records), `author:person:ID` (what one
clinician brought in: supervision, coverage) or `project:ID`. A plugin, or a clinician, asks; a person of the right role
approves. It ends by itself, or at once when it is revoked: every decision reads it anew. The reason is sealed.
"""

import re
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import msgspec

from privity.clock import Clock
from privity.errors import BadInput, Conflict, SealBroken
from privity.gate.access import Access
from privity.gate.actions import Action
from privity.gate.notices import TellsRole, tell_nobody
from privity.ids import Ids
from privity.keys import TenantSeals
from privity.store import TenantTransaction
from privity.vault import Plaintext

LONGEST: Final = timedelta(days=366)
_LONGEST_REASON: Final = 500
_GRANTEE: Final = re.compile(r"person:[0-9a-f-]{36}|service:[a-z0-9]{10}")
_SCOPE: Final = re.compile(r"(conversation|subject|project|author:person):[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_CLOCKS_DIFFER: Final = timedelta(minutes=5)

_ADD: Final = """
    INSERT INTO tenant.access_grant (tenant_id, id, grantee, scope, state, reason, asked_by, asked_at, given_by,
        on_behalf_of, given_at, starts_at, ends_at, cause)
    VALUES (%(tenant)s, %(id)s, %(grantee)s, %(scope)s, %(state)s, %(reason)s, %(asked_by)s, %(asked_at)s,
        %(given_by)s, %(on_behalf_of)s, %(given_at)s, %(starts_at)s, %(ends_at)s, %(cause)s)
"""
_NOTICE: Final = """
    INSERT INTO tenant.notice (tenant_id, id, for_role, kind, about, created_at) VALUES (%s, %s, %s, %s, %s, %s)
"""
_APPROVE: Final = """
    UPDATE tenant.access_grant SET state = 'given', given_by = %(by)s, on_behalf_of = %(behalf)s, given_at = %(now)s,
        starts_at = greatest(starts_at, %(now)s)
    WHERE id = %(id)s AND state = 'asked' AND ends_at > %(now)s
"""
_END: Final = """
    UPDATE tenant.access_grant SET state = %(state)s, ended_by = %(by)s, ended_at = %(now)s
    WHERE id = %(id)s AND state = %(was)s
"""
_COLUMNS: Final = """
    id, grantee, scope, state, reason, asked_by, asked_at, given_by, on_behalf_of, given_at, starts_at, ends_at,
    ended_by, ended_at, uses, last_used_at
"""
_ONE: Final = f"SELECT {_COLUMNS} FROM tenant.access_grant WHERE id = %s"
_PAGE: Final = f"""
    SELECT {_COLUMNS} FROM tenant.access_grant
    WHERE (%(own)s::text IS NULL OR %(own)s IN (grantee, given_by, asked_by))
      AND (%(after)s::uuid IS NULL OR id < %(after)s)
    ORDER BY id DESC LIMIT %(limit)s
"""


class Grant(msgspec.Struct, frozen=True, kw_only=True):
    """A grant as it is shown: asked, given, declined or revoked. Times are UTC; `uses` counts acts under it."""

    id: UUID
    grantee: str
    scope: str
    state: str
    reason: str
    asked_by: str | None
    asked_at: datetime | None
    given_by: str | None
    on_behalf_of: str | None
    given_at: datetime | None
    starts_at: datetime
    ends_at: datetime
    ended_by: str | None
    ended_at: datetime | None
    uses: int
    last_used_at: datetime | None

    def in_force(self, at: datetime) -> bool:
        """Whether it opens anything at that time."""
        return self.state == "given" and self.starts_at <= at < self.ends_at


class _Row(Grant, frozen=True, kw_only=True):
    reason: bytes  # type: ignore[assignment]  # sealed in the table, opened in what is shown


def parse_grantee(text: str) -> str:
    """Return whom a grant is for; raises BadInput for anything but a person's or a token's id with its kind."""
    if not _GRANTEE.fullmatch(text):
        raise BadInput("the grantee is not one", advice="Give it as person:ID or service:TOKEN-ID.")
    return text


def parse_scope(text: str) -> str:
    """Return what a grant covers; raises BadInput, which lists the forms there are."""
    if not _SCOPE.fullmatch(text):
        raise BadInput(
            "the scope is not one",
            advice="Give conversation:ID, subject:ID, author:person:ID or project:ID.",
        )
    return text


class Grants:
    """Gives, asks for, approves, declines, revokes and lists grants; who may is for the policies to say."""

    def __init__(self, seals: TenantSeals, ids: Ids, clock: Clock, tell: TellsRole = tell_nobody) -> None:
        self._seals = seals
        self._ids = ids
        self._clock = clock
        self._tell = tell

    async def give(self, access: Access, *, reason: str, ends_at: datetime, starts_at: datetime | None = None) -> UUID:
        """Return the id of a new grant, in force from its start; raises BadInput for no reason or impossible times."""
        await access.demand(Action.GRANT_CREATE)
        now = self._clock.now()
        given = {"given_by": access.caller.principal, "on_behalf_of": access.fact("on_behalf_of") or None}
        return await self._add(access, "given", reason, starts_at, ends_at, given | {"given_at": now})

    async def ask(self, access: Access, *, reason: str, ends_at: datetime, starts_at: datetime | None = None) -> UUID:
        """Return the id of a request that opens nothing until a person approves it; owners and admins get a notice."""
        await access.demand(Action.GRANT_ASK)
        asked = {"asked_by": access.caller.principal, "asked_at": self._clock.now()}
        return await self._add(access, "asked", reason, starts_at, ends_at, asked)

    async def _add(
        self,
        access: Access,
        state: str,
        reason: str,
        starts_at: datetime | None,
        ends_at: datetime,
        by: dict[str, object],
    ) -> UUID:
        now, grant = self._clock.now(), self._ids.new()
        start = max(starts_at or now, now)
        _check(reason, starts_at or now, start, ends_at, now)
        sealed = await self._seals.seal(access.tenant, grant, Plaintext.of(reason))
        who: dict[str, object] = dict.fromkeys(("asked_by", "asked_at", "given_by", "on_behalf_of", "given_at"))
        row = who | by | {"tenant": access.tenant, "id": grant, "state": state, "reason": sealed}
        row |= {"grantee": access.fact("grantee"), "scope": access.fact("scope")}
        async with access.transaction() as tx:
            await tx.execute(_ADD, row | {"starts_at": start, "ends_at": ends_at, "cause": access.decision})
            if state == "asked":
                for role in ("owner", "admin"):
                    notice = (access.tenant, self._ids.new(), role, "grant-asked", grant, now)
                    await tx.execute(_NOTICE, notice)
            access.made(grant)
            access.outcome |= {"starts_at": int(start.timestamp()), "ends_at": int(ends_at.timestamp())}
        if state == "asked":
            await self._tell(access, "grant-asked")
        return grant

    async def approve(self, access: Access) -> None:
        """Put a request in force; raises Conflict when it was answered already or has run out."""
        await access.demand(Action.GRANT_APPROVE)
        by = {"by": access.caller.principal, "behalf": access.fact("on_behalf_of") or None}
        async with access.transaction() as tx:
            await _one(tx, _APPROVE, access, by | {"now": self._clock.now()})

    async def decline(self, access: Access) -> None:
        """Refuse a request; raises Conflict when it was answered already."""
        await access.demand(Action.GRANT_DECLINE)
        await self._end(access, "declined", was="asked")

    async def revoke(self, access: Access) -> None:
        """End a grant at once, for the next decision on; raises Conflict when it is not in force."""
        await access.demand(Action.GRANT_REVOKE)
        await self._end(access, "revoked", was="given")

    async def _end(self, access: Access, state: str, *, was: str) -> None:
        told = {"state": state, "was": was, "by": access.caller.principal, "now": self._clock.now()}
        async with access.transaction() as tx:
            await _one(tx, _END, access, told)

    async def read(self, access: Access) -> Grant:
        """Return the grant that the access is for."""
        await access.demand(Action.GRANT_READ)
        async with access.transaction() as tx:
            row = await tx.fetch_one(_ONE, (UUID(access.resource_id),), into=_Row)
        if row is None:
            raise Conflict("the grant is gone", advice="List the grants again.")
        return await self._opened(access, row)

    async def page(self, access: Access, *, after: UUID | None = None, limit: int = 50) -> list[Grant]:
        """Return up to `limit` grants, newest first: all of the tenant, or for `grant:mine` the caller's own."""
        await access.demand(Action.GRANT_LIST, Action.GRANT_MINE)
        own = access.caller.principal if access.action is Action.GRANT_MINE else None
        async with access.transaction() as tx:
            rows = await tx.fetch_all(_PAGE, {"own": own, "after": after, "limit": limit}, into=_Row)
            access.touched(row.id for row in rows)
        return [await self._opened(access, row) for row in rows]

    async def _opened(self, access: Access, row: _Row) -> Grant:
        try:
            reason = (await self._seals.open(access.tenant, row.id, row.reason)).text()
        except SealBroken:
            reason = "erased"
        return Grant(**(msgspec.structs.asdict(row) | {"reason": reason}))


async def _one(tx: TenantTransaction, statement: str, access: Access, values: dict[str, object]) -> None:
    if not await tx.execute(statement, values | {"id": UUID(access.resource_id)}):
        raise Conflict(
            "the grant is not in a state that allows this", advice="Look at it: it may have ended meanwhile."
        )


def _check(reason: str, asked: datetime, start: datetime, end: datetime, now: datetime) -> None:
    if not 0 < len(reason.strip()) <= _LONGEST_REASON:
        raise BadInput(f"a reason has 1 to {_LONGEST_REASON} characters", advice="Say why it is needed.")
    if asked < now - _CLOCKS_DIFFER:
        raise BadInput("a grant does not start in the past", advice="Leave the start out: it starts at once.")
    if not start < end <= start + LONGEST:
        raise BadInput("a grant ends after it starts, within 366 days", advice="Choose the shortest time that does.")
