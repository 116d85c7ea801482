"""Who a letter or a form is for, written with initials: "attention to P. Nowak", "in the name of K. & T. Berger".

Also who signs with initials on the line of the closing, "Kind regards, J. de Wit", and a surname in what a
payment is called by, 'reference: "Osei rent"'. An initial tells little by itself: capitals and what stands before
it have to say that somebody is meant.
"""

import re
from collections.abc import Iterator

from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.reading.lexicon import LISTED, Bit, lexicon
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import Group, Triggered

_CLOSINGS = "regards sincerely faithfully signed signature greetings groeten gruss gruessen cordialement saluti"
_FOR_THEM = (
    r"with attention to|for the attention of|attention|c/o|in the name of|in name of|account holder|"
    r"cardholder|beneficiary|payee|tenants?|lessees?|landlord|owners?|holder|payable to|made out to|addressed to"
)
_PARTICLES = r"(?:(?:van|von|de|der|den|la|le|du|di|da|dos|el|al|bin|ter|ten|zu|'t) ){0,3}"
_FOR = Triggered(
    (
        rf"\b(?:({_CLOSINGS.replace(' ', '|')})(?: by)?\b[.,:]{{0,2}}|(?:(?:{_FOR_THEM})\b|attn?\b\.?)[,:]?) ?"
        r"((?:[a-z]\. ?){1,3}(?:(?:&|and) (?:[a-z]\. ?){1,2})?"
        rf"{_PARTICLES}[a-z][a-z'-]+)"
    ).encode(),
    needs=(
        (
            f"{_CLOSINGS} attention attn att c name holder cardholder beneficiary payee tenant tenants lessee "
            "lessees landlord owner owners payable made addressed"
        ),
    ),
)
_CALLED = Triggered(
    rb"\b(?:reference|ref|memo|narrative|purpose|subject|verwendungszweck)[:,]? ?\"([a-z][a-z'-]+(?: [a-z][a-z'-]+)?) "
    rb"(?:rent|deposit|invoice|fees?|gift|loan|wedding|dues|membership|tuition|lessons|repairs?|bill|refund)\"",
    needs=("reference ref memo narrative purpose subject verwendungszweck",),
)
_WRITTEN = re.compile(r"(?:[A-Z]\. ?){1,3}(?:(?:&|and) (?:[A-Z]\. ?){1,2})?(?:[A-Za-z']+ ){0,3}[A-Z][a-z'-]+", re.ASCII)
_PARTS = frozenset({"N.", "S.", "E.", "W."})
_COUNTRIES = frozenset({"U.S.", "U. S.", "U.K.", "U. K."})
_NOBODY = Bit.FUNCTION | Bit.CALENDAR | Bit.NUMBER | Bit.REGION | Bit.TITLE

_FOUND = finding(Label.NAME, "name-addressed", "initials and a name behind what is for somebody", 0.8, "form")
_PAYS = finding(Label.NAME, "name-of-payment", "a surname in what a payment is called by", 0.75, "form")
NEEDS = Group(_FOR, _CALLED)
"""Without these words in a text nothing is found in it."""


def claims(transcript: Transcript) -> Iterator[Claim]:
    """Return names with initials that something is for or signed with, and those by which payments are called."""
    for match in _FOR.finditer(transcript.octets):
        written = _WRITTEN.match(transcript.cased, *match.span(2))
        alone = match[1] is not None or b":" in match[0]
        if written and not _is_nobody(written[0], alone=alone):
            yield Claim((written.span(),), _FOUND)
    for match in _CALLED.finditer(transcript.octets):
        words = transcript.cased[slice(*match.span(1))].split()
        if all(word[0].isupper() for word in words) and any(map(_is_surname, words)):
            yield Claim((match.span(1),), _PAYS)


def _is_nobody(written: str, *, alone: bool) -> bool:
    """Whether the word behind initials is nobody's; a closing or a field is no part of a country, "N. Korea"."""
    initials, _, word = written.rpartition(" ")
    known = _known(word)
    part = initials in _PARTS and known & (Bit.PLACE | Bit.WORD) and not known & Bit.FREQUENT_SURNAME
    plain = known & Bit.WORD and not known & LISTED  # "Tenants: A. Smokers, B. Others"
    return initials in _COUNTRIES or known & _NOBODY != 0 or (not alone and bool(part or plain))


def _known(word: str) -> int:
    return lexicon().of(word.lower())


def _is_surname(word: str) -> bool:
    bits = _known(word)
    return not bits & _NOBODY and (bits & Bit.FREQUENT_SURNAME != 0 or not bits & Bit.WORD)
