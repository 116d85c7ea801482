"""Whoever was killed while making a tenant asks again, and has it whole; nobody else's tenant is taken for it."""

import os
import signal
from typing import Any
from uuid import UUID

import pytest
from scene import Place, forked

from privity.errors import Conflict
from privity.gate import Action, resources
from privity.identity import Origin, operator_of_this_machine
from privity.platform import Profile
from privity.running import Installation, list_projects, make_tenant, open_installation, provisioning

pytestmark = pytest.mark.slow

OWNER = "ann@maple.example"


async def make(installation: Installation, name: str, profile: Profile = Profile.FIRM) -> tuple[UUID, UUID]:
    operator = operator_of_this_machine(None, Origin(request_id=installation.ids.new()))
    return await make_tenant(installation, operator, name=name, profile=profile, owner=OWNER)


@pytest.mark.parametrize("step", ["make_project", "add_person"])
async def test_tenant_that_a_crash_left_half_made_is_finished(held: Place, step: str) -> None:
    name = f"maple {step} {os.getpid()}"

    async def killed(*_: Any, **__: Any) -> Any:
        os.kill(os.getpid(), signal.SIGKILL)

    async def main() -> None:
        setattr(provisioning, step, killed)
        async with open_installation(held.data.path) as installation:
            await make(installation, name)

    assert forked(main) == -signal.SIGKILL
    [(begun,)] = held.rows("SELECT id FROM platform.tenant WHERE name = %s", name)
    async with held.opened() as inside:
        here = inside.installation
        with pytest.raises(Conflict):
            await make(here, name, Profile.CLINIC)
        tenant, project = await make(here, name)
        assert tenant == begun
        operator = operator_of_this_machine(tenant, Origin(request_id=here.ids.new()))
        async with here.gate.open(operator, Action.PERSON_LIST, resources.own_tenant()) as access:
            [owner] = await here.people.everybody(access)
            async with access.transaction(settles=False) as tx:
                assert [each.id for each in await list_projects(tx)] == [project]
        assert (owner.email, str(owner.role)) == (OWNER, "owner")
        with pytest.raises(Conflict):
            await make(here, name)
