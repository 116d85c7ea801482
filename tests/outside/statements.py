"""The SQL that this process sends, as it sends it."""

from typing import Any

import psycopg
import pytest

BESIDE = ("LISTEN", "extract(epoch", "JOIN unnest")
"""Parts of statements that run in any case, some times a second for all calls together."""


def statements_of_this_process(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that every statement is added to from now on, in one line, but for those of `BESIDE`."""
    statements: list[str] = []
    execute = psycopg.AsyncCursor.execute

    async def noted(cursor: Any, query: Any, *arguments: Any, **options: Any) -> Any:
        text = " ".join(str(query).split())
        if text and not any(part in text for part in BESIDE):
            statements.append(text)
        return await execute(cursor, query, *arguments, **options)

    monkeypatch.setattr(psycopg.AsyncCursor, "execute", noted)
    return statements
