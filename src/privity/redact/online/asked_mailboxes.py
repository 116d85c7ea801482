"""E-mail addresses that answer a question for one, from their first word: "its red sox fan four life at gmail dot com".

What stands before the host may be any words, even "all of us five". Where somebody was asked for it, or says that it is
one, it begins behind the last small word that opens an answer, if so few words stand there that nothing else was said.
"""

import re
from collections.abc import Iterable, Iterator

from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.reading.transcript import Transcript

_ASKED = re.compile(
    r"\be\s?-?mails?(?:\s+address(?:es)?)?\b(?:\s+(?:me|us|him|her|them|you|it)\b)?(?:\s+at\b)?[\s?:,.]*", re.ASCII
)
_REACH = 60  # characters behind the question, in its turn
_FAR = 600  # characters before a mailbox that are looked at, more than its words take
_OPENS = re.compile(
    r"(?:\b(?:it's|its|is|that's|it\s+would\s+be|it'd\s+be|uh|um|yeah|yes|yep|sure|okay|ok|so|oh|alright|please|use|try|one)"
    r"[\s,.]+|(?<=[.!?])\s+)",
    re.ASCII,
)
OTHERWISE = frozenset(
    {
        "you", "your", "have", "haven't", "need", "can", "can't", "could", "want", "will", "would", "send", "sent",
        "got", "get", "think", "but", "because", "if", "when", "where", "check", "call", "phone", "text", "please",
        "don't",
        "website", "online", "email", "mail", "e",
    }
)  # fmt: skip
"""Words of sentences that say something else than a mailbox."""
_MOST = 9  # words
_AT = re.compile(r"\s+at\s+", re.ASCII)

_SENT = re.compile(
    r"\s*(?:(?:(?:the|a|it|this|that|them|those|my|your|you|everything|send|all|me)\b(?:\s+[a-z]+){0,4}?\s+)?to)\s+",
    re.ASCII,
)
_JOINED = re.compile(r"\s*(?:(?:and|then|so|uh|um|it's)[\s,]+)+", re.ASCII)
_DOES = (["do"], ["be"], ["send"], ["it"], ["you"], ["that"])

_WHOLE = finding(
    Label.EMAIL, "email-answered", "all that answers a question for an e-mail address", 0.9, "context", "email"
)


def _opening(said: str) -> int:
    """Return how many characters before a mailbox are none of it: "the forms to", "it to", "and then"."""
    sent = _SENT.match(said)
    if sent is not None:
        return sent.end()
    joined = _JOINED.match(said)
    return joined.end() if joined is not None else 0


def claims(transcript: Transcript, heard: Iterable[Claim]) -> Iterator[Claim]:
    """Return the whole of the mailboxes of which `heard` has the end, where they were asked for."""
    text, stretches = transcript.folded, transcript.stretches
    for claim in heard:
        start, end = claim.parts[0]
        turn = transcript.turn_at(start)
        opens, asked = max(stretches[turn].start, start - _FAR), ""
        if turn and stretches[turn - 1].document == stretches[turn].document:
            before = stretches[turn - 1]
            asked = text[max(before.start, before.end - _REACH) : before.end]
        said = text[opens:start]
        said_here = [cue.end() for cue in _ASKED.finditer(said)]
        if not said_here and not _ASKED.search(asked):
            continue
        first = max((opened.end() for opened in _OPENS.finditer(said)), default=0)
        first = max([first, *said_here])
        first += _opening(said[first:])
        words = said[first:].split()
        named = words[:1] == ["will"] and words[1:2] not in _DOES  # "sure will dragon two thousand at"
        if (
            not words
            or len(words) > _MOST
            or not OTHERWISE.isdisjoint(words[named:])
            or not _AT.search(text, opens + first, end)
        ):
            continue
        begins = opens + first + len(said[first:]) - len(said[first:].lstrip())
        yield Claim(((begins, end),), _WHOLE)
