"""Break-glass: content for an hour at most, for a reason, and nobody can do it quietly (C88).

A person opens it with a second factor, and the owners have a notice before anything is read; an operator only asks, and
a person approves. It ends by itself. Every decision under it names it, so the ledger holds every query of it, and until
somebody else has reviewed it, it stands open as a task.
"""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import msgspec

from privity.clock import Clock
from privity.errors import BadInput, Conflict, SealBroken
from privity.gate.access import Access
from privity.gate.actions import Action
from privity.gate.notices import TellsRole, tell_nobody
from privity.ids import Ids
from privity.keys import TenantSeals
from privity.vault import Plaintext

LONGEST: Final = timedelta(minutes=60)
_LONGEST_TEXT: Final = 500

_OPEN: Final = """
    INSERT INTO tenant.break_glass (tenant_id, id, holder, reason, factors, opened_at, ends_at, owners_told_at, cause)
    VALUES (%(tenant)s, %(id)s, %(holder)s, %(reason)s, %(factors)s, %(now)s, %(ends)s, %(now)s, %(cause)s)
"""
_TELL: Final = """
    INSERT INTO tenant.notice (tenant_id, id, for_role, kind, about, created_at)
    VALUES (%s, %s, 'owner', 'break-glass-opened', %s, %s)
"""
_APPROVE: Final = """
    UPDATE tenant.break_glass SET approved_by = %(by)s, approved_at = %(now)s
    WHERE id = %(id)s AND approved_at IS NULL AND ended_at IS NULL AND ends_at > %(now)s
"""
_END: Final = """
    UPDATE tenant.break_glass SET ended_by = %(by)s, ended_at = %(now)s
    WHERE id = %(id)s AND ended_at IS NULL AND ends_at > %(now)s
"""
_REVIEW: Final = """
    UPDATE tenant.break_glass SET reviewed_by = %(by)s, reviewed_at = %(now)s, review = %(review)s
    WHERE id = %(id)s AND reviewed_at IS NULL AND (ended_at IS NOT NULL OR ends_at <= %(now)s)
"""
_PAGE: Final = """
    SELECT id, holder, reason, factors, opened_at, ends_at, owners_told_at, approved_by, approved_at, ended_by,
        ended_at, reviewed_by, reviewed_at, review
    FROM tenant.break_glass WHERE %(holder)s::text IS NULL OR holder = %(holder)s ORDER BY id DESC LIMIT %(limit)s
"""


class Emergency(msgspec.Struct, frozen=True, kw_only=True):
    """An emergency as it is shown; times are UTC. `to_review` is true from its end until somebody else reviewed it."""

    id: UUID
    holder: str
    reason: str
    factors: list[str]
    opened_at: datetime
    ends_at: datetime
    owners_told_at: datetime | None
    approved_by: str | None
    approved_at: datetime | None
    ended_by: str | None
    ended_at: datetime | None
    reviewed_by: str | None
    reviewed_at: datetime | None
    review: str | None
    to_review: bool = False


class _Row(Emergency, frozen=True, kw_only=True):
    reason: bytes  # type: ignore[assignment]  # sealed in the table
    review: bytes | None  # type: ignore[assignment]  # likewise


class Emergencies:
    """Opens, approves, ends, reviews and lists; who may is for the policies to say."""

    def __init__(self, seals: TenantSeals, ids: Ids, clock: Clock, tell: TellsRole = tell_nobody) -> None:
        self._seals = seals
        self._ids = ids
        self._clock = clock
        self._tell = tell

    async def open(self, access: Access, *, reason: str, lasts: timedelta = LONGEST) -> UUID:
        """Return the id of a new emergency; the owners' notice commits with it, and is mailed. Raises BadInput."""
        await access.demand(Action.BREAK_GLASS_OPEN)
        if not timedelta(0) < lasts <= LONGEST:
            raise BadInput("an emergency lasts at most 60 minutes", advice="Open another one if it is not over then.")
        now, emergency = self._clock.now(), self._ids.new()
        row = {
            "tenant": access.tenant,
            "id": emergency,
            "holder": access.caller.principal,
            "reason": await self._sealed(access, emergency, reason),
            "factors": sorted(access.caller.factors),
            "now": now,
            "ends": now + lasts,
            "cause": access.decision,
        }
        async with access.transaction() as tx:
            await tx.execute(_OPEN, row)
            await tx.execute(_TELL, (access.tenant, self._ids.new(), emergency, now))
            access.made(emergency)
            access.outcome["ends_at"] = int((now + lasts).timestamp())
        await self._tell(access, "break-glass-opened")
        return emergency

    async def approve(self, access: Access) -> None:
        """Let it open content; raises Conflict when it has ended or was approved already."""
        await access.demand(Action.BREAK_GLASS_APPROVE)
        await self._change(access, approve=True)

    async def end(self, access: Access) -> None:
        """End it at once; raises Conflict when it has ended."""
        await access.demand(Action.BREAK_GLASS_END)
        await self._change(access, approve=False)

    async def _change(self, access: Access, *, approve: bool) -> None:
        values = {"id": UUID(access.resource_id), "by": access.caller.principal, "now": self._clock.now()}
        async with access.transaction() as tx:
            if not await tx.execute(_APPROVE if approve else _END, values):
                raise Conflict("the emergency is over, or was approved already", advice="List the emergencies.")

    async def review(self, access: Access, *, found: str) -> None:
        """Close the task that an emergency leaves; raises Conflict while it lasts or when it was reviewed."""
        await access.demand(Action.BREAK_GLASS_REVIEW)
        emergency = UUID(access.resource_id)
        values = {"id": emergency, "by": access.caller.principal, "now": self._clock.now()}
        sealed = await self._sealed(access, emergency, found)
        async with access.transaction() as tx:
            if not await tx.execute(_REVIEW, values | {"review": sealed}):
                raise Conflict("the emergency lasts still, or was reviewed already", advice="List the emergencies.")

    async def page(self, access: Access, *, limit: int = 50) -> list[Emergency]:
        """Return up to `limit` emergencies, newest first: all of the tenant, or for `break-glass:mine` the caller's."""
        await access.demand(Action.BREAK_GLASS_LIST, Action.BREAK_GLASS_MINE)
        holder = access.caller.principal if access.action is Action.BREAK_GLASS_MINE else None
        async with access.transaction() as tx:
            rows = await tx.fetch_all(_PAGE, {"holder": holder, "limit": limit}, into=_Row)
            access.touched(row.id for row in rows)
        now = self._clock.now()
        return [
            Emergency(
                **msgspec.structs.asdict(row)
                | {
                    "reason": await self._opened(access, row.id, row.reason),
                    "review": None if row.review is None else await self._opened(access, row.id, row.review),
                    "to_review": row.reviewed_at is None and (row.ended_at is not None or row.ends_at <= now),
                }
            )
            for row in rows
        ]

    async def _sealed(self, access: Access, emergency: UUID, text: str) -> bytes:
        if not 0 < len(text.strip()) <= _LONGEST_TEXT:
            raise BadInput(f"a reason has 1 to {_LONGEST_TEXT} characters", advice="Say why it is needed.")
        return await self._seals.seal(access.tenant, emergency, Plaintext.of(text))

    async def _opened(self, access: Access, emergency: UUID, sealed: bytes) -> str:
        try:
            return (await self._seals.open(access.tenant, emergency, sealed)).text()
        except SealBroken:
            return "erased"
