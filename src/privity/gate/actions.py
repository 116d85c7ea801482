"""Everything that anybody can ask Privity to do, as one enum; a face that names no action does not start.

Names are `thing:act`. A read of one thing is `read`, of several `list`; what changes the world has its own verb.
"""

from enum import StrEnum


class Action(StrEnum):
    """One act that policy decides on."""

    ACCESS_REVIEW = "access:review"
    BREAK_GLASS_APPROVE = "break-glass:approve"
    BREAK_GLASS_END = "break-glass:end"
    BREAK_GLASS_LIST = "break-glass:list"
    BREAK_GLASS_OPEN = "break-glass:open"
    BREAK_GLASS_REVIEW = "break-glass:review"
    CALLER_READ = "caller:read"
    CONVERSATION_CREATE = "conversation:create"
    CONVERSATION_DELETE = "conversation:delete"
    CONVERSATION_FIND = "conversation:find"
    CONVERSATION_HISTORY = "conversation:history"
    CONVERSATION_LIST = "conversation:list"
    CONVERSATION_PROCESS = "conversation:process"
    CONVERSATION_PROVE = "conversation:prove"
    CONVERSATION_PURGE = "conversation:purge"
    CONVERSATION_READ = "conversation:read"
    DECISION_READ = "decision:read"
    DELETION_READ = "deletion:read"
    GRANT_APPROVE = "grant:approve"
    GRANT_ASK = "grant:ask"
    GRANT_CREATE = "grant:create"
    GRANT_DECLINE = "grant:decline"
    GRANT_LIST = "grant:list"
    GRANT_REVOKE = "grant:revoke"
    LEDGER_CHECKPOINT = "ledger:checkpoint"
    LEDGER_EXPORT = "ledger:export"
    LEDGER_LIST = "ledger:list"
    LEDGER_PROVE = "ledger:prove"
    OVERVIEW_READ = "overview:read"
    PERSON_CREATE = "person:create"
    PROJECT_CREATE = "project:create"
    ROLES_READ = "roles:read"
    SECURITY_READ = "security:read"
    SETTINGS_READ = "settings:read"
    SOURCE_SWEEP = "source:sweep"
    TENANT_CREATE = "tenant:create"
    TENANT_READ = "tenant:read"
    TOKEN_CREATE = "token:create"
    TOKEN_LIST = "token:list"
    TOKEN_REVOKE = "token:revoke"
    WORKSPACE_READ = "workspace:read"


class ResourceKind(StrEnum):
    """What kind of thing an act is done to."""

    BREAK_GLASS = "BreakGlass"
    CONVERSATION = "Conversation"
    DECISION = "Decision"
    DELETION = "Deletion"
    GRANT = "Grant"
    PLATFORM = "Platform"
    PROJECT = "Project"
    TENANT = "Tenant"
