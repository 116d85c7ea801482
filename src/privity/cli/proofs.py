"""`privity certificate | prove | explain`."""

import asyncio
from pathlib import Path
from typing import Annotated, Any

import msgspec
from cyclopts import Parameter

from privity.cli.conversations import Tenant
from privity.cli.options import DEFAULT, Options
from privity.cli.printing import console, print_facts, print_json, print_next
from privity.cli.session import open_session
from privity.ids import parse_id
from privity.ledger import LogProof, read_leaf
from privity.lifecycle import CertificateDocument, verify_certificate

Output = Annotated[Path | None, Parameter(name=["-o", "--output"])]


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
        output.write_bytes(_page(document) if output.suffix.lower() == ".pdf" else text)
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


def prove(conversation: str, /, *, output: Output = None, tenant: Tenant = None, options: Options = DEFAULT) -> None:
    """Prove that the ledger tells of a conversation: a C2SP .tlog-proof file, checked before it is written."""
    chosen = parse_id(conversation, "the conversation's id")

    async def act() -> str:
        async with open_session(options.data, tenant, about=chosen) as session:
            return await session.prove(chosen)

    text = asyncio.run(act())
    proof = LogProof.read(text)
    leaf = read_leaf(proof.extra)
    if output is not None:
        output.write_text(text, encoding="utf-8")
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
