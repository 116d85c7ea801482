"""What was found in a text and why, without ever holding the value."""

from functools import lru_cache

from msgspec import Struct

from privity.redact.labels import Label


class Finding(Struct, frozen=True, kw_only=True, gc=False):
    """One identifier that was found: its kind, the rule that found it, and the reason in one sentence.

    `detector` names the rule and `tier` the way it works: "form" (a written form of its own), "digits" (what a number
    is), "context" (what was said around it), "lists" (a known name or place), "capitals" (how it is written),
    "language" (words that are not read here). `cue` is the phrase that announced it and `validator` what its check
    said; both are empty where there is none. `why` is built of the tier, the cue and the validator only. `score` is
    the rule's confidence from 0 to 1. Nothing in a finding repeats the value or tells where it stood, so findings may
    be kept when the original is gone.
    """

    label: Label
    detector: str
    why: str
    score: float
    tier: str = ""
    cue: str = ""
    validator: str = ""


@lru_cache(maxsize=4096)
def finding(
    label: Label, detector: str, why: str, score: float, tier: str, cue: str = "", validator: str = ""
) -> Finding:
    """Return the finding; equal findings are one object, because a text has thousands of them and few are different."""
    return Finding(label=label, detector=detector, why=why, score=score, tier=tier, cue=cue, validator=validator)


class Span(Struct, frozen=True, kw_only=True, gc=False):
    """Where a finding stands in one text: code points `start` to `end`, end excluded.

    A value that a speaker breaks off and goes on with has several spans of one finding; `continues` marks all but the
    first of them.
    """

    start: int
    end: int
    finding: Finding
    continues: bool = False


class Redacted(Struct, frozen=True, kw_only=True):
    """A text with its identifiers hidden; `spans` are in code points of the original.

    `statement` is what the result may say of itself under its policy, such as Safe Harbor; empty when that is nothing.
    """

    text: str
    spans: tuple[Span, ...]
    statement: str = ""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings in order of appearance, each once however many parts it has."""
        return tuple(span.finding for span in self.spans if not span.continues)
