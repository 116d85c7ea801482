"""The redactor: one object, built once, that hides the identifiers of texts and conversations."""

from collections.abc import Iterator, Sequence

from privity.redact import announced, dates, lists
from privity.redact.addresses import Addresses
from privity.redact.claims import Claim, settle
from privity.redact.cues import Cues
from privity.redact.figures import Figures
from privity.redact.findings import Redacted, Span
from privity.redact.hiding import hide_text, hide_turn
from privity.redact.labels import Style
from privity.redact.names import Names
from privity.redact.numerals import runs_of
from privity.redact.patterns import Patterns
from privity.redact.places import Places
from privity.redact.policy import CALLS, Policy
from privity.redact.transcript import Transcript, transcript_of_text, transcript_of_turns
from privity.redact.turns import RedactedTurns, Turn


class Redactor:
    """Finds and hides identifiers. Pure and thread-safe; building one loads the lists and compiles the patterns."""

    def __init__(self, policy: Policy = CALLS) -> None:
        self.policy = policy
        self._lists = lists.load()
        self._patterns = Patterns()

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

    def redact_text(self, text: str, style: Style = Style.LABEL) -> Redacted:
        """Return the text with its identifiers hidden, and where they stood."""
        spans = self.detect_text(text)
        return Redacted(text=hide_text(text, spans, style), spans=spans)

    def redact_turns(self, turns: Sequence[Turn], style: Style = Style.LABEL) -> RedactedTurns:
        """Return the conversation with its identifiers hidden in texts and words, and where they stood."""
        spans = self.detect_turns(turns)
        hidden = tuple(hide_turn(turn, found, style) for turn, found in zip(turns, spans, strict=True))
        return RedactedTurns(turns=hidden, spans=spans)

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
            yield from (claim for claim in claims if claim.finding.label in self.policy.hides)
