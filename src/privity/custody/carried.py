"""What was handed to carriers: noted before they are asked, so that a crash never sends a thing twice unawares.

The note outlives the record, without anything of it: a carrier that brings a thing again does not bring back what was
deleted here, and what it has of a deleted record is not taken for another one.
"""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

import msgspec

from privity.clock import Clock
from privity.delivery.carrier_accounts import CarrierAccount, CarrierAccounts
from privity.delivery.carriers import Carrier, Handed, Handover, Kind, NotTaken, Outgoing, Uncertain
from privity.errors import Conflict, NotFound
from privity.gate import Access
from privity.store import Job, TenantTransaction, hold

UNCERTAIN: Final = 30410
"""The vendors' code for a provider that ran into its time limit: whether it has sent it is not known."""

SETTLES_WITHIN: Final = timedelta(seconds=20)
"""How long after a request a carrier may still take it: until then its list that lacks a record proves nothing."""

_COLUMNS: Final = "id, carrier_id, state, sid, attempted_at"
_ONE: Final = f"SELECT {_COLUMNS} FROM tenant.carried WHERE id = %s"
_BY_SID: Final = f"SELECT {_COLUMNS} FROM tenant.carried WHERE carrier_id = %s AND sid = %s"
_BEGIN: Final = """
    INSERT INTO tenant.carried (tenant_id, id, project_id, carrier_id, kind, state, cause, attempted_at)
    VALUES (%(tenant)s, %(id)s, %(project)s, %(carrier)s, %(kind)s, 'attempted', %(cause)s, %(now)s)
    ON CONFLICT (tenant_id, id) DO UPDATE SET state = 'attempted', attempted_at = %(now)s
    WHERE carried.state IN ('attempted', 'not-taken')
"""
_BRING: Final = """
    INSERT INTO tenant.carried (tenant_id, id, project_id, carrier_id, kind, state, sid, cause, attempted_at,
                                settled_at)
    VALUES (%(tenant)s, %(id)s, %(project)s, %(carrier)s, %(kind)s, %(state)s, %(sid)s, %(cause)s, %(now)s,
            %(settled)s)
    ON CONFLICT (tenant_id, carrier_id, sid) DO NOTHING
"""
_NOTE: Final = """
    UPDATE tenant.carried SET state = %(state)s, sid = coalesce(sid, %(sid)s), settled_at = %(now)s
    WHERE id = %(id)s AND state IN ('attempted', 'not-taken', 'uncertain')
"""
_OTHERS: Final = "SELECT sid FROM tenant.carried WHERE carrier_id = %s AND sid = ANY(%s) AND id <> %s"


class CarriedState(StrEnum):
    """How far a record has come with its carrier."""

    ATTEMPTED = "attempted"
    NOT_TAKEN = "not-taken"
    TAKEN = "taken"
    REFUSED = "refused"
    UNCERTAIN = "uncertain"


class Carried(msgspec.Struct, frozen=True, kw_only=True):
    """A record at its carrier; `sid` is what it is called there, once that is known."""

    id: UUID
    carrier_id: UUID
    state: CarriedState
    sid: str | None
    attempted_at: datetime


_STATES: Final = {Handed.TAKEN: CarriedState.TAKEN, Handed.REFUSED: CarriedState.REFUSED}


class _Sid(msgspec.Struct, frozen=True):
    sid: str


Wanted = Callable[[TenantTransaction], Awaitable[bool]]
"""Whether a record is to be handed over yet; it holds the record's row, so that this stays true until the commit."""


class CalledOff(Conflict):
    """Somebody called the record off while it was being made ready."""


