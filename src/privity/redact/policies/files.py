r"""Reads policies from YAML, strictly: what is misspelt is refused with the nearest right word, never ignored.

    name: front-desk
    extends: calls
    keep: [LOCATION]
    allow:
      - literal: Dr. Pepper
    deny:
      - pattern: '\bproject [a-z]+\\b'
        label: ID
    recognizers:
      - name: badge
        pattern: '\bB-[0-9]{5}\\b'

Patterns are RE2's and belong into single quotes: in double quotes YAML turns `\b` into a backspace, which is refused
here because it would never match. Patterns are compiled here, so that one that RE2 does not take is refused with its
line and RE2's reason. Aliases, tags and keys that stand twice are refused too. No error repeats a value.
"""

import re
from difflib import get_close_matches
from functools import cache
from importlib import resources
from typing import Any, Final

import msgspec
import yaml

from privity.errors import BadInput, TooLarge
from privity.redact.labels import Label
from privity.redact.policies.patterns import Where, allowed, denied, recognized
from privity.redact.policies.policy import Ages, Allow, Claims, Dates, Deny, LooksFor, PatternRecognizer, Policy, Zips

_LARGEST = 1024 * 1024
_DEEPEST = 10
_HALF = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_ADVICE = "docs/redaction.md shows what a policy may say."


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    extends: str = ""
    description: str = ""
    source: str = ""
    reviewed_on: Any = None
    hide: Any = None
    keep: tuple[Label, ...] = ()
    claims: Claims | None = None
    dates: Dates | None = None
    zips: Zips | None = None
    ages: Ages | None = None
    allow: tuple[Allow, ...] = ()
    deny: tuple[Deny, ...] = ()
    recognizers: tuple[PatternRecognizer, ...] = ()
    plugins: tuple[str, ...] = ()
    uncertain_below: float | None = None
    looks_for: LooksFor | None = None


_STRUCTS: Final[dict[str, type[msgspec.Struct]]] = {"allow": Allow, "deny": Deny, "recognizers": PatternRecognizer}
_CHOICES: Final = {"claims": Claims, "dates": Dates, "zips": Zips, "ages": Ages, "looks_for": LooksFor}
SHIPPED: Final = ("calls", "hipaa-safe-harbor", "limited-data-set", "pci-dss", "gdpr", "logs")


@cache
def policy_named(name: str) -> Policy:
    """Return the shipped policy of that name. Raises BadInput, which names the policies there are."""
    if name not in SHIPPED:
        raise BadInput(
            "there is no redaction policy of that name",
            advice=f"{nearest(name, SHIPPED)}Choose one of: {', '.join(SHIPPED)}; or name a YAML file.",
        )
    path = resources.files("privity.redact").joinpath(f"policies/{name}.yaml")
    return policy_from_yaml(path.read_text(encoding="utf-8"))


def policy_from_yaml(text: str) -> Policy:
    """Return the policy that a YAML text describes; raises BadInput, which says where it is wrong."""
    if len(text) > _LARGEST:
        raise TooLarge(f"a policy is larger than {_LARGEST} characters", advice=_ADVICE)
    raw, where = _loaded(text)
    _check_keys(raw, _File, "the policy")
    for part, struct in _STRUCTS.items():
        for number, row in enumerate(_rows(raw, part)):
            _check_row(row, struct, where(part, number))
    for part, choices in _CHOICES.items():
        if part in raw and raw[part] not in list(choices):
            advice = f"{nearest(raw[part], choices)}Choose one of: {', '.join(choices)}."
            raise BadInput(f"the policy's `{part}` is none of the choices", advice=advice)
    if raw.get("hide") not in (None, "all"):
        _check_labels(_rows(raw, "hide"), "hide")
    _check_labels(_rows(raw, "keep"), "keep")
    try:
        file = msgspec.convert(raw, _File)
    except msgspec.ValidationError as error:
        if "name" not in raw:
            raise BadInput("the policy does not say its name", advice="Add `name:` and a word.") from None
        at = str(error).rpartition(" - at `$")[2].strip("`.") or "its top"
        raise BadInput(f"the policy is not what was expected at {at}", advice=_ADVICE) from None
    allowed(file.allow, where)
    denied(file.deny, where)
    recognized(file.recognizers, where)
    return _policy(file)


def _policy(file: _File) -> Policy:
    base = policy_named(file.extends) if file.extends else Policy(name=file.name, hides=frozenset())
    if file.hide is None and not file.extends:
        raise BadInput("the policy does not say what it hides", advice="Add `hide: all`, or `hide:` and labels.")
    if file.uncertain_below is not None:
        check_uncertain_below(file.uncertain_below)
    hides = base.hides if file.hide is None else frozenset(Label if file.hide == "all" else map(Label, file.hide))
    return Policy(
        name=file.name,
        hides=hides - frozenset(file.keep),
        description=file.description or base.description,
        source=file.source or base.source,
        claims=base.claims if file.claims is None else file.claims,
        dates=base.dates if file.dates is None else file.dates,
        zips=base.zips if file.zips is None else file.zips,
        ages=base.ages if file.ages is None else file.ages,
        allow=base.allow + file.allow,
        deny=base.deny + file.deny,
        recognizers=base.recognizers + file.recognizers,
        plugins=base.plugins + file.plugins,
        uncertain_below=base.uncertain_below if file.uncertain_below is None else file.uncertain_below,
        looks_for=base.looks_for if file.looks_for is None else file.looks_for,
    )


