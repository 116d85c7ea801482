"""An installation in a temporary folder with one tenant, for the programs beside this one."""

import shutil
import tempfile
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, cast
from uuid import UUID

import httpx
import msgspec

from privity.api.app import make_app
from privity.gate import Action, resources
from privity.identity import ORIGINALS, Caller, Origin, Scope, operator_of_this_machine
from privity.platform import Profile
from privity.running import Installation, make_tenant, make_token, open_installation
from privity.settings import Settings


class Installed(msgspec.Struct, frozen=True, kw_only=True):
    """What is open: the installation, its operator within the tenant, the tenant's project, and a token."""

    installation: Installation
    operator: Caller
    tenant: UUID
    project: UUID
    token: str

    @property
    def basic(self) -> httpx.Auth:
        """The credentials that the compatible interface takes."""
        return httpx.BasicAuth(str(self.project), self.token)

    @property
    def bearer(self) -> dict[str, str]:
        """The header that /v1 takes."""
        return {"Authorization": f"Bearer {self.token}"}

    def client(self, **options: Any) -> httpx.AsyncClient:
        """Return a client of the ASGI application, without a socket between."""
        transport = httpx.ASGITransport(cast("Any", make_app(self.installation)))
        return httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1", timeout=60, **options)

    async def add_number(self, number: str) -> None:
        """Make a number the tenant's own, at the carrier `loopback`."""
        async with self.installation.gate.open(self.operator, Action.NUMBER_CREATE, resources.own_project()) as access:
            await self.installation.telephony.own_numbers.add(access, number)


@asynccontextmanager
async def installed(
    scopes: Iterable[Scope] = frozenset(Scope) - ORIGINALS, *, settings: Settings | None = None
) -> AsyncIterator[Installed]:
    """Make an installation with a tenant and a token of `scopes`; all of it is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="privity-"))
    try:
        async with open_installation(folder / "data", settings=settings or Settings()) as installation:
            operator = operator_of_this_machine(None, Origin(request_id=installation.ids.new()))
            tenant, project = await make_tenant(
                installation, operator, name="birch", profile=Profile.CLINIC, owner="owner@birch.example"
            )
            inside = msgspec.structs.replace(operator, tenant=tenant)
            token = await make_token(installation, inside, scopes=frozenset(scopes), name="bench")
            yield Installed(
                installation=installation,
                operator=inside,
                tenant=tenant,
                project=project,
                token=token.text,
            )
    finally:
        shutil.rmtree(folder, ignore_errors=True)
