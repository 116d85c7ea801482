"""The redactor: one object, built once, that hides the identifiers of texts and conversations."""

from collections.abc import Iterable, Sequence
from copy import copy
from datetime import date
from itertools import chain
from typing import Self

from msgspec.structs import replace

from privity.redact import uncertain
from privity.redact.asides import parted
from privity.redact.claims import Claim, Part, settle
from privity.redact.dates import clock_times, months_counted
from privity.redact.detectors import DETECTORS, Detector
from privity.redact.findings import Finding, Redacted, Span
from privity.redact.forms.alone import WrittenForms, transcript_of_rows
from privity.redact.hiding.ways import WayToHide, hide, hide_text, hide_turn, way_of, way_within
from privity.redact.labels import Label, Style
from privity.redact.languages import german
from privity.redact.languages.romance import elsewhere
from privity.redact.names import either_name, speakers
from privity.redact.names.nobodys import beside_names, eponyms, firms, letters_and_regions, sayings, works
from privity.redact.names.written import patients, titled
from privity.redact.numbers import (
    code_turns,
    codes_again,
    corrections,
    logged,
    measured,
    of_nobody,
    value_edges,
    value_labels,
)
from privity.redact.places.streets import courts
from privity.redact.places.towns import no_places
from privity.redact.policies.files import CALLS
from privity.redact.policies.plugins import Recognizer
from privity.redact.policies.policy import Claims, LooksFor, Policy
from privity.redact.policies.rules import Rules
from privity.redact.policies.safe_harbor import statement
from privity.redact.reading.cues import Cues
from privity.redact.reading.lexicon import lexicon
from privity.redact.reading.transcript import Transcript, transcript_of_texts, transcript_of_turns
from privity.redact.reading.triggers import Group, Needed, Rows
from privity.redact.reading.unseen import placed, seen
from privity.redact.tagger import second_look
from privity.redact.tagger.second_look import SecondLook
from privity.redact.tagger.weights import shipped
from privity.redact.turns import RedactedTurns, Turn