class Carrying:
    """Hands records to carriers, each once."""

    def __init__(self, accounts: CarrierAccounts, loopback: Carrier, clock: Clock) -> None:
        self._accounts = accounts
        self._loopback = loopback
        self._clock = clock

    async def hand(
        self,
        access: Access,
        job: Job,
        account: CarrierAccount | None,
        outgoing: Outgoing,
        wanted: Wanted | None = None,
    ) -> Handover:
        """Return what the carrier of an account made of a record; without an account, what the loopback carrier did.

        A carrier elsewhere is asked first when an earlier attempt may have reached it. Raises NotTaken, Uncertain or
        Unavailable: the job is then tried again. Raises CalledOff, and asks no carrier elsewhere, when the record is
        not `wanted` any more.
        """
        if account is None:
            return await self._loopback.send(outgoing)
        async with self._accounts.reached(account) as carrier:
            return await self._once(access, job, carrier, account.id, outgoing, wanted)

    async def settle(self, tx: TenantTransaction, record: UUID, handover: Handover) -> bool:
        """Note what became of a record with its carrier elsewhere; false when it was never handed to one."""
        if await carried_of(tx, record) is None:
            return False
        await self.note(tx, record, _STATES[handover.handed], handover.sid)
        return True

    async def give_up(self, tx: TenantTransaction, record: UUID) -> Carried | None:
        """Note that no attempt is made any more, and return how far the record had come; None if it never went out."""
        carried = await carried_of(tx, record)
        if carried is not None and carried.state is CarriedState.ATTEMPTED:
            await self.note(tx, record, CarriedState.UNCERTAIN, None)
        return carried

    async def told(self, tx: TenantTransaction, record: UUID, carrier: UUID, sid: str) -> None:
        """Note that a carrier has a record, because it reports of it.

        Raises NotFound when the record was never handed to this carrier under this sid.
        """
        carried = await carried_of(tx, record)
        if carried is None or carried.carrier_id != carrier or carried.sid not in {None, sid}:
            raise NotFound("there is no such record at this carrier")
        await self.note(tx, record, CarriedState.TAKEN, sid)

    async def _once(
        self, access: Access, job: Job, carrier: Carrier, account: UUID, outgoing: Outgoing, wanted: Wanted | None
    ) -> Handover:
        async with access.transaction(settles=False) as tx:
            await hold(tx, job)
            before = await carried_of(tx, outgoing.id)
        if before is not None and before.state is CarriedState.TAKEN:  # its report came before we could note it
            return Handover(handed=Handed.TAKEN, sid=before.sid)
        if before is not None and before.state is CarriedState.ATTEMPTED:
            found = await self._found(access, carrier, account, outgoing, before.attempted_at)
            if found is not None:
                return found
        await self._begin(access, job, account, outgoing, wanted)
        try:
            return await carrier.send(outgoing)
        except NotTaken:
            async with access.transaction(settles=False) as tx:
                await self.note(tx, outgoing.id, CarriedState.NOT_TAKEN, None)
            raise

    async def _found(
        self, access: Access, carrier: Carrier, account: UUID, outgoing: Outgoing, since: datetime
    ) -> Handover | None:
        listed = await carrier.find(outgoing, since)
        async with access.transaction(settles=False) as tx:
            sids = [each.sid for each in listed]
            others = {row.sid for row in await tx.fetch_all(_OTHERS, (account, sids, outgoing.id), into=_Sid)}
        ours: Sequence[Handover] = [each for each in listed if each.sid not in others]
        if ours:
            return ours[0]
        if self._clock.now() - since < SETTLES_WITHIN:
            raise Uncertain("the carrier does not have it, and may be about to")
        return None

    async def _begin(self, access: Access, job: Job, account: UUID, outgoing: Outgoing, wanted: Wanted | None) -> None:
        async with access.transaction(settles=False) as tx:
            await hold(tx, job)
            await self.attempt(tx, access, outgoing.id, outgoing.kind, account)
            if wanted is not None and not await wanted(tx):
                raise CalledOff("it was called off", advice="Nothing of it was handed over.")

    async def attempt(self, tx: TenantTransaction, access: Access, record: UUID, kind: Kind, account: UUID) -> None:
        """Note that a carrier is about to be asked; raises Uncertain when it has the record, or may have it."""
        values = {
            "tenant": access.tenant,
            "id": record,
            "project": access.project,
            "carrier": account,
            "kind": str(kind),
            "cause": access.decision,
            "now": self._clock.now(),
        }
        if not await tx.execute(_BEGIN, values):
            raise Uncertain("the carrier has it, or may have it")

    async def bring(
        self, tx: TenantTransaction, access: Access, record: UUID, kind: Kind, account: UUID, sid: str, *, awaits: bool
    ) -> bool:
        """Note what a carrier has brought, and whether something is to be fetched yet; false when it came before."""
        now = self._clock.now()
        values = {
            "tenant": access.tenant,
            "id": record,
            "project": access.project,
            "carrier": account,
            "kind": str(kind),
            "state": str(CarriedState.ATTEMPTED if awaits else CarriedState.TAKEN),
            "sid": sid,
            "cause": access.decision,
            "now": now,
            "settled": None if awaits else now,
        }
        return bool(await tx.execute(_BRING, values))

    async def note(self, tx: TenantTransaction, record: UUID, state: CarriedState, sid: str | None) -> bool:
        """Note how far a record has come, and return whether that was news; what is settled stays."""
        values = {"id": record, "state": str(state), "sid": sid, "now": self._clock.now()}
        return bool(await tx.execute(_NOTE, values))


async def carried_of(tx: TenantTransaction, record: UUID) -> Carried | None:
    """Return what is known of a record at its carrier, or None when it was never handed over."""
    return await tx.fetch_one(_ONE, (record,), into=Carried)


async def carried_by_sid(tx: TenantTransaction, carrier: UUID, sid: str) -> UUID | None:
    """Return the record that a carrier calls `sid`, or None."""
    row = await tx.fetch_one(_BY_SID, (carrier, sid), into=Carried)
    return None if row is None else row.id
