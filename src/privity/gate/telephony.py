"""Where the gate finds the facts about records of telephony and webhooks: policies ask for their project."""

from collections.abc import Mapping
from typing import Final, LiteralString

from privity.gate.actions import ResourceKind

TABLES: Final[Mapping[ResourceKind, LiteralString]] = {
    ResourceKind.CALL: "tenant.call",
    ResourceKind.FAX: "tenant.fax",
    ResourceKind.MEDIA: "tenant.media",
    ResourceKind.MESSAGE: "tenant.message",
    ResourceKind.NUMBER: "tenant.number",
    ResourceKind.RECORDING: "tenant.recording",
    ResourceKind.REDACTION: "tenant.redaction",
    ResourceKind.TRANSCRIPTION: "tenant.transcription",
    ResourceKind.WEBHOOK: "tenant.webhook_endpoint",
}
"""The table of each kind; every row has an `id` and a `project_id`."""
