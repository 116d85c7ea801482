"""Policies that are wrong are refused where they are read: by place and reason, by one error, without their words."""

import copy
import random
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from privity.errors import BadInput, Misconfigured
from privity.redact import CALLS, Allow, Deny, Label, PatternRecognizer, Redactor, policy_from_yaml

NEVER = "quincewort"


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        (f"(?<={NEVER})b", "invalid perl operator (?<="),
        (f"(?!{NEVER})b", "invalid perl operator (?!"),
        (rf"(a)\1{NEVER}", r"invalid escape sequence \1"),
        (f"[{NEVER}", "missing ]"),
        (f"({NEVER}", "missing )"),
        (f"{NEVER})", "unexpected )"),
        (f"[z-a]{NEVER}", "invalid character class range"),
        (f"a{{1001}}{NEVER}", "invalid repetition size {1001}"),
        (f"*{NEVER}", "no argument for repetition operator *"),
        (f"(?P<{NEVER}", "invalid named capture group"),
        (f"{NEVER}" + "\\", "trailing"),
    ],
)
@pytest.mark.parametrize("part", ["allow", "deny", "recognizers"])
def test_a_pattern_that_re2_refuses_is_refused_when_it_is_read(part: str, pattern: str, reason: str) -> None:
    named = "name: badge, " if part == "recognizers" else ""
    good = f"- {{{named}pattern: fine}}\n"
    with pytest.raises(BadInput) as refused:
        policy_from_yaml(f"name: x\nhide: all\n{part}:\n{good}- {{{named}pattern: '{pattern}'}}\n")
    assert refused.value.message.startswith(f"the pattern of {part}[1] in line 5 is none that RE2 takes: {reason}")
    assert NEVER not in f"{refused.value.message} {refused.value.advice}"


def test_so_is_every_other_rule_that_would_fail_once_it_is_used() -> None:
    for rows, told in (
        ("recognizers:\n- {name: a, pattern: b, score: 2}", "the score of recognizers[0] in line 4"),
        (
            "recognizers:\n- {name: a, pattern: b, cues: ['\u3002']}",
            "recognizers[0] in line 4 holds no letter or digit",
        ),
        ("recognizers:\n- {name: ' ', pattern: b}", "recognizers[0] in line 4 has no name"),
        ("deny:\n- literal: '\u3002'", "deny[0] in line 4 holds no letter or digit"),
        ("allow:\n- literal: '\u041c\u0430\u0448\u0430'", "allow[0] in line 4 holds letters of a script"),
    ):
        with pytest.raises(BadInput) as refused:
            policy_from_yaml(f"name: x\nhide: all\n{rows}\n")
        assert told in refused.value.message


class _Named:
    name = "badge"

    def find(self, _text: str) -> list[tuple[int, int]]:
        return []


class _Labelled(_Named):
    label: Any = Label.ID


def _without(part: str) -> object:
    made = type("Odd", (), {"name": "badge", "label": Label.ID, "find": _Named.find})
    delattr(made, part)
    return made()


def _with(part: str, value: object) -> object:
    return type("Odd", (_Labelled,), {part: value})()


@pytest.mark.parametrize(
    "odd",
    [
        *map(_without, ("name", "label", "find")),
        *(_with("name", value) for value in list[Any]([None, 7, "", b"badge"])),
        *(_with("label", value) for value in list[Any]([None, 7, [], {}, "NOPE"])),
        _with("find", None),
        None,
        "badge",
    ],
)
def test_a_recognizer_that_lacks_something_is_an_error_that_says_what_it_needs(odd: Any) -> None:
    with pytest.raises(Misconfigured) as refused:
        Redactor(recognizers=[odd])
    assert "name: str, label: Label and find" in refused.value.advice
    assert refused.value.__cause__ is None


@pytest.mark.parametrize(
    "change",
    [
        {"recognizers": [PatternRecognizer(name=None, pattern="a")]},  # type: ignore[arg-type]  # as programs without types
        {"recognizers": [PatternRecognizer(name="a", pattern=7)]},  # type: ignore[arg-type]  # likewise
        {"recognizers": [PatternRecognizer(name="a", pattern="a", label="odd")]},  # type: ignore[arg-type]  # likewise
        {"recognizers": [PatternRecognizer(name="a", pattern="a", label=[])]},  # type: ignore[arg-type]  # likewise
        {"recognizers": [PatternRecognizer(name="a", pattern="a", score="x")]},  # type: ignore[arg-type]  # likewise
        {"recognizers": [PatternRecognizer(name="a", pattern="a", cues=(7,))]},  # type: ignore[arg-type]  # likewise
        {"deny": [Deny()]},
        {"deny": [Deny(literal=7)]},  # type: ignore[arg-type]  # likewise
        {"deny": [Deny(literal="x", label=None)]},  # type: ignore[arg-type]  # likewise
        {"allow": [Allow()]},
        {"allow": [Allow(pattern=b"x")]},  # type: ignore[arg-type]  # likewise
    ],
)
def test_rules_that_are_built_wrongly_are_refused_likewise(change: dict[str, list[Any]]) -> None:
    from msgspec.structs import replace

    with pytest.raises(BadInput):
        Redactor(replace(CALLS, **{part: tuple(rules) for part, rules in change.items()}))


