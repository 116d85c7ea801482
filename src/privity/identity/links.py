"""Links that let somebody in once: into an account that there is, or by invitation into one that begins with it.

A link is `enter_<tenant>_<id>_<secret>_<checksum>`; only a keyed hash of its secret is kept. Looking at one changes
nothing, because scanners of mail look at every link; following it is an act of its own, in the transaction that makes
the session.
"""

import hashlib
import hmac
import os
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import msgspec

from privity.clock import Clock
from privity.errors import Conflict, NotAuthenticated
from privity.identity.roles import Role
from privity.identity.token_text import bytes_of, checksum_of, letters_of, new_public_id
from privity.store import Database, TenantTransaction
from privity.store.transactions.lookup import open_lookup_transaction
from privity.vault import Secret

SIGN_IN_LIVES: Final = timedelta(days=1)
INVITATION_LIVES: Final = timedelta(days=7)

_FORM: Final = re.compile(r"(enter_([a-z2-7]{26})_([a-z0-9]{10})_([a-z2-7]{52}))_([a-z2-7]{7})\Z")
_FIND: Final = "SELECT * FROM identity.find_link(%s, %s)"
_ADD: Final = "SELECT identity.add_link(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
_USE: Final = "SELECT identity.use_link(%s, %s) AS done"
_REVOKE: Final = "SELECT identity.revoke_links(%s, %s, %s) AS count"
_WITHDRAW: Final = "SELECT identity.withdraw_links(%s, %s) AS count"
_LIST: Final = "SELECT * FROM identity.list_invitations()"


class LinkText(msgspec.Struct, frozen=True):
    """A link as its holder has it; printing it shows the public id only."""

    tenant: UUID
    id: str
    secret: bytes

    def __repr__(self) -> str:
        """Show the public id."""
        return f"LinkText({self.id})"

    def reveal(self) -> str:
        """Return the whole link, to be sent or shown once."""
        body = f"enter_{letters_of(self.tenant.bytes)}_{self.id}_{letters_of(self.secret)}"
        return f"{body}_{checksum_of(body)}"

    @classmethod
    def parse(cls, text: str) -> "LinkText":
        """Return the parts of a link; raises NotAuthenticated for anything else."""
        form = _FORM.match(text)
        if form is None or checksum_of(form[1]) != form[5]:
            raise not_good()
        return cls(UUID(bytes=bytes_of(form[2])), form[3], bytes_of(form[4]))


def new_link(tenant: UUID, randomness: Callable[[int], bytes] = os.urandom) -> LinkText:
    """Return a new link with a secret of 256 random bits."""
    return LinkText(tenant, new_public_id(randomness), randomness(32))


def not_good() -> NotAuthenticated:
    """Return the one refusal of links: unknown, used, revoked, expired and altered ones look alike."""
    return NotAuthenticated(
        "the link is not good, or not any more", advice="Ask for a new one; a link works once and for a limited time."
    )


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """What a person is: role, whether clinical content may be granted, and the projects that may be seen."""

    role: Role
    clinical: bool = False
    every_project: bool = False
    projects: list[UUID] = msgspec.field(default_factory=list)


class Link(Standing, frozen=True, kw_only=True):
    """A link that is good; `email` is sealed for `person_id`."""

    tenant: UUID
    id: str
    kind: str
    person_id: UUID
    email: bytes
    email_index: bytes
    expires_at: datetime


class _LinkRow(Standing, frozen=True, kw_only=True):
    kind: str
    mac: bytes
    person_id: UUID
    email: bytes
    email_index: bytes
    expires_at: datetime
    good: bool


class Invitation(Standing, frozen=True, kw_only=True):
    """An invitation as a list shows it; `email` is sealed. Times are UTC."""

    id: str
    person_id: UUID
    email: bytes
    made_by: str
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None
    revoked_at: datetime | None


class _Done(msgspec.Struct, frozen=True):
    done: bool


class _Count(msgspec.Struct, frozen=True):
    count: int


class Links:
    """Finds links, and keeps and uses them inside a tenant transaction that the gate has opened."""

    def __init__(self, database: Database, pepper: Secret, clock: Clock) -> None:
        self._database = database
        self._pepper = pepper
        self._clock = clock

    async def look(self, text: str) -> Link:
        """Return what a link is good for; raises NotAuthenticated. Nothing is changed by looking."""
        link = LinkText.parse(text)
        async with open_lookup_transaction(self._database, read_only=True) as lookup:
            row = await lookup.fetch_one(_FIND, (link.tenant, link.id), into=_LinkRow)
        if (
            row is None
            or not hmac.compare_digest(row.mac, self._mac(link.secret))
            or not row.good
            or row.expires_at <= self._clock.now()
        ):
            raise not_good()
        told = msgspec.structs.asdict(row)
        return msgspec.convert({**told, "tenant": link.tenant, "id": link.id}, Link)

    async def use(self, tx: TenantTransaction, link: Link) -> None:
        """Use the link up; raises NotAuthenticated when somebody was faster."""
        used = await tx.fetch_one(_USE, (link.id, self._clock.now()), into=_Done)
        if used is None or not used.done:
            raise not_good()

    async def add(
        self,
        tx: TenantTransaction,
        kind: str,
        person: UUID,
        standing: Standing,
        *,
        email: bytes,
        email_index: bytes,
        made_by: str,
        lives: timedelta,
    ) -> LinkText:
        """Keep a new link of a person, or of one to be, and return it to be shown once."""
        link, now = new_link(tx.tenant_id), self._clock.now()
        await tx.execute(
            _ADD,
            (
                link.id,
                kind,
                self._mac(link.secret),
                person,
                standing.role,
                standing.clinical,
                standing.every_project,
                standing.projects,
                email,
                email_index,
                made_by,
                now,
                now + lives,
            ),
        )
        return link

    async def revoke(self, tx: TenantTransaction, link_id: str) -> None:
        """Make a link that nobody has used worthless; raises Conflict when there is no such link."""
        revoked = await tx.fetch_one(_REVOKE, (link_id, None, self._clock.now()), into=_Count)
        if revoked is None or revoked.count == 0:
            raise Conflict("there is no such link that is still good", advice="It was used, revoked, or never made.")

    async def revoke_all_of(self, tx: TenantTransaction, person: UUID) -> None:
        """Make every unused link of a person worthless."""
        await tx.fetch_one(_REVOKE, (None, person, self._clock.now()), into=_Count)

    async def withdraw_made_by(self, tx: TenantTransaction, maker: str) -> int:
        """Make every unused link worthless that a caller made, and return how many those were."""
        withdrawn = await tx.fetch_one(_WITHDRAW, (maker, self._clock.now()), into=_Count)
        return 0 if withdrawn is None else withdrawn.count

    async def invitations(self, tx: TenantTransaction) -> list[Invitation]:
        """Return every invitation of the tenant, newest first."""
        return await tx.fetch_all(_LIST, into=Invitation)

    def _mac(self, secret: bytes) -> bytes:
        return hmac.digest(self._pepper.reveal(), b"link|" + secret, hashlib.sha256)
