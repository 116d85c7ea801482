"""Where the gate finds the facts about records of telephony and webhooks: their project, who brought them, of whom."""

from collections.abc import Mapping
from typing import Final, LiteralString

from privity.gate.actions import ResourceKind

TABLES: Final[Mapping[ResourceKind, LiteralString]] = {
    ResourceKind.NUMBER: "tenant.number",
    ResourceKind.PAYMENT: "tenant.payment",
    ResourceKind.REDACTION: "tenant.redaction",
    ResourceKind.TRANSCRIPTION: "tenant.transcription",
    ResourceKind.WEBHOOK: "tenant.webhook_endpoint",
}
"""The table of each kind of which policies ask the project only; every row has an `id` and a `project_id`."""

ORDERED: Final = frozenset({ResourceKind.FAX, ResourceKind.MESSAGE, ResourceKind.REDACTION})
"""The kinds that a job works on, whose rows hold the decision that ordered it as their `cause`."""

_AS_IT_STANDS: Final = "CROSS JOIN LATERAL (SELECT r.id, r.project_id, r.subject_id, r.brought_by) AS c"

BROUGHT: Final[Mapping[ResourceKind, LiteralString]] = {
    ResourceKind.CALL: f"tenant.call AS r {_AS_IT_STANDS}",
    ResourceKind.FAX: f"tenant.fax AS r {_AS_IT_STANDS}",
    ResourceKind.MESSAGE: f"tenant.message AS r {_AS_IT_STANDS}",
    ResourceKind.RECORDING: """
        tenant.recording AS r CROSS JOIN LATERAL (
            SELECT r.id, r.project_id, r.started_by AS brought_by,
                (SELECT k.subject_id FROM tenant.call AS k WHERE k.id = r.call_id) AS subject_id
        ) AS c""",
    ResourceKind.MEDIA: """
        tenant.media AS r LEFT JOIN tenant.message AS m ON m.id = r.parent_id
        LEFT JOIN tenant.fax AS f ON f.id = r.parent_id CROSS JOIN LATERAL (
            SELECT r.id, r.project_id, coalesce(m.brought_by, f.brought_by, '') AS brought_by,
                coalesce(m.subject_id, f.subject_id) AS subject_id
        ) AS c""",
}
"""What to select from for each kind of which policies ask who brought it and whom it is about.

The row is `r`; `c` is what a grant, and the predicate of `Access.rows`, can speak of.
"""
