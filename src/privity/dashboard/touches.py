"""Who touched a record: the decisions that the ledger has about it, in words."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from privity.dashboard.words import Actor, actor_named, told


class Touch(msgspec.Struct, frozen=True, kw_only=True):
    """One decision about a record, and the status it ended with."""

    index: int
    decision: UUID
    at: datetime
    actor: Actor
    words: str
    allowed: bool
    status: int | None


class History(msgspec.Struct, frozen=True):
    """Every touch of a record, newest first."""

    touches: list[Touch]


def touches_of(entries: list[dict[str, Any]], names: dict[str, str]) -> list[Touch]:
    """Return the decisions of a history, newest first, each with its outcome's status.

    What made the record was decided before there was one, so it stands here by its outcome.
    """
    statuses = {str(entry["cause"]): entry["status"] for entry in entries if entry["kind"] == "outcome"}
    decided = {str(entry["id"]) for entry in entries if entry["kind"] != "outcome"}
    touches = []
    for entry in reversed(entries):
        outcome = entry["kind"] == "outcome"
        decision = str(entry["cause"] if outcome else entry["id"])
        if outcome and (decision in decided or not entry["cause"]):
            continue
        allowed = entry["kind"] in {"intent", "outcome"}
        touches.append(
            Touch(
                index=entry["index"],
                decision=UUID(decision),
                at=datetime.fromisoformat(entry["at"]),
                actor=actor_named(entry["principal"], names),
                words=told(entry["action"], done=allowed),
                allowed=allowed,
                status=statuses.get(decision, entry["status"]),
            )
        )
    return touches
