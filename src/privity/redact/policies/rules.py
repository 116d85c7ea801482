"""What a policy adds to the detectors: literals and patterns to hide or to let through, and custom recognizers.

Everything is looked for in the folded text, so accents and look-alikes do not matter, and by RE2, so no pattern takes
more than linear time. A match that goes over turns is hidden in each of them.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from msgspec import Struct

from privity.errors import Misconfigured
from privity.redact.claims import Claim, Covering, Part
from privity.redact.findings import Finding
from privity.redact.labels import Label
from privity.redact.policies.patterns import allowed, denied, recognized
from privity.redact.policies.plugins import Recognizer, checked_recognizer, plugin_named
from privity.redact.policies.policy import CARD_DATA, Policy
from privity.redact.reading.folding import TURN_BREAK
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
    """The compiled rules of one policy; raises BadInput for a rule that is none, Misconfigured for a recognizer."""

    def __init__(self, policy: Policy, recognizers: Sequence[Recognizer] = ()) -> None:
        self._rules = [*_deny_rules(policy), *_recognizer_rules(policy)]
        self._passes = list(_passes(policy))
        self._plugins = [*map(plugin_named, policy.plugins), *map(checked_recognizer, recognizers)]

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
    for detector, label, pattern in denied(policy.deny):
        yield _Rule(Finding(label=label, detector=detector, why="deny rule", score=1.0), pattern)


def _recognizer_rules(policy: Policy) -> Iterator[_Rule]:
    for rule, (pattern, cues) in zip(policy.recognizers, recognized(policy.recognizers), strict=True):
        why = "custom recognizer" + (", cue" if rule.cues else "")
        finding = Finding(label=rule.label, detector=f"custom-{rule.name}", why=why, score=rule.score)
        yield _Rule(finding, pattern, cues)


def _passes(policy: Policy) -> Iterator[_Pass]:
    for rule, pattern in zip(policy.allow, allowed(policy.allow), strict=True):
        yield _Pass(rule.labels, pattern)


def _claim(transcript: Transcript, start: int, end: int, finding: Finding) -> Iterator[Claim]:
    """Return the claim of a match, one part for each turn that it stands in."""
    parts: list[Part] = []
    for piece in transcript.cased[start:end].split(TURN_BREAK):
        if piece.strip():
            parts.append((start, start + len(piece)))
        start += len(piece) + 1
    if parts:
        yield Claim(tuple(parts), finding)
