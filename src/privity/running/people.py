"""People of a tenant: invited, listed, changed, locked; whoever is changed is signed out everywhere at once."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from privity.delivery import Mail
from privity.errors import Conflict, Refused
from privity.gate import Access
from privity.identity import CallerKind, Factor, Role, Standing, list_tokens, normalised
from privity.identity.factors import remove_factors
from privity.identity.links import INVITATION_LIVES, SIGN_IN_LIVES, LinkText
from privity.identity.people import (
    Person,
    PersonListed,
    change_person,
    check_projects,
    end_sessions,
    hold_person,
    list_people,
    list_sessions,
    read_person,
)
from privity.identity.services import list_services
from privity.running.doorway import Doorway
from privity.running.giving import check_standing, check_withdrawal
from privity.running.notices import Told
from privity.store import TenantTransaction


class Program(msgspec.Struct, frozen=True, kw_only=True):
    """A token or a service, which `kind` says, that goes on working whatever becomes of whoever made it."""

    kind: str
    id: str
    name: str


class Locked(msgspec.Struct, frozen=True, kw_only=True):
    """What became of what a locked person made: how many invitations are `withdrawn`, which programs go on working."""

    withdrawn: int
    programs: list[Program]


class PersonShown(msgspec.Struct, frozen=True, kw_only=True):
    """A person as those see them who manage people; `programs` are those that they made. Times are UTC."""

    id: UUID
    email: str
    role: Role
    clinical: bool
    every_project: bool
    projects: list[UUID]
    state: str
    factors: list[str]
    created_at: datetime
    seen_at: datetime | None
    programs: list[Program]


class InvitationShown(msgspec.Struct, frozen=True, kw_only=True):
    """An invitation, without its link, which is shown once. Times are UTC."""

    id: str
    email: str
    role: Role
    clinical: bool
    every_project: bool
    projects: list[UUID]
    made_by: str
    created_at: datetime
    expires_at: datetime
    state: str


class SessionShown(msgspec.Struct, frozen=True, kw_only=True):
    """One device that a person is signed in on. Times are UTC."""

    id: UUID
    this_one: bool
    factors: list[Factor]
    address: str
    user_agent: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime


class People:
    """Acts on people; every method takes the access that the gate gave for it."""

    def __init__(self, doorway: Doorway) -> None:
        self._door = doorway

    async def invite(self, access: Access, address: str, standing: Standing, *, base: str) -> str:
        """Invite somebody and return the link, which is sent by mail as well; it works once, for seven days.

        Raises BadInput, NotFound for a project of somebody else's, Refused for a role above the inviter's own, for
        projects that the inviter does not see, and to one who was locked or changed meanwhile.
        """
        door, email = self._door, normalised(address)
        check_standing(access, standing)
        person = door.ids.new()
        sealed = await door.addresses.seal(access.tenant, person, email)
        async with access.transaction() as tx:
            await _hold_inviter(tx, access)
            await check_projects(tx, standing.projects)
            link = await door.links.add(
                tx,
                "invitation",
                person,
                standing,
                email=sealed,
                email_index=door.addresses.index(access.tenant, email),
                made_by=access.caller.principal,
                lives=INVITATION_LIVES,
            )
            access.outcome |= {"link": link.id, "role": str(standing.role)}
        url = url_of(link, base)
        door.postbox.post(_invitation(email, url, door.clock.now()))
        return url

    async def invitations(self, access: Access) -> list[InvitationShown]:
        """Return every invitation, newest first."""
        door, now = self._door, self._door.clock.now()
        async with access.transaction() as tx:
            rows = await door.links.invitations(tx)
        shown = []
        for row in rows:
            told = msgspec.structs.asdict(row)
            told["email"] = await door.addresses.open(access.tenant, row.person_id, row.email)
            told["state"] = (
                "used"
                if row.used_at
                else "revoked"
                if row.revoked_at
                else "expired"
                if row.expires_at <= now
                else "open"
            )
            shown.append(_convert(told, InvitationShown))
        return shown

    async def revoke_invitation(self, access: Access, link_id: str) -> None:
        """Make an invitation worthless.

        Raises Conflict when there is none that anybody could use, Refused where it is above the caller.
        """
        async with access.transaction() as tx:
            invited = [each for each in await self._door.links.invitations(tx) if each.id == link_id]
            if not invited:
                raise Conflict("there is no such invitation", advice="The page of invitations shows those there are.")
            check_withdrawal(access, invited[0].role)
            await self._door.links.revoke(tx, link_id)
            access.outcome["link"] = link_id

    async def everybody(self, access: Access) -> list[PersonShown]:
        """Return everybody of the tenant, oldest first."""
        async with access.transaction() as tx:
            rows = await list_people(tx)
            programs = await self._programs(tx)
        emails = await self._door.addresses.open_many(access.tenant, {row.id: row.email for row in rows})
        return [
            _convert(
                msgspec.structs.asdict(row) | {"email": emails[row.id], "programs": programs.get(_principal(row), [])},
                PersonShown,
            )
            for row in rows
        ]

    async def names(self, access: Access) -> dict[str, str]:
        """Return everybody's address by id, as a page shows it beside what they did; the access goes on after it."""
        async with access.transaction(settles=False) as tx:
            rows = await list_people(tx)
        emails = await self._door.addresses.open_many(access.tenant, {row.id: row.email for row in rows})
        return {str(person): email for person, email in emails.items()}

    async def address_of(self, access: Access, person: UUID) -> str:
        """Return the address of one person of the tenant; the access goes on after it."""
        async with access.transaction(settles=False) as tx:
            found = await read_person(tx, person)
        return await self._door.addresses.open(access.tenant, person, found.email)

    async def change(self, access: Access, standing: Standing, *, keep_projects: bool = False) -> None:
        """Give the person of the access another role and other projects, and sign them out everywhere.

        With `keep_projects` the projects that the person may see by name stay as they are.
        """
        async with access.transaction() as tx:
            person = await _hold_target(tx, access)
            if keep_projects:
                standing = msgspec.structs.replace(standing, projects=person.projects)
            check_standing(access, standing, held=person)
            await check_projects(tx, standing.projects)
            if standing.role is not Role.OWNER:
                _check_last_owner(person)
            await change_person(tx, person.id, standing, state=person.state)
            await end_sessions(tx, person.id, "role-changed", self._door.clock.now())
            if standing.role is not Role.OWNER:  # who may give less leaves nothing behind that was given with more
                await self._door.links.withdraw_made_by(tx, _principal(person))
            access.outcome |= {"before": str(person.role), "role": str(standing.role)}
        await self._door.notices.tell_person(access, Told.ROLE_CHANGED, person.id)

    async def lock(self, access: Access) -> Locked:
        """Keep the person of the access out: every session ends, every link is worthless, and nothing lets them in.

        What the person invited others with is withdrawn. Programs belong to the tenant and go on: those that the person
        made are returned, for somebody to end.
        """
        async with access.transaction() as tx:
            person = await _hold_target(tx, access)
            _check_last_owner(person)
            await change_person(tx, person.id, person, state="locked")
            await end_sessions(tx, person.id, "locked", self._door.clock.now())
            await self._door.links.revoke_all_of(tx, person.id)
            withdrawn = await self._door.links.withdraw_made_by(tx, _principal(person))
            programs = (await self._programs(tx)).get(_principal(person), [])
            access.outcome |= {"withdrawn": withdrawn, "programs": [each.id for each in programs]}
        await self._door.notices.tell_person(access, Told.LOCKED, person.id)
        return Locked(withdrawn=withdrawn, programs=programs)

    async def unlock(self, access: Access) -> None:
        """Let a locked person in again."""
        async with access.transaction() as tx:
            person = await _hold_target(tx, access)
            await change_person(tx, person.id, person, state="open")
        await self._door.notices.tell_person(access, Told.UNLOCKED, person.id)

    async def reset(self, access: Access) -> None:
        """Take every second factor from the person of the access, who can only enrol from then on."""
        async with access.transaction() as tx:
            person = await _hold_target(tx, access)
            await remove_factors(tx, person.id)
            await end_sessions(tx, person.id, "factors-reset", self._door.clock.now())
        await self._door.notices.tell_person(access, Told.FACTORS_RESET, person.id)

    async def sign_out(self, access: Access) -> None:
        """End every session of the person of the access."""
        async with access.transaction() as tx:
            person = await _hold_target(tx, access)
            await end_sessions(tx, person.id, "ended-by-another", self._door.clock.now())

    async def sign_in_link(self, access: Access, *, base: str) -> str:
        """Return a new link that signs the person of the access in once, within a day."""
        async with access.transaction() as tx:
            person = await _hold_target(tx, access)
            link = await self._door.links.add(
                tx,
                "sign-in",
                person.id,
                person,
                email=person.email,
                email_index=person.email_index,
                made_by=access.caller.principal,
                lives=SIGN_IN_LIVES,
            )
            access.outcome["link"] = link.id
        return url_of(link, base)

    async def sessions(self, access: Access) -> list[SessionShown]:
        """Return the caller's own live sessions, the one that was seen last first."""
        who = UUID(access.caller.id)
        async with access.transaction() as tx:
            rows = await list_sessions(tx, who, self._door.clock.now())
        return [
            _convert(
                msgspec.structs.asdict(row)
                | await self._door.open_origin(access.tenant, row.id, row.came_from)
                | {"this_one": row.id == access.caller.session},
                SessionShown,
            )
            for row in rows
        ]

    async def end_session(self, access: Access, session: UUID | None) -> None:
        """End one of the caller's sessions, or with None all of them, on every device."""
        who = UUID(access.caller.id)
        async with access.transaction() as tx:
            ended = await end_sessions(tx, who, "ended-by-person", self._door.clock.now(), only=session)
            access.outcome["ended"] = ended

    async def _programs(self, tx: TenantTransaction) -> dict[str, list[Program]]:
        """Return the tokens and services that work, by whoever made them."""
        now, found = self._door.clock.now(), dict[str, list[Program]]()
        for token in await list_tokens(tx):
            if token.revoked_at is None and token.expires_at > now:
                found.setdefault(token.made_by, []).append(Program(kind="token", id=token.id, name=token.name))
        for each in await list_services(tx):
            if each.disabled_at is None:
                found.setdefault(each.made_by, []).append(Program(kind="service", id=each.id, name=each.name))
        return found


