"""`privity service …`: programs that show who they are by a key or a certificate of their own."""

import asyncio
from pathlib import Path
from typing import Annotated, Any

from cyclopts import App, Parameter

from privity.cli.local import open_operator
from privity.cli.options import DEFAULT, Options
from privity.cli.printing import print_facts, print_json, print_table
from privity.errors import BadInput
from privity.gate import Action, resources
from privity.identity import parse_scopes
from privity.identity.services import USUAL_TOKEN_SECONDS, ClientId

service = App(name="service", help="Services: programs with a key or a certificate of their own (OAuth 2.1).")


@service.command(name="create")
def create(
    name: str,
    /,
    *,
    tenant: str,
    key: Path | None = None,
    certificate: Path | None = None,
    token_seconds: Annotated[int, Parameter(help="How long its tokens live, 60 to 3600.")] = USUAL_TOKEN_SECONDS,
    options: Options = DEFAULT,
) -> None:
    """Make a service, which may do nothing until it is granted something.

    Parameters
    ----------
    key
        Its public key: a JWK, a JWK Set or a PEM.
    certificate
        The certificate that it shows to TLS, as PEM.
    """
    pem = "" if certificate is None else _text_of(certificate)
    public = "" if key is None else _text_of(key)

    async def act() -> ClientId:
        async with open_operator(options.data, tenant) as (installation, operator):
            async with installation.gate.open(operator, Action.SERVICE_CREATE, resources.own_project()) as access:
                return await installation.services.make(
                    access, name=name, key=public, certificate=pem, token_seconds=token_seconds
                )

    client = asyncio.run(act())
    if options.json:
        print_json(
            {"service_id": client.service, "client_id": str(client), "scopes": [], "token_seconds": token_seconds}
        )
        return
    print_facts([("client id", str(client)), ("may do", "nothing until `privity service grant`")])


@service.command(name="list")
def list_all(*, tenant: str, options: Options = DEFAULT) -> None:
    """List a tenant's services and when they were last used."""

    async def act() -> Any:
        async with open_operator(options.data, tenant) as (installation, operator):
            async with installation.gate.open(operator, Action.SERVICE_LIST, resources.own_tenant()) as access:
                return await installation.services.everyone(access)

    found = asyncio.run(act())
    if options.json:
        print_json({"services": found})
        return
    rows = [
        [
            each.id,
            each.name,
            ",".join(each.scopes) or "nothing",
            "ended" if each.disabled_at else f"tokens of {each.token_seconds} s",
            f"{each.last_used_at:%Y-%m-%d %H:%M:%S}" if each.last_used_at else "never",
        ]
        for each in found
    ]
    print_table(["service", "name", "may do", "state", "last used (UTC)"], rows)


@service.command(name="grant")
def grant(service_id: str, /, *, tenant: str, scopes: str, options: Options = DEFAULT) -> None:
    """Let a service do this and nothing else, its present tokens too; an empty text takes everything from it."""
    chosen = parse_scopes(scopes.split(",")) if scopes.strip() else frozenset()

    async def act() -> None:
        async with open_operator(options.data, tenant) as (installation, operator):
            async with installation.gate.open(operator, Action.SERVICE_GRANT, resources.own_tenant()) as access:
                await installation.services.grant(access, service_id, chosen)

    asyncio.run(act())
    if options.json:
        print_json({"service_id": service_id, "scopes": sorted(chosen)})
    else:
        print_facts([("may do", ", ".join(sorted(chosen)) or "nothing")])


@service.command(name="disable")
def disable(service_id: str, /, *, tenant: str, options: Options = DEFAULT) -> None:
    """End a service for good, and every token that it has."""

    async def act() -> None:
        async with open_operator(options.data, tenant) as (installation, operator):
            async with installation.gate.open(operator, Action.SERVICE_DISABLE, resources.own_tenant()) as access:
                await installation.services.disable(access, service_id)

    asyncio.run(act())
    if options.json:
        print_json({"service_id": service_id, "disabled": True})
    else:
        print_facts([("ended", service_id)])


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise BadInput("the file cannot be read as text", advice="Check the path.") from None
