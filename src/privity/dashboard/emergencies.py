"""`/app/emergencies`: the glass is broken here, approved, ended and reviewed; nobody does it quietly."""

from datetime import timedelta
from typing import Any, Final

import msgspec
from litestar import Request, Response, get, post
from litestar.di import NamedDependency

from privity.api.acts import act, callers_own, named
from privity.dashboard.forms import form_of
from privity.dashboard.frame import Frames
from privity.dashboard.page import Page
from privity.dashboard.signing_in import go_on
from privity.errors import BadInput
from privity.gate import Access, Action, Emergency, resources
from privity.running import Installation

_OWN: Final = callers_own(resources.own_tenant)
_ONE: Final = named(resources.break_glass)
_OTHERS: Final = (Action.BREAK_GLASS_APPROVE, Action.BREAK_GLASS_END, Action.BREAK_GLASS_REVIEW)


class EmergencyShown(msgspec.Struct, frozen=True, kw_only=True):
    """An emergency with how people are called; `state` is waiting, open, to-review or reviewed.

    `acts` are those that stand open to whoever looks: approve, end, review.
    """

    emergency: Emergency
    holder: str
    approver: str
    reviewer: str
    state: str
    acts: list[str]


class Emergencies(msgspec.Struct, frozen=True, kw_only=True):
    """Emergencies, newest first; `own` when they are those of whoever looks, `may_open` whether he may break glass."""

    emergencies: list[EmergencyShown]
    own: bool
    may_open: bool


@get("/app/emergencies", opt=act(Action.BREAK_GLASS_LIST, _OWN, people=True))
async def list_them(
    request: Request[Any, Any, Any],
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    frames: NamedDependency[Frames],
) -> Response[bytes]:
    """Show every emergency of the tenant."""
    facts = await _facts(access, installation, frames)
    page = Page(template="emergencies.html", title="Emergencies", facts=facts, door="emergencies")
    return await frames.answer(request, access, page)


@get("/app/emergencies/mine", opt=act(Action.BREAK_GLASS_MINE, _OWN, people=True))
async def list_own(
    request: Request[Any, Any, Any],
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    frames: NamedDependency[Frames],
) -> Response[bytes]:
    """Show one's own emergencies, and where another is opened."""
    facts = await _facts(access, installation, frames)
    crumbs = (("Sessions and devices", "/app/account"),)
    page = Page(template="emergencies.html", title="Your emergencies", facts=facts, door="account", crumbs=crumbs)
    return await frames.answer(request, access, page)


@post("/app/emergencies", status_code=303, opt=act(Action.BREAK_GLASS_OPEN, _OWN, people=True))
async def break_the_glass(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[Any]:
    """Open an emergency of one's own; the owners have their notice before anything is read."""
    form = await form_of(request, "reason", "minutes")
    minutes = form["minutes"]
    if not minutes.isascii() or not minutes.isdigit():
        raise BadInput("the minutes are not a number", advice="An emergency lasts 1 to 60 minutes.")
    await installation.emergencies.open(access, reason=form["reason"], lasts=timedelta(minutes=int(minutes[:4])))
    return go_on("/app/emergencies/mine")


@post("/app/emergencies/{id:str}/approve", status_code=303, opt=act(Action.BREAK_GLASS_APPROVE, _ONE, people=True))
async def approve(access: NamedDependency[Access], installation: NamedDependency[Installation]) -> Response[Any]:
    """Let somebody's emergency open content."""
    await installation.emergencies.approve(access)
    return go_on("/app/emergencies")


@post("/app/emergencies/{id:str}/end", status_code=303, opt=act(Action.BREAK_GLASS_END, _ONE, people=True))
async def end(access: NamedDependency[Access], installation: NamedDependency[Installation]) -> Response[Any]:
    """End an emergency at once."""
    own = access.fact("holder") == access.caller.principal
    await installation.emergencies.end(access)
    return go_on("/app/emergencies/mine" if own else "/app/emergencies")


@post("/app/emergencies/{id:str}/review", status_code=303, opt=act(Action.BREAK_GLASS_REVIEW, _ONE, people=True))
async def review(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[Any]:
    """Close the task that an emergency leaves."""
    await installation.emergencies.review(access, found=(await form_of(request, "found"))["found"])
    return go_on("/app/emergencies")


async def _facts(access: Access, installation: Installation, frames: Frames) -> Emergencies:
    """Return what the page shows; what stands open is asked of the policies once for all that is somebody else's."""
    found = await installation.emergencies.page(access)
    names, me = await frames.names(access), access.caller.principal
    now = installation.clock.now()
    foreign = next((each.id for each in found if each.holder != me), None)
    asked = [] if foreign is None else [(action, resources.break_glass(foreign)) for action in _OTHERS]
    asked.append((Action.BREAK_GLASS_OPEN, resources.own_tenant()))
    *others, may_open = await installation.gate.may(access.caller, asked)
    open_to = {action for action, may in zip(_OTHERS, others, strict=False) if may}
    shown = []
    for each in found:
        lasts = each.ended_at is None and each.ends_at > now
        if lasts:
            told = each.owners_told_at is not None and each.holder.startswith("person:")
            state = "open" if each.approved_at is not None or told else "waiting"
        else:
            state = "to-review" if each.to_review else "reviewed"
        may = {Action.BREAK_GLASS_END} if each.holder == me else open_to
        acts = {
            "approve": lasts and each.approved_at is None and Action.BREAK_GLASS_APPROVE in may,
            "end": lasts and Action.BREAK_GLASS_END in may,
            "review": state == "to-review" and Action.BREAK_GLASS_REVIEW in may,
        }
        shown.append(
            EmergencyShown(
                emergency=each,
                holder=_called(each.holder, names),
                approver=_called(each.approved_by or "", names),
                reviewer=_called(each.reviewed_by or "", names),
                state=state,
                acts=[name for name, is_open in acts.items() if is_open],
            )
        )
    return Emergencies(emergencies=shown, own=access.action is Action.BREAK_GLASS_MINE, may_open=may_open)


def _called(principal: str, names: dict[str, str]) -> str:
    return names.get(principal.partition(":")[2], principal)


HANDLERS: Final = (list_them, list_own, break_the_glass, approve, end, review)