# What lets claims go that are nobody's, each given those that the one before it leaves.
_WITHOUT = (
    clock_times.without, of_nobody.without, measured.without, logged.without, patients.without, eponyms.without,
    works.without, sayings.without, letters_and_regions.without, firms.without, no_places.without, german.without,
    beside_names.without, courts.without, value_labels.without, months_counted.without,
)  # fmt: skip


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
        self._detectors = _detectors(policy)
        self._forms = _forms(policy)
        self._second_look = _second_look(policy)
        if self._forms is None:
            lexicon()

    def under(self, policy: Policy, *, as_of: date | None = None) -> Self:
        """Return this redactor under another policy; only the policy's own rules are compiled anew."""
        other = copy(self)
        vars(other).update(policy=policy, _as_of=as_of or self._as_of)
        rules = Rules(policy, self._recognizers)
        vars(other).update(_rules=rules, _detectors=_detectors(policy), _forms=_forms(policy))
        vars(other).update(_second_look=_second_look(policy))
        return other

    def detect_text(self, text: str) -> tuple[Span, ...]:
        """Return the spans to hide in a text, sorted, not overlapping, in code points."""
        return self.detect_texts((text,))[0]

    def detect_texts(self, texts: Sequence[str]) -> list[tuple[Span, ...]]:
        """Return for each text the spans to hide in it.

        Texts are judged each by itself; many in one call take far less time than one after the other.
        """
        shown = list(map(seen, texts))
        transcript = transcript_of_texts(shown) if self._forms is None else transcript_of_rows(shown)
        found: list[list[Span]] = [[] for _ in texts]
        documents = transcript.documents
        for start, end, claim, continues in self._placed(transcript):
            number = transcript.document_at(start)
            shift = documents[number]
            found[number].append(Span(start=start - shift, end=end - shift, finding=claim.finding, continues=continues))
        return list(map(placed, texts, shown, found))

    def detect_turns(self, turns: Sequence[Turn]) -> tuple[tuple[Span, ...], ...]:
        """Return for each turn the spans to hide in its text, judged over the whole conversation."""
        shown = [seen(turn.text) for turn in turns]
        transcript = transcript_of_turns(
            [turn if text is turn.text else replace(turn, text=text) for turn, text in zip(turns, shown, strict=True)]
        )
        found: list[list[Span]] = [[] for _ in turns]
        for start, end, claim, continues in self._placed(transcript):
            turn = transcript.turn_at(start)
            shift = transcript.stretches[turn].start
            found[turn].append(Span(start=start - shift, end=end - shift, finding=claim.finding, continues=continues))
        return tuple(placed(turn.text, text, spans) for turn, text, spans in zip(turns, shown, found, strict=True))

    def redact_text(self, text: str, style: Style | WayToHide = Style.LABEL) -> Redacted:
        """Return the text with its identifiers hidden, and where they stood."""
        return self.redact_texts((text,), style)[0]

    def redact_texts(self, texts: Sequence[str], style: Style | WayToHide = Style.LABEL) -> list[Redacted]:
        """Return each text with its identifiers hidden, and where they stood; faster than one after the other."""
        way, found = way_of(style), self.detect_texts(texts)
        said = statement(self.policy, derived=way.derived)
        redacted: list[Redacted] = []
        for text, spans in zip(texts, found, strict=True):
            if not spans:
                redacted.append(Redacted(text=text, spans=spans, statement=said))
                continue
            [insteads] = hide((text,), (spans,), way, self.policy, self._as_of)
            redacted.append(Redacted(text=hide_text(text, spans, insteads), spans=spans, statement=said))
        return redacted

    def redact_turns(self, turns: Sequence[Turn], style: Style | WayToHide = Style.LABEL) -> RedactedTurns:
        """Return the conversation with its identifiers hidden in texts and words, and where they stood."""
        spans, texts = self.detect_turns(turns), [turn.text for turn in turns]
        way = way_within(way_of(style), texts, spans, dict.fromkeys(turn.speaker for turn in turns))
        insteads = hide(texts, spans, way, self.policy, self._as_of)
        hidden = tuple(map(hide_turn, turns, spans, insteads))
        return RedactedTurns(
            turns=self._of_nobody(hidden, way), spans=spans, statement=statement(self.policy, derived=way.derived)
        )

    def _of_nobody(self, turns: tuple[Turn, ...], way: WayToHide) -> tuple[Turn, ...]:
        """Return the turns with what identifies somebody hidden in what says who speaks."""
        labels = list(dict.fromkeys(turn.speaker for turn in turns))
        telling = [label if speakers.may_hold_number(label) else "" for label in labels]
        found = self.detect_texts(telling) if any(telling) else [()] * len(telling)
        insteads = hide(telling, found, way, self.policy, self._as_of)
        hidden = {
            label: self._unnamed(label, spans, instead, way)
            for label, spans, instead in zip(labels, found, insteads, strict=True)
        }
        return tuple(replace(turn, speaker=hidden[turn.speaker]) for turn in turns)

    def _unnamed(self, label: str, spans: Sequence[Span], insteads: Sequence[str], way: WayToHide) -> str:
        """Return what says who speaks with its spans hidden, and between them names and numbers too long for a part."""
        shown, at = "", 0
        for span, instead in zip(spans, insteads, strict=True):
            shown += self._of_a_part(label[at : span.start], way) + instead
            at = span.end
        return shown + self._of_a_part(label[at:], way)

    def _of_a_part(self, text: str, way: WayToHide) -> str:
        hides = self.policy.hides
        if Label.PHONE in hides:
            text = speakers.NUMBER.sub(lambda number: way.instead(Label.PHONE, number[0]), text)
        name = speakers.name_in(text) if Label.NAME in hides else None
        if name is None:
            return text
        start, end = name
        return text[:start] + way.instead(Label.NAME, text[start:end]) + text[end:]

    def insteads(
        self, texts: Sequence[str], spans: Sequence[Sequence[Span]], style: Style | WayToHide = Style.LABEL
    ) -> list[list[str]]:
        """Return for each text what stands in the place of each of its spans, which were detected together."""
        return hide(texts, spans, way_of(style), self.policy, self._as_of)

    def instead_of(self, label: Label, value: str, style: Style | WayToHide = Style.LABEL, *, under: str = "") -> str:
        """Return what stands in the place of a value that is known to be of a kind without having been detected.

        `under` is the heading that it stands under, whose language tells how dates in figures are read.
        """
        found = Finding(label=label, detector="given", why="given", score=1.0)
        start = len(under) + 1 if under else 0
        text = f"{under} {value}" if under else value
        return self.insteads([text], [[Span(start=start, end=len(text), finding=found)]], style)[0][0]

    def statement(self, style: Style | WayToHide = Style.LABEL) -> str:
        """Return what a result may say of itself, such as Safe Harbor; empty when that is nothing."""
        return statement(self.policy, derived=way_of(style).derived)

    def _placed(self, transcript: Transcript) -> list[tuple[int, int, Claim, bool]]:
        """Return the places to hide, in order: start, end, their claim, and whether it goes on from an earlier one."""
        try:
            return self._judged(transcript)
        finally:
            transcript.forget()

    def _judged(self, transcript: Transcript) -> list[tuple[int, int, Claim, bool]]:
        claims = self._found(transcript) if self._forms is None else self._written(transcript, self._forms)
        placed = [
            (start, end, claim, index > 0)
            for claim in map(_distinct, claims)
            for index, (start, end) in enumerate(_in_turns(transcript, claim.parts))
        ]
        placed.sort(key=_start)
        return placed

    def _written(self, transcript: Transcript, forms: WrittenForms) -> list[Claim]:
        let_through = self._rules.let_through(transcript, forms.claims(transcript))
        return _without_asides(transcript, settle([*let_through, *self._rules.claims(transcript)], transcript.folded))

    def _found(self, transcript: Transcript) -> list[Claim]:
        """Return what the rules find, as the tagger leaves it where it looks again."""
        cues = Cues(transcript)
        claims = _without_asides(transcript, settle(self._claims(transcript, cues), transcript.folded))
        if self._second_look is None:
            return claims
        kept, more = self._second_look.judged(transcript, cues, claims)
        more = list(self._rules.let_through(transcript, self._of_somebody(transcript, more)))
        return settle([*kept, *more], transcript.folded) if more else kept

    def _of_somebody(self, transcript: Transcript, found: Iterable[Claim]) -> Iterable[Claim]:
        for without in _WITHOUT if found else ():  # in most turns nothing was found
            found = without(transcript, found)
        return found

    def _claims(self, transcript: Transcript, cues: Cues) -> list[Claim]:
        hides = self.policy.hides
        said = chain.from_iterable(
            detector(transcript, cues) for _, detector in self._detectors.possible(transcript.octets)
        )
        found = [claim for claim in elsewhere(transcript, said, hides) if claim.finding.label in hides]
        own = self._of_somebody(transcript, found)
        claims = [*self._rules.let_through(transcript, own), *self._rules.claims(transcript)]
        claims += titled.claims(transcript, tuple(claims))
        claims += either_name.claims(transcript, tuple(claims))
        claims += value_edges.claims(transcript, cues, tuple(claims))
        read_on = (code for code in code_turns.claims(transcript, cues, tuple(claims)) if code.finding.label in hides)
        claims += of_nobody.without(transcript, read_on)
        again = clock_times.without(transcript, codes_again.claims(transcript, claims))
        claims += logged.without(transcript, of_nobody.without(transcript, again))
        claims += corrections.claims(transcript, cues, tuple(claims))
        claims += uncertain.claims(transcript, cues, tuple(claims), self.policy)
        return claims


