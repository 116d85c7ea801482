"""`/app/access` and `/app/security`: who has or had what, what of it is too much, and what a watchman looks for."""

from datetime import datetime
from typing import Annotated, Any, Final

import msgspec
from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from privity.api.access import parse_time
from privity.api.acts import act, callers_own
from privity.dashboard.frame import Frames
from privity.dashboard.page import Page
from privity.dashboard.words import Actor, actor_of, told
from privity.errors import BadInput
from privity.gate import Access, Action, Concern, EventClass, Holdings, SecurityEvent, resources, security_events
from privity.running import Installation

_OWN: Final = callers_own(resources.own_tenant)
_SHOWN: Final = 100


class ConcernShown(msgspec.Struct, frozen=True, kw_only=True):
    """Something to look at, with how its holder is called."""

    concern: Concern
    who: Actor


class Review(msgspec.Struct, frozen=True, kw_only=True):
    """What is unused or broader than it needs to be."""

    concerns: list[ConcernShown]


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """Who had what at a time, with how people are called, by id."""

    holdings: Holdings
    names: dict[str, str]
    asked: str


class EventShown(msgspec.Struct, frozen=True, kw_only=True):
    """A security event in words; `decision` is true when it is a decision, whose story can be read."""

    event: SecurityEvent
    at: datetime
    who: Actor
    words: str
    decision: bool


class Events(msgspec.Struct, frozen=True, kw_only=True):
    """Security events, newest first."""

    events: list[EventShown]
    kinds: list[str]
    kind: str


@get("/app/access", opt=act(Action.ACCESS_REVIEW, _OWN, people=True))
async def review(
    request: Request[Any, Any, Any],
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    frames: NamedDependency[Frames],
) -> Response[bytes]:
    """Show what a reviewer should look at."""
    found = await installation.reviewing.concerns(access)
    names = await frames.names(access)
    facts = Review(concerns=[ConcernShown(concern=each, who=_actor(each.principal, names)) for each in found])
    page = Page(template="access.html", title="Access review", facts=facts, door="access")
    return await frames.answer(request, access, page)


@get("/app/access/holdings", opt=act(Action.ACCESS_REVIEW, _OWN, people=True))
async def holdings(
    request: Request[Any, Any, Any],
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    frames: NamedDependency[Frames],
    at: Annotated[str, QueryParameter(name="at")] = "",
) -> Response[bytes]:
    """Show who had what at a time; browsers send it without a zone, and then it is UTC."""
    zoned = at if not at or at.endswith("Z") or "+" in at else f"{at}:00Z" if len(at) == 16 else f"{at}Z"
    facts = Held(
        holdings=await installation.reviewing.holdings(access, parse_time(zoned) if zoned else None),
        names=await frames.names(access),
        asked=zoned[:16],
    )
    page = Page(
        template="holdings.html",
        title="Who had what",
        facts=facts,
        door="access",
        crumbs=(("Access review", "/app/access"),),
    )
    return await frames.answer(request, access, page)


@get("/app/security", opt=act(Action.SECURITY_READ, _OWN, people=True))
async def events(
    request: Request[Any, Any, Any],
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    frames: NamedDependency[Frames],
    kind: Annotated[str, QueryParameter(name="kind")] = "",
) -> Response[bytes]:
    """Show what was refused, failed or changed."""
    kinds = [str(each) for each in EventClass]
    if kind and kind not in kinds:
        raise BadInput("the filter is not one that exists", advice="Choose from the list on the page.")
    only = EventClass(kind) if kind else None
    found = await security_events(access, installation.ledger, of=only, limit=_SHOWN)
    names = await frames.names(access)
    shown = [
        EventShown(
            event=each,
            at=datetime.fromisoformat(each.at),
            who=_actor(each.principal, names),
            words=told(each.action, done=each.event is not EventClass.DENIED) if each.action else "",
            decision=each.event is EventClass.DENIED,
        )
        for each in found
    ]
    page = Page(
        template="security.html",
        title="Security events",
        facts=Events(events=shown, kinds=kinds, kind=kind),
        door="security",
    )
    return await frames.answer(request, access, page)


def _actor(principal: str, names: dict[str, str]) -> Actor:
    kind, _, identifier = principal.partition(":")
    return actor_of({"actor": {"kind": kind, "id": identifier}}, names)


HANDLERS: Final = (review, holdings, events)