WHOLE: dict[str, Any] = {
    "name": "front-desk", "extends": "calls", "hide": ["NAME", "PHONE"], "keep": ["LOCATION"], "uncertain_below": 0.5,
    "looks_for": "rules", "description": "d", "source": "s", "reviewed_on": "2026-01-01", "claims": "nothing",
    "dates": "year", "zips": "hide", "ages": "hide",
    "allow": [{"literal": "Dr. Pepper"}, {"pattern": "john +doe", "labels": ["NAME"]}],
    "deny": [{"pattern": r"\bproject [a-z]+\b", "label": "ID"}, {"literal": "blue moon"}],
    "recognizers": [
        {"name": "badge", "pattern": r"\bB-([0-9]{2})\b", "cues": ["badge"], "label": "ID", "score": 0.8, "covers": "R"}
    ],
}  # fmt: skip
ODD: list[Any] = [
    None, True, 0, -1, 1.5, float("nan"), float("inf"), "", " ", "all", "NAME", "\x00", "\ud800", "\u200b", "é", "((",
    "(?<=a)b", "(a{900}){900}", "a" * 5000, [], [[]], {}, {"a": 1}, {1: 2}, {None: None}, [None], ["x"], [{}],
    [[["x"]]], b"\xff", {"literal": "x"}, {"pattern": "x"}, {"name": "x"}, {"x"}, NEVER, [NEVER], {NEVER: NEVER},
    f"[{NEVER}",
]  # fmt: skip
SPLICED = [
    "", "\n", ":", "- ", "'", '"', "{", "}", "[", "]", "!!python/object:os.system ", "!!binary ", "!!set ", "!!omap ",
    "!!timestamp ", "!!int ", "!!bool ", "&a ", "*a", "<<: ", "? ", "\t", "\x07", "\ufeff", "0x" + "f" * 6000, "|",
    "%YAML 9.9\n", "---\n", "...\n", "#", "~", '"\\ud800"', "1_000", "0b_", "12:30:45", "2020-99-99", NEVER,
    "0001-01-01 00:00:00 +23:59",
]  # fmt: skip


def _places(whole: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    items = whole.items() if isinstance(whole, dict) else enumerate(whole) if isinstance(whole, list) else ()
    for key, item in items:
        yield from _places(item, (*path, key))


def _mutated(chance: random.Random) -> str:
    whole = copy.deepcopy(WHOLE)
    for _ in range(chance.randint(1, 3)):
        *path, last = chance.choice([place for place in _places(whole) if place])
        at: Any = whole
        for step in path:
            at = at[step]
        if chance.random() < 0.3:
            del at[last]
        elif chance.random() < 0.9 or isinstance(at, list):
            at[last] = copy.deepcopy(chance.choice(ODD))
        else:
            at[chance.choice(["x", 1, None, "name", "<<", "label"])] = copy.deepcopy(chance.choice(ODD))
    text = yaml.dump(whole, allow_unicode=False)
    for _ in range(chance.choice([0, 0, 1, 3])):
        start = chance.randrange(len(text) + 1)
        text = text[:start] + chance.choice(SPLICED) + text[start + chance.randint(0, 8) :]
    return text


def test_of_a_policy_that_is_wrong_in_any_way_one_error_comes_and_nothing_of_its_words() -> None:
    chance = random.Random(20261122)
    read, told = 0, list[tuple[str, BaseException | None]]()
    for _ in range(1500):
        text = _mutated(chance)
        try:
            policy = policy_from_yaml(text)
        except BadInput as error:
            told.append((f"{error.message} {error.advice}", error.__cause__))
            continue
        read += 1
        if read % 20 == 0:
            Redactor(policy)  # what was read can be used
    assert read > 100
    assert len(told) > 1000
    assert not [error for error, cause in told if NEVER in error or cause is not None]
