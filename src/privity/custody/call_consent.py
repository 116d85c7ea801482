"""Who is on a call, what was announced to them, and who agreed to being recorded, as a machine over what has happened.

It is pure: events go in, in their order, and what the law still asks comes out. Whoever joins hears the announcement
anew; the places of those who have left count on, because a transfer keeps the strictest law (domain rule 6).
"""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Final

import msgspec

from privity.rules import Answer, Demand, demand_of

STAY_MS: Final = 3000
"""How long somebody has to stay on the line after the announcement for that to be taken for consent."""


class Happened(StrEnum):
    """What may happen on a call that matters for its recording."""

    JOINED = "joined"
    PLACED = "placed"
    LEFT = "left"
    ANNOUNCED = "announced"
    AGREED = "agreed"
    REFUSED = "refused"
    STAYED = "stayed"


class CallEvent(msgspec.Struct, frozen=True, kw_only=True):
    """One of them: to which party, at which millisecond of the call, who wrote it down, and how it is known.

    `party` is 0 where it is about everybody; `place` is where a party may be, `detail` the version of an announcement,
    or `spoken` or `told` of an answer.
    """

    happened: Happened
    party: int = 0
    place: str = ""
    call_ms: int
    by: str
    detail: str = ""


class CallParty(msgspec.Struct, kw_only=True):
    """Somebody on a call: where they may be, and whether they have agreed, and how that is known."""

    number: int
    own: bool
    places: list[str]
    here: bool = True
    agreed: str = ""


class CallConsent:
    """What has happened on a call so far. Its own side is party 1, the other side 2, whoever joins has the next."""

    def __init__(self, own_place: str, other_place: str, events: Iterable[CallEvent] = ()) -> None:
        self.parties = [
            CallParty(number=1, own=True, places=[own_place]),
            CallParty(number=2, own=False, places=[other_place]),
        ]
        self.announced_ms: int | None = None
        self.announcement = ""
        self.refused_by: int | None = None
        for event in events:
            self.take(event)

    def take(self, event: CallEvent) -> None:
        """Take in what has happened next."""
        match event.happened:
            case Happened.JOINED:
                self.parties.append(CallParty(number=event.party, own=False, places=[event.place]))
                self.announced_ms = None
            case Happened.PLACED:
                self._party(event).places.append(event.place)
            case Happened.LEFT:
                self._party(event).here = False
            case Happened.ANNOUNCED:
                self.announced_ms, self.announcement = event.call_ms, event.detail
            case Happened.REFUSED:
                self.refused_by = event.party
                for party in self.parties:
                    party.agreed = ""
            case Happened.AGREED | Happened.STAYED:
                self._party(event).agreed = event.detail or str(event.happened)
                if self.refused_by == event.party:
                    self.refused_by = None

    def has(self, party: int) -> bool:
        """Return whether somebody of this number is on the call."""
        return any(each.number == party and each.here for each in self.parties)

    def demand(self, on: date) -> Demand:
        """Return what the strictest place asks of anybody who is on the call or was."""
        return demand_of((place for party in self.parties for place in party.places), on)

    def lacking(self, demand: Demand) -> list[int]:
        """Return who on the other side has yet to agree. The own side agrees by asking for the recording."""
        if not demand.everybody:
            return []
        return [party.number for party in self.parties if party.here and not party.own and not party.agreed]

    def may_record(self, demand: Demand) -> bool:
        """Return whether all that is asked has been done, and nobody has refused."""
        announced = self.announced_ms is not None or not demand.everybody
        return announced and self.refused_by is None and not self.lacking(demand)

    def stay_until(self, demand: Demand, *, counts: bool) -> int | None:
        """Return from which millisecond on those who are still there have agreed by staying; None where that is no way.

        `counts` is whether the project takes it so. Somebody who refused has to say otherwise.
        """
        if not (counts and demand.everybody and demand.staying) or self.announced_ms is None or self.refused_by:
            return None
        return self.announced_ms + STAY_MS

    def _party(self, event: CallEvent) -> CallParty:
        return self.parties[event.party - 1]


ANSWERED: Final = {Answer.YES: Happened.AGREED, Answer.NO: Happened.REFUSED}
"""What has happened when somebody gave an answer."""
