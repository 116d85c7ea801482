"""Calls over carriers elsewhere: dialled once, ended there, followed by what is reported; their media stay there.

A call is never dialled a second time by itself: whoever is called notices. When it is not known whether a carrier has
dialled, the call stays queued, and what the carrier reports settles it.
"""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

import msgspec

from privity.clock import Clock
from privity.custody.calls import Call, Calls
from privity.custody.carried import CarriedState, Carrying, carried_by_sid, carried_of
from privity.custody.numbers import NumberIndex, parse_number
from privity.delivery.carrier_accounts import CarrierAccount, CarrierAccounts
from privity.delivery.carriers import Handed, Kind, NotTaken, Outgoing, Uncertain
from privity.delivery.webhooks import EventKind, tell
from privity.errors import BadInput, Conflict
from privity.gate import Access
from privity.store import TenantTransaction
from privity.vault import Plaintext

ASKED: Final = (
    *("Url", "Method", "FallbackUrl", "FallbackMethod", "Twiml", "ApplicationSid", "SendDigits", "Timeout"),
    *("MachineDetection", "CallerId"),
)
"""What a client may ask of a call that only its carrier understands. It is passed on and kept nowhere."""

_BEFORE: Final = {
    "ringing": ("queued",),
    "in-progress": ("queued", "ringing"),
    **dict.fromkeys(("completed", "busy", "failed", "no-answer", "canceled"), ("queued", "ringing", "in-progress")),
}
_STATUS: Final = """
    UPDATE tenant.call
    SET status = %(status)s, updated_at = %(now)s,
        started_at = CASE WHEN %(answered)s THEN coalesce(started_at, %(now)s) ELSE started_at END,
        ended_at = CASE WHEN %(ended)s THEN coalesce(ended_at, %(now)s) ELSE ended_at END
    WHERE id = %(id)s AND transport = 'carrier' AND status = ANY(%(before)s)
"""
_KNOWN: Final = {"initiated": "queued", "answered": "in-progress"}


class HeardCall(msgspec.Struct, frozen=True, kw_only=True):
    """A call as a carrier tells of it."""

    sid: str
    from_number: str
    to_number: str
    status: str

    def __repr__(self) -> str:
        """Show which call, not whom it is between."""
        return f"HeardCall({self.sid})"


