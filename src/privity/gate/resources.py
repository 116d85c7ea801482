"""What an act is done to, as a caller names it; the gate reads the rest from the store."""

from uuid import UUID

import msgspec

from privity.gate.actions import ResourceKind


class Proposal(msgspec.Struct, frozen=True):
    """A grant that is not there yet: to whom (`person:…`, `service:…`) and for what (see `privity.gate.scope_of`)."""

    grantee: str
    scope: str


class Resource(msgspec.Struct, frozen=True):
    """A kind and an id; without an id it is the caller's own tenant, project or platform.

    `on_behalf_of` names the person whose decision an operator enters (`person:…`); it is believed of operators only.
    """

    kind: ResourceKind
    id: UUID | None = None
    proposed: Proposal | None = None
    on_behalf_of: str = ""


def the_platform() -> Resource:
    """Return this installation, as far as it holds no content."""
    return Resource(ResourceKind.PLATFORM)


def own_tenant() -> Resource:
    """Return the caller's tenant."""
    return Resource(ResourceKind.TENANT)


def own_project() -> Resource:
    """Return the project of the caller's token, a person's first of those seen, or the tenant's first."""
    return Resource(ResourceKind.PROJECT)


def project(project_id: UUID | None) -> Resource:
    """Return one project, or the caller's own when none is named."""
    return Resource(ResourceKind.PROJECT, project_id)


def conversation(conversation_id: UUID) -> Resource:
    """Return one conversation."""
    return Resource(ResourceKind.CONVERSATION, conversation_id)


def deletion(deletion_id: UUID) -> Resource:
    """Return one request to delete."""
    return Resource(ResourceKind.DELETION, deletion_id)


def decision(decision_id: UUID) -> Resource:
    """Return one decision, by the id that every refusal and every outcome carries."""
    return Resource(ResourceKind.DECISION, decision_id)


def grant(grant_id: UUID, *, on_behalf_of: str = "") -> Resource:
    """Return one grant that was given or asked for."""
    return Resource(ResourceKind.GRANT, grant_id, on_behalf_of=on_behalf_of)


def proposed_grant(grantee: str, scope: str, *, on_behalf_of: str = "") -> Resource:
    """Return a grant that somebody wants to give or to have."""
    return Resource(ResourceKind.GRANT, None, Proposal(grantee, scope), on_behalf_of)


def break_glass(emergency_id: UUID, *, on_behalf_of: str = "") -> Resource:
    """Return one emergency."""
    return Resource(ResourceKind.BREAK_GLASS, emergency_id, on_behalf_of=on_behalf_of)


def missed(missed_id: UUID) -> Resource:
    """Return one mark of what was missed."""
    return Resource(ResourceKind.MISSED, missed_id)


def message(message_id: UUID) -> Resource:
    """Return one message."""
    return Resource(ResourceKind.MESSAGE, message_id)


def fax(fax_id: UUID) -> Resource:
    """Return one fax."""
    return Resource(ResourceKind.FAX, fax_id)


def media(media_id: UUID) -> Resource:
    """Return one attachment of a message, or the pages of a fax."""
    return Resource(ResourceKind.MEDIA, media_id)


def number(number_id: UUID) -> Resource:
    """Return one telephone number of the tenant's own."""
    return Resource(ResourceKind.NUMBER, number_id)


def call(call_id: UUID) -> Resource:
    """Return one call."""
    return Resource(ResourceKind.CALL, call_id)


def recording(recording_id: UUID) -> Resource:
    """Return one recording of a call."""
    return Resource(ResourceKind.RECORDING, recording_id)


def transcription(transcription_id: UUID) -> Resource:
    """Return the transcription of one recording."""
    return Resource(ResourceKind.TRANSCRIPTION, transcription_id)


def payment(payment_id: UUID) -> Resource:
    """Return what is kept of one payment."""
    return Resource(ResourceKind.PAYMENT, payment_id)


def redaction(redaction_id: UUID) -> Resource:
    """Return one bulk redaction."""
    return Resource(ResourceKind.REDACTION, redaction_id)


def webhook(endpoint_id: UUID) -> Resource:
    """Return one receiver of webhooks."""
    return Resource(ResourceKind.WEBHOOK, endpoint_id)


def member(person_id: UUID) -> Resource:
    """Return one person of the caller's tenant, as somebody to act on."""
    return Resource(ResourceKind.MEMBER, person_id)


def factor(factor_id: UUID) -> Resource:
    """Return one second factor of a person."""
    return Resource(ResourceKind.FACTOR, factor_id)
