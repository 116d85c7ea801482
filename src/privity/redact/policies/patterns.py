"""The literals and patterns of a policy, compiled, or refused with RE2's reason and nothing else of the pattern.

`files` has them compiled to refuse a policy where it is read, `rules` to carry it out; `where` names a rule.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

import re2

from privity.errors import BadInput
from privity.redact.labels import Label
from privity.redact.policies.policy import Allow, Deny, PatternRecognizer
from privity.redact.reading.folding import fold

Where = Callable[[str, int], str]
"""Names a rule of a part of a policy, by its number."""

_MEMORY: Final = 64 << 20
_OPERATOR: Final = re.compile(r"\(\?[<>=!]{1,2}|\\[A-Za-z0-9]|\{\d{1,5}(?:,\d{0,5})?\}|[*+?]{1,3}")
"""What of a pattern an error may repeat: an operator says nothing of what is looked for."""


def _in_order(part: str, number: int) -> str:
    return f"{part}[{number}]"


def allowed(rules: Sequence[Allow], where: Where = _in_order) -> list[Any]:
    """Return what each allow rule lets through; raises BadInput for a rule that is none."""
    made = []
    for number, rule in enumerate(rules):
        place = where("allow", number)
        if rule.literal is None:
            made.append(compiled(rule.pattern, place))
            continue
        made.append(compiled(_whole_word(rule.literal, place), place))
        if fold(rule.literal).isalpha() != rule.literal.isalpha() or any(
            letter.isalpha() and fold(letter) in {"x", "X"} and letter not in "xX" for letter in rule.literal
        ):
            raise BadInput(
                f"the literal of {place} holds letters of a script that is not told apart",
                advice="Allow rules know Latin letters.",
            )
    return made


def denied(rules: Sequence[Deny], where: Where = _in_order) -> list[tuple[str, Label, Any]]:
    """Return what deny rules hide, as detector, label and pattern; all literals of a label are one pattern.

    Raises BadInput for a rule that is none.
    """
    literals: dict[Label, list[str]] = {}
    patterns: list[tuple[str, Label, Any]] = []
    for number, rule in enumerate(rules):
        place = where("deny", number)
        check_label(rule.label, place)
        if rule.literal is not None:
            literals.setdefault(rule.label, []).append(_whole_word(rule.literal, place))
        if rule.literal is None or rule.pattern is not None:
            patterns.append(("deny-pattern", rule.label, compiled(rule.pattern, place)))
    whole = [("deny-literal", label, _any_of(literals[label], "the deny rules")) for label in sorted(literals)]
    return [*whole, *patterns]


def recognized(rules: Sequence[PatternRecognizer], where: Where = _in_order) -> list[tuple[Any, Any]]:
    """Return the pattern of each recognizer and that of its cues, None without; raises BadInput as the others do."""
    made = []
    for number, rule in enumerate(rules):
        place = where("recognizers", number)
        name: object = rule.name  # Python code may have built the rule without types
        if not isinstance(name, str) or not name.strip():
            raise BadInput(f"{place} has no name", advice="Findings show it, so it tells of no value.")
        check_label(rule.label, place)
        score: object = rule.score
        if not isinstance(score, int | float) or not 0 < score <= 1:
            raise BadInput(f"the score of {place} is not between 0 and 1", advice="Leave it out, or give 0.9.")
        cues = [_whole_word(cue, place) for cue in rule.cues]
        made.append((compiled(rule.pattern, place), _any_of(cues, place) if cues else None))
    return made


def check_label(label: object, where: str) -> None:
    """Raise BadInput for what is no label."""
    if not is_label(label):
        raise BadInput(f"{where} has no label that there is", advice=f"Labels: {', '.join(Label)}.")


def is_label(label: object) -> bool:
    """Tell whether something is a label, or the text of one."""
    return isinstance(label, str) and label in set(Label)


def _any_of(words: Iterable[str], where: str) -> Any:
    return compiled("|".join(sorted(set(words), key=len, reverse=True)), where)


def _whole_word(literal: object, where: str) -> str:
    """Return the RE2 source of a literal as whole words; blanks in it stand for any blanks."""
    if not isinstance(literal, str):
        raise BadInput(f"a literal of {where} is not text", advice="Put it in single quotes.")
    words = " ".join(fold(literal).split())
    if not words:
        raise BadInput(f"a literal of {where} holds no letter or digit", advice="Give the words as they are said.")
    before, after = (r"\b" if edge.isalnum() else "" for edge in (words[0], words[-1]))
    return before + re.escape(words).replace(r"\ ", r"\s+") + after


def compiled(pattern: object, where: str) -> Any:
    """Return the RE2 pattern for bytes, in which case does not matter; raises BadInput with the reason of RE2."""
    if not isinstance(pattern, str) or not pattern:
        raise BadInput(f"the pattern of {where} is not text", advice="Put it in single quotes.")
    options = re2.Options()
    options.log_errors = False  # they would quote the pattern
    options.case_sensitive = False
    options.max_mem = _MEMORY
    try:
        return re2.compile(fold(pattern).encode("ascii"), options)
    except re2.error as error:
        raise BadInput(
            f"the pattern of {where} is none that RE2 takes: {_reason(error)}",
            advice="RE2 has no look-around and no back-references.",
        ) from None


def _reason(error: Exception) -> str:
    said = error.args[0] if error.args else b""
    words, _, quoted = (said.decode("ascii", "replace") if isinstance(said, bytes) else str(said)).partition(": ")
    return f"{words} {quoted}" if _OPERATOR.fullmatch(quoted) else words
