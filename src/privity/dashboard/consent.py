"""Consent on a call as pages show it: what the law asked, who was told, who agreed or refused, when, who noted it."""

from datetime import datetime
from typing import Final

import msgspec

from privity.custody.telephony import ConsentRecord, Happened, NotedEvent, RecordingLaw, Taken
from privity.dashboard.words import Actor, actor_named
from privity.rules import announcement, laws

_OWN, _OTHER = 1, 2
_HOW: Final = {"spoken": "said so", "told": "written down", "stayed": "stayed on the line"}
_UNKNOWN: Final = "unknown-place"


class Rule(msgspec.Struct, frozen=True):
    """A rule by its id, and where it stands."""

    id: str
    source: str


class PartyOfCall(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody on a call; `told_ms` and `agreed_ms` are milliseconds of the call, None where it came to none."""

    name: str
    places: list[str]
    told_ms: int | None
    agreed_ms: int | None
    how: str
    refused: bool
    left: bool


class Happening(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that happened, at a millisecond of the call, and who wrote it down when."""

    words: str
    tone: str
    call_ms: int
    at: datetime
    actor: Actor


class ConsentShown(msgspec.Struct, frozen=True, kw_only=True):
    """The whole story. `standing` is `refused`, `waiting`, `untold`, `agreed`, `one-party` or `none`."""

    standing: str
    everybody: bool
    rules: list[Rule]
    version: str
    parties: list[PartyOfCall]
    happenings: list[Happening]
    announced: str
    recordings: list[Taken]


def consent_shown(record: ConsentRecord, names: dict[str, str], law: RecordingLaw | None = None) -> ConsentShown:
    """Return a record of consent as it is shown; `law` is what a recording was decided by."""
    demand, consent = record.demand, record.consent
    if law is None and demand is not None:
        law = RecordingLaw(everybody=demand.everybody, rules=list(demand.rules), version=demand.version)
    everybody = law is not None and law.everybody
    asked = [party for party in consent.parties if party.here and not party.own]
    if consent.refused_by is not None:
        standing = "refused"
    elif law is None:
        standing = "none"
    elif not everybody:
        standing = "one-party"
    elif consent.announced_ms is None:
        standing = "untold"
    else:
        standing = "agreed" if all(party.agreed for party in asked) else "waiting"
    return ConsentShown(
        standing=standing,
        everybody=everybody,
        rules=[] if law is None else [Rule(rule, _SOURCES.get(rule, "")) for rule in law.rules],
        version="" if law is None else law.version,
        parties=_parties(record),
        happenings=[_happening(event, names) for event in record.events],
        announced=announcement(consent.announcement).text if consent.announcement else "",
        recordings=record.recordings,
    )


_SOURCES: Final = {law.id: law.source for law in laws()} | {
    _UNKNOWN: "Where somebody is, is not known: the strictest is asked"
}


def _parties(record: ConsentRecord) -> list[PartyOfCall]:
    """Return everybody who was on the call, with the last that each was told and answered."""
    here, told, agreed = {_OWN, _OTHER}, dict[int, int](), dict[int, int]()
    for event in record.events:
        match event.happened:
            case Happened.JOINED:
                here.add(event.party)
            case Happened.LEFT:
                here.discard(event.party)
            case Happened.ANNOUNCED:
                told |= dict.fromkeys(here, event.call_ms)
            case Happened.AGREED | Happened.STAYED:
                agreed[event.party] = event.call_ms
            case Happened.REFUSED:
                agreed.clear()
            case Happened.PLACED:
                pass
    return [
        PartyOfCall(
            name=named(party.number),
            places=[place for place in party.places if place],
            told_ms=told.get(party.number),
            agreed_ms=agreed.get(party.number),
            how=_HOW.get(party.agreed, party.agreed),
            refused=record.consent.refused_by == party.number,
            left=not party.here,
        )
        for party in record.consent.parties
    ]


def _happening(event: NotedEvent, names: dict[str, str]) -> Happening:
    who = named(event.party)
    words, tone = {
        Happened.JOINED: (f"{who} joined", ""),
        Happened.PLACED: (f"{who} may be in {event.place}", ""),
        Happened.LEFT: (f"{who} left", ""),
        Happened.ANNOUNCED: ("Everybody on the call was told", ""),
        Happened.AGREED: (f"{who} agreed, {_HOW.get(event.detail, event.detail)}", "ok"),
        Happened.STAYED: (f"{who} stayed on the line, which counts as a yes here", "ok"),
        Happened.REFUSED: (f"{who} refused; what was recorded was erased", "deny"),
    }[event.happened]
    return Happening(
        words=words, tone=tone, call_ms=event.call_ms, at=event.created_at, actor=actor_named(event.by, names)
    )


def named(party: int) -> str:
    """Return what a party of a call is called."""
    return {0: "Everybody", _OWN: "Own side", _OTHER: "Other side"}.get(party, f"Party {party}")
