"""What people are told by mail besides codes and links: that something happened which they should know of.

A notice holds a time, and for a sign-in the address that it came from. It holds nothing of any record, no name, no
reason and no link: what it was about stands on the pages, behind the policies, and nobody learns to follow links in
mail. It is sent behind the answer and may be lost with the process, as other mail is; what waits for a role stands in
`tenant.notice` as well, which commits with the act and is shown on the overview until somebody has seen to it.
"""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from privity import logs
from privity.clock import Clock
from privity.delivery import Mail, Postbox
from privity.errors import PrivityError
from privity.gate import Access
from privity.identity import Addresses, Role
from privity.identity.people import list_people, read_person

_log: Final = logs.get("delivery")


class Told(StrEnum):
    """What somebody is told."""

    SIGNED_IN = "signed-in"
    STOLEN = "refresh-token-reused"
    ROLE_CHANGED = "role-changed"
    LOCKED = "locked"
    UNLOCKED = "unlocked"
    FACTORS_RESET = "factors-reset"
    FACTOR_ADDED = "factor-added"
    FACTOR_REMOVED = "factor-removed"
    RECOVERY_CODES = "recovery-codes-made"
    BREAK_GLASS = "break-glass-opened"
    GRANT_ASKED = "grant-asked"


_NOT_YOU: Final = "If that was not you, tell an owner of your workspace at once: they can lock your account."
_OF_YOURSELF: Final = "`Sessions and devices` shows where you are signed in."
_TEXTS: Final = {
    Told.SIGNED_IN: ("A sign-in from a new browser", f"Somebody signed in as you{{place}}. {_OF_YOURSELF} {_NOT_YOU}"),
    Told.STOLEN: (
        "A session was ended",
        (
            "A session of yours was ended, because its cookie came from two places. Sign in again. "
            "If you did not copy cookies from one browser to another, tell an owner of your workspace."
        ),
    ),
    Told.ROLE_CHANGED: (
        "Your role was changed",
        (
            "Your role or your projects were changed, and you were signed out everywhere. "
            "If you expected nothing of the kind, ask an owner of your workspace."
        ),
    ),
    Told.LOCKED: ("Your account was locked", "Your account was locked. An owner of your workspace knows why."),
    Told.UNLOCKED: ("Your account was unlocked", "Your account was unlocked: you can sign in again."),
    Told.FACTORS_RESET: (
        "Your second factors were reset",
        f"All of your second factors were taken away. When you sign in you enrol a new one. {_NOT_YOU}",
    ),
    Told.FACTOR_ADDED: ("A second factor was added", f"A second factor was added to your account. {_NOT_YOU}"),
    Told.FACTOR_REMOVED: (
        "A second factor was removed",
        f"A second factor of your account was removed, and you were signed out everywhere. {_NOT_YOU}",
    ),
    Told.RECOVERY_CODES: (
        "New recovery codes were made",
        f"New recovery codes were made for your account, and the old ones are worth nothing any more. {_NOT_YOU}",
    ),
    Told.BREAK_GLASS: (
        "An emergency was opened",
        (
            "Somebody has opened an emergency (break-glass), which can open content for an hour at most. `Emergencies` "
            "shows who, why and until when; you can end it there, and it has to be reviewed once it is over."
        ),
    ),
    Told.GRANT_ASKED: (
        "Somebody asks for access",
        "A request for access waits for a person's approval. `Grants` shows who asks, for what and why.",
    ),
}
_ROLES: Final = {
    Told.BREAK_GLASS: frozenset({Role.OWNER}),
    Told.GRANT_ASKED: frozenset({Role.OWNER, Role.ADMIN}),
}


class Notices:
    """Sends notices; that one cannot be sent never undoes the act that it tells of."""

    def __init__(self, addresses: Addresses, postbox: Postbox, clock: Clock) -> None:
        self._addresses = addresses
        self._postbox = postbox
        self._clock = clock

    async def tell_role(self, access: Access, kind: str) -> None:
        """Tell everybody of the roles that a notice is for, once what it tells of has committed."""
        told = Told(kind)
        try:
            async with access.transaction(settles=False) as tx:
                people = [each for each in await list_people(tx) if each.role in _ROLES[told] and each.state == "open"]
            emails = await self._addresses.open_many(access.tenant, {each.id: each.email for each in people})
        except PrivityError as error:
            _log.error("notice_not_sent", error)
            return
        self._post(told, emails.values())

    async def tell_person(self, access: Access, told: Told, person: UUID, *, place: str = "") -> None:
        """Tell a person what happened to their account."""
        try:
            async with access.transaction(settles=False) as tx:
                sealed = (await read_person(tx, person)).email
            email = await self._addresses.open(access.tenant, person, sealed)
        except PrivityError as error:
            _log.error("notice_not_sent", error)
            return
        self._post(told, [email], place=place)

    def _post(self, told: Told, emails: Iterable[str], *, place: str = "") -> None:
        now = self._clock.now()
        for email in emails:
            self._postbox.post(notice(told, email, now, place=place))


def notice(told: Told, email: str, at: datetime, *, place: str = "") -> Mail:
    """Return a notice as a mail; `place` is the network address that a sign-in came from."""
    subject, text = _TEXTS[told]
    lines = text.format(place=f" from the address {place}" if place else "") if told is Told.SIGNED_IN else text
    return Mail(to=email, subject=subject, text=f"{lines}\n\nThis was at {at:%Y-%m-%d %H:%M} UTC.\n", at=at)
