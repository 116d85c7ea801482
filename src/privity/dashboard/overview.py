"""`/app`: the state of the house in one sentence, what happened last, and what was decided today."""

import asyncio
from datetime import datetime, timedelta
from typing import Any, Final

import msgspec
from litestar import Request, Response, get
from litestar.di import NamedDependency

from privity.api.acts import act, callers_own
from privity.dashboard.frame import Frames
from privity.dashboard.ledger import Row, row_of
from privity.dashboard.page import Page
from privity.gate import Access, Action, Notice, open_notices, resources
from privity.ledger import read_leaf
from privity.notary import LoggedEntry, Search
from privity.running import Installation

_FEED: Final = 10
_LOOKED_AT: Final = 60
_DAY: Final = timedelta(hours=24)
_HALVES: Final = 48


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One act in the feed: the decision, and the status that it was answered with once that is known."""

    row: Row
    status: int | None


class Bar(msgspec.Struct, frozen=True):
    """Half an hour of decisions."""

    began: datetime
    allowed: int
    denied: int


class Overview(msgspec.Struct, frozen=True, kw_only=True):
    """The state. `title` is one sentence and is rewritten when anything is wrong."""

    title: str
    at: datetime
    keys: bool
    ledger_ready: bool
    size: int
    root: str
    signed_at: datetime
    witnessed: bool
    notices: list[Notice]
    events: list[Event] | None
    bars: list[Bar] | None
    allowed: int
    denied: int


@get("/app", opt=act(Action.OVERVIEW_READ, callers_own(resources.own_tenant), people=True))
async def show(
    request: Request[Any, Any, Any],
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    frames: NamedDependency[Frames],
) -> Response[bytes]:
    """Show the overview."""
    return await frames.answer(request, access, _page(access, installation, frames))


async def _page(access: Access, installation: Installation, frames: Frames) -> Page:
    """Return the page; what it takes is read at the same time, because each part waits for a database."""
    now = installation.clock.now()
    head, keys, notices, (events, bars) = await asyncio.gather(
        installation.ledger.checkpoint(access.caller.log),
        frames.keys_answer(),
        open_notices(access),
        _activity(installation, frames, access, now),
    )
    inbox = installation.inbox.seen
    ready = inbox is not None and inbox.ready
    facts = Overview(
        title=sentence(keys=keys, ledger=ready, witnessed=False),
        at=now,
        keys=keys,
        ledger_ready=ready,
        size=head.size,
        root=head.root.hex(),
        signed_at=head.at,
        witnessed=False,
        notices=notices,
        events=events,
        bars=bars,
        allowed=sum(bar.allowed for bar in bars or []),
        denied=sum(bar.denied for bar in bars or []),
    )
    return Page(template="overview.html", title="Overview", facts=facts, door="overview")


def sentence(*, keys: bool, ledger: bool, witnessed: bool) -> str:
    """Return the state of custody in words that claim no more than is known."""
    sealed = "Everything held is sealed." if keys else "Keys cannot be reached: nothing opens until they can."
    if not ledger:
        return f"{sealed} The ledger is behind, so new acts are refused."
    return f"{sealed} The ledger is signed{' and witnessed' if witnessed else ', not witnessed'}."


async def _activity(
    installation: Installation, frames: Frames, access: Access, now: datetime
) -> tuple[list[Event] | None, list[Bar] | None]:
    """Return the feed and the chart for whoever may read the ledger, by an act of its own; for others nothing."""
    if not await frames.opens(access, "ledger"):
        return None, None
    names, (entries, bars) = await asyncio.gather(frames.names(access), _looked_up(installation, access, now))
    return events_of(entries, names), bars


async def _looked_up(installation: Installation, access: Access, now: datetime) -> tuple[list[LoggedEntry], list[Bar]]:
    async with installation.gate.open(access.caller, Action.LEDGER_LIST, resources.own_tenant()) as reading:
        log = reading.caller.log
        return await asyncio.gather(installation.browser.page(log, Search(), _LOOKED_AT), _bars(installation, log, now))


def events_of(entries: list[LoggedEntry], names: dict[str, str] | None = None) -> list[Event]:
    """Return decisions, newest first, each with the status of its outcome when that stands among the entries."""
    statuses: dict[str, int] = {}
    for entry in entries:
        leaf = read_leaf(entry.leaf)
        if leaf.kind == "outcome" and "status" in leaf.body:
            statuses[str(leaf.body.get("cause"))] = int(leaf.body["status"])
    rows = [row_of(entry, names) for entry in entries]
    shown = [row for row in rows if row.kind != "outcome" and row.answer != "noted"]
    return [Event(row=row, status=statuses.get(str(row.id), row.status)) for row in shown[:_FEED]]


async def _bars(installation: Installation, log: str, now: datetime) -> list[Bar]:
    """Return the last 48 half hours, empty ones too."""
    half = _DAY / _HALVES
    since = now - _DAY
    found = {round((tally.began - since) / half): tally for tally in await installation.browser.tally(log, since)}
    return [
        Bar(since + number * half, found[number].allowed, found[number].denied)
        if number in found
        else Bar(since + number * half, 0, 0)
        for number in range(_HALVES + 1)
    ][:_HALVES]
