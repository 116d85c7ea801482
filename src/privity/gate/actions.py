"""Everything that anybody can ask Privity to do, as one enum; a face that names no action does not start.

Names are `thing:act`. A read of one thing is `read`, of several `list`; what changes the world has its own verb.
"""

from enum import StrEnum


class Action(StrEnum):
    """One act that policy decides on."""

    CALLER_READ = "caller:read"
    CONVERSATION_CREATE = "conversation:create"
    CONVERSATION_DELETE = "conversation:delete"
    CONVERSATION_HISTORY = "conversation:history"
    CONVERSATION_LIST = "conversation:list"
    CONVERSATION_PROCESS = "conversation:process"
    CONVERSATION_PROVE = "conversation:prove"
    CONVERSATION_PURGE = "conversation:purge"
    CONVERSATION_READ = "conversation:read"
    DECISION_READ = "decision:read"
    DELETION_READ = "deletion:read"
    LEDGER_CHECKPOINT = "ledger:checkpoint"
    LEDGER_EXPORT = "ledger:export"
    LEDGER_PROVE = "ledger:prove"
    PERSON_CREATE = "person:create"
    PROJECT_CREATE = "project:create"
    SOURCE_SWEEP = "source:sweep"
    TENANT_CREATE = "tenant:create"
    TENANT_READ = "tenant:read"
    TOKEN_CREATE = "token:create"
    TOKEN_LIST = "token:list"
    TOKEN_REVOKE = "token:revoke"


class ResourceKind(StrEnum):
    """What kind of thing an act is done to."""

    CONVERSATION = "Conversation"
    DECISION = "Decision"
    DELETION = "Deletion"
    PLATFORM = "Platform"
    PROJECT = "Project"
    TENANT = "Tenant"
