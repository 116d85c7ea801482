"""What stands before a mailbox and is none of it: "the email's ...", "documents to ...", "lemme see ...".

A mailbox is read from its host to the left, over words that may be part of it. Those that open an answer, a question or
what is sent are let go again; "posted at", "this at" before the host of a firm are no mailbox at all.
"""

import re
from typing import Final

from privity.redact.claims import Claim
from privity.redact.labels import Label
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.vocabulary import DIGIT_WORDS, one_of, vocabulary

NO_MAILBOXES: Final = vocabulary().no_mailboxes
"""Words that stand before "at" and the host of a site: "you can do this at lakeside dot org"."""

_SENT = (
    r"documents?|forms?|papers?|paperwork|photos?|pictures?|copies|it|them|everything|that|this|receipts?|invoices?|"
    r"contracts?|resumes?|files?|questions?|me|us|us\s+directly"
)
_OPENINGS = (
    # of the sentence: "my email's fine", "it's", "that's gonna be", "i've got"
    r"'s|(?<='s )fine|it's|its|that's|is\s+it|is\s+that|as|is|it|that|or",
    r"(?:(?:it|that)\s+)?(?:should|would|will|has\s+to|must|gonna|going\s+to)\s+be",
    r"(?:i've|i)\s+(?:(?:uh|um)\s+)?(?:got|have)|(?:no\s+)?(?:we|i)\s+changed\s+(?:that|it)",
    # of who thinks, reads it back or sets it right
    r"(?:lemme|let\s+me|let's)\s+see|here\s+(?:we\s+go|it\s+is|you\s+go)|of\s+course|still|well|right,?\s+no",
    r"reading(?:\s+it)?(?:\s+back)?|back(?:\s+phonetically)?|phonetically|confirm|verify|got\s+(?:it|that)|on\s+file",
    r"corrected|correction",
    # of what it is for, and what is sent there
    r"for\s+(?:the|your|a|my|our|this)\s+[a-z]+|(?:(?:up\s+)?(?:to|for)\s+)?me",
    rf"(?:(?:the|your|my|all|any|those|these)\s+)?(?:{_SENT})\s+(?:to|at)",
)
_OPENS = re.compile(
    rf"(?:(?:{'|'.join(_OPENINGS)})\b[\s,.:?!-]+)+(?!(?:at|dot|underscore|dash|hyphen|period|[0-9])\b)", re.ASCII
)
# "upload them at w w w dot ...": nobody has a mailbox there, but "tess moreau at w w w dot ..." means hers.
_SITE = re.compile(rf"(?:[a-z', ]{{1,40}}?\b)?(?:i'm|we're|{one_of(NO_MAILBOXES)})\s+at\s+(?=w\s?w\s?w\b)", re.ASCII)
_OH = re.compile(rf"oh,?\s+(?=[a-z]{{3,}})(?!(?:{'|'.join(DIGIT_WORDS)})\b)", re.ASCII)
_SHORTEST = 8  # characters of a mailbox with its host


def without_opening(transcript: Transcript, claim: Claim) -> Claim:
    """Return the claim of a mailbox without the words before it that are none of it; any other as it is."""
    if claim.finding.label is not Label.EMAIL:
        return claim
    (start, end), *more = claim.parts
    text, first = transcript.folded, start
    for opening in (_SITE, _OH, _OPENS, _OH):
        opened = opening.match(text, first, end)
        if opened is not None and end - opened.end() >= _SHORTEST:
            first = opened.end()
    return claim if first == start else Claim(((first, end), *more), claim.finding)
