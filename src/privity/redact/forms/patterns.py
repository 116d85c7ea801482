"""Finds identifiers that have a written form of their own: e-mail, URL, IP, IBAN, phone, VIN, card tracks, credentials.

All patterns of the table in `written.py` stand in one RE2 set. A short text is first asked which of them occur at all,
in one pass, and only those are searched for their places; RE2 takes linear time whatever the text. Speech without
digits and punctuation is not even asked.
"""

from collections.abc import Iterator, Sequence

import re2

from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.forms.rule import Rule
from privity.redact.forms.table import RULES
from privity.redact.labels import Label
from privity.redact.reading.cues import Cues
from privity.redact.reading.matches import Pattern
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import END

# What looks like a phone or an unnamed record number is one of these when it is announced as one.
_WITH_LETTERS = frozenset({"ticket"})  # says of digits alone that they are nobody's: "my ticket's NOC-70551"
_RENAMES = frozenset(
    {Label.MRN, Label.HEALTH_PLAN, Label.ACCOUNT, Label.BANK_ACCOUNT, Label.ID, Label.LICENSE, Label.DEVICE}
)


# A digit, a sign, a stop within a word, a veiled "@", a long token, or the start of a key: else no rule matches.
MARKED = Pattern(rb"[0-9@:=_]|\.\S|[a-f]-[a-f]|-----|[a-z]{17}|\bat ?[\])}]|xox[abeprs]-|glpat-|aiza")


_MUCH = 4096  # octets


class Patterns:
    """The compiled rules."""

    def __init__(self, rules: tuple[Rule, ...] = RULES) -> None:
        self._rules = [(rule, Pattern(rule.pattern.encode())) for rule in rules]
        signs = sorted({sign for rule in rules for sign in rule.holds})
        self._holds = [frozenset(map(signs.index, rule.holds)) for rule in rules]
        self._signs = _Set([re2.escape(sign) for sign in signs])
        self._occurring = _Set([rule.pattern.encode() for rule in rules])

    def claims(self, transcript: Transcript, cues: Cues) -> Iterator[Claim]:
        """Return what the rules find in the transcript."""
        if not MARKED.search(transcript.octets):
            return
        for rule, pattern in self.possible(transcript.octets):
            for start, end in places(rule, pattern, transcript):
                yield from _claim(rule, start, end, cues)

    def possible(self, octets: bytes) -> list[tuple[Rule, Pattern]]:
        """Return the rules that may occur in the octets, in order, with their compiled patterns.

        One pass of a set tells which do, unless it runs out of memory. Over much text it only tells the signs of which
        each rule holds one, and then single patterns are faster.
        """
        much = len(octets) > _MUCH
        found = (self._signs if much else self._occurring).found(octets)
        if found is None:
            return self._rules
        if not much:
            return [self._rules[index] for index in sorted(found)]
        rows = zip(self._rules, self._holds, strict=True)
        return [row for row, holds in rows if not holds or not found.isdisjoint(holds)]


class _Set:
    """Patterns of which one pass tells which occur."""

    def __init__(self, patterns: Sequence[bytes]) -> None:
        self._patterns = re2.Set.SearchSet()
        for pattern in patterns:
            self._patterns.Add(pattern)
        self._end: int = self._patterns.Add(END)
        self._patterns.Compile()

    def found(self, octets: bytes) -> set[int] | None:
        """Return the indices of the patterns that occur, None where there was no memory to tell."""
        found = set(self._patterns.Match(octets + END))
        if self._end not in found:
            return None
        found.remove(self._end)
        return found


def places(rule: Rule, pattern: Pattern, transcript: Transcript) -> Iterator[tuple[int, int]]:
    """Yield where a rule, whose compiled pattern is given, finds its form in a transcript."""
    for match in pattern.finditer(transcript.octets):
        start, end = match.span(pattern.groups)
        if rule.alone and not _stands_alone(transcript.folded, start, end):
            continue
        value = transcript.folded[start:end].upper()
        if rule.reaches is not None:
            end = start + rule.reaches(value)
        if end > start and (rule.check is None or rule.check(value)):
            yield start, end


def _claim(rule: Rule, start: int, end: int, cues: Cues) -> Iterator[Claim]:
    """Let the governing cue silence or rename what a rule found, where the rule heeds cues."""
    cue = cues.governing(start, end) if rule.heeds_cues else None
    if cue is not None and cue.label is None and rule.only_right_before and not cues.is_right_before(cue, start):
        cue = None  # "it's in lane 4, 617-555-0142"
    if cue is None or cue.phrase in _WITH_LETTERS:
        found = finding(rule.label, rule.detector, rule.why, rule.score, "form", "", rule.validator)
        yield Claim(((start, end),), found)
    elif cue.label is not None:
        label = cue.label if cue.label in _RENAMES else rule.label
        why = f'{rule.why}, cue "{cue.phrase}"'
        found = finding(label, rule.detector, why, rule.score, "form", cue.phrase, rule.validator)
        yield Claim(((start, end),), found)


def _stands_alone(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - 1) : start], text[end : end + 2]
    joined = after[:1].isalnum() or (after[:1] in {"-", "."} and after[1:].isdigit())
    return not (before.isalnum() or before in {"-", ".", "$"} or joined)
