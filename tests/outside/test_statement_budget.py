"""What one warm read of a conversation costs: statements, commits, decisions and keys, counted as it happens."""

from collections import Counter
from typing import Any

import bcrypt
import pytest
from server import Server, application
from statements import statements_of_this_process

from privity.gate import Engine
from privity.identity import TokenUsage
from privity.keys import FileKeyring

pytestmark = pytest.mark.slow

CONTROL = ("BEGIN", "COMMIT", "ROLLBACK")
COST = [
    "SELECT * FROM identity.find_token",
    "SELECT guard.open(",
    "SELECT t.state = 'open' AS tenant_open",
    "WITH put AS (INSERT INTO ledger.inbox",
    "SELECT guard.open(",
    "SELECT id, channel, state, refusal, content",
    "SELECT r.table_name, r.row_id, r.key_id, r.wrapped",
    "INSERT INTO ledger.inbox",
]


async def test_warm_read_stays_within_its_budget(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    counted: Counter[str] = Counter()
    statements = statements_of_this_process(monkeypatch)

    def count(owner: Any, name: str) -> None:
        original = getattr(owner, name)

        def counting(*arguments: Any, **options: Any) -> Any:
            counted[name] += 1
            return original(*arguments, **options)

        monkeypatch.setattr(owner, name, counting)

    monkeypatch.setattr(TokenUsage, "note", lambda *_: None)  # one statement in a quarter of a second for all tokens
    for owner, name in ((Engine, "decide"), (FileKeyring, "unwrap"), (bcrypt, "checkpw")):
        count(owner, name)

    async with server.attached() as installation:
        async with application(installation) as client:
            path, bearer = f"/v1/conversations/{server.a.conversation}", {"Authorization": f"Bearer {server.a.token}"}
            for _ in range(3):
                assert (await client.get(path, headers=bearer)).status_code == 200
            assert counted["unwrap"]
            assert counted["checkpw"] == 1
            statements.clear()
            counted.clear()
            assert (await client.get(path, headers=bearer)).status_code == 200
            spent = list(statements)

    asked = [statement for statement in spent if not statement.startswith(CONTROL)]
    assert len(asked) == len(COST), asked
    for statement, begins in zip(asked, COST, strict=True):
        assert statement.startswith(begins)
    # The intent commits by itself, without waiting for the disk; the outcome commits with what was read.
    assert spent.count("COMMIT") == 1
    assert counted == {"decide": 1}
