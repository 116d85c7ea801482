"""New tenants and tokens: several acts, each through the gate, in an order that a crash may interrupt anywhere."""

import re
from datetime import timedelta
from typing import Final
from uuid import UUID

import msgspec

from privity.errors import BadInput, Conflict, NotFound
from privity.gate import Access, Action, resources
from privity.identity import Caller, Role, Scope, Standing, add_token, new_token, normalised
from privity.identity.people import add_person
from privity.platform import Profile, Tenant
from privity.running.giving import check_scopes
from privity.running.installation import Installation
from privity.store import TenantTransaction

_FIRST_PROJECT: Final = "main"
_LONGEST_TOKEN_LIFE: Final = timedelta(days=366)
_DEFAULT_TOKEN_LIFE: Final = timedelta(days=90)
_OWNER: Final = Standing(role=Role.OWNER, every_project=True)

_PROJECTS: Final = "SELECT id, name FROM tenant.project ORDER BY id"
_ADD_PROJECT: Final = (
    "INSERT INTO tenant.project (tenant_id, id, name, created_at) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING"
)
_NAME: Final = re.compile(r"[^\W_][\w .&'-]{0,79}\Z")


class Provisioned(msgspec.Struct, frozen=True, kw_only=True):
    """A token that was made; `text` is shown this once and never again."""

    token_id: str
    text: str
    scopes: list[str]
    expires_at: str

    def __repr__(self) -> str:
        """Show the public id."""
        return f"Provisioned({self.token_id})"


class Project(msgspec.Struct, frozen=True):
    """A project of a tenant."""

    id: UUID
    name: str


async def list_projects(tx: TenantTransaction) -> list[Project]:
    """Return the tenant's projects, oldest first."""
    return await tx.fetch_all(_PROJECTS, into=Project)


async def make_tenant(
    installation: Installation,
    operator: Caller,
    *,
    name: str,
    profile: Profile,
    owner: str,
    baa_reference: str | None = None,
    synthetic: bool = False,
) -> tuple[UUID, UUID]:
    """Return the ids of a new tenant and of its first project; `owner` is the e-mail address of the person in charge.

    Whoever was killed at this asks again: a tenant that is alike and has no project or nobody yet is finished. Raises
    BadInput for an address that is none, Conflict when the name is taken.
    """
    email = normalised(owner)
    now = installation.clock.now()
    wanted = Tenant(
        id=installation.ids.new(),
        name=name,
        profile=profile,
        state="open",
        baa_reference=baa_reference,
        synthetic=synthetic,
        created_at=now,
    )
    begun = await _begun(installation, operator, wanted)
    if begun is None:
        async with installation.gate.open(operator, Action.TENANT_CREATE, resources.the_platform()) as access:
            await installation.keys.create_tenant(wanted.id)
            await installation.tenants.add(access, wanted)
    tenant, made = begun or (wanted.id, None)
    inside = msgspec.structs.replace(operator, tenant=tenant)
    project = made or await make_project(installation, inside, _FIRST_PROJECT)
    async with installation.gate.open(inside, Action.PERSON_CREATE, resources.own_tenant()) as access:
        person = installation.ids.new()
        sealed = await installation.addresses.seal(tenant, person, email)
        index = installation.addresses.index(tenant, email)
        async with access.transaction() as tx:
            await add_person(tx, person, _OWNER, email=sealed, email_index=index, at=now)
            access.made(person)
    head = await installation.ledger.checkpoint(str(tenant))
    installation.pinned_keys.key_of(head.log, head.vkey)
    return tenant, project


