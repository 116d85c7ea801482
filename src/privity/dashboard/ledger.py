"""`/app/ledger`: every entry of the tenant's log, and the evidence for each; verified in the browser."""

import base64
from datetime import datetime
from typing import Annotated, Any, Final
from uuid import UUID

import msgspec
from litestar import MediaType, Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter

from privity.api.acts import act, callers_own
from privity.dashboard.frame import Frames
from privity.dashboard.page import Page, as_json
from privity.dashboard.tree_path import Sibling, siblings
from privity.dashboard.words import Actor, actor_of, thing_of, told
from privity.errors import BadInput
from privity.gate import Access, Action, resources
from privity.ledger import LogProof, read_leaf
from privity.notary import LoggedEntry, LogHead, Search, Show
from privity.running import Installation

_ROWS: Final = 30
_ACTORS: Final = ("person", "service", "operator", "worker", "nobody")
_OF_THE_LEDGER: Final = act(Action.LEDGER_LIST, callers_own(resources.own_tenant), people=True)
_PROOFS: Final = act(Action.LEDGER_PROVE, callers_own(resources.own_tenant), people=True)


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One entry in a list. `answer` is allowed, denied, done, failed or noted; `status` is that of the answer."""

    index: int
    id: UUID
    at: datetime
    kind: str
    actor: Actor
    action: str
    words: str
    thing: str
    answer: str
    status: int | None
    decision: UUID | None


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """What proves one entry: leaf, path, checkpoint, and the key that the checkpoint is signed with."""

    row: Row
    resource: str
    policies: list[str]
    leaf: str
    leaf_hash: str
    root: str
    size: int
    checkpoint: str
    vkey: str
    signed_at: datetime
    witnessed: bool
    siblings: list[Sibling]
    detail_sealed: bool


class Entries(msgspec.Struct, frozen=True, kw_only=True):
    """A page of the log, newest first; `older` goes into `before` for the next one."""

    size: int
    root: str
    since: datetime
    entries: list[Row]
    older: int | None
    show: str
    actor: str
    chosen: Evidence | None = None


@get("/app/ledger", opt=_OF_THE_LEDGER)
async def list_entries(
    request: Request[Any, Any, Any],
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    frames: NamedDependency[Frames],
    show: Annotated[str, QueryParameter(name="show")] = Show.ALL,
    actor: Annotated[str, QueryParameter(name="actor")] = "",
    before: Annotated[int | None, QueryParameter(ge=0)] = None,
) -> Response[bytes]:
    """Show the log, newest entries first."""
    names = await frames.names(access)
    facts = await _entries(access, installation, names, _search(show, actor, before))
    return await frames.answer(
        request, access, Page(template="ledger.html", title="Ledger", facts=facts, door="ledger")
    )


@get("/app/ledger/{index:int}", opt=_OF_THE_LEDGER)
async def show_entry(
    request: Request[Any, Any, Any],
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    frames: NamedDependency[Frames],
    index: FromPath[int],
    show: Annotated[str, QueryParameter(name="show")] = Show.ALL,
    actor: Annotated[str, QueryParameter(name="actor")] = "",
) -> Response[bytes]:
    """Show one entry with its evidence, and the entries around it."""
    head = await installation.ledger.checkpoint(access.caller.log)
    names = await frames.names(access)
    chosen = await _evidence(access, installation, names, head, index)
    search = _search(show, actor, min(index + 8, head.size))
    facts = msgspec.structs.replace(await _entries(access, installation, names, search, head), chosen=chosen)
    page = Page(
        template="ledger.html",
        title=f"Entry {index:,}",
        facts=facts,
        door="ledger",
        crumbs=(("Ledger", "/app/ledger"),),
    )
    return await frames.answer(request, access, page)


@get("/app/ledger/{index:int}/proof", media_type=MediaType.TEXT, opt=_PROOFS)
async def prove(
    access: NamedDependency[Access], installation: NamedDependency[Installation], index: FromPath[int]
) -> Response[str]:
    """Give the proof of one entry as a file."""
    proof = await installation.ledger.proof(access.caller.log, index)
    headers = {"Content-Disposition": f'attachment; filename="{index}.tlog-proof"'}
    return Response(proof, media_type=MediaType.TEXT, headers=headers)


class Consistency(msgspec.Struct, frozen=True, kw_only=True):
    """That the log of `old` entries is the beginning of that of `new` entries; hashes are base64."""

    old: int
    new: int
    checkpoint: str
    vkey: str
    proof: list[str]


@get("/app/ledger/consistency", opt=_PROOFS)
async def consistency(
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    old: Annotated[int, QueryParameter(ge=1)],
) -> Response[bytes]:
    """Prove that the newest checkpoint grew from one that a browser saw before."""
    head = await installation.ledger.checkpoint(access.caller.log)
    path = await installation.browser.consistency(access.caller.log, old, head.size)
    proof = [base64.b64encode(node).decode() for node in path]
    return as_json(Consistency(old=old, new=head.size, checkpoint=head.note, vkey=head.vkey, proof=proof))


def _search(show: str, actor: str, before: int | None) -> Search:
    if show not in set(Show) or actor not in {"", *_ACTORS}:
        raise BadInput("the filter is not one that exists", advice="Choose from the lists on the page.")
    return Search(before=before, show=Show(show), actor=actor or None)


async def _entries(
    access: Access,
    installation: Installation,
    names: dict[str, str],
    search: Search,
    head: LogHead | None = None,
) -> Entries:
    log = access.caller.log
    head = head or await installation.ledger.checkpoint(log)
    found = await installation.browser.page(log, search, _ROWS)
    first = await installation.ledger.entry(log, 0)
    rows = [row_of(entry, names) for entry in found]
    return Entries(
        size=head.size,
        root=head.root.hex(),
        since=first.time,
        entries=rows,
        older=rows[-1].index if len(rows) == _ROWS else None,
        show=str(search.show),
        actor=search.actor or "",
    )


async def _evidence(
    access: Access, installation: Installation, names: dict[str, str], head: LogHead, index: int
) -> Evidence:
    log = access.caller.log
    entry = await installation.ledger.entry(log, index)
    proof = LogProof.read(await installation.ledger.proof(log, index))
    leaf = read_leaf(entry.leaf)
    resource = leaf.body.get("resource", {})
    return Evidence(
        row=row_of(entry, names),
        resource=f"{resource.get('kind', '')} {resource.get('id', '')}".strip(),
        policies=list(leaf.body.get("decision", {}).get("policies", [])),
        leaf=base64.b64encode(entry.leaf).decode(),
        leaf_hash=entry.leaf_hash.hex(),
        root=head.root.hex(),
        size=head.size,
        checkpoint=proof.checkpoint,
        vkey=head.vkey,
        signed_at=head.at,
        witnessed=False,
        siblings=siblings(index, head.size, proof.path),
        detail_sealed="detail" in leaf.body,
    )


def row_of(entry: LoggedEntry, names: dict[str, str] | None = None) -> Row:
    """Return an entry as lists show it."""
    leaf = read_leaf(entry.leaf)
    body = leaf.body
    status = body.get("status")
    answers = {"intent": "allowed", "denial": "denied"}
    answer = answers.get(leaf.kind, "noted" if status is None else "failed" if status >= 400 else "done")
    decision = leaf.id if leaf.kind in answers else body.get("cause")
    action = str(body.get("action", leaf.kind))
    return Row(
        index=leaf.index,
        id=leaf.id,
        at=leaf.time,
        kind=leaf.kind,
        actor=actor_of(body, names),
        action=action,
        words=told(action, done=answer not in {"denied", "failed"}),
        thing=thing_of(body),
        answer=answer,
        status=status,
        decision=None if decision is None else UUID(str(decision)),
    )
