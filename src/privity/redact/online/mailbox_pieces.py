"""E-mail addresses in pieces: "guitar seven / go ahead / um at comcast dot net", "at aol dot com no yahoo dot com".

Who takes an address down answers between its halves; the second half begins with "at", and the first is what was said
last before the answer. A host that corrects another belongs to the address, with the words that say so. What is read
back of an address without its host is known by its words and the number behind them: "okay pumpkin seventy five".
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Final

import re2

from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.online.asked_mailboxes import OTHERWISE
from privity.redact.reading.known_words import places_of
from privity.redact.reading.small_words import AN_URGE
from privity.redact.reading.spoken_numbers import NUMBER_WORDS
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import NEXT_TURN, Triggered
from privity.redact.reading.vocabulary import one_of

_ANSWERED = rf"(?:{AN_URGE}|at)"
_GOES_ON = r"(?:um|uh|er|and|then|so|that's|it's)"
_BEFORE_HOST = re.compile(rf"[\s.,!?\x1e]+(?:{_ANSWERED}[\s.,!?\x1e]+)+(?:{_GOES_ON}[\s,]+)*$", re.ASCII)
_NEXT_TURN = re.compile(rf"[\s.,!?]*\x1e\s*(?:{_GOES_ON}[\s,]+)*$", re.ASCII)
_REACH = 80  # characters before the "at"
_ASKED = re.compile(r"\be\s?-?mail|\baddress\b|\bsend\b", re.ASCII)
_FAR = 240  # characters between what says that an address follows and its second half
_TOPS = "com|org|net|edu|gov|ca|us|co|io|me|biz|info"
_CORRECTED = Triggered(
    (
        rf"\b(at\s+|[a-z0-9._%+-]{{1,64}}@)([a-z0-9-]+(?:\s+dot\s+|\.)(?:{_TOPS})\b[\s,.]+"
        r"(?:(?:no|wait|sorry|actually|i\s+mean|i\s+meant|er|uh|um|"
        r"make\s+that|scratch\s+that|rather|not\s+that|correction|my\s+bad|oops|hang\s+on|it's|at)[\s,.]+)+"
        rf"[a-z0-9-]+(?:\s+dot\s+|\.)(?:{_TOPS}))\b"
    ).encode(),
    needs=(
        "at it no wait sorry actually i er uh um make scratch rather not correction my oops hang",
        _TOPS.replace("|", " "),
    ),
)
ASKED_FOR: Final = Triggered(
    (
        rf"\be\s?-?mail(?:\s+address)?\b[^\x1d\x1e]{{0,40}}\x1e\s*(?:(?:it's|its|it\s+is|yeah|yes|sure|um|uh|okay|that's|so|is)[\s,]+)*"
        rf"([a-z0-9][^\x1d\x1e]{{1,60}}?)[\s.,?]*\x1e\s*{_ANSWERED}[\s.,?!]*\x1e\s*"
        rf"((?:at\s+)?[a-z0-9-]+(?:\s+dot\s+|\.)(?:{_TOPS}))\b"
    ).encode(),
    needs=("email emails mail", NEXT_TURN, _TOPS.replace("|", " ")),
)
"""A question for an address, and its answer in two pieces."""
_NUMBER = rf"(?:[0-9]+|(?:{one_of(NUMBER_WORDS)})\b)"
_NUMBER_BEHIND = re.compile(rf"[\s,.-]*{_NUMBER}(?:[\s,.-]+{_NUMBER})*\b", re.ASCII)
_LOCAL = re.compile(
    rf"([a-z]+(?:\s+(?!at\b)[a-z]+){{0,3}}?)\s+{_NUMBER}(?:\s+{_NUMBER})*\s+(?:.*\s)?at\s", re.ASCII | re.DOTALL
)
_WRITTEN = re2.compile(rb"(?:^|[^\w.@-])([a-z]{4,})[0-9]{1,6}@")
_SIGNS = re.compile(rf"\b(?:underscore|dot|dash|hyphen|{_NUMBER})\b", re.ASCII)
_NUMBER_WORD = re.compile(rf"\b{_NUMBER}", re.ASCII)
_ASKS_BACK = frozenset({"why", "what", "who", "which", "how", "no", "not", "do", "does", "i", "we"})
_MOST_WORDS = 9  # of the first half of an answer
_LEAST = 4  # letters of the words before a number
_MOST_KNOWN = 12  # addresses of one conversation

_PIECES = finding(Label.EMAIL, "email-in-pieces", "an e-mail address with an answer between its halves", 0.9, "form")
_CORRECTION = finding(Label.EMAIL, "email-corrected", "a host that corrects that of an e-mail address", 0.99, "form")
_AGAIN = finding(
    Label.EMAIL, "email-again", "the words and the number of an address that was said before", 0.6, "context"
)


def continued(
    transcript: Transcript, ends: Iterable[tuple[int, int]], mailbox: Callable[[int, int], int]
) -> Iterator[Claim]:
    """Return addresses with an answer before their "at"; `ends` are places from an "at" to the end of its host.

    `mailbox` tells where what ends at a place begins, which is the second place that it is given.
    """
    text = transcript.folded
    for at, end in ends:
        document = transcript.documents[transcript.document_at(at)]
        before = text[max(document, at - _REACH) : at]
        answered = _BEFORE_HOST.search(before)
        again = None if answered else _NEXT_TURN.search(before)
        answered = answered or again
        if answered is None or not _ASKED.search(text, max(document, at - _FAR), at):
            continue
        close = max(document, at - _REACH) + answered.start()
        begin = mailbox(close, at)
        if document <= begin < close and (again is None or _SIGNS.search(text, begin, close)):
            yield Claim(((begin, close), (at, end)), _PIECES)


def asked_for(transcript: Transcript) -> Iterator[Claim]:
    """Return what answers a question for an address, and its host, which comes behind the other one's answer."""
    for match in ASKED_FOR.finditer(transcript.octets):
        said = match[1].decode("ascii")
        words = said.split()
        whole = "." in said or " dot com" in said
        if not whole and len(words) <= _MOST_WORDS and _ASKS_BACK.isdisjoint(words) and OTHERWISE.isdisjoint(words):
            yield Claim((match.span(1), match.span(2)), _PIECES)


