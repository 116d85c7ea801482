"""`privity redaction start | show`: redact every message that a filter finds, with its media."""

import asyncio
from datetime import UTC, datetime
from uuid import UUID

from cyclopts import App

from privity.api.redactions import RedactionAsked, RedactionShown, filter_of, redaction_shown
from privity.cli.local import open_operator
from privity.cli.options import DEFAULT, Options
from privity.cli.printing import print_facts, print_json
from privity.gate import Action, resources
from privity.identity import Caller
from privity.running import Installation, make_worker
from privity.store import end_tasks
from privity.store.queue.worker import ENDS_WITHIN

redaction = App(name="redaction", help="Redact every message that a filter finds, for good.")

_LOOK_EVERY = 0.1


@redaction.command
def start(
    *,
    tenant: str,
    sender: str | None = None,
    recipient: str | None = None,
    status: str | None = None,
    sent_from: datetime | None = None,
    sent_until: datetime | None = None,
    wait: bool = True,
    options: Options = DEFAULT,
) -> None:
    """Erase the texts and media of all messages that match; that they were sent stays.

    Parameters
    ----------
    sender
        The number that they came from.
    recipient
        The number that they went to.
    sent_from
        When the first of them was sent, in UTC unless an offset says otherwise.
    sent_until
        The end of that time, which is not part of it.
    """

    async def act() -> RedactionShown:
        async with open_operator(options.data, tenant) as (installation, operator):
            asked = RedactionAsked(
                sender=sender,
                recipient=recipient,
                status=status,
                sent_from=_utc(sent_from),
                sent_until=_utc(sent_until),
            )
            begin = installation.gate.open(operator, Action.REDACTION_START, resources.own_project())
            async with begin as access:
                made = await installation.telephony.bulk.start(access, filter_of(installation, access, asked))
            if wait:
                await _done(installation, operator, made)
            return await _read(installation, operator, made)

    _print(asyncio.run(act()), options)


@redaction.command
def show(redaction_id: UUID, /, *, tenant: str, options: Options = DEFAULT) -> None:
    """Show how far a redaction has come."""

    async def act() -> RedactionShown:
        async with open_operator(options.data, tenant) as (installation, operator):
            return await _read(installation, operator, redaction_id)

    _print(asyncio.run(act()), options)


def _utc(moment: datetime | None) -> datetime | None:
    """Return a moment with its offset: what is written without one is UTC, as everything here is."""
    return None if moment is None else moment.replace(tzinfo=moment.tzinfo or UTC)


async def _read(installation: Installation, operator: Caller, made: UUID) -> RedactionShown:
    async with installation.gate.open(operator, Action.REDACTION_READ, resources.redaction(made)) as access:
        return redaction_shown(await installation.telephony.bulk.read(access))


async def _done(installation: Installation, operator: Caller, made: UUID) -> None:
    """Run jobs in this process until the redaction is done; a server's worker may be faster."""
    working = asyncio.create_task(make_worker(installation).run())
    try:
        async with installation.gate.open(operator, Action.REDACTION_READ, resources.redaction(made)) as access:
            while not await installation.telephony.bulk.is_done(access):
                if working.done():
                    await working
                await asyncio.sleep(_LOOK_EVERY)
    finally:
        await end_tasks(working, again_after=ENDS_WITHIN)


def _print(shown: RedactionShown, options: Options) -> None:
    if options.json:
        print_json(shown)
        return
    print_facts(
        [
            ("redaction", f"{shown.id}  {shown.state}"),
            ("messages", str(shown.seen)),
            ("texts", f"{shown.bodies} erased"),
            ("media", f"{shown.media} erased"),
        ]
    )