def check_uncertain_below(confidence: float) -> None:
    """Raise BadInput for what is no confidence that words can lie below."""
    if not 0 < confidence <= 1:
        advice = "Give a confidence, such as 0.4; `keep: [UNCERTAIN]` leaves doubted words readable."
        raise BadInput("`uncertain_below` is not above 0 and at most 1", advice=advice)


class _Loader(yaml.SafeLoader):
    """YAML's safe subset, without aliases, tags, merge keys, keys that stand twice and texts that are none."""

    depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        self.depth += 1
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]  # PyYAML has no types
        if isinstance(event, yaml.events.AliasEvent) or getattr(event, "tag", None) or self.depth > _DEEPEST:
            raise yaml.MarkedYAMLError(problem_mark=event.start_mark)
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node

    def construct_scalar(self, node: Any) -> Any:
        value: Any = super().construct_scalar(node)
        if isinstance(value, str) and _HALF.search(value):
            raise BadInput(f"line {node.start_mark.line + 1} holds half of a character", advice=_ADVICE)
        return value

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=deep) for key, _ in node.value]
        if len(keys) != len(set(map(str, keys))):
            raise BadInput(f"a key stands twice in line {node.start_mark.line + 1} or below", advice=_ADVICE)
        return super().construct_mapping(node, deep)


def _loaded(text: str) -> tuple[dict[str, Any], Where]:
    """Return what a YAML text holds, and what names its rules by number and line."""
    lines: dict[tuple[str, int], int] = {}
    try:
        loader = _Loader(text)
        node: Any = loader.get_single_node()
        raw = loader.construct_document(node) if node is not None else None
    except (yaml.YAMLError, ValueError, ArithmeticError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" in line {mark.line + 1}" if mark is not None else ""
        raise BadInput(
            f"the policy is not plain YAML{where}", advice=f"Aliases and tags are refused. {_ADVICE}"
        ) from None
    if not isinstance(raw, dict):
        raise BadInput("the policy is not a YAML mapping", advice=_ADVICE)
    for key, rows in node.value:
        for number, row in enumerate(rows.value if isinstance(rows, yaml.SequenceNode) else ()):
            lines[key.value, number] = row.start_mark.line + 1
    return raw, lambda part, number: f"{part}[{number}] in line {lines[part, number]}"


def _rows(raw: dict[str, Any], part: str) -> list[Any]:
    rows = raw.get(part, [])
    if not isinstance(rows, list):
        raise BadInput(f"the policy's `{part}` is not a list", advice=_ADVICE)
    return rows


def _check_row(row: Any, struct: type[msgspec.Struct], where: str) -> None:
    _check_keys(row, struct, where)
    if "label" in row:
        _check_labels([row["label"]], where)
    _check_labels(row.get("labels", []), where)
    if struct is PatternRecognizer:
        if not row.get("name") or not row.get("pattern"):
            raise BadInput(f"{where} needs a name and a pattern", advice=_ADVICE)
    elif ("literal" in row) == ("pattern" in row):
        raise BadInput(f"{where} needs either a literal or a pattern", advice=_ADVICE)
    for key in ("literal", "pattern"):
        value = row.get(key, "-")
        if not isinstance(value, str) or not value.strip():
            raise BadInput(f"the {key} of {where} is not text", advice="Put it in single quotes.")
        if _CONTROL.search(value):
            advice = "Write patterns in single quotes: in double quotes YAML reads \\b as a backspace."
            raise BadInput(f"the {key} of {where} holds a control character", advice=advice)


def _check_keys(row: Any, struct: type[msgspec.Struct], where: str) -> None:
    if not isinstance(row, dict):
        raise BadInput(f"{where} is not a mapping", advice=_ADVICE)
    fields = struct.__struct_fields__
    for key in row:
        if key not in fields:
            advice = f"{nearest(key, fields)}Keys: {', '.join(fields)}."
            raise BadInput(f"{where} has a key that is not known", advice=advice)


def _check_labels(labels: Any, where: str) -> None:
    if not isinstance(labels, list):
        raise BadInput(f"the labels of {where} are not a list", advice=_ADVICE)
    for label in labels:
        label_named(label, where)


def label_named(text: Any, where: str) -> Label:
    """Return the label of that name; raises BadInput with the nearest one. `where` says who names it."""
    try:
        return Label(text)
    except ValueError:
        advice = f"{nearest(text, Label)}Labels: {', '.join(Label)}."
        raise BadInput(f"{where} names a label that does not exist", advice=advice) from None


def nearest(given: Any, names: Any) -> str:
    """Return `Did you mean ...? ` for the nearest of `names`, or nothing when none is near."""
    by_fold = {str(name).lower(): str(name) for name in names}
    near = get_close_matches(given[:80].lower() if isinstance(given, str) else "", by_fold, n=1)
    return f"Did you mean {by_fold[near[0]]}? " if near else ""


CALLS: Final = policy_named("calls")
PCI_DSS: Final = policy_named("pci-dss")