def corrected(transcript: Transcript) -> Iterator[Claim]:
    """Return hosts that correct the one before them, with what says so."""
    for match in _CORRECTED.finditer(transcript.octets):
        opened, behind = match.span(1)
        written = transcript.folded[behind - 1] == "@"
        yield Claim(((opened if written else behind, match.end(2)),), _CORRECTION)


def again(transcript: Transcript, heard: Iterable[Claim]) -> Iterator[Claim]:
    """Return what is said again of addresses with a number: their words with any number behind them."""
    names: defaultdict[int, set[str]] = defaultdict(set)
    for claim in heard:
        start, _ = claim.parts[0]
        end = claim.parts[-1][1]
        local = _LOCAL.match(transcript.folded[start:end] + " ")
        known = names[transcript.document_at(start)]
        if local is None or len(known) >= _MOST_KNOWN or _NUMBER_WORD.search(local[1]):
            continue
        if len(local[1].replace(" ", "")) >= _LEAST:
            known.add(local[1])
    for written in _WRITTEN.finditer(transcript.octets) if "@" in transcript.folded else ():
        names[transcript.document_at(written.start(1))].add(written[1].decode())
    for document, known in names.items():
        if not known:
            continue
        start, end = transcript.documents[document], transcript.document_end(document)
        for first, behind in places_of(transcript.folded, known, start, end):
            number = _NUMBER_BEHIND.match(transcript.folded, behind, end)
            if number is not None:
                yield Claim(((first, number.end()),), _AGAIN)
