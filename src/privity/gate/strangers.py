"""Calls that did not get as far as a decision: recorded all the same, and only counted when they are noise."""

import asyncio
from collections import OrderedDict
from typing import Final

from privity import logs
from privity.clock import Clock
from privity.errors import PrivityError, Unavailable
from privity.gate.details import Details
from privity.identity import Caller, CallerKind, Origin, nobody
from privity.identity.rates import network_of
from privity.ids import Ids
from privity.notary import Entry, Inbox

_MOST_A_MINUTE: Final = 20
_WITH_A_PART_DOWN: Final = 0.5  # seconds: the answer that something is down has waited for that already
_NETWORKS_REMEMBERED: Final = 10_000
_MINUTE: Final = 60.0
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"})

_log: Final = logs.get("gate")


class _Noise:
    """What one network did in one minute."""

    def __init__(self, began: float) -> None:
        self.began = began
        self.calls = 0


class Strangers:
    """Records unauthenticated and malformed calls, each in its caller's log.

    Of nobody's calls an address, or a network of IPv6, gets 20 entries a minute in the platform log; the rest are a
    number in its next entry.
    """

    def __init__(self, inbox: Inbox, details: Details, ids: Ids, clock: Clock) -> None:
        self._inbox = inbox
        self._details = details
        self._ids = ids
        self._clock = clock
        self._noise: OrderedDict[str, _Noise] = OrderedDict()

    async def record(self, origin: Origin, caller: Caller | None, method: str, status: int) -> None:
        """Write one entry about a call, or count it; a failure to write it is logged and does not change the answer.

        `caller` is None while it is not known who asks. A `method` that HTTP does not know is text from outside and
        stays out of the entry.
        """
        who = caller or nobody(origin)
        counted = self._counted(origin.address) if who.kind is CallerKind.NOBODY else 0
        if counted is None:
            return
        within = _WITH_A_PART_DOWN if status == Unavailable.status else None
        try:
            async with asyncio.timeout(within):
                await self._write(who, origin, method, status, counted)
        except (PrivityError, TimeoutError) as error:
            _log.error("stranger_not_recorded", error, status=status)

    async def _write(self, who: Caller, origin: Origin, method: str, status: int, counted: int) -> None:
        entry_id = self._ids.new()
        commitment, sealed = await self._details.seal(who.tenant, entry_id, origin)
        body = {
            "actor": {"kind": str(who.kind), "id": who.id},
            "action": "call",
            "method": method if method in _METHODS else "other",
            "status": status,
            "request": str(origin.request_id),
            "detail": commitment,
            "counted_before": counted,
        }
        if origin.certificate:
            body["certificate"] = origin.certificate
        entry = Entry(id=entry_id, log=who.log, kind="call", body=body, detail=sealed)
        await self._inbox.record(entry)

    def _counted(self, address: str) -> int | None:
        """Return how many calls were only counted since its network's last entry, or None to count this one too."""
        now, network = self._clock.monotonic(), network_of(address)
        noise = self._noise.get(network)
        before = 0
        if noise is None or now - noise.began >= _MINUTE:
            before = max(0, noise.calls - _MOST_A_MINUTE) if noise else 0
            noise = self._noise[network] = _Noise(now)
            self._noise.move_to_end(network)
            if len(self._noise) > _NETWORKS_REMEMBERED:
                self._noise.popitem(last=False)
        noise.calls += 1
        return before if noise.calls <= _MOST_A_MINUTE else None
