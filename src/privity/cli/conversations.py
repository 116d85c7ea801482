"""`privity ingest | list | show | delete`."""

import asyncio
from typing import Annotated, Any, Final
from uuid import UUID

from cyclopts import Parameter

from privity.api.answers import ConversationPage, ConversationShown
from privity.api.search import FoundPage
from privity.cli.inputs import STANDARD_INPUT
from privity.cli.options import DEFAULT, FileOrDash, Options
from privity.cli.printing import console, print_facts, print_json, print_next, print_table, print_turns
from privity.cli.session import Ingested, open_session
from privity.custody import parse_channel
from privity.ids import parse_id

_REFUSED_AS_UNREADABLE: Final = frozenset({"unreadable", "too-large", "bad-input"})

Tenant = Annotated[str | None, Parameter(name="--tenant")]


def ingest(
    file: FileOrDash,
    /,
    *,
    tenant: Tenant = None,
    channel: str = "upload",
    wait: Annotated[bool, Parameter(negative="--no-wait")] = True,
    options: Options = DEFAULT,
) -> int:
    """Bring a conversation in: audio (wav, mp3, flac, ogg), text, or JSON turns; - reads standard input.

    Parameters
    ----------
    tenant
        The tenant, by name or id.
    channel
        upload, call or message.
    wait
        Wait until it is kept or refused.
    """
    chosen = parse_channel(channel)

    async def act() -> Ingested:
        async with open_session(options.data, tenant) as session:
            return await session.ingest(None if file == STANDARD_INPUT else file, chosen, wait=wait)

    ingested = asyncio.run(act())
    shown = ingested.shown
    if options.json:
        print_json(_ingested_json(ingested))
    elif shown is None:
        print_facts([("received", str(ingested.id)), ("state", "waiting for the worker of `privity up`")])
    else:
        _print_shown(shown)
        print_next(f"privity show {shown.id}", f"privity prove {shown.id}")
    if shown is None or shown.state == "kept":
        return 0
    return 2 if shown.refusal in _REFUSED_AS_UNREADABLE else 1


def list_(*, tenant: Tenant = None, limit: int = 50, after: str | None = None, options: Options = DEFAULT) -> None:
    """List conversations, newest first, without their text."""
    older_than = None if after is None else parse_id(after, "--after")

    async def act() -> ConversationPage:
        async with open_session(options.data, tenant) as session:
            return await session.page(limit=max(1, min(limit, 200)), after=older_than)

    page = asyncio.run(act())
    if not options.json and not page.conversations:
        console().print("  nothing here yet")
        print_next("privity ingest FILE --tenant NAME")
        return
    _print_page(page, options)


def search(query: str, /, *, tenant: Tenant = None, limit: int = 20, options: Options = DEFAULT) -> int:
    """List conversations, messages and recordings whose redacted text holds every word: those that one may read."""

    async def act() -> FoundPage:
        async with open_session(options.data, tenant) as session:
            return await session.search(query, limit=max(1, min(limit, 100)))

    page = asyncio.run(act())
    if options.json:
        print_json(page)
    elif page.found:
        rows = [[each.kind, str(each.id), each.what, f"{each.created_at:%Y-%m-%d %H:%M}"] for each in page.found]
        print_table(["kind", "id", "what", "received (UTC)"], rows)
    else:
        console().print("  nothing found")
    return 0 if page.found else 1


def _print_page(page: ConversationPage, options: Options) -> None:
    if options.json:
        print_json(page)
        return
    rows = [
        [
            str(c.id),
            c.channel,
            c.state,
            "" if c.findings_count is None else str(c.findings_count),
            f"{c.created_at:%Y-%m-%d %H:%M}",
        ]
        for c in page.conversations
    ]
    print_table(["conversation", "channel", "state", "hidden", "received (UTC)"], rows)


def show(conversation: str, /, *, tenant: Tenant = None, options: Options = DEFAULT) -> None:
    """Show one conversation: its redacted text, what was hidden and why, and every touch of it."""
    chosen = parse_id(conversation, "the conversation's id")

    async def act() -> Any:
        async with open_session(options.data, tenant, about=chosen) as session:
            return await session.show(chosen), await session.history(chosen)

    shown, history = asyncio.run(act())
    if options.json:
        print_json({**_shown_json(shown), "history": history.entries})
        return
    _print_shown(shown)
    console().print()
    rows = [[str(e.index), e.at, e.kind, e.principal, e.action, str(e.status or "")] for e in history.entries]
    print_table(["entry", "at (UTC)", "kind", "who", "act", "status"], rows)
    print_next(f"privity prove {shown.id}")


def delete(conversation: str, /, *, tenant: Tenant = None, options: Options = DEFAULT) -> None:
    """Delete one conversation: invisible at once, its key destroyed, certified."""
    chosen = parse_id(conversation, "the conversation's id")

    async def act() -> UUID:
        async with open_session(options.data, tenant, about=chosen) as session:
            return await session.delete(chosen)

    deletion = asyncio.run(act())
    if options.json:
        print_json({"deletion_id": deletion})
        return
    print_facts([("deletion", str(deletion)), ("state", "invisible now; the worker destroys its key")])
    print_next(f"privity certificate {deletion}")


def _print_shown(shown: ConversationShown) -> None:
    facts = [("conversation", str(shown.id)), ("state", shown.state + (f": {shown.refusal}" if shown.refusal else ""))]
    if shown.findings:
        counts: dict[str, int] = {}
        for finding in shown.findings:
            counts[finding.label] = counts.get(finding.label, 0) + 1
        facts.append(("hidden", " · ".join(f"{label} {count}" for label, count in counts.items())))
    print_facts(facts)
    if shown.turns:
        console().print()
        print_turns([(turn.speaker, turn.text) for turn in shown.turns])


def _shown_json(shown: ConversationShown) -> dict[str, Any]:
    return {name: getattr(shown, name) for name in shown.__struct_fields__}


def _ingested_json(ingested: Ingested) -> dict[str, Any]:
    shown = ingested.shown
    return {
        "conversation_id": ingested.id,
        "state": shown.state if shown else "received",
        "refusal": shown.refusal if shown else None,
        "findings": shown.findings if shown else [],
        "redacted_text": shown.redacted_text if shown else None,
        "ledger": {"index": ingested.index},
    }
