"""Prints why each span was hidden, on stderr: its label in the colour of its kind, the reason, and what it rests on.

Nothing of a value is printed: a finding holds none, and places are counted, not shown.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from rich.text import Text

from privity.cli.printing import console
from privity.redact import Finding, Label, Redacted, Span

_PAYMENT: Final = frozenset({Label.CARD, Label.EXPIRY, Label.CVV, Label.PASSWORD})
_PEOPLE: Final = frozenset({Label.NAME, Label.USERNAME, Label.AGE})
_PLACES: Final = frozenset({Label.ADDRESS, Label.LOCATION, Label.ZIP})
_TIMES: Final = frozenset({Label.DATE, Label.DOB})
_REACHED: Final = frozenset({Label.PHONE, Label.EMAIL, Label.URL, Label.IP})
_COLOURS: Final = (
    (_PAYMENT, "black on red"),
    (_PEOPLE, "black on magenta"),
    (_PLACES, "black on green"),
    (_TIMES, "black on cyan"),
    (_REACHED, "black on blue"),
    (frozenset({Label.OTHER_LANGUAGE, Label.UNCERTAIN}), "black on white"),
)
_STEPS: Final = 10  # of the bar that shows a score


def print_why(name: str, redacted: Redacted, findings: Sequence[Finding] = ()) -> None:
    """Print what was hidden in an input and why; `findings` are those of a document, whose places are not known."""
    to = console(stderr=True)
    found = list(_placed(redacted.spans)) or [(finding, "") for finding in findings]
    counts = Counter(finding.label for finding, _ in found)
    total = Text.assemble(("hidden", "bold"), f"  {name}: ")
    for number, (label, count) in enumerate(counts.most_common()):
        total.append(" · " if number else "").append(f" {label} ", _colour(label)).append(f" {count}")
    to.print(total if counts else total.append("nothing"))
    for finding, places in found:
        to.print()
        to.print(Text.assemble("  ", (f" {finding.label} ", _colour(finding.label)), "  ", (finding.why, "bold")))
        for field, value in _fields(finding, places):
            to.print(Text.assemble((f"      {field:<6}", "dim"), "  ", value))
    if redacted.statement:
        to.print(Text.assemble(("\nstates", "bold"), f"  {redacted.statement}"))


def _placed(spans: Sequence[Span]) -> Iterator[tuple[Finding, str]]:
    """Yield each finding once with its places; a value of several parts stands in several."""
    values: list[list[Span]] = []
    begun: dict[int, list[Span]] = {}
    for span in spans:
        if span.continues:
            begun[id(span.finding)].append(span)
        else:
            values.append([span])
            begun[id(span.finding)] = values[-1]
    for parts in values:
        yield parts[0].finding, ", ".join(f"{part.start}–{part.end}" for part in parts)


def _fields(finding: Finding, places: str) -> Iterator[tuple[str, str | Text]]:
    if places:
        yield "at", places
    yield "tier", finding.tier or "given"
    yield "rule", finding.detector
    if finding.cue:
        yield "cue", f"“{finding.cue}”"
    if finding.validator:
        yield "check", finding.validator
    full = round(finding.score * _STEPS)
    yield "score", Text.assemble((("━" * full), "green"), ("━" * (_STEPS - full), "dim"), f" {finding.score:.2f}")


def _colour(label: Label) -> str:
    return next((colour for labels, colour in _COLOURS if label in labels), "black on yellow")
