"""`/app/decisions`: what was decided, and one decision as a story from request to effect."""

from datetime import datetime
from typing import Annotated, Any, Final

import msgspec
from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from privity.api.acts import act, callers_own, named
from privity.dashboard.frame import Frames
from privity.dashboard.ledger import Row, row_of
from privity.dashboard.page import Page
from privity.dashboard.words import Actor, actor_of, told
from privity.errors import BadInput
from privity.gate import Access, Action, Explanation, explain, resources
from privity.notary import Search, Show
from privity.running import Installation

_ROWS: Final = 40
_SHOWN: Final = (Show.DECISIONS, Show.DENIED)


class Decisions(msgspec.Struct, frozen=True, kw_only=True):
    """Decisions, newest first."""

    decisions: list[Row]
    older: int | None
    show: str


class Fact(msgspec.Struct, frozen=True):
    """One fact that a decision rested on, and what it is a fact of."""

    of: str
    name: str
    value: str


class Why(msgspec.Struct, frozen=True, kw_only=True):
    """A decision with its story; `explanation` is what `/v1/decisions/{id}` answers."""

    explanation: Explanation
    sentence: str
    title: str
    at: datetime
    actor: Actor
    asked: str
    facts: list[Fact]


@get("/app/decisions", opt=act(Action.LEDGER_LIST, callers_own(resources.own_tenant), people=True))
async def list_them(
    request: Request[Any, Any, Any],
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    frames: NamedDependency[Frames],
    show: Annotated[str, QueryParameter(name="show")] = Show.DECISIONS,
    before: Annotated[int | None, QueryParameter(ge=0)] = None,
) -> Response[bytes]:
    """List decisions."""
    if show not in _SHOWN:
        raise BadInput("the filter is not one that exists", advice="Choose from the list on the page.")
    found = await installation.browser.page(access.caller.log, Search(before=before, show=Show(show)), _ROWS)
    names = await frames.names(access)
    rows = [row_of(entry, names) for entry in found]
    facts = Decisions(decisions=rows, older=rows[-1].index if len(rows) == _ROWS else None, show=show)
    page = Page(template="decisions.html", title="Decisions", facts=facts, door="decisions")
    return await frames.answer(request, access, page)


@get("/app/decisions/{id:str}", opt=act(Action.DECISION_READ, named(resources.decision), people=True))
async def show(
    request: Request[Any, Any, Any],
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    frames: NamedDependency[Frames],
) -> Response[bytes]:
    """Tell why one decision came out as it did."""
    found = await explain(access, installation.ledger, installation.engine, installation.policy_sets)
    page = Page(
        template="why.html",
        title="Why",
        facts=story(found, await frames.names(access)),
        door="decisions",
        crumbs=(("Decisions", "/app/decisions"),),
    )
    return await frames.answer(request, access, page)


def story(found: Explanation, names: dict[str, str]) -> Why:
    """Return an explanation with its words."""
    kind, _, identifier = found.principal.partition(":")
    actor = actor_of({"actor": {"kind": kind, "id": identifier}}, names)
    return Why(
        explanation=found,
        sentence=found.sentence,
        title=_title(found),
        at=datetime.fromisoformat(found.at),
        actor=actor,
        asked=told(found.action, done=found.allowed),
        facts=[
            Fact(side, name, _plain(value))
            for side in ("principal", "resource", "context")
            for name, value in found.facts[side].items()
        ],
    )


def _title(found: Explanation) -> str:
    if found.allowed:
        return "Allowed, and recorded before it happened"
    if not found.facts.get("found", True):
        return "Nothing was shown: there is no such thing here"
    if found.policies:
        return "Refused: a policy forbids it"
    return "Refused: nothing permits it"


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return str(value) or "none"
