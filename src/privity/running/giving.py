"""What a person may give to others: never more than the giver has. The operator of the machine may give everything."""

from collections.abc import Iterable
from typing import Final

from privity.errors import Refused
from privity.gate import Access
from privity.identity import CONTENT, CallerKind, Role, Scope, Standing

_EVERY_SCOPE: Final = frozenset(Scope)


def check_scopes(access: Access, scopes: frozenset[Scope], *, held: Iterable[str] = ()) -> None:
    """Raise Refused where somebody who is no owner lets a program see content, or do everything (B6, C63, C67).

    What the program may do already, which is in `held`, is not given anew.
    """
    caller = access.caller
    if caller.kind is not CallerKind.PERSON or caller.role is Role.OWNER:
        return
    new = scopes - set(held)
    if new & CONTENT or (new and scopes == _EVERY_SCOPE):
        raise Refused(
            "only an owner lets a program see what is in records",
            advice="Ask an owner, or leave out what reads conversations, messages and recordings.",
            decision_id=str(access.decision),
        )


def check_withdrawal(access: Access, role: Role) -> None:
    """Raise Refused where somebody who is no owner takes back an invitation that makes one."""
    if role is Role.OWNER and access.caller.kind is CallerKind.PERSON and access.caller.role is not Role.OWNER:
        raise Refused(
            "only an owner takes back an owner's invitation",
            advice="Ask an owner.",
            decision_id=str(access.decision),
        )


def check_standing(access: Access, standing: Standing, *, held: Standing | None = None) -> None:
    """Raise Refused where somebody who is no owner makes one, or opens projects that he does not see himself (A4).

    What the person sees already, who has the standing that is `held`, is not given anew.
    """
    caller = access.caller
    if caller.kind is not CallerKind.PERSON or caller.role is Role.OWNER:
        return
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
