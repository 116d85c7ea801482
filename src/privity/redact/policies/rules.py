"""What a policy adds to the detectors: literals and patterns to hide or to let through, and custom recognizers.

Everything is looked for in the folded text, so accents and look-alikes do not matter, and by RE2, so no pattern takes
more than linear time. A match that goes over turns is hidden in each of them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

import re2
from msgspec import Struct

from privity.errors import BadInput, Misconfigured
from privity.redact.claims import Claim, Covering, Part
from privity.redact.findings import Finding
from privity.redact.labels import Label
from privity.redact.policies.plugins import Recognizer, plugin_named
from privity.redact.policies.policy import CARD_DATA, Policy
from privity.redact.reading.folding import TURN_BREAK, fold
from privity.redact.reading.transcript import Transcript

_CUE_REACH = 60
_NEVER_ALLOWED = CARD_DATA - {Label.EXPIRY}


class _Rule(Struct, frozen=True):
    finding: Finding
    pattern: Any
    cues: Any = None


class _Pass(Struct, frozen=True):
    labels: frozenset[Label]
    pattern: Any


class Rules:
    """The compiled rules of one policy; raises BadInput for a pattern that RE2 does not take."""

    def __init__(self, policy: Policy, recognizers: Sequence[Recognizer] = ()) -> None:
        self._rules = [*_deny_rules(policy), *_recognizer_rules(policy)]
        self._passes = list(_passes(policy))
        self._plugins = [*map(plugin_named, policy.plugins), *recognizers]
        for plugin in self._plugins:
            if plugin.label not in set(Label):
                raise Misconfigured(f"the recognizer {plugin.name} has a label that does not exist")

    def claims(self, transcript: Transcript) -> Iterator[Claim]:
        """Return what deny rules and custom recognizers find in a transcript."""
        for at, octets in _documents(transcript) if self._rules else ():
            for rule in self._rules:
                for match in rule.pattern.finditer(octets):
                    start, end = match.span(1 if rule.pattern.groups and match.start(1) >= 0 else 0)
                    if rule.cues is None or rule.cues.search(octets[max(0, start - _CUE_REACH) : start]):
                        yield from _claim(transcript, at + start, at + end, rule.finding)
        for plugin in self._plugins:
            yield from self._of_plugin(transcript, plugin)

    def let_through(self, transcript: Transcript, claims: Iterable[Claim]) -> Iterator[Claim]:
        """Return the claims without those that an allow rule covers whole."""
        if not self._passes:
            yield from claims
            return
        documents = list(_documents(transcript))
        allowed = [
            (
                rule.labels,
                Covering(
                    (at + match.start(), at + match.end())
                    for at, octets in documents
                    for match in rule.pattern.finditer(octets)
                ),
            )
            for rule in self._passes
        ]
        for claim in claims:
            label = claim.finding.label
            start, end = claim.parts[0][0], claim.parts[-1][1]
            if label in _NEVER_ALLOWED or not any(
                (not labels or label in labels) and places.holds(start, end) for labels, places in allowed
            ):
                yield claim

    def _of_plugin(self, transcript: Transcript, plugin: Recognizer) -> Iterator[Claim]:
        finding = Finding(label=plugin.label, detector=f"plugin-{plugin.name}", why="custom recognizer", score=0.95)
        for stretch in transcript.stretches:
            text = transcript.cased[stretch.start : stretch.end]
            try:
                places = [(int(start), int(end)) for start, end in plugin.find(text)]
            except Exception as error:  # noqa: BLE001 - the code of others may raise anything, and its words may quote the text
                raise Misconfigured(f"the recognizer {plugin.name} failed ({type(error).__name__})") from None
            for start, end in places:
                if not 0 <= start < end <= len(text):
                    raise Misconfigured(f"the recognizer {plugin.name} named a place that is not in the text")
                yield Claim(((stretch.start + start, stretch.start + end),), finding)


def _documents(transcript: Transcript) -> Iterator[tuple[int, bytes]]:
    """Yield where each document begins, and its text: what a pattern of others matches is not known to end in time."""
    octets = transcript.cased.encode("ascii")
    for number, start in enumerate(transcript.documents):
        yield start, octets[start : transcript.document_end(number)]


def _deny_rules(policy: Policy) -> Iterator[_Rule]:
    literals = sorted((rule.label, rule.literal) for rule in policy.deny if rule.literal is not None)
    for label, rules in groupby(literals, key=lambda rule: rule[0]):
        pattern = _literals((literal for _, literal in rules), "a deny rule")
        yield _Rule(Finding(label=label, detector="deny-literal", why="deny rule", score=1.0), pattern)
    for number, rule in enumerate(policy.deny):
        if rule.pattern is not None:
            finding = Finding(label=rule.label, detector="deny-pattern", why="deny rule", score=1.0)
            yield _Rule(finding, compiled(rule.pattern, f"deny[{number}]"))


def _recognizer_rules(policy: Policy) -> Iterator[_Rule]:
    for number, rule in enumerate(policy.recognizers):
        where = f"recognizers[{number}]"
        if not 0 < rule.score <= 1:
            raise BadInput(f"the score of {where} is not between 0 and 1", advice="Leave it out, or give 0.9.")
        why = "custom recognizer" + (", cue" if rule.cues else "")
        finding = Finding(label=rule.label, detector=f"custom-{rule.name}", why=why, score=rule.score)
        cues = _literals(rule.cues, where) if rule.cues else None
        yield _Rule(finding, compiled(rule.pattern, where), cues)


def _passes(policy: Policy) -> Iterator[_Pass]:
    for number, rule in enumerate(policy.allow):
        where = f"allow[{number}]"
        if rule.literal is None:
            yield _Pass(rule.labels, compiled(rule.pattern or "", where))
            continue
        if fold(rule.literal).isalpha() != rule.literal.isalpha() or any(
            letter.isalpha() and fold(letter) in {"x", "X"} and letter not in "xX" for letter in rule.literal
        ):
            raise BadInput(
                f"the literal of {where} holds letters of a script that is not told apart",
                advice="Allow rules know Latin letters.",
            )
        yield _Pass(rule.labels, _literals((rule.literal,), where))


def _literals(literals: Iterable[str], where: str) -> Any:
    """Return the pattern of any of these literals as whole words; blanks in them stand for any blanks."""
    folded = sorted({" ".join(fold(literal).split()) for literal in literals}, key=len, reverse=True)
    if not all(folded):
        raise BadInput(f"a literal of {where} holds no letter or digit", advice="Give the words as they are said.")
    return compiled("|".join(map(_whole_word, folded)), where)


def _whole_word(literal: str) -> str:
    before, after = (r"\b" if edge.isalnum() else "" for edge in (literal[0], literal[-1]))
    return before + re.escape(literal).replace(r"\ ", r"\s+") + after


def compiled(pattern: str, where: str) -> Any:
    """Return the RE2 pattern for bytes, in which case does not matter; raises BadInput without repeating it."""
    options = re2.Options()
    options.log_errors = False  # they would quote the pattern
    options.case_sensitive = False
    options.max_mem = 64 << 20
    try:
        return re2.compile(fold(pattern).encode("ascii"), options)
    except re2.error:
        raise BadInput(
            f"the pattern of {where} is none that RE2 takes", advice="RE2 has no look-around and no back-references."
        ) from None


def _claim(transcript: Transcript, start: int, end: int, finding: Finding) -> Iterator[Claim]:
    """Return the claim of a match, one part for each turn that it stands in."""
    parts: list[Part] = []
    for piece in transcript.cased[start:end].split(TURN_BREAK):
        if piece.strip():
            parts.append((start, start + len(piece)))
        start += len(piece) + 1
    if parts:
        yield Claim(tuple(parts), finding)
