"""`privity person …`: who may sign in, and the operator's ways to mend an account."""

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from typing import Annotated, Any
from uuid import UUID

import httpx
import msgspec
from cyclopts import App, Parameter

from privity.cli.local import open_operator
from privity.cli.options import DEFAULT, Options
from privity.cli.printing import console, print_facts, print_json, print_next, print_table
from privity.errors import Unavailable
from privity.gate import Access, Action, resources
from privity.identity import Role, Standing
from privity.ids import parse_id
from privity.keys import FileKeyring
from privity.running import DataDirectory, make_sign_in_link, person_of
from privity.running.installation import outbox_key
from privity.running.people import Locked, People

_Act = Callable[[People, Access], Awaitable[Locked | None]]

person = App(name="person", help="People of a tenant: who may sign in, and as what.")


@person.command(name="list")
def list_everybody(*, tenant: str, options: Options = DEFAULT) -> None:
    """List everybody of a tenant, with role, second factors and when they were last seen."""

    async def act() -> Any:
        async with open_operator(options.data, tenant) as (installation, operator):
            async with installation.gate.open(operator, Action.PERSON_LIST, resources.own_tenant()) as access:
                return await installation.people.everybody(access)

    found = asyncio.run(act())
    if options.json:
        print_json({"people": found})
        return
    rows = [
        [
            str(each.id),
            each.email,
            each.role,
            each.state,
            ",".join(each.factors) or "none yet",
            f"{each.seen_at:%Y-%m-%d %H:%M}" if each.seen_at else "never",
        ]
        for each in found
    ]
    print_table(["person", "address", "role", "state", "second factors", "seen (UTC)"], rows)


@person.command(name="invite")
def invite(
    email: str,
    /,
    *,
    tenant: str,
    role: Role,
    project: Annotated[list[str], Parameter(negative=())] | None = None,
    clinical: Annotated[bool, Parameter(negative=())] = False,
    options: Options = DEFAULT,
) -> None:
    """Invite somebody; prints the link, which works once within seven days.

    Parameters
    ----------
    role
        owner, admin, practitioner, receptionist or auditor.
    project
        A project that may be seen; several times for several.
    clinical
        Whether clinical content may be granted to an owner or admin.
    """
    standing = Standing(
        role=role,
        clinical=clinical or role is Role.PRACTITIONER,
        every_project=role is Role.OWNER,
        projects=[parse_id(each, "the project") for each in project or []],
    )

    async def act() -> str:
        async with open_operator(options.data, tenant) as (installation, operator):
            async with installation.gate.open(operator, Action.PERSON_INVITE, resources.own_tenant()) as access:
                return await installation.people.invite(access, email, standing, base=installation.people_url)

    _show_link(asyncio.run(act()), options)


@person.command(name="link")
def link(email: str, /, *, tenant: str, options: Options = DEFAULT) -> None:
    """Make a link that lets a person in once within a day: whatever else is locked, this mends it."""

    async def act() -> str:
        async with open_operator(options.data, tenant) as (installation, operator):
            return await make_sign_in_link(installation, operator, email)

    _show_link(asyncio.run(act()), options)


@person.command(name="change")
def change(
    email: str,
    /,
    *,
    tenant: str,
    role: Role,
    project: Annotated[list[str], Parameter(negative=())] | None = None,
    clinical: Annotated[bool, Parameter(negative=())] = False,
    options: Options = DEFAULT,
) -> None:
    """Give somebody another role and other projects; signs them out everywhere."""
    standing = Standing(
        role=role,
        clinical=clinical or role is Role.PRACTITIONER,
        every_project=role is Role.OWNER,
        projects=[parse_id(each, "the project") for each in project or []],
    )
    _on_person(email, tenant, options, Action.PERSON_CHANGE, lambda people, access: people.change(access, standing))


@person.command(name="lock")
def lock(email: str, /, *, tenant: str, options: Options = DEFAULT) -> None:
    """Keep somebody out, on every device at once; says which tokens and services of theirs go on working."""
    _on_person(email, tenant, options, Action.PERSON_LOCK, lambda people, access: people.lock(access))


@person.command(name="unlock")
def unlock(email: str, /, *, tenant: str, options: Options = DEFAULT) -> None:
    """Let somebody in again."""
    _on_person(email, tenant, options, Action.PERSON_UNLOCK, lambda people, access: people.unlock(access))


@person.command(name="reset")
def reset(email: str, /, *, tenant: str, options: Options = DEFAULT) -> None:
    """Take somebody's second factors, who then has to enrol anew; signs them out everywhere."""
    _on_person(email, tenant, options, Action.PERSON_RESET, lambda people, access: people.reset(access))


@person.command(name="sign-out")
def sign_out(email: str, /, *, tenant: str, options: Options = DEFAULT) -> None:
    """Sign somebody out on every device."""
    _on_person(email, tenant, options, Action.PERSON_SIGN_OUT, lambda people, access: people.sign_out(access))


def outbox(*, options: Options = DEFAULT) -> None:
    """Show the mails that the running server could not send because no mail server is set; for development only."""
    directory = DataDirectory(options.data)
    url = directory.served_url()
    if url is None:
        raise Unavailable("no server is running here, and mails are in its memory", advice="privity up")
    trusted: ssl.SSLContext | bool = True
    if url.startswith("https"):
        trusted = ssl.create_default_context(cafile=str(directory.tls / "ca.pem"))
    key = outbox_key(FileKeyring(directory.keyring))
    try:
        answer = httpx.get(f"{url}/app/outbox", params={"key": key}, verify=trusted, trust_env=False)
    except (httpx.HTTPError, OSError):
        raise Unavailable("the server does not answer", advice="Look at `privity doctor`.") from None
    console().print(answer.text, markup=False)


def _on_person(email: str, tenant: str, options: Options, action: Action, do: _Act) -> None:
    async def act() -> tuple[UUID, Locked | None]:
        async with open_operator(options.data, tenant) as (installation, operator):
            who = await person_of(installation, operator, email)
            async with installation.gate.open(operator, action, resources.member(who)) as access:
                return who, await do(installation.people, access)

    who, locked = asyncio.run(act())
    if options.json:
        more = {} if locked is None else msgspec.structs.asdict(locked)
        print_json({"person_id": who, "done": str(action), **more})
        return
    facts = [(str(action), str(who))]
    if locked is not None:
        facts.append(("withdrawn", f"{locked.withdrawn} invitations"))
        facts += [(f"{each.kind} goes on", f"{each.id} {each.name}") for each in locked.programs]
    print_facts(facts)


def _show_link(url: str, options: Options) -> None:
    if options.json:
        print_json({"url": url})
        return
    print_facts([("link", url), ("", "works once; hand it over on a way that only its person can read")])
    print_next("privity up")
