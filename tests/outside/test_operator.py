"""The operator of the machine brings conversations in and sees what it has just brought, and nothing else."""

from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from server import Server

from privity.clock import SystemClock
from privity.errors import Refused
from privity.gate import Action, resources
from privity.identity import Origin, operator_of_this_machine
from privity.running import Installation
from promises import promise

pytestmark = pytest.mark.slow


class LaterClock(SystemClock):
    """A clock that is ahead, for the facts that policy decides on."""

    def __init__(self, ahead: timedelta) -> None:
        self._ahead = ahead

    def now(self) -> datetime:
        return super().now() + self._ahead


async def reads(installation: Installation, tenant: UUID, conversation: str) -> bool:
    """Whether the operator may read a conversation."""
    operator = operator_of_this_machine(tenant, Origin(request_id=installation.ids.new()))
    wanted = resources.conversation(UUID(conversation))
    try:
        async with installation.gate.open(operator, Action.CONVERSATION_READ, wanted) as access:
            await installation.conversations.read(access)
    except Refused:
        return False
    return True


@promise("B16", sabotage="what_an_operator_brought_stays_fresh")
async def test_operator_reads_only_what_it_has_just_brought(server: Server, tmp_path: Path) -> None:
    call = tmp_path / "call.txt"
    call.write_text("agent: hello\n", encoding="utf-8")
    brought = server.command("ingest", str(call), "--tenant", "birch", "--channel", "call")["conversation_id"]
    async with server.attached() as installation:
        assert await reads(installation, server.a.id, brought)
        assert not await reads(installation, server.a.id, server.a.conversation), "a token brought that one in"
        ahead = timedelta(seconds=installation.settings.operator_sees + 1)
        installation.gate._facts._clock = LaterClock(ahead)
        assert not await reads(installation, server.a.id, brought)
    refused = server.command("show", server.a.conversation, "--tenant", "birch", code=3)
    assert "text" not in refused
