"""What each role may do, found by asking the policies and nothing else: the table of the settings page.

A cell is asked three times: of somebody else's thing, of one's own, and under a grant. So the table cannot say anything
that a decision would not.
"""

from enum import StrEnum
from typing import Final

import msgspec

from privity.gate.actions import Action, ResourceKind
from privity.gate.engine import Engine
from privity.gate.samples import ME, OTHER, context, principal, thing
from privity.identity import Role


class May(StrEnum):
    """How far a role goes: everything, one's own, what was granted, both, nothing yet, nothing ever."""

    ALL = "all"
    OWN = "own"
    GRANT = "grant"
    OWN_AND_GRANT = "own_and_grant"
    NONE = "none"
    NEVER = "never"


class Cell(msgspec.Struct, frozen=True):
    """One role and one act: the answer and the policies that gave it."""

    role: Role
    answer: May
    policies: tuple[str, ...]


class RoleRow(msgspec.Struct, frozen=True):
    """One act for every role; `group` and `label` are words for people."""

    group: str
    label: str
    action: Action
    cells: tuple[Cell, ...]


_ROWS: Final[tuple[tuple[str, str, Action, ResourceKind], ...]] = (
    ("Clinical content", "Read a conversation", Action.CONVERSATION_READ, ResourceKind.CONVERSATION),
    ("Clinical content", "Bring a conversation in", Action.CONVERSATION_CREATE, ResourceKind.PROJECT),
    ("Records", "Find records in lists, without text", Action.CONVERSATION_FIND, ResourceKind.CONVERSATION),
    ("Records", "See who touched a record", Action.CONVERSATION_HISTORY, ResourceKind.CONVERSATION),
    ("Records", "Prove what happened to a record", Action.CONVERSATION_PROVE, ResourceKind.CONVERSATION),
    ("Records", "Mark what was missed in a record", Action.CONVERSATION_REDACT, ResourceKind.CONVERSATION),
    ("Records", "Delete a record", Action.CONVERSATION_DELETE, ResourceKind.CONVERSATION),
    ("Records", "Read a deletion's certificate", Action.DELETION_READ, ResourceKind.DELETION),
    ("Telephony", "See that messages were sent", Action.MESSAGE_LIST, ResourceKind.PROJECT),
    ("Telephony", "Read a message, redacted", Action.MESSAGE_READ, ResourceKind.MESSAGE),
    ("Telephony", "Redact a message for good", Action.MESSAGE_REDACT, ResourceKind.MESSAGE),
    ("Telephony", "See a fax, without its pages", Action.FAX_READ, ResourceKind.FAX),
    ("Telephony", "Open media and the pages of faxes", Action.MEDIA_OPEN, ResourceKind.MEDIA),
    ("Telephony", "Hear a recording, silenced", Action.RECORDING_SIGN, ResourceKind.RECORDING),
    ("Telephony", "Redact all messages that match", Action.REDACTION_START, ResourceKind.PROJECT),
    ("Billing", "See payments, without card numbers", Action.PAYMENT_LIST, ResourceKind.PROJECT),
    ("Access", "Grant access", Action.GRANT_CREATE, ResourceKind.GRANT),
    ("Access", "Approve what was asked for", Action.GRANT_APPROVE, ResourceKind.GRANT),
    ("Access", "End a grant", Action.GRANT_REVOKE, ResourceKind.GRANT),
    ("Access", "Review who has what", Action.ACCESS_REVIEW, ResourceKind.TENANT),
    ("Access", "Break the glass in an emergency", Action.BREAK_GLASS_OPEN, ResourceKind.TENANT),
    ("Access", "Approve somebody's emergency", Action.BREAK_GLASS_APPROVE, ResourceKind.BREAK_GLASS),
    ("Access", "Review an emergency", Action.BREAK_GLASS_REVIEW, ResourceKind.BREAK_GLASS),
    ("Ledger and evidence", "Read the ledger", Action.LEDGER_LIST, ResourceKind.TENANT),
    ("Ledger and evidence", "Export the ledger", Action.LEDGER_EXPORT, ResourceKind.TENANT),
    ("Ledger and evidence", "Explain a decision", Action.DECISION_READ, ResourceKind.DECISION),
    ("Ledger and evidence", "See security events", Action.SECURITY_READ, ResourceKind.TENANT),
    ("Settings", "See one's own profile", Action.SETTINGS_READ, ResourceKind.TENANT),
    ("Settings", "See the workspace's settings", Action.WORKSPACE_READ, ResourceKind.TENANT),
    ("Settings", "Make projects", Action.PROJECT_CREATE, ResourceKind.TENANT),
    ("Settings", "Make tokens", Action.TOKEN_CREATE, ResourceKind.PROJECT),
    ("Settings", "End tokens", Action.TOKEN_REVOKE, ResourceKind.TENANT),
)


def role_table(engine: Engine) -> tuple[RoleRow, ...]:
    """Return a row for each act, with a cell for each role in the order of `Role`; about 250 evaluations."""
    return tuple(
        RoleRow(group, label, action, tuple(_cell(engine, role, action, kind) for role in Role))
        for group, label, action, kind in _ROWS
    )


def _cell(engine: Engine, role: Role, action: Action, kind: ResourceKind) -> Cell:
    person = principal(role)

    def ask(owner: str, *, granted: bool) -> tuple[bool, tuple[str, ...]]:
        answer = engine.decide(person, action, thing(kind, owner), context("grant" if granted else ""))
        return answer.allowed, answer.policies

    others, others_by = ask(OTHER, granted=False)
    if others:
        return Cell(role, May.ALL, others_by)
    own, own_by = ask(ME, granted=False)
    granted, granted_by = ask(OTHER, granted=True)
    if own or granted:
        answer = May.OWN_AND_GRANT if own and granted else May.OWN if own else May.GRANT
        by = {*(own_by if own else ()), *(granted_by if granted else ())}
        return Cell(role, answer, tuple(sorted(by)))
    forbidden = {*others_by, *own_by} & {*own_by, *granted_by}
    return Cell(role, May.NEVER if forbidden else May.NONE, tuple(sorted(forbidden)))
