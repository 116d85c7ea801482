"""`privity tenant create | list` and `privity token create | list | revoke`."""

import asyncio
from datetime import timedelta
from typing import Annotated, Any
from uuid import UUID

from cyclopts import App, Parameter

from privity.cli.local import open_operator
from privity.cli.options import DEFAULT, Options
from privity.cli.printing import console, print_facts, print_json, print_next, print_table
from privity.errors import BadInput
from privity.gate import Action, resources
from privity.identity import ORIGINALS, Scope, list_tokens, operator_of_this_machine, parse_scopes, revoke_token
from privity.platform import Profile
from privity.running import Provisioned, make_sign_in_link, make_tenant, make_token

tenant = App(name="tenant", help="Tenants: the customers of this installation.")
token = App(name="token", help="Bearer tokens of applications.")

_MOST_DAYS = 366
_DEFAULT_SCOPES = "conversations:read,conversations:write,ledger:read"


@tenant.command(name="create")
def create_tenant(
    name: str,
    /,
    *,
    profile: Profile,
    owner: str,
    baa_recorded: str | None = None,
    options: Options = DEFAULT,
) -> None:
    """Make a tenant with a first project and a first token, which is shown this once.

    Parameters
    ----------
    profile
        clinic, firm, agency, voice or messaging.
    owner
        The e-mail address of the person in charge.
    baa_recorded
        Where the business associate agreement is filed.
    """

    async def act() -> tuple[UUID, UUID, Provisioned, str]:
        async with open_operator(options.data, None) as (installation, operator):
            made, project = await make_tenant(
                installation, operator, name=name, profile=profile, owner=owner, baa_reference=baa_recorded
            )
            inside = operator_of_this_machine(made, operator.origin)
            first = await make_token(installation, inside, scopes=frozenset(Scope) - ORIGINALS, name="first")
            return made, project, first, await make_sign_in_link(installation, inside, owner)

    made, project, first, url = asyncio.run(act())
    if options.json:
        print_json({"tenant_id": made, "project_id": project, "api_token": first.text, "owner_sign_in_url": url})
        return
    print_facts(
        [
            ("tenant", f"{name}  {made}"),
            ("project", str(project)),
            ("token", first.text),
            ("", "shown this once; it ends " + first.expires_at),
            ("owner", url),
            ("", "signs the owner in once, within a day; open it where `privity up` is running"),
            ("agreement", baa_recorded or "none recorded: no PHI features"),
        ]
    )
    print_next(f"privity ingest FILE --tenant {name}", "privity up")


@tenant.command(name="list")
def list_tenants(*, options: Options = DEFAULT) -> None:
    """List the tenants of this installation."""

    async def act() -> Any:
        async with open_operator(options.data, None) as (installation, operator):
            async with installation.gate.open(operator, Action.TENANT_READ, resources.the_platform()):
                return await installation.tenants.all()

    found = asyncio.run(act())
    if options.json:
        print_json({"tenants": found})
    elif found:
        print_table(
            ["tenant", "name", "profile", "agreement"],
            [[str(t.id), t.name, t.profile, t.baa_reference or "none"] for t in found],
        )
    else:
        console().print("  no tenants yet")
        print_next("privity tenant create NAME --profile clinic --owner EMAIL")


@token.command(name="create")
def create_token(
    *,
    tenant: str,
    scopes: str = _DEFAULT_SCOPES,
    name: str = "application",
    days: Annotated[int, Parameter(help="How long it is accepted, 1 to 366.")] = 90,
    project: Annotated[UUID | None, Parameter(help="Its project; the tenant's first when left out.")] = None,
    options: Options = DEFAULT,
) -> None:
    """Make a token for one application; it is shown this once."""
    chosen = parse_scopes(scopes.split(","))
    if not 1 <= days <= _MOST_DAYS:
        raise BadInput(f"a token lives 1 to {_MOST_DAYS} days", advice="Choose 90 days or fewer.")

    async def act() -> Provisioned:
        async with open_operator(options.data, tenant) as (installation, operator):
            lives = timedelta(days=days)
            return await make_token(installation, operator, scopes=chosen, name=name, project=project, lives=lives)

    made = asyncio.run(act())
    if options.json:
        print_json(
            {"token_id": made.token_id, "token": made.text, "scopes": made.scopes, "expires_at": made.expires_at}
        )
        return
    print_facts(
        [("token", made.text), ("id", made.token_id), ("scopes", ", ".join(made.scopes)), ("ends", made.expires_at)]
    )


@token.command(name="list")
def list_all_tokens(*, tenant: str, options: Options = DEFAULT) -> None:
    """List a tenant's tokens with their last use; secrets cannot be shown."""

    async def act() -> list[dict[str, Any]]:
        async with open_operator(options.data, tenant) as (installation, operator):
            async with installation.gate.open(operator, Action.TOKEN_LIST, resources.own_tenant()) as access:
                async with access.transaction() as tx:
                    tokens = await list_tokens(tx)
                return [
                    {
                        "token_id": each.id,
                        "name": each.name,
                        "scopes": each.scopes,
                        "created_at": each.created_at,
                        "expires_at": each.expires_at,
                        "revoked_at": each.revoked_at,
                        "last_used_at": each.last_used_at,
                        "last_used_address": None
                        if each.last_used_address is None
                        else await installation.usage.address_of(access.tenant, each.id, each.last_used_address),
                    }
                    for each in tokens
                ]

    listed = asyncio.run(act())
    if options.json:
        print_json({"tokens": listed})
        return
    rows = [
        [
            each["token_id"],
            each["name"],
            ",".join(each["scopes"]),
            "revoked" if each["revoked_at"] else f"until {each['expires_at']:%Y-%m-%d}",
            f"{each['last_used_at']:%Y-%m-%d %H:%M:%S}" if each["last_used_at"] else "never",
            each["last_used_address"] or "",
        ]
        for each in listed
    ]
    print_table(["token", "name", "scopes", "accepted", "last used (UTC)", "from"], rows)


@token.command(name="revoke")
def revoke_one(token_id: str, /, *, tenant: str, options: Options = DEFAULT) -> None:
    """End a token for good; every process refuses it from its next request on."""

    async def act() -> None:
        async with open_operator(options.data, tenant) as (installation, operator):
            async with installation.gate.open(operator, Action.TOKEN_REVOKE, resources.own_tenant()) as access:
                async with access.transaction() as tx:
                    await revoke_token(tx, token_id, installation.clock.now())
                    access.outcome["token"] = token_id

    asyncio.run(act())
    if options.json:
        print_json({"token_id": token_id, "revoked": True})
    else:
        print_facts([("revoked", token_id)])