def url_of(link: LinkText, base: str) -> str:
    """Return the address that a link is followed at."""
    return f"{base}/app/enter/{link.reveal()}"


async def _hold_target(tx: TenantTransaction, access: Access) -> Person:
    """Return the person whom the act is done to, whose role nobody changes until the transaction ends.

    Raises NotFound, and Conflict when the role is not the one that the gate decided on: whoever may act on an admin may
    not always act on an owner.
    """
    person = await hold_person(tx, UUID(access.resource_id))
    if person.role != access.fact("role"):
        raise Conflict("this person was given another role meanwhile", advice="Look at the list, and decide anew.")
    return person


async def _hold_inviter(tx: TenantTransaction, access: Access) -> None:
    """Raise Refused for a person who was locked or given another role since it was decided that they may invite.

    Until the transaction ends nobody locks them, so that whoever does then withdraws this invitation too.
    """
    if access.caller.kind is not CallerKind.PERSON:
        return
    inviter = await hold_person(tx, UUID(access.caller.id))
    if inviter.state != "open" or inviter.role is not access.caller.role:
        raise Refused(
            "the inviter was locked or changed meanwhile", advice="Sign in anew.", decision_id=str(access.decision)
        )


def _principal(person: Person | PersonListed) -> str:
    return f"{CallerKind.PERSON}:{person.id}"


def _check_last_owner(person: Person) -> None:
    if person.role is Role.OWNER and person.state == "open" and person.owners <= 1:
        raise Conflict("this is the only owner there is", advice="Make somebody else an owner first.")


def _convert(told: dict[str, Any], kind: Any) -> Any:
    return msgspec.convert(told, kind)


def _invitation(email: str, url: str, at: datetime) -> Mail:
    text = (
        "You are invited to work with Privity. Open this address to begin:\n\n"
        f"    {url}\n\n"
        "It works once, for seven days. If you do not know what this is about, do nothing.\n"
    )
    return Mail(to=email, subject="Your invitation", text=text, at=at)
