"""`/app/grants`: more than a role allows, from one person to another, with a reason and an end."""

from datetime import datetime, timedelta
from typing import Any, Final, cast

import msgspec
from litestar import Request, Response, get, post
from litestar.di import NamedDependency

from privity.api.acts import act, callers_own, named
from privity.dashboard.forms import days_in, form_of
from privity.dashboard.frame import Frames
from privity.dashboard.page import Page
from privity.dashboard.signing_in import go_on
from privity.gate import Access, Action, Grant, Resource, parse_grantee, parse_scope, resources
from privity.running import Installation

_OWN: Final = callers_own(resources.own_tenant)
_GRANT: Final = named(resources.grant)
_FORM: Final = "privity.form"


class GrantShown(msgspec.Struct, frozen=True, kw_only=True):
    """A grant with how people are called; `in_force` is whether it opens anything now."""

    grant: Grant
    to: str
    giver: str
    in_force: bool


class Grants(msgspec.Struct, frozen=True, kw_only=True):
    """Grants, newest first, and the people that one can be given to."""

    grants: list[GrantShown]
    people: dict[str, str]
    now: datetime


async def _proposed(request: Request[Any, Any, Any]) -> Resource:
    """Return the grant that a form is about."""
    form = await form_of(request, "person", "scope", "reason", "days")
    cast("dict[str, Any]", request.scope)[_FORM] = form
    return resources.proposed_grant(parse_grantee(form["person"]), parse_scope(form["scope"].strip()))


@get("/app/grants", opt=act(Action.GRANT_LIST, _OWN, people=True))
async def list_them(
    request: Request[Any, Any, Any],
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    frames: NamedDependency[Frames],
) -> Response[bytes]:
    """Show the tenant's grants."""
    names, now = await frames.names(access), installation.clock.now()
    found = await installation.grants.page(access)
    facts = Grants(
        grants=[
            GrantShown(
                grant=grant,
                to=_called(grant.grantee, names),
                giver=_called(grant.given_by or "", names),
                in_force=grant.in_force(now),
            )
            for grant in found
        ],
        people={f"person:{identifier}": address for identifier, address in names.items()},
        now=now,
    )
    page = Page(template="grants.html", title="Grants", facts=facts, door="grants")
    return await frames.answer(request, access, page)


@post("/app/grants", status_code=303, opt=act(Action.GRANT_CREATE, _proposed, people=True))
async def give(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[Any]:
    """Give a grant."""
    form: dict[str, str] = cast("dict[str, Any]", request.scope)[_FORM]
    days = days_in(form["days"], "A grant ends; give it anew if it has to go on.")
    ends_at = installation.clock.now() + timedelta(days=days)
    await installation.grants.give(access, reason=form["reason"], ends_at=ends_at)
    return go_on("/app/grants")


@post("/app/grants/{id:str}/revoke", status_code=303, opt=act(Action.GRANT_REVOKE, _GRANT, people=True))
async def revoke(access: NamedDependency[Access], installation: NamedDependency[Installation]) -> Response[Any]:
    """End a grant at once."""
    await installation.grants.revoke(access)
    return go_on("/app/grants")


@post("/app/grants/{id:str}/approve", status_code=303, opt=act(Action.GRANT_APPROVE, _GRANT, people=True))
async def approve(access: NamedDependency[Access], installation: NamedDependency[Installation]) -> Response[Any]:
    """Put in force what a program or a person asked for."""
    await installation.grants.approve(access)
    return go_on("/app/grants")


@post("/app/grants/{id:str}/decline", status_code=303, opt=act(Action.GRANT_DECLINE, _GRANT, people=True))
async def decline(access: NamedDependency[Access], installation: NamedDependency[Installation]) -> Response[Any]:
    """Refuse what was asked for."""
    await installation.grants.decline(access)
    return go_on("/app/grants")


def _called(principal: str, names: dict[str, str]) -> str:
    return names.get(principal.partition(":")[2], principal)


HANDLERS: Final = (list_them, give, revoke, approve, decline)
