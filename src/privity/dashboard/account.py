"""`/app/account`: one's own devices and second factors, and the way out."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

import msgspec
from litestar import Request, Response, get, post
from litestar.di import NamedDependency

from privity.api.acts import act, callers_own, named
from privity.dashboard.forms import form_of
from privity.dashboard.frame import Frames
from privity.dashboard.page import Page
from privity.dashboard.signing_in import go_on
from privity.gate import Access, Action, resources
from privity.identity.cookies import REFRESH, SESSION, removed
from privity.ids import parse_id
from privity.running import Installation
from privity.running.people import SessionShown

_OWN: Final = callers_own(resources.own_tenant)


class FactorShown(msgspec.Struct, frozen=True, kw_only=True):
    """A second factor; `removable` is false for the last one. Times are UTC."""

    id: UUID
    kind: str
    name: str
    created_at: datetime
    used_at: datetime | None


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """Where one is signed in; `emergencies` is whether one may break the glass."""

    role: str
    clinical: bool
    emergencies: bool
    sessions: list[SessionShown]


class Factors(msgspec.Struct, frozen=True, kw_only=True):
    """One's own second factors, and how many recovery codes are left."""

    factors: list[FactorShown]
    recovery_codes_left: int


@get("/app/account", opt=act(Action.SESSION_LIST, _OWN, people=True))
async def show(
    request: Request[Any, Any, Any],
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    frames: NamedDependency[Frames],
) -> Response[bytes]:
    """Show where one is signed in."""
    caller = access.caller
    [may_open] = await installation.gate.may(caller, [(Action.BREAK_GLASS_OPEN, resources.own_tenant())])
    facts = Account(
        role=str(caller.role),
        clinical=caller.clinical,
        emergencies=may_open,
        sessions=await installation.people.sessions(access),
    )
    page = Page(template="account.html", title="Sessions and devices", facts=facts, door="account")
    return await frames.answer(request, access, page)


@get("/app/account/factors", opt=act(Action.FACTOR_LIST, _OWN, people=True))
async def factors(
    request: Request[Any, Any, Any],
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    frames: NamedDependency[Frames],
) -> Response[bytes]:
    """Show one's own second factors."""
    rows = await installation.second_factors.confirmed(access)
    facts = Factors(
        factors=[
            FactorShown(id=row.id, kind=str(row.kind), name=row.name, created_at=row.created_at, used_at=row.used_at)
            for row in rows
            if str(row.kind) != "recovery"
        ],
        recovery_codes_left=sum(str(row.kind) == "recovery" for row in rows),
    )
    page = Page(
        template="factors.html",
        title="Second factors",
        facts=facts,
        door="account",
        crumbs=(("Sessions and devices", "/app/account"),),
    )
    return await frames.answer(request, access, page)


@post(
    "/app/account/factors/{id:str}/remove",
    status_code=303,
    opt=act(Action.FACTOR_REMOVE, named(resources.factor), people=True),
)
async def remove_factor(access: NamedDependency[Access], installation: NamedDependency[Installation]) -> Response[Any]:
    """Remove a second factor; signs out everywhere."""
    await installation.second_factors.remove(access)
    return go_on("/app/sign-in", (removed(SESSION), removed(REFRESH)))


@post("/app/account/end", status_code=303, opt=act(Action.SESSION_END, _OWN, people=True))
async def end_device(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[Any]:
    """End one session, or all of them when none is named."""
    chosen = (await form_of(request, "session"))["session"]
    session = parse_id(chosen, "the session's id") if chosen else None
    await installation.people.end_session(access, session)
    if session is None or session == access.caller.session:
        return go_on("/app/sign-in", (removed(SESSION), removed(REFRESH)))
    return go_on("/app/account")


HANDLERS: Final = (show, factors, remove_factor, end_device)
