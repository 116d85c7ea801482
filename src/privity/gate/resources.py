"""What an act is done to, as a caller names it; the gate reads the rest from the store."""

from uuid import UUID

import msgspec

from privity.gate.actions import ResourceKind


class Resource(msgspec.Struct, frozen=True):
    """A kind and an id; without an id it is the caller's own tenant, project or platform."""

    kind: ResourceKind
    id: UUID | None = None


def the_platform() -> Resource:
    """Return this installation, as far as it holds no content."""
    return Resource(ResourceKind.PLATFORM)


def own_tenant() -> Resource:
    """Return the caller's tenant."""
    return Resource(ResourceKind.TENANT)


def own_project() -> Resource:
    """Return the project of the caller's token, or the tenant's first for an operator."""
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
