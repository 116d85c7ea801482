"""The redactor: one object, built once, that hides the identifiers of texts and conversations."""

from collections.abc import Iterator, Sequence
from copy import copy
from datetime import date
from typing import Self

from privity.redact import announced, dates, lists
from privity.redact.addresses import Addresses
from privity.redact.claims import Claim, settle
from privity.redact.cues import Cues
from privity.redact.figures import Figures
from privity.redact.findings import Redacted, Span
from privity.redact.hiding import WayToHide, hide, hide_text, hide_turn, way_of
from privity.redact.labels import Style
from privity.redact.names import Names
from privity.redact.numerals import runs_of
from privity.redact.patterns import Patterns
from privity.redact.places import Places
from privity.redact.plugins import Recognizer
from privity.redact.policy import Policy
from privity.redact.policy_files import CALLS
from privity.redact.rules import Rules
from privity.redact.safe_harbor import statement
from privity.redact.transcript import Transcript, transcript_of_text, transcript_of_turns
from privity.redact.turns import RedactedTurns, Turn


class Redactor:
    """Finds and hides identifiers. Pure and thread-safe; building one loads the lists and compiles the patterns.

    `recognizers` are used beside those that the policy names. `as_of` is the day on which ages are counted; without it
    no year of birth stays, whatever the policy says.
    """

    def __init__(
        self, policy: Policy = CALLS, *, recognizers: Sequence[Recognizer] = (), as_of: date | None = None
    ) -> None:
        self.policy = policy
        self._as_of = as_of
        self._recognizers = tuple(recognizers)
        self._rules = Rules(policy, recognizers)
        self._lists = lists.load()
        self._patterns = Patterns()

    def under(self, policy: Policy, *, as_of: date | None = None) -> Self:
        """Return this redactor under another policy; only the policy's own rules are compiled anew."""
        other = copy(self)
        vars(other).update(policy=policy, _as_of=as_of or self._as_of, _rules=Rules(policy, self._recognizers))
        return other

    def detect_text(self, text: str) -> tuple[Span, ...]:
        """Return the spans to hide in a text, sorted, not overlapping, in code points."""
        return tuple(span for _, span in self._spans(transcript_of_text(text)))

    def detect_turns(self, turns: Sequence[Turn]) -> tuple[tuple[Span, ...], ...]:
        """Return for each turn the spans to hide in its text, judged over the whole conversation."""
        transcript = transcript_of_turns(turns)
        found: list[list[Span]] = [[] for _ in turns]
        for turn, span in self._spans(transcript):
            shift = transcript.stretches[turn].start
            found[turn].append(
                Span(start=span.start - shift, end=span.end - shift, finding=span.finding, continues=span.continues)
            )
        return tuple(tuple(spans) for spans in found)

    def redact_text(self, text: str, style: Style | WayToHide = Style.LABEL) -> Redacted:
        """Return the text with its identifiers hidden, and where they stood."""
        way, spans = way_of(style), self.detect_text(text)
        [insteads] = hide([text], [spans], way, self.policy, self._as_of)
        said = statement(self.policy, derived=way.derived)
        return Redacted(text=hide_text(text, spans, insteads), spans=spans, statement=said)

    def redact_turns(self, turns: Sequence[Turn], style: Style | WayToHide = Style.LABEL) -> RedactedTurns:
        """Return the conversation with its identifiers hidden in texts and words, and where they stood."""
        way, spans = way_of(style), self.detect_turns(turns)
        insteads = hide([turn.text for turn in turns], spans, way, self.policy, self._as_of)
        hidden = tuple(map(hide_turn, turns, spans, insteads))
        return RedactedTurns(turns=hidden, spans=spans, statement=statement(self.policy, derived=way.derived))

    def _spans(self, transcript: Transcript) -> list[tuple[int, Span]]:
        """Return the settled spans of a transcript with the turn that each stands in."""
        spans = [
            (transcript.turn_at(start), Span(start=start, end=end, finding=claim.finding, continues=index > 0))
            for claim in settle(self._claims(transcript), transcript.folded)
            for index, (start, end) in enumerate(claim.parts)
        ]
        return sorted(spans, key=lambda placed: placed[1].start)

    def _claims(self, transcript: Transcript) -> Iterator[Claim]:
        cues = Cues(transcript)
        detectors = (
            self._patterns.claims(transcript, cues),
            Figures(transcript, cues, runs_of(transcript)).claims(),
            announced.claims(transcript, cues),
            dates.claims(transcript, cues),
            Addresses(transcript, self._lists, cues).claims(),
            Places(transcript, self._lists).claims(),
            Names(transcript, self._lists).claims(),
        )
        for claims in detectors:
            hidden = (claim for claim in claims if claim.finding.label in self.policy.hides)
            yield from self._rules.let_through(transcript, hidden)
        yield from self._rules.claims(transcript)
