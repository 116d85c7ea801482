"""The policies' answer about many rows at once, as an SQL predicate over conversations, or records of telephony, `c`.

A list of 50 rows would take 50 decisions; instead it takes one, for the list, and this predicate. What stands here
repeats for a few acts what the policies of roles, walls, accounts, grants, services and operators say, and a property
test holds it to them: for random rows, callers, grants and emergencies the rows that PostgreSQL finds are those that
Cedar permits one by one (tests/gate/test_rows.py).
"""

from datetime import datetime, timedelta
from typing import Any, Final, LiteralString, Protocol

import msgspec

from privity.gate.actions import Action
from privity.identity import Caller, CallerKind, Role, Scope


class Circumstances(Protocol):
    """What the answer depends on besides caller and rows."""

    operator_sees: timedelta
    approvals: bool


class RowFilter(msgspec.Struct, frozen=True):
    """A predicate over `c` and its parameters, all of which begin with `may_`.

    `c` is `tenant.conversation`, or comes from `privity.gate.BROUGHT`.
    """

    sql: LiteralString
    parameters: dict[str, Any]

    @property
    def nothing(self) -> bool:
        """Whether it permits no row at all, so that nobody need look."""
        return self.sql == f"({_NOTHING})"


_NOTHING: Final = "false"
_THERE: Final = "c.state <> 'deleting'"
_IN_PROJECTS: Final = "(%(may_every)s OR c.project_id = ANY (%(may_projects)s::uuid[]))"
_OWN: Final = "c.brought_by = %(may_principal)s"
_GRANTED: Final = """EXISTS (
    SELECT FROM tenant.access_grant AS g
    WHERE g.grantee = %(may_principal)s AND g.state = 'given' AND g.starts_at <= %(may_now)s AND g.ends_at > %(may_now)s
      AND g.scope IN ('conversation:' || c.id, 'subject:' || c.subject_id, 'project:' || c.project_id,
                      'author:' || c.brought_by))"""
_EMERGENCY: Final = """EXISTS (
    SELECT FROM tenant.break_glass AS b
    WHERE b.holder = %(may_principal)s AND b.ended_at IS NULL AND b.opened_at <= %(may_now)s AND b.ends_at > %(may_now)s
      AND (b.approved_at IS NOT NULL OR (%(may_be_told)s AND b.owners_told_at IS NOT NULL))
      AND b.ends_at = (SELECT max(l.ends_at) FROM tenant.break_glass AS l WHERE l.holder = b.holder
        AND l.ended_at IS NULL AND l.opened_at <= %(may_now)s AND l.ends_at > %(may_now)s))"""
_OFFICE: Final = frozenset({Role.OWNER, Role.ADMIN})
_NO_ROLE: Final[frozenset[Role]] = frozenset()
_TELEPHONY: Final = {
    Action.MESSAGE_HISTORY: (Scope.MESSAGES_READ, _OFFICE | {Role.AUDITOR}),
    Action.MESSAGE_READ: (Scope.MESSAGES_READ, _NO_ROLE),
    Action.FAX_READ: (Scope.MESSAGES_READ, _OFFICE),
    Action.CALL_READ: (Scope.CALLS_READ, _OFFICE),
    Action.RECORDING_READ: (Scope.RECORDINGS_READ, _OFFICE),
    Action.RECORDING_OPEN: (Scope.RECORDINGS_READ, _NO_ROLE),
}
"""For each act the scope that opens it to a service, and the roles that may do it to every record of their projects."""
_FRESH_OWN: Final = "(c.brought_by = %(may_principal)s AND c.created_at >= %(may_since)s)"
_ITS_PROJECT: Final = "c.project_id = ANY (%(may_projects)s::uuid[])"


def visible_rows(caller: Caller, action: Action, now: datetime, around: Circumstances) -> RowFilter:
    """Return the conversations that a caller may find or read, or the records of telephony that he may do an act to.

    Raises ValueError for an act without a predicate: each has to be written here, and tested, before a list may use it.
    """
    telephony = _TELEPHONY.get(action)
    if telephony is None and action not in {Action.CONVERSATION_FIND, Action.CONVERSATION_READ}:
        raise ValueError(f"no predicate is written for {action}")
    parameters: dict[str, Any] = {
        "may_principal": caller.principal,
        "may_now": now,
        "may_since": now - around.operator_sees,
        "may_mfa": caller.mfa,
        "may_every": caller.every_project,
        "may_be_told": caller.kind is CallerKind.PERSON,
        "may_projects": sorted(caller.projects) if caller.kind is CallerKind.PERSON else [caller.project],
    }
    if telephony is not None:
        return RowFilter(f"({_of_telephony(caller, telephony)})", parameters)
    return RowFilter(f"({_THERE} AND ({_permitted(caller, action, around)}))", parameters)


def _permitted(caller: Caller, action: Action, around: Circumstances) -> LiteralString:
    match caller.kind:
        case CallerKind.PERSON:
            return f"%(may_mfa)s AND {_IN_PROJECTS} AND ({_of_person(caller, action)})"
        case CallerKind.OPERATOR:
            return "true" if action is Action.CONVERSATION_FIND else f"{_FRESH_OWN} OR {_EMERGENCY}"
        case CallerKind.SERVICE if Scope.CONVERSATIONS_READ in caller.scopes:
            return _ITS_PROJECT
        case CallerKind.SERVICE if Scope.CONVERSATIONS_REQUEST in caller.scopes:
            return f"{_ITS_PROJECT} AND {_GRANTED}" if around.approvals else _ITS_PROJECT
        case _:
            return _NOTHING


def _of_person(caller: Caller, action: Action) -> LiteralString:
    if action is Action.CONVERSATION_FIND and caller.role in {Role.OWNER, Role.ADMIN}:
        return "true"
    if caller.role in {Role.OWNER, Role.PRACTITIONER} or (caller.role is Role.ADMIN and caller.clinical):
        return f"{_OWN} OR {_GRANTED} OR {_EMERGENCY}"
    return _EMERGENCY if caller.role is Role.ADMIN else _NOTHING


def _of_telephony(caller: Caller, telephony: tuple[Scope, frozenset[Role]]) -> LiteralString:
    scope, everything = telephony
    if caller.kind is CallerKind.SERVICE:
        return _ITS_PROJECT if scope in caller.scopes else _NOTHING
    if caller.kind is not CallerKind.PERSON or not caller.mfa:
        return _NOTHING
    if caller.role in everything:
        return _IN_PROJECTS
    if caller.role in {Role.OWNER, Role.PRACTITIONER} or (caller.role is Role.ADMIN and caller.clinical):
        return f"{_IN_PROJECTS} AND ({_OWN} OR {_GRANTED})"
    return _NOTHING
