"""What stands before a mailbox and is none of it: "the email's ...", "documents to ...", "lemme see ...".

A mailbox is read from its host to the left, over words that may be part of it. Those that open an answer, a question or
what is sent are let go again; "posted at", "this at" before the host of a firm are no mailbox at all.
"""

import re
from typing import Final

from privity.redact.claims import Claim
from privity.redact.labels import Label
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.vocabulary import DIGIT_WORDS, vocabulary

NO_MAILBOXES: Final = vocabulary().no_mailboxes
"""Words that stand before "at" and the host of a site: "you can do this at lakeside dot org"."""

_OPENS = re.compile(
    r"(?:(?:lemme\s+see|let\s+me\s+see|let's\s+see|here\s+(?:we\s+go|it\s+is|you\s+go)|(?:no\s+)?(?:we|i)\s+changed\s+(?:that|it)|"
    r"(?:(?:it|that)\s+)?(?:should|would|will|has\s+to|must|gonna|going\s+to)\s+be|for\s+(?:the|your|a|my|our|this)\s+[a-z]+|"
    r"(?:(?:the|your|my|all|any|those|these)\s+)?(?:documents?|forms?|papers?|paperwork|photos?|pictures?|copies|it|them|"
    r"everything|that|this|receipts?|invoices?|contracts?|resumes?|files?|questions?|me|us|us\s+directly)\s+(?:to|at)|"
    r"(?:up\s+)?(?:to|for)\s+me|me|of\s+course|back(?:\s+phonetically)?|phonetically|reading(?:\s+it)?(?:\s+back)?|confirm|verify|still|got\s+that|"
    r"(?:i've|i)\s+(?:(?:uh|um)\s+)?(?:got|have)|right,?\s+no|well|corrected|correction|it's|its|that's|is\s+it|is\s+that|as|is|it|that|got\s+it|or|on\s+file)\b[\s,.:?!-]+)+"
    r"(?!(?:at|dot|underscore|dash|hyphen|period|[0-9])\b)",
    re.ASCII,
)
_SITE = re.compile(r"[a-z', ]{1,40}?\bat\s+(?=w\s?w\s?w\b)", re.ASCII)  # "upload them at w w w dot ..."
_FINE = re.compile(r"fine[ .,]+", re.ASCII)  # "email's fine, tess dot ..."
_OH = re.compile(rf"oh,?\s+(?=[a-z]{{3,}})(?!(?:{'|'.join(DIGIT_WORDS)})\b)", re.ASCII)
_SHORTEST = 8  # characters of a mailbox with its host


def without_opening(transcript: Transcript, claim: Claim) -> Claim:
    """Return the claim of a mailbox without the words before it that are none of it; any other as it is."""
    if claim.finding.label is not Label.EMAIL:
        return claim
    (start, end), *more = claim.parts
    text, first = transcript.folded, start
    if text.startswith("'s ", first):
        first += 3  # "the email's ..."
    openings = (_SITE, _OH, _OPENS, _OH)
    for opening in (_FINE, *openings) if text.endswith("'s ", 0, first) else openings:
        opened = opening.match(text, first, end)
        if opened is not None and end - opened.end() >= _SHORTEST:
            first = opened.end()
    return claim if first == start else Claim(((first, end), *more), claim.finding)
