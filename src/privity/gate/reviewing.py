"""Who has what, who had what, and what of it is too much: access review (A10, B6) and the look back (D18)."""

from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

import msgspec

from privity.clock import Clock
from privity.gate.access import Access
from privity.gate.actions import Action
from privity.identity import Scope, list_tokens

_UNUSED_AFTER: Final = timedelta(days=30)
_LONG: Final = timedelta(days=90)

_GRANTS: Final = """
    SELECT id, grantee, scope, given_by, starts_at, ends_at, uses, last_used_at FROM tenant.access_grant
    WHERE given_at <= %(at)s AND starts_at <= %(at)s AND ends_at > %(at)s
      AND (state = 'given' OR (state = 'revoked' AND ended_at > %(at)s))
    ORDER BY grantee, id
"""
_PEOPLE: Final = "SELECT * FROM identity.people_at(%s)"
_INVITED: Final = """
    SELECT DISTINCT 'person:' || person_id AS invited, made_by FROM identity.list_invitations()
    WHERE used_at IS NOT NULL
"""
_GLASS: Final = """
    SELECT id, holder, opened_at, coalesce(ended_at, ends_at) AS ends_at FROM tenant.break_glass
    WHERE opened_at <= %(at)s AND coalesce(ended_at, ends_at) > %(at)s ORDER BY id
"""


class HeldGrant(msgspec.Struct, frozen=True, kw_only=True):
    """A grant that was in force."""

    id: UUID
    grantee: str
    scope: str
    given_by: str
    starts_at: datetime
    ends_at: datetime
    uses: int
    last_used_at: datetime | None


class HeldRole(msgspec.Struct, frozen=True, kw_only=True):
    """What a person was allowed by role, since when."""

    id: UUID
    since: datetime
    standing: dict[str, Any]


class HeldToken(msgspec.Struct, frozen=True, kw_only=True):
    """A token that was accepted."""

    id: str
    project_id: UUID
    name: str
    scopes: list[str]
    expires_at: datetime


class HeldGlass(msgspec.Struct, frozen=True, kw_only=True):
    """An emergency that lasted."""

    id: UUID
    holder: str
    opened_at: datetime
    ends_at: datetime


class Holdings(msgspec.Struct, frozen=True, kw_only=True):
    """Who had what at one time: people by role, tokens by scope, grants, emergencies."""

    at: datetime
    people: list[HeldRole]
    tokens: list[HeldToken]
    grants: list[HeldGrant]
    emergencies: list[HeldGlass]


class Concern(msgspec.Struct, frozen=True, kw_only=True):
    """Something that a reviewer should look at: whose, what, and why in a word."""

    principal: str
    holds: str
    id: str
    why: str
    last_used_at: datetime | None = None


class _Invited(msgspec.Struct, frozen=True):
    invited: str
    made_by: str


class Reviewing:
    """Reads what people, tokens and grants hold; changes nothing."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    async def holdings(self, access: Access, at: datetime | None = None) -> Holdings:
        """Return who had what at a time (UTC), now when none is given; from rows that are kept, not from a copy."""
        await access.demand(Action.ACCESS_REVIEW)
        moment = at or self._clock.now()
        async with access.transaction() as tx:
            tokens = await list_tokens(tx)
            return Holdings(
                at=moment,
                people=await tx.fetch_all(_PEOPLE, (moment,), into=HeldRole),
                tokens=[
                    HeldToken(
                        id=each.id,
                        project_id=each.project_id,
                        name=each.name,
                        scopes=each.scopes,
                        expires_at=each.expires_at,
                    )
                    for each in tokens
                    if each.created_at <= moment < each.expires_at
                    and (each.revoked_at is None or each.revoked_at > moment)
                ],
                grants=await tx.fetch_all(_GRANTS, {"at": moment}, into=HeldGrant),
                emergencies=await tx.fetch_all(_GLASS, {"at": moment}, into=HeldGlass),
            )

    async def concerns(self, access: Access) -> list[Concern]:
        """Return what is unused for 30 days or broader than it needs to be, for a person to decide on.

        Broad are tokens of every scope, people who see every project without being owners, grants over a whole project
        or author for more than 90 days. A grant to somebody whom the giver has invited is looked at in any case: it may
        be the giver again, under another address.
        """
        await access.demand(Action.ACCESS_REVIEW)
        now = self._clock.now()
        async with access.transaction() as tx:
            tokens = await list_tokens(tx)
            grants = await tx.fetch_all(_GRANTS, {"at": now}, into=HeldGrant)
            people = await tx.fetch_all(_PEOPLE, (now,), into=HeldRole)
            invited = {(each.made_by, each.invited) for each in await tx.fetch_all(_INVITED, into=_Invited)}
        found = []
        for token in tokens:
            if token.revoked_at is not None or token.expires_at <= now:
                continue
            seen = {"principal": f"service:{token.id}", "holds": "token", "id": token.id}
            if set(token.scopes) >= set(Scope):
                found.append(Concern(**seen, why="every scope", last_used_at=token.last_used_at))
            if (token.last_used_at or token.created_at) < now - _UNUSED_AFTER:
                found.append(Concern(**seen, why="unused for 30 days", last_used_at=token.last_used_at))
        for grant in grants:
            seen = {"principal": grant.grantee, "holds": "grant", "id": str(grant.id)}
            if (grant.given_by, grant.grantee) in invited:
                found.append(Concern(**seen, why="given to one's own invitee", last_used_at=grant.last_used_at))
            wide = grant.scope.startswith(("project:", "author:"))
            if wide and grant.ends_at - grant.starts_at > _LONG:
                found.append(Concern(**seen, why="wide and for more than 90 days", last_used_at=grant.last_used_at))
            if (grant.last_used_at or grant.starts_at) < now - _UNUSED_AFTER:
                found.append(Concern(**seen, why="unused for 30 days", last_used_at=grant.last_used_at))
        found += [
            Concern(principal=f"person:{each.id}", holds="role", id=str(each.id), why="every project")
            for each in people
            if each.standing.get("every_project") and each.standing.get("role") != "owner"
        ]
        return found
