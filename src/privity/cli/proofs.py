"""`privity deletions | certificate | prove | explain`."""

import asyncio
from pathlib import Path
from typing import Annotated, Any

import msgspec
from cyclopts import Parameter

from privity.api.deletions import DeletionPage
from privity.cli.conversations import Tenant
from privity.cli.inputs import write_output
from privity.cli.options import DEFAULT, Options
from privity.cli.printing import console, print_facts, print_json, print_next, print_table
from privity.cli.session import open_session
from privity.ids import parse_id
from privity.ledger import LogProof, read_leaf
from privity.lifecycle import CertificateDocument, verify_certificate

Output = Annotated[Path | None, Parameter(name=["-o", "--output"])]


def deletions(*, tenant: Tenant = None, record: str | None = None, limit: int = 50, options: Options = DEFAULT) -> None:
    """List deletions, newest first, with what leads to their certificates.

    Parameters
    ----------
    record
        Only those of this record, by its id, or of this bulk redaction.
    """
    chosen = None if record is None else parse_id(record, "--record")

    async def act() -> DeletionPage:
        async with open_session(options.data, tenant, about=chosen) as session:
            return await session.deletions(record=chosen, limit=max(1, min(limit, 200)))

    page = asyncio.run(act())
    if options.json:
        print_json(page)
    elif not page.deletions:
        console().print("  nothing was deleted")
    else:
        rows = [
            [
                str(each.id),
                ", ".join(f"{count} {kind}" for kind, count in each.records.items()),
                each.requested_by,
                f"{each.requested_at:%Y-%m-%d %H:%M}",
                "certified" if each.certified else "under way",
            ]
            for each in page.deletions
        ]
        print_table(["deletion", "records", "by", "asked (UTC)", "state"], rows)
        print_next(f"privity certificate {page.deletions[0].id}")


def certificate(deletion: str, /, *, output: Output = None, tenant: Tenant = None, options: Options = DEFAULT) -> None:
    """Write the certificate of a finished deletion, checked before it is written; as a page to a FILE.pdf."""
    chosen = parse_id(deletion, "the deletion's id")

    async def act() -> CertificateDocument:
        async with open_session(options.data, tenant, about=chosen) as session:
            return await session.certificate(chosen)

    document = asyncio.run(act())
    size = verify_certificate(document)
    text = msgspec.json.format(msgspec.json.encode(document)) + b"\n"
    if output is not None:
        write_output(output, _page(document) if output.suffix.lower() == ".pdf" else text)
    if options.json:
        print_json(document)
    elif output is None:
        console().print(text.decode(), end="")
    else:
        body = document.certificate
        print_facts(
            [
                ("certificate", str(output)),
                ("purged", body["purged_at"]),
                ("keys destroyed", str(len(body["keys_destroyed"]))),
                ("proved", f"its digest stands in the signed log of {size} entries"),
            ]
        )


def _page(document: CertificateDocument) -> bytes:
    from privity.lifecycle.certificate_pages import certificate_pdf  # noqa: PLC0415 - typesetting, loaded when asked for

    return certificate_pdf(document)


def prove(thing: str, /, *, output: Output = None, tenant: Tenant = None, options: Options = DEFAULT) -> None:
    """Prove that the ledger tells of a conversation, or of a deletion that is certified: a C2SP .tlog-proof file."""
    chosen = parse_id(thing, "the conversation's or deletion's id")

    async def act() -> str:
        async with open_session(options.data, tenant, about=chosen) as session:
            return await session.prove(chosen)

    text = asyncio.run(act())
    proof = LogProof.read(text)
    leaf = read_leaf(proof.extra)
    if output is not None:
        write_output(output, text.encode())
    if options.json:
        print_json({"index": proof.index, "kind": leaf.kind, "log": leaf.log, "proof": text})
    elif output is None:
        console().print(text, end="")
    else:
        print_facts([("proof", str(output)), ("entry", f"{proof.index}, {leaf.kind} of {leaf.body.get('action', '')}")])


def explain(decision: str, /, *, tenant: Tenant = None, options: Options = DEFAULT) -> None:
    """Explain a decision: the facts, the policies that decided, what would have changed it."""
    chosen = parse_id(decision, "the decision's id")

    async def act() -> Any:
        async with open_session(options.data, tenant, about=chosen) as session:
            return await session.explain(chosen)

    found = asyncio.run(act())
    if options.json:
        print_json({**msgspec.structs.asdict(found), "sentence": found.sentence})
        return
    facts = [
        ("decision", str(found.id)),
        ("answer", found.sentence),
        ("who", found.principal),
        ("act", found.action),
        ("on", f"{found.resource['kind']} {found.resource['id']}"),
        ("when", f"{found.at}, entry {found.index}"),
        ("policy set", f"{found.policy_set[:4]}…{found.policy_set[-4:]}"),
        ("today", "the same answer" if found.same_today else "another answer: the policies have changed"),
    ]
    print_facts(facts)
    console().print()
    print_facts(
        [
            (f"{side}.{name}", str(value))
            for side in ("principal", "resource", "context")
            for name, value in found.facts[side].items()
        ]
    )
    for policy, text in found.texts.items():
        console().print()
        print_facts([(policy if number == 0 else "", line) for number, line in enumerate(text.splitlines())])
    if found.would_allow:
        print_next(f"privity token create --scopes {','.join(found.would_allow)} --tenant …")