async def _begun(installation: Installation, operator: Caller, wanted: Tenant) -> tuple[UUID, UUID | None] | None:
    """Return a tenant whose making was broken off, with its project if it has one; None when there is none."""
    try:
        found = await installation.tenants.find(wanted.name)
    except NotFound:
        return None
    if msgspec.structs.replace(found, id=wanted.id, created_at=wanted.created_at) != wanted:
        return None
    inside = msgspec.structs.replace(operator, tenant=found.id)
    async with installation.gate.open(inside, Action.WORKSPACE_READ, resources.own_tenant()) as access:
        async with access.transaction() as tx:
            projects = await list_projects(tx)
    async with installation.gate.open(inside, Action.PERSON_LIST, resources.own_tenant()) as access:
        people = await installation.people.everybody(access)
    if people:
        return None
    return found.id, projects[0].id if projects else None


async def make_project(installation: Installation, operator: Caller, name: str) -> UUID:
    """Return the id of a new project of the operator's tenant.

    Raises BadInput for a name that is none, Conflict when the tenant has a project of this name.
    """
    if not _NAME.match(name):
        raise BadInput(
            "a project's name has 1 to 80 letters, digits, blanks, and . & ' - _", advice="Begin it with a letter."
        )
    project = installation.ids.new()
    async with installation.gate.open(operator, Action.PROJECT_CREATE, resources.own_tenant()) as access:
        async with access.transaction() as tx:
            if not await tx.execute(_ADD_PROJECT, (access.tenant, project, name, installation.clock.now())):
                raise Conflict("there is a project of this name", advice="`privity project list` shows them.")
            access.made(project)
    return project


async def make_sign_in_link(installation: Installation, operator: Caller, address: str) -> str:
    """Return an address that lets a person of the operator's tenant in once, within a day; raises NotFound."""
    person = await person_of(installation, operator, address)
    async with installation.gate.open(operator, Action.PERSON_LINK, resources.member(person)) as access:
        return await installation.people.sign_in_link(access, base=installation.people_url)


async def person_of(installation: Installation, operator: Caller, address: str) -> UUID:
    """Return the id of the person who has an address in the operator's tenant; raises NotFound."""
    if operator.tenant is None:
        raise BadInput("no tenant was named", advice="Add --tenant NAME.")
    index = installation.addresses.index(operator.tenant, normalised(address))
    found = await installation.doorway.directory.by_address(operator.tenant, index)
    if found is None:
        raise NotFound("nobody here has this address", advice="`privity person list` shows those there are.")
    return found.id


async def make_token(
    installation: Installation,
    operator: Caller,
    *,
    scopes: frozenset[Scope],
    name: str,
    project: UUID | None = None,
    lives: timedelta = _DEFAULT_TOKEN_LIFE,
) -> Provisioned:
    """Return a new token of the operator's tenant, for its first project unless another is named.

    Raises BadInput for a name or a life that is not one.
    """
    async with installation.gate.open(operator, Action.TOKEN_CREATE, resources.project(project)) as access:
        return await add_new_token(installation, access, scopes=scopes, name=name, lives=lives)


async def add_new_token(
    installation: Installation, access: Access, *, scopes: frozenset[Scope], name: str, lives: timedelta
) -> Provisioned:
    """Return a new token for the project that the access is for.

    Raises BadInput for a name or a life that is none, Refused for scopes that the caller may not give.
    """
    await access.demand(Action.TOKEN_CREATE)
    check_scopes(access, scopes)
    if not 0 < len(name) <= 80:
        raise BadInput("a token's name has 1 to 80 characters", advice="Name the application that will hold it.")
    if not timedelta(0) < lives <= _LONGEST_TOKEN_LIFE:
        raise BadInput("a token lives for more than no time and at most 366 days", advice="Choose 90 days or fewer.")
    now = installation.clock.now()
    token = new_token(access.tenant)
    stored = await installation.hashes.make(token.secret)
    async with access.transaction() as tx:
        await add_token(
            tx,
            token,
            stored,
            project=access.project,
            name=name,
            scopes=scopes,
            made_by=access.caller.principal,
            created_at=now,
            expires_at=now + lives,
        )
        access.outcome["token"] = token.id
    return Provisioned(
        token_id=token.id,
        text=token.reveal(),
        scopes=sorted(scopes),
        expires_at=(now + lives).isoformat(timespec="seconds"),
    )