class CarriedCalls:
    """Dials, ends and follows calls at carriers."""

    def __init__(
        self, calls: Calls, accounts: CarrierAccounts, index: NumberIndex, carrying: Carrying, clock: Clock
    ) -> None:
        self._calls = calls
        self._accounts = accounts
        self._index = index
        self._carrying = carrying
        self._clock = clock

    async def dial(self, access: Access, sender: str, recipient: str, asked: Mapping[str, str]) -> Call | None:
        """Return the call that the carrier of a number was asked to make, or None when no carrier elsewhere has it.

        Raises NotTaken when the carrier has certainly not taken it; the call has failed then.
        """
        index = self._index.of(access.tenant, parse_number(sender, "`From`"))
        async with access.transaction(settles=False) as tx:
            account = await self._accounts.behind(access, tx, index)
        if account is None:
            return None

        async def also(tx: TenantTransaction, call: UUID) -> None:
            await self._carrying.attempt(tx, access, call, Kind.CALL, account.id)

        call = await self._calls.begin(
            access, sender, recipient, inbound=False, transport="carrier", status="queued", also=also
        )
        outgoing = Outgoing(
            id=call,
            kind=Kind.CALL,
            from_number=parse_number(sender, "`From`"),
            to_number=parse_number(recipient, "`To`"),
            body=Plaintext.of(""),
            callback=self._accounts.callback(access.tenant, account.id, f"call/{call}"),
            asked=asked,
        )
        return await self._dialled(access, account, outgoing)

    async def _dialled(self, access: Access, account: CarrierAccount, outgoing: Outgoing) -> Call:
        state, sid, failed, why = CarriedState.TAKEN, None, False, None
        try:
            async with self._accounts.reached(account) as carrier:
                handover = await carrier.send(outgoing)
            sid, failed = handover.sid, handover.handed is Handed.REFUSED
            state = CarriedState.REFUSED if failed else CarriedState.TAKEN
        except NotTaken as error:
            state, failed, why = CarriedState.NOT_TAKEN, True, error
        except Uncertain:
            state = CarriedState.UNCERTAIN
        async with access.transaction() as tx:
            await self._carrying.note(tx, outgoing.id, state, sid)
            if failed:
                await self._become(tx, access, outgoing.id, "failed")
            access.outcome["carrier"] = str(state)
            call = await self._calls.opened(tx, access, outgoing.id)
        if why is not None:
            raise why
        return call

    async def end(self, access: Access, status: str) -> Call | None:
        """Return the call that the access is for, ended at its carrier; None when no carrier elsewhere has it.

        Raises Conflict when it is not known what the carrier calls it, Unavailable when the carrier does not answer.
        """
        call = UUID(access.resource_id)
        async with access.transaction(settles=False) as tx:
            carried = await carried_of(tx, call)
            account = None if carried is None else await self._accounts.one(access, tx, carried.carrier_id)
        if carried is None or account is None:
            return None
        if carried.sid is None:
            raise Conflict("it is not known what the carrier calls this call", advice="Its report will tell.")
        async with self._accounts.reached(account) as carrier:
            await carrier.end(carried.sid, status)
        async with access.transaction() as tx:
            access.outcome["ended"] = await self._become(tx, access, call, status)
            return await self._calls.opened(tx, access, call)

    async def report(self, access: Access, carrier: UUID, status: str, sid: str) -> None:
        """Note what a carrier says of the call that the access is for; late and repeated reports change nothing.

        Raises NotFound when the call was never handed to this carrier under this sid.
        """
        call = UUID(access.resource_id)
        async with access.transaction() as tx:
            await self._carrying.told(tx, call, carrier, sid)
            await self._become(tx, access, call, _KNOWN.get(status, status))

    async def hear(self, access: Access, account: CarrierAccount, heard: HeardCall) -> None:
        """Note a call that came in at a carrier, or how far it has come when it is known already.

        Raises BadInput for a number that is none, or is not at this carrier.
        """
        status = _KNOWN.get(heard.status, heard.status)
        if status not in {"queued", *_BEFORE}:
            raise BadInput("there is no such status of a call", advice="Carriers send ringing, completed and others.")
        recipient = parse_number(heard.to_number, "the number it came in for")
        async with access.transaction(settles=False) as tx:
            known = await carried_by_sid(tx, account.id, heard.sid)
            number = await self._accounts.of_number(tx, access.project, self._index.of(access.tenant, recipient))
        if number != account.id:
            raise BadInput("the number is not at this carrier", advice="Put it there: `privity number carry`.")
        if known is None:

            async def also(tx: TenantTransaction, call: UUID) -> None:
                new = await self._carrying.bring(tx, access, call, Kind.CALL, account.id, heard.sid, awaits=False)
                if not new:
                    raise Conflict("the call is being noted by another request", advice="It is known then.")

            first = status if status in {"queued", "ringing"} else "in-progress"
            known = await self._calls.begin(
                access, heard.from_number, recipient, inbound=True, transport="carrier", status=first, also=also
            )
        async with access.transaction() as tx:
            await self._become(tx, access, known, status)

    async def _become(self, tx: TenantTransaction, access: Access, call: UUID, status: str) -> int:
        """Let a call go on to a status, never back, and return whether it did."""
        before, now = _BEFORE.get(status), self._clock.now()
        if before is None:
            return 0
        ended = status not in {"ringing", "in-progress"}
        values = {
            "id": call,
            "status": status,
            "before": list(before),
            "answered": status == "in-progress",
            "ended": ended,
            "now": now,
        }
        changed = await tx.execute(_STATUS, values)
        if changed and ended:
            failed = status not in {"completed", "canceled"}
            await tell(tx, access, EventKind.CALL_ENDED, [call], at=now, status=status, failed=failed)
        return changed
