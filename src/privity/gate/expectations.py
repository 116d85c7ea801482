"""Tests that a policy set carries with it: asked at every start, so that one which breaks a promise decides nothing."""

import tomllib
from functools import cache
from importlib import resources
from typing import Any, Final

import msgspec

from privity.errors import Misconfigured
from privity.gate.actions import Action, ResourceKind
from privity.gate.engine import Engine
from privity.gate.samples import ME, OTHER, context, principal, thing

_FILE: Final = "expected.toml"


class Case(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One question and the answer that it has to have; `by` names a policy that has to be among those that decide."""

    says: str
    who: str
    act: Action
    on: ResourceKind
    allowed: bool
    own: bool = False
    under: str = ""
    facts: dict[str, Any] = {}
    of: dict[str, Any] = {}
    by: str = ""


def expected_cases() -> list[Case]:
    """Return the cases that stand beside the shipped policies."""
    text = (resources.files("privity.gate") / "policies" / _FILE).read_text()
    return msgspec.convert(tomllib.loads(text)["case"], list[Case])


def failed_cases(engine: Engine, cases: list[Case]) -> list[str]:
    """Return what a policy set answers otherwise than expected, in the words of the cases; about 0.4 ms each."""
    failed = []
    for case in cases:
        owner = ME if case.own else OTHER
        answer = engine.decide(
            principal(case.who, case.facts), case.act, thing(case.on, owner, case.of), context(case.under)
        )
        if answer.failed or answer.allowed != case.allowed or (case.by and case.by not in answer.policies):
            failed.append(case.says)
    return failed


@cache
def shipped_engine() -> Engine:
    """Return the engine over the shipped policies, checked once a process: it decides, and nothing changes it.

    Raises as `require_expected`.
    """
    return require_expected(Engine.shipped())


def require_expected(engine: Engine) -> Engine:
    """Return the engine when it answers as expected; raises Misconfigured, which says what it would break."""
    failed = failed_cases(engine, expected_cases())
    if failed:
        raise Misconfigured(
            f"the policy set breaks what it has to keep ({len(failed)} cases): {failed[0]}",
            advice="Mend the policies; expected.toml beside them says what they have to answer.",
        )
    return engine
