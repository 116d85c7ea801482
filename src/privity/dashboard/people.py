"""`/app/people`: who works here, who is invited, and what each role may do, found by asking the policies."""

from functools import lru_cache
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
from privity.gate import Access, Action, Engine, RoleRow, resources, role_table
from privity.identity import Role, Standing
from privity.running import Installation
from privity.running.people import InvitationShown, PersonShown

_OWN: Final = callers_own(resources.own_tenant)
_MEMBER: Final = named(resources.member)


class People(msgspec.Struct, frozen=True, kw_only=True):
    """Everybody of the tenant."""

    people: list[PersonShown]
    roles: list[str]
    me: str


class Invitations(msgspec.Struct, frozen=True):
    """Every invitation, newest first, without its link."""

    invitations: list[InvitationShown]


class Roles(msgspec.Struct, frozen=True, kw_only=True):
    """What each role may do; `texts` are the policies behind the cells, by id."""

    roles: list[str]
    rows: list[RoleRow]
    policy_set: str
    texts: dict[str, str]


class Invited(msgspec.Struct, frozen=True):
    """An invitation that was made; its link is shown this once and was sent by mail as well."""

    email: str
    role: str
    url: str

    def __repr__(self) -> str:
        """Show the role."""
        return f"Invited({self.role})"


@get("/app/people", opt=act(Action.PERSON_LIST, _OWN, people=True))
async def list_them(
    request: Request[Any, Any, Any],
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    frames: NamedDependency[Frames],
) -> Response[bytes]:
    """Show everybody."""
    facts = People(
        people=await installation.people.everybody(access),
        roles=[str(role) for role in Role],
        me=access.caller.id,
    )
    page = Page(template="people.html", title="People and roles", facts=facts, door="people")
    return await frames.answer(request, access, page)


@get("/app/people/invitations", opt=act(Action.PERSON_LIST, _OWN, people=True))
async def invitations(
    request: Request[Any, Any, Any],
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    frames: NamedDependency[Frames],
) -> Response[bytes]:
    """Show who is invited."""
    page = Page(
        template="invitations.html",
        title="Invitations",
        facts=Invitations(await installation.people.invitations(access)),
        door="people",
        crumbs=(("People and roles", "/app/people"),),
    )
    return await frames.answer(request, access, page)


@get("/app/roles", opt=act(Action.ROLES_READ, _OWN, people=True))
async def roles(
    request: Request[Any, Any, Any],
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    frames: NamedDependency[Frames],
) -> Response[bytes]:
    """Show what each role may do."""
    engine = installation.engine
    rows = list(_table(engine))
    named_by = {policy for row in rows for cell in row.cells for policy in cell.policies}
    facts = Roles(
        roles=[str(role) for role in Role],
        rows=rows,
        policy_set=engine.digest,
        texts={name: engine.policies[name].text for name in sorted(named_by) if name in engine.policies},
    )
    page = Page(
        template="roles.html",
        title="What each role may do",
        facts=facts,
        door="people",
        crumbs=(("People and roles", "/app/people"),),
    )
    return await frames.answer(request, access, page)


@post("/app/people", status_code=200, opt=act(Action.PERSON_INVITE, _OWN, people=True))
async def invite(
    request: Request[Any, Any, Any],
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    frames: NamedDependency[Frames],
) -> Response[bytes]:
    """Invite somebody, and show the link this once."""
    form = await form_of(request, "email", "role", "clinical", "everywhere")
    standing = _standing(form)
    url = await installation.people.invite(access, form["email"], standing, base=installation.people_url)
    page = Page(
        template="invited.html",
        title="Invited",
        facts=Invited(form["email"].strip().lower(), str(standing.role), url),
        door="people",
        crumbs=(("People and roles", "/app/people"),),
    )
    return await frames.answer(request, access, page)


@post("/app/people/invitations/revoke", status_code=303, opt=act(Action.PERSON_INVITE, _OWN, people=True))
async def revoke(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[Any]:
    """Make an invitation worthless."""
    await installation.people.revoke_invitation(access, (await form_of(request, "id"))["id"])
    return go_on("/app/people")


@post("/app/people/{id:str}/change", status_code=303, opt=act(Action.PERSON_CHANGE, _MEMBER, people=True))
async def change(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[Any]:
    """Give somebody another role; every session of theirs ends at once."""
    standing = _standing(await form_of(request, "role", "clinical", "everywhere"))
    await installation.people.change(access, standing, keep_projects=True)
    return go_on("/app/people")


@post("/app/people/{id:str}/lock", status_code=303, opt=act(Action.PERSON_LOCK, _MEMBER, people=True))
async def lock(access: NamedDependency[Access], installation: NamedDependency[Installation]) -> Response[Any]:
    """Keep somebody out, at once."""
    await installation.people.lock(access)
    return go_on("/app/people")


@post("/app/people/{id:str}/unlock", status_code=303, opt=act(Action.PERSON_UNLOCK, _MEMBER, people=True))
async def unlock(access: NamedDependency[Access], installation: NamedDependency[Installation]) -> Response[Any]:
    """Let somebody in again."""
    await installation.people.unlock(access)
    return go_on("/app/people")


@post("/app/people/{id:str}/reset", status_code=303, opt=act(Action.PERSON_RESET, _MEMBER, people=True))
async def reset(access: NamedDependency[Access], installation: NamedDependency[Installation]) -> Response[Any]:
    """Take somebody's second factors; they have to enrol anew."""
    await installation.people.reset(access)
    return go_on("/app/people")


def _standing(form: dict[str, str]) -> Standing:
    try:
        role = Role(form["role"])
    except ValueError:
        raise BadInput("there is no such role", advice=f"Choose from {', '.join(Role)}.") from None
    return Standing(
        role=role,
        clinical=bool(form["clinical"]) or role is Role.PRACTITIONER,
        every_project=bool(form["everywhere"]) or role is Role.OWNER,
    )


@lru_cache(maxsize=4)
def _table(engine: Engine) -> tuple[RoleRow, ...]:
    """Return the table of an engine, asked once: its policies do not change while it lives."""
    return role_table(engine)


HANDLERS: Final = (list_them, invitations, roles, invite, revoke, change, lock, unlock, reset)
