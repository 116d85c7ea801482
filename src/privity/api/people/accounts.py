"""People and invitations, for those who manage them."""

from typing import Any, Final
from uuid import UUID

import msgspec
from litestar import Request, delete, get, post
from litestar.di import NamedDependency

from privity.api.acts import act, callers_own, named
from privity.api.people.exchange import body_of
from privity.gate import Access, Action, resources
from privity.identity import Role, Standing
from privity.running import Installation
from privity.running.people import InvitationShown, Locked, PersonShown

_OWN: Final = callers_own(resources.own_tenant)
_MEMBER: Final = named(resources.member)


class StandingIn(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What somebody is to be: a role, whether clinical content may be granted, and which projects may be seen."""

    role: Role
    clinical: bool = False
    every_project: bool = False
    projects: list[UUID] = msgspec.field(default_factory=list)

    def standing(self) -> Standing:
        """Return it as identity has it; an owner sees every project, a practitioner is always clinical."""
        return Standing(
            role=self.role,
            clinical=self.clinical or self.role is Role.PRACTITIONER,
            every_project=self.every_project or self.role is Role.OWNER,
            projects=self.projects,
        )


class Invite(StandingIn, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who is invited, and as what."""

    email: str


class Invited(msgspec.Struct, frozen=True):
    """An invitation that was made: its link, shown this once; it was sent by mail as well."""

    url: str


class PeopleOut(msgspec.Struct, frozen=True):
    """Everybody of the tenant."""

    people: list[PersonShown]


class InvitationsOut(msgspec.Struct, frozen=True):
    """Every invitation, newest first."""

    invitations: list[InvitationShown]


@get("/app/api/people", opt=act(Action.PERSON_LIST, _OWN, people=True))
async def list_everybody(access: NamedDependency[Access], installation: NamedDependency[Installation]) -> PeopleOut:
    """List everybody of the tenant."""
    return PeopleOut(await installation.people.everybody(access))


@get("/app/api/people/invitations", opt=act(Action.PERSON_LIST, _OWN, people=True))
async def list_invitations(
    access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> InvitationsOut:
    """List invitations."""
    return InvitationsOut(await installation.people.invitations(access))


@post("/app/api/people/invitations", status_code=201, opt=act(Action.PERSON_INVITE, _OWN, people=True))
async def invite(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Invited:
    """Invite somebody."""
    given = await body_of(request, Invite)
    return Invited(
        await installation.people.invite(access, given.email, given.standing(), base=installation.people_url)
    )


@delete("/app/api/people/invitations/{id:str}", status_code=204, opt=act(Action.PERSON_INVITE, _OWN, people=True))
async def revoke_invitation(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> None:
    """Make an invitation worthless."""
    await installation.people.revoke_invitation(access, str(request.path_params["id"]))


@post("/app/api/people/{id:str}/change", status_code=204, opt=act(Action.PERSON_CHANGE, _MEMBER, people=True))
async def change(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> None:
    """Give somebody another role or other projects; signs them out everywhere."""
    await installation.people.change(access, (await body_of(request, StandingIn)).standing())


@post("/app/api/people/{id:str}/lock", status_code=200, opt=act(Action.PERSON_LOCK, _MEMBER, people=True))
async def lock(access: NamedDependency[Access], installation: NamedDependency[Installation]) -> Locked:
    """Keep somebody out, at once; says what they made that goes on working."""
    return await installation.people.lock(access)


@post("/app/api/people/{id:str}/unlock", status_code=204, opt=act(Action.PERSON_UNLOCK, _MEMBER, people=True))
async def unlock(access: NamedDependency[Access], installation: NamedDependency[Installation]) -> None:
    """Let somebody in again."""
    await installation.people.unlock(access)


@post("/app/api/people/{id:str}/reset", status_code=204, opt=act(Action.PERSON_RESET, _MEMBER, people=True))
async def reset(access: NamedDependency[Access], installation: NamedDependency[Installation]) -> None:
    """Take somebody's second factors; signs them out everywhere, and they have to enrol anew."""
    await installation.people.reset(access)


@post("/app/api/people/{id:str}/end-sessions", status_code=204, opt=act(Action.PERSON_SIGN_OUT, _MEMBER, people=True))
async def end_sessions(access: NamedDependency[Access], installation: NamedDependency[Installation]) -> None:
    """Sign somebody out everywhere."""
    await installation.people.sign_out(access)


HANDLERS: Final = (
    list_everybody,
    list_invitations,
    invite,
    revoke_invitation,
    change,
    lock,
    unlock,
    reset,
    end_sessions,
)
