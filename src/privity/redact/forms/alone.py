"""Written forms alone, for much text that nobody spoke: logs, exports, tables.

A policy that `looks_for: written-forms` asks for e-mail and web addresses, grouped telephone and social security
numbers, cards whose check digit holds, IBAN, VIN, access keys and whatever else has a form of its own, and for its own
rules. No names, places or dates, nothing spoken, and no cues: neither "order" nor "account" before a number changes
what it is. It hides less in a thirtieth of the time, so nothing under such a policy is called de-identified.
"""

import re
from collections.abc import Iterator

from privity.redact import checks
from privity.redact.claims import Claim
from privity.redact.findings import Finding, finding
from privity.redact.forms.patterns import MARKED, Patterns, places
from privity.redact.forms.rule import Rule
from privity.redact.forms.table import RULES
from privity.redact.labels import Label
from privity.redact.policies.policy import Policy
from privity.redact.reading.folding import DOCUMENT_BREAK, fold
from privity.redact.reading.matches import Pattern
from privity.redact.reading.program_tokens import in_program_token
from privity.redact.reading.transcript import Stretch, Transcript

_FEWEST = 12  # digits of a card (ISO/IEC 7812-1)
_MOST = 19
_DIGITS = Pattern(rb"(?:[0-9][ ._-]{0,3}){11}[0-9](?:[ ._-]{0,3}[0-9])*")
_GROUP = re.compile(r"[0-9]+", re.ASCII)
_CARD = finding(Label.CARD, "card-written", "issuer number and Luhn digit of a card", 0.99, "form", "", "Luhn ok")


class WrittenForms:
    """The written forms of the labels that a policy hides."""

    def __init__(self, policy: Policy) -> None:
        self._patterns = Patterns(tuple(rule for rule in RULES if rule.label in policy.hides))
        self._cards = Label.CARD in policy.hides

    def claims(self, transcript: Transcript) -> Iterator[Claim]:
        """Return what has one of the forms, with a check digit that holds where the form has one."""
        if not MARKED.search(transcript.octets):
            return
        for rule, pattern in self._patterns.possible(transcript.octets):
            for place in places(rule, pattern, transcript):
                yield Claim((place,), _found(rule))
        if self._cards:
            for match in _DIGITS.finditer(transcript.octets):
                for claim in _cards(transcript.folded, *match.span()):
                    if not in_program_token(transcript.cased, *claim.parts[0]):
                        yield claim


def transcript_of_rows(texts: list[str]) -> Transcript:
    """Return the transcript of texts of which each is a document of one turn, whatever its lines say of speakers."""
    pieces = list(map(fold, texts))
    documents: list[int] = []
    stretches: list[Stretch] = []
    at = 0
    for number, piece in enumerate(pieces):
        documents.append(at)
        stretches.append(Stretch(at, at + len(piece), "", number))
        at += len(piece) + 1
    return Transcript(DOCUMENT_BREAK.join(pieces), stretches, documents or [0])


def _found(rule: Rule) -> Finding:
    return finding(rule.label, rule.detector, rule.why, rule.score, "form", "", rule.validator)


def _cards(text: str, start: int, end: int) -> Iterator[Claim]:
    """Return the cards among groups of digits, each of which begins and ends with a group: "no. 12 4111 1111 ..."."""
    groups = [group.span() for group in _GROUP.finditer(text, start, end)]
    first = 0
    while first < len(groups):
        digits, last = "", first
        while last < len(groups) and len(digits) <= _MOST:
            digits += text[slice(*groups[last])]
            if _FEWEST <= len(digits) <= _MOST and checks.card(digits):
                yield Claim(((groups[first][0], groups[last][1]),), _CARD)
                first = last
                break
            last += 1
        first += 1
