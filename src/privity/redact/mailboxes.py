"""E-mail and web addresses as they are said.

"catlover two eight at yahoo dot com", "t a delta h like hotel at aol dot com", "frances underscore moen all lower case
at gmail dot com": the host has a form, what stands before it is read from right to left.
"""

from collections.abc import Iterator

import re2

from privity.redact.claims import Claim
from privity.redact.cues import Cues
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.lexicon import Bit
from privity.redact.spelling import spelled
from privity.redact.transcript import Transcript

_TOP = r"(?:com|org|net|edu|gov|io|info|biz|us|co|me|dev|health|c\s+o\s+m|o\s+r\s+g|n\s+e\s+t|e\s+d\s+u)"
_HOST = re2.compile(
    (
        r"\bat\s+(?:(?:the\s+)?(?:gmail|yahoo|hotmail|outlook|icloud|aol|comcast|proton\s?mail|verizon|live|msn|me)"
        rf"(?:\s*(?:dot|\.|point)\s*{_TOP})?|[a-z0-9]+(?:\s+(?:dash|hyphen|dot|underscore)\s+[a-z0-9]+){{0,3}}\s+dot\s+{_TOP})\b"
    ).encode()
)
_SITE = re2.compile(
    rf"\b(?:w\s*w\s*w\s+dot\s+)?[a-z0-9]+(?:\s+(?:dash|hyphen|dot)\s+[a-z0-9]+){{0,3}}\s+dot\s+{_TOP}\b(?:\s+slash\s+[a-z0-9]+)*".encode()
)
_JOINTS = frozenset({"dot", "underscore", "dash", "hyphen", "period", "point", "minus", "plus"})
_ASIDES = frozenset({"all", "lower", "lowercase", "case", "one", "word", "that's", "uh", "um", "no", "spaces", "caps"})
_OUTSIDE = frozenset(
    {"is", "it's", "it", "email", "mail", "address", "at", "sure", "yeah", "yes", "okay", "to", "me", "the", "and"}
)
_LONGEST = 24  # words before the host

_MAIL = finding(Label.EMAIL, "email-spoken", 'spoken e-mail form, "at" and a mail host', 0.965, "form")
_WEB = finding(Label.URL, "url-spoken", "spoken URL form", 0.86, "form")


def claims(transcript: Transcript, _cues: Cues) -> Iterator[Claim]:
    """Return spoken e-mail and web addresses from their first to their last word."""
    octets = transcript.octets
    hosts = [match.span() for match in _HOST.finditer(octets)]
    if hosts:
        letters = {found.end: found.start for found in spelled(transcript)}
        for start, end in hosts:
            first = _mailbox(transcript, start, letters)
            if first < start:
                yield Claim(((first, end),), _MAIL)
    if b" dot " in octets:
        for match in _SITE.finditer(octets):
            yield Claim((match.span(),), _WEB)


def _mailbox(transcript: Transcript, at_sign: int, letters: dict[int, int]) -> int:
    """Return where the mailbox begins that ends before the word "at"."""
    words = transcript.words
    at = words.at_or_behind(at_sign)
    limit = max(0, at - _LONGEST)
    first = at
    took_word = False
    while at > limit:
        before = at - 1
        if any(c not in " .,-_" for c in transcript.folded[words.end(before) : words.starts[at]]):
            break
        spelled_from = letters.get(words.end(before))
        if spelled_from is not None:
            at = first = words.at_or_behind(spelled_from)
            took_word = True
            continue
        word = words.texts[before].lower()
        joined = at < first and words.texts[at].lower() in _JOINTS
        if word in _JOINTS:
            at -= 1
        elif words.bits[before] & (Bit.NUMBER | Bit.DIGITS | Bit.MIXED) or (len(word) == 1 and word not in {"a", "i"}):
            at = first = before
        elif word in _ASIDES and not took_word:
            at -= 1
        elif (not took_word or joined) and word not in _OUTSIDE:
            at = first = before
            took_word = True
        else:
            break
    return words.starts[first] if first < words.at_or_behind(at_sign) else at_sign