def _forms(policy: Policy) -> WrittenForms | None:
    """Return the written forms where a policy looks for nothing else."""
    return WrittenForms(policy) if policy.looks_for is LooksFor.WRITTEN_FORMS else None


def _second_look(policy: Policy) -> SecondLook | None:
    """Return the tagger where a policy looks for all that it may find."""
    if policy.looks_for is not LooksFor.EVERYTHING or not policy.hides >= second_look.NEEDS:
        return None
    return SecondLook(shipped(), lets_go=policy.claims is Claims.NOTHING)


def _detectors(policy: Policy) -> Rows[tuple[Needed | Group, Detector]]:
    return Rows((needs, detector) for needs, labels, detector in DETECTORS if labels & policy.hides)


def _in_turns(transcript: Transcript, parts: tuple[Part, ...]) -> Iterable[Part]:
    """Return the parts of a claim, one that goes over turns as one for each: no span reaches beyond its text."""
    turn_at = transcript.turn_at
    if all(turn_at(start) == turn_at(end - 1) for start, end in parts):
        return parts
    return (inner for part in parts for inner in transcript.in_turns(*part))


def _without_asides(transcript: Transcript, claims: Iterable[Claim]) -> list[Claim]:
    """Return claims without what is said into them."""
    octets = transcript.octets
    return [left for claim in claims for left in parted(claim, octets)]


def _distinct(claim: Claim) -> Claim:
    """Give a claim of several parts a finding of its own, by which its parts are told from those of others."""
    return claim if len(claim.parts) == 1 else Claim(claim.parts, replace(claim.finding))


def _start(placed: tuple[int, int, Claim, bool]) -> int:
    return placed[0]
