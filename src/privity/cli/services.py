"""`privity service …`: programs that show who they are by a key or a certificate of their own."""

import asyncio
import base64
import hashlib
from pathlib import Path
from typing import Annotated, Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cyclopts import App, Parameter

from privity.cli.local import open_operator
from privity.cli.options import DEFAULT, Options
from privity.cli.printing import print_facts, print_json, print_table
from privity.errors import BadInput
from privity.gate import Action, resources
from privity.identity import parse_scopes
from privity.identity.oauth import public_keys
from privity.identity.services import (
    LONGEST_TOKEN_SECONDS,
    USUAL_TOKEN_SECONDS,
    ClientId,
    add_service,
    disable_service,
    grant_service,
    list_services,
)
from privity.identity.token_text import new_public_id

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
    if key is None and certificate is None:
        raise BadInput("neither a key nor a certificate was given", advice="Add --key FILE or --certificate FILE.")
    if not 60 <= token_seconds <= LONGEST_TOKEN_SECONDS:
        raise BadInput("tokens live for 60 to 3600 seconds", advice="Choose 600 unless you have a reason.")
    if not 0 < len(name) <= 80:
        raise BadInput("a service's name has 1 to 80 characters", advice="Name the program.")
    keys = None if key is None else public_keys(_text_of(key))
    thumbprint = None if certificate is None else _thumbprint(certificate)
    new = new_public_id()

    async def act() -> str:
        async with open_operator(options.data, tenant) as (installation, operator):
            async with installation.gate.open(operator, Action.SERVICE_CREATE, resources.own_project()) as access:
                async with access.transaction() as tx:
                    await add_service(
                        tx,
                        new,
                        project=access.project,
                        name=name,
                        keys=keys,
                        certificate=thumbprint,
                        token_seconds=token_seconds,
                        at=installation.clock.now(),
                    )
                    access.outcome["service"] = new
            return str(ClientId(access.tenant, new))

    client = asyncio.run(act())
    if options.json:
        print_json({"service_id": new, "client_id": client, "scopes": [], "token_seconds": token_seconds})
        return
    print_facts([("client id", client), ("may do", "nothing until `privity service grant`")])


@service.command(name="list")
def list_all(*, tenant: str, options: Options = DEFAULT) -> None:
    """List a tenant's services and when they were last used."""

    async def act() -> Any:
        async with open_operator(options.data, tenant) as (installation, operator):
            async with installation.gate.open(operator, Action.SERVICE_LIST, resources.own_tenant()) as access:
                async with access.transaction() as tx:
                    return await list_services(tx)

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
                async with access.transaction() as tx:
                    await grant_service(tx, service_id, chosen)
                    access.outcome |= {"service": service_id, "scopes": sorted(chosen)}

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
                async with access.transaction() as tx:
                    await disable_service(tx, service_id, installation.clock.now())
                    access.outcome["service"] = service_id

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


def _thumbprint(path: Path) -> str:
    try:
        certificate = x509.load_pem_x509_certificate(_text_of(path).encode())
    except ValueError:
        raise BadInput(
            "the file is no PEM certificate", advice="Give the certificate that the service shows."
        ) from None
    return (
        base64.urlsafe_b64encode(hashlib.sha256(certificate.public_bytes(Encoding.DER)).digest()).decode().rstrip("=")
    )
