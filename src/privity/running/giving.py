"""What a person may give to others: never more than the giver has. The operator of the machine may give everything."""

from collections.abc import Iterable
from typing import Final

from privity.errors import Refused
from privity.gate import Access
from privity.identity import GIVEN_BY_OWNERS, CallerKind, Role, Scope, Standing

_EVERY_SCOPE: Final = frozenset(Scope)


def check_scopes(access: Access, scopes: frozenset[Scope], *, held: Iterable[str] = ()) -> None:
    """Raise Refused where somebody who is no owner lets a program see or delete content, or do everything (B6, C63).

    What the program may do already, which is in `held`, is not given anew.
    """
    new = scopes - set(held)
    if new - givable_scopes(access) or (new and scopes == _EVERY_SCOPE and not _gives_all(access)):
        raise Refused(
            "only an owner lets a program see what is in records, or delete them",
            advice=f"Ask an owner, or leave out {', '.join(sorted(GIVEN_BY_OWNERS))}.",
            decision_id=str(access.decision),
        )


def givable_scopes(access: Access) -> frozenset[Scope]:
    """Return the scopes that the caller may give to a program: all, or those that neither show nor delete records."""
    return _EVERY_SCOPE if _gives_all(access) else _EVERY_SCOPE - GIVEN_BY_OWNERS


def check_withdrawal(access: Access, role: Role) -> None:
    """Raise Refused where somebody who is no owner takes back an invitation that makes one."""
    if role is Role.OWNER and not _gives_all(access):
        raise Refused(
            "only an owner takes back an owner's invitation",
            advice="Ask an owner.",
            decision_id=str(access.decision),
        )


def check_standing(access: Access, standing: Standing, *, held: Standing | None = None) -> None:
    """Raise Refused where somebody who is no owner makes one, or opens projects that he does not see himself (A4).

    What the person sees already, who has the standing that is `held`, is not given anew.
    """
    if _gives_all(access):
        return
    caller = access.caller
    if standing.role is Role.OWNER:
        raise Refused("only an owner makes an owner", advice="Ask an owner.", decision_id=str(access.decision))
    if caller.every_project or (held is not None and held.every_project):
        return
    seen = caller.projects.union(held.projects if held is not None else ())
    if standing.every_project or not seen.issuperset(standing.projects):
        raise Refused(
            "only who sees a project lets others see it",
            advice="Ask an owner, or leave out the projects that you do not see.",
            decision_id=str(access.decision),
        )


def _gives_all(access: Access) -> bool:
    return access.caller.kind is not CallerKind.PERSON or access.caller.role is Role.OWNER
