"""`/v1/grants`, `/v1/roles`, `/v1/access`, `/v1/break-glass`, `/v1/security-events`: who may what, and who could when.

A bearer token asks for grants and reads; it gives none: that is a person's to do (C59, B28).
"""

from datetime import UTC, datetime
from typing import Annotated, Any, Final
from uuid import UUID

import msgspec
from litestar import Request, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery, QueryParameter

from privity.api.acts import act, callers_own, named
from privity.api.description import takes
from privity.api.json_bodies import json_of
from privity.errors import BadInput
from privity.gate import (
    Access,
    Action,
    Concern,
    Emergency,
    Grant,
    Holdings,
    Resource,
    RoleRow,
    SecurityEvent,
    parse_scope,
    resources,
    role_table,
    security_events,
)
from privity.ids import parse_id
from privity.running import Installation

_ASKED: Final = "privity.asked"
_LARGEST: Final = 4096
_FORM: Final = 'Send JSON {"scope": "conversation:ID", "reason": "…", "ends_at": "2030-01-31T12:00:00Z"}.'


class AskedGrant(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a plugin asks for. `scope` is conversation:ID, subject:ID, author:person:ID or project:ID."""

    scope: str
    reason: str
    ends_at: datetime


class GrantAsked(msgspec.Struct, frozen=True):
    """A request that waits for a person."""

    id: UUID
    state: str


class GrantPage(msgspec.Struct, frozen=True):
    """Grants, newest first; `next` goes into `after` for the following page."""

    grants: list[Grant]
    next: UUID | None


class GrantEnded(msgspec.Struct, frozen=True):
    """A grant that opens nothing any more."""

    id: str
    state: str


class Roles(msgspec.Struct, frozen=True):
    """The role table, and the policy set that was asked for it."""

    policy_set: str
    rows: list[RoleRow]


class Concerns(msgspec.Struct, frozen=True):
    """What a reviewer should look at."""

    concerns: list[Concern]


class EmergencyList(msgspec.Struct, frozen=True):
    """Emergencies, newest first."""

    emergencies: list[Emergency]


class SecurityEvents(msgspec.Struct, frozen=True):
    """Security events, newest first."""

    events: list[SecurityEvent]


async def _asked(request: Request[Any, Any, Any]) -> Resource:
    """Return the grant that the body asks for, for whoever the token belongs to."""
    asked = await json_of(request, AskedGrant, at_most=_LARGEST, advice=_FORM)
    if asked.ends_at.tzinfo is None:
        raise BadInput("`ends_at` has no time zone", advice=_FORM)
    request.scope[_ASKED] = asked  # type: ignore[typeddict-unknown-key]  # ASGI scopes are open for extensions
    caller = request.scope["privity.caller"]  # type: ignore[typeddict-item]  # as above
    return resources.proposed_grant(caller.principal, parse_scope(asked.scope))


@get("/v1/grants", opt=act(Action.GRANT_LIST, callers_own(resources.own_tenant)))
async def list_grants(
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    after: FromQuery[str | None] = None,
    limit: Annotated[int, QueryParameter(ge=1, le=200)] = 50,
) -> GrantPage:
    """List every grant of the tenant, newest first, those that ended too."""
    return await _page(access, installation, after, limit)


@get("/v1/grants/mine", opt=act(Action.GRANT_MINE, callers_own(resources.own_tenant)))
async def list_own_grants(
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    after: FromQuery[str | None] = None,
    limit: Annotated[int, QueryParameter(ge=1, le=200)] = 50,
) -> GrantPage:
    """List the grants that the caller holds, gave or asked for."""
    return await _page(access, installation, after, limit)


async def _page(access: Access, installation: Installation, after: str | None, limit: int) -> GrantPage:
    from_ = None if after is None else parse_id(after, "`after`")
    page = await installation.grants.page(access, after=from_, limit=limit)
    return GrantPage(page, page[-1].id if len(page) == limit else None)


@post("/v1/grants", status_code=202, opt=act(Action.GRANT_ASK, _asked) | takes(AskedGrant))
async def ask_for_grant(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> GrantAsked:
    """Ask for access for the token itself; a person approves it, and until then it opens nothing."""
    asked: AskedGrant = request.scope[_ASKED]  # type: ignore[typeddict-item]  # see _asked
    made = await installation.grants.ask(access, reason=asked.reason, ends_at=asked.ends_at)
    return GrantAsked(made, "asked")


@get("/v1/grants/{id:str}", opt=act(Action.GRANT_READ, named(resources.grant)))
async def show_grant(access: NamedDependency[Access], installation: NamedDependency[Installation]) -> Grant:
    """Show one grant: whose, what for, why, until when, and whether it was used."""
    return await installation.grants.read(access)


@delete("/v1/grants/{id:str}", status_code=200, opt=act(Action.GRANT_REVOKE, named(resources.grant)))
async def revoke_grant(access: NamedDependency[Access], installation: NamedDependency[Installation]) -> GrantEnded:
    """End a grant at once; its holder may give it up too."""
    await installation.grants.revoke(access)
    return GrantEnded(access.resource_id, "revoked")


@get("/v1/roles", opt=act(Action.ROLES_READ, callers_own(resources.own_tenant)))
async def show_roles(access: NamedDependency[Access], installation: NamedDependency[Installation]) -> Roles:
    """Show what each role may do, found by asking the policies."""
    await access.demand(Action.ROLES_READ)
    return Roles(installation.engine.digest, list(role_table(installation.engine)))


@get("/v1/access/review", opt=act(Action.ACCESS_REVIEW, callers_own(resources.own_tenant)))
async def review_access(access: NamedDependency[Access], installation: NamedDependency[Installation]) -> Concerns:
    """List access that is unused or broader than it needs to be."""
    return Concerns(await installation.reviewing.concerns(access))


@get("/v1/access/holdings", opt=act(Action.ACCESS_REVIEW, callers_own(resources.own_tenant)))
async def show_holdings(
    access: NamedDependency[Access], installation: NamedDependency[Installation], at: FromQuery[str | None] = None
) -> Holdings:
    """Show who had what at a time, now when none is given."""
    return await installation.reviewing.holdings(access, None if at is None else parse_time(at))


@get("/v1/break-glass", opt=act(Action.BREAK_GLASS_LIST, callers_own(resources.own_tenant)))
async def list_emergencies(
    access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> EmergencyList:
    """List emergencies, newest first, with those that wait for a review."""
    return EmergencyList(await installation.emergencies.page(access))


@get("/v1/security-events", opt=act(Action.SECURITY_READ, callers_own(resources.own_tenant)))
async def list_security_events(
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    limit: Annotated[int, QueryParameter(ge=1, le=500)] = 100,
) -> SecurityEvents:
    """List denied access, unknown callers, decrypt failures, changed permissions and emergencies, newest first."""
    return SecurityEvents(await security_events(access, installation.ledger, limit=limit))


def parse_time(text: str) -> datetime:
    """Return a time that a caller wrote, in UTC; raises BadInput, which never repeats the text."""
    try:
        read = msgspec.convert(text.replace(" ", "+"), datetime)
        if read.tzinfo is not None:
            return read.astimezone(UTC)
    except (msgspec.ValidationError, OverflowError):  # the first and last hours that there are may not be in UTC
        pass
    raise BadInput("the time is not one", advice="Give it as 2030-01-31T12:00:00Z.")
