"""What receivers are told: the kind of an event, when it was, and ids. It rides in the transaction of the act itself.

    async with access.transaction() as tx:
        ...                                                     # the act
        await tell(tx, access, EventKind.CONVERSATION_KEPT, [conversation], at=clock.now())

So no event is lost with a process and none tells of what did not happen. An event's id is made from the ledger entry of
the act's outcome: it is the same for every receiver and every attempt, and a receiver knows a duplicate by it.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID, uuid5

import msgspec

from privity.clock import rfc3339
from privity.gate import Access
from privity.log_filter import sanitize_dict
from privity.store import TenantTransaction, defer

SEND: Final = "send_webhooks"
PROCESSING_ERROR: Final = "[PROCESSING_ERROR]"
"""All that a receiver is told of an error."""

_TELL: Final = """
    INSERT INTO tenant.webhook_delivery (tenant_id, endpoint_id, event_id, project_id, kind, about, status, failed,
                                         state, occurred_at, due_at)
    SELECT e.tenant_id, e.id, told.event_id, e.project_id, %(kind)s, told.about, %(status)s, %(failed)s,
           'waiting', %(at)s, %(at)s
    FROM tenant.webhook_endpoint AS e
    CROSS JOIN unnest(%(events)s::uuid[], %(abouts)s::uuid[]) AS told (event_id, about)
    WHERE e.project_id = %(project)s AND e.state = 'enabled' AND (e.kinds = '{}' OR %(kind)s = ANY (e.kinds))
"""


class EventKind(StrEnum):
    """What may have happened, as `thing.happened`."""

    CONVERSATION_RECEIVED = "conversation.received"
    CONVERSATION_KEPT = "conversation.kept"
    CONVERSATION_REFUSED = "conversation.refused"
    CONVERSATION_DELETED = "conversation.deleted"
    MESSAGE_RECEIVED = "message.received"
    MESSAGE_SENT = "message.sent"
    MESSAGE_REDACTED = "message.redacted"
    MESSAGE_DELETED = "message.deleted"
    FAX_SENT = "fax.sent"
    FAX_RECEIVED = "fax.received"
    FAX_DELETED = "fax.deleted"
    CALL_ENDED = "call.ended"
    RECORDING_STOPPED = "recording.stopped"
    RECORDING_DELETED = "recording.deleted"
    TRANSCRIPTION_SETTLED = "transcription.settled"
    REDACTION_DONE = "redaction.done"
    WEBHOOK_TEST = "webhook.test"


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """One event as it is told: every field that can leave is listed here, and none of them holds content."""

    event_id: UUID
    project_id: UUID
    kind: str
    about: UUID
    status: str | None
    failed: bool
    occurred_at: datetime


async def tell(
    tx: TenantTransaction,
    access: Access,
    kind: EventKind,
    abouts: Sequence[UUID],
    *,
    at: datetime,
    status: str | None = None,
    failed: bool = False,
) -> None:
    """Tell the receivers of the access's project that something happened to some records, once this commits.

    `status` is one of the record's states. Of a failure (`failed`) it is told that there was one, and not which.
    """
    values = {
        "kind": str(kind),
        "events": [uuid5(access.outcome_id, f"{kind}|{about}") for about in abouts],
        "abouts": list(abouts),
        "project": access.project,
        "status": status,
        "failed": failed,
        "at": at,
    }
    if abouts and await tx.execute(_TELL, values):
        await defer(tx, SEND, cause=access.decision)


def payload(told: Told) -> bytes:
    """Return the body that tells of an event: JSON of type, time and ids."""
    data: dict[str, Any] = {"status": told.status} if told.status is not None else {}
    if told.failed:
        data["error"] = PROCESSING_ERROR
    # Nothing here can hold what somebody said or wrote; should a state ever do, the log filter masks it on its way out.
    data = sanitize_dict(data) | {"id": str(told.about), "project_id": str(told.project_id)}
    body = {
        "id": str(told.event_id),
        "type": told.kind,
        "timestamp": rfc3339(told.occurred_at.astimezone(UTC)),
        "data": data,
    }
    return msgspec.json.encode(body)
