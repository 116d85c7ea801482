"""E-mail and web addresses as they are said.

"catlover two eight at yahoo dot com", "t a delta h like hotel at aol dot com", "frances underscore moen all lower case
at gmail dot com", "go to canvas dot maple ridge dot org": the end of a host has a form, what stands before it is read
from right to left, over several words where the sentence leaves no doubt of where it began.
"""

import re
from collections.abc import Iterator

from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.online import asked_mailboxes, handle_pieces, mailbox_edges, mailbox_pieces, spelled_mailboxes
from privity.redact.reading.lexicon import NUMERAL, Bit
from privity.redact.reading.small_words import AS_IN
from privity.redact.reading.spelling import spelled
from privity.redact.reading.spoken_numbers import NUMBER_WORDS
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import Group, Needed, Triggered
from privity.redact.reading.vocabulary import one_of

_TOP = (
    r"(?:com|org|net|edu|gov|mil|io|info|biz|us|co|me|dev|health|ca|uk|de|fr|es|au|nz|eu|tv|ai|app|tech|online|store|shop|"
    r"fit|ly|gg|gle|link|page|support|help|life|today|world|city|vet|pet|pets|dental|clinic|doctor|fm|fyi|homes|rentals|"
    r"site|cloud|church|law|bank|school|agency|xyz|club|live|pro|care|example|c\s+o\s+m|o\s+r\s+g|n\s+e\s+t|e\s+d\s+u|g\s+o\s+v|"
    r"c\s+a|u\s+k|u\s+s|i\s+o|q\s+c\s+dot\s+c\s+a|nl|ie|ch|pt|pl|se|dk|fi|gr|cz|hu|ro|sk|hr|jp|kr|cn|br|mx|il|ru|ua|za|zw|"
    r"asia|coop|cymru|wales|scot|london|berlin|nyc|email|family|studio|foundation|ngo|solutions|services|group|team)"
)
_PATH = (
    rf"(?:\s+(?:slash|forward\s+slash)\s+(?:self\s+service|sign\s+(?:up|in)|log\s+in|my\s+account|[a-z0-9]+)(?:\s+(?:[b-hj-z]|{one_of(NUMBER_WORDS)}|[0-9]+)\b)*"
    r"(?:\s+(?:dash|hyphen|underscore)\s+[a-z0-9]+)*)"
)
_END = Triggered(
    rf"\bdot\s+{_TOP}\b(?:\s+dot\s+(?:uk|u\s+k|au|nz|ca|c\s+a|us|za|z\s+a|in|i\s+n|jp|kr|il|zw|z\s+w|ke|ng|id|th|br|mx|sg|hk|my|pk)\b)?{_PATH}*".encode(),
    needs=("dot",),
)
_MAIL_HOST = Triggered(
    rb"\bat\s+(?:(?:the|at|uh|um)\s+)*(?:gmail|g\s+mail|yahoo|hotmail|hot\s+mail|outlook|icloud|aol|a\s+o\s+l|comcast|"
    rb"proton\s?mail|verizon|live|msn|me)\b",
    needs=("at", "gmail g yahoo hotmail hot outlook icloud aol a comcast proton protonmail verizon live msn me"),
)
_DOT = re.compile(r"\s*(?:dot\s+(?!dot\b)[a-z]|\.[a-z])", re.ASCII)
_WORDS_TOO = (" me", " live", " outlook", " verizon", " comcast")
_WRITTEN_TOP = re.compile(r"\.(?:com|net|org|me|co\.uk|ca|de|fr)\b", re.ASCII)
_SAID = Group(_END, _MAIL_HOST, handle_pieces.JOINT)
NEEDS = Group(_SAID, mailbox_pieces.ASKED_FOR, Needed("@"))
"""Without these words in a text nothing is found in it."""
_SPELT = re.compile(rf"\b[a-z]\s+{AS_IN}\s+(?!the\b)[a-z]+$", re.ASCII)
_JOINTS = frozenset({"dot", "underscore", "dash", "hyphen", "period", "point", "minus", "plus"})
_WITHIN_HOSTS = frozenset({"dot", "dash", "hyphen", "underscore"})
_ASIDES = frozenset(
    {
        "all", "lower", "lowercase", "case", "one", "word", "that's", "that", "uh", "um", "no", "spaces", "caps",
        "together",
    }
)  # fmt: skip
_OUTSIDE = frozenset(
    {
        "is", "it's", "it", "then", "try", "use", "email", "mail", "address", "at", "sure", "yeah", "yes", "okay", "to",
        "me", "the", "and", "online", "website", "site", "page", "web", "us", "portal", "visit", "available", "find",
        "look", "link", "browser", "server",
    }
)  # fmt: skip
_SITE_WORDS = frozenset(
    {
        "website", "site", "page", "web", "online", "address", "link", "url", "visit", "open", "type", "check",
        "try", "click",
    }
)  # fmt: skip
# Before a value of several words: whatever follows belongs to it.
_STARTS = frozenset(
    {
        "it's", "is", "that's", "that'd", "be", "uh", "um", "email", "so", "use", "yeah", "yes", "okay", "still",
        "at", "no", "problem", "again", "back", "alright", "sure", "confirm", "have", "to", "you", "it", "as",
    }
)  # fmt: skip
_NO_FIRST = frozenset(
    {
        "reach", "contact", "email", "mail", "write", "use", "try", "send", "message", "call", "get", "be", "ready",
        "right", "no", "ahead",
    }
)  # fmt: skip
_SITE_STARTS = _STARTS | {
    "type", "open", "under", "at", "to", "on", "from", "called", "visit", "website", "site", "the", "and", "or",
    "our", "my",
}  # fmt: skip
_OWNERS = frozenset({"my", "your", "our", "we", "the", "go", "get"})
_HESITATIONS = frozenset({"at", "uh", "um", "the"})
_INITIALS = 2  # letters that stand beside a name
_LONGEST = 24  # words before the host
_LONGEST_HOST = 12
_MOST_WORDS = 3
_CLOSED = Bit.FUNCTION | Bit.CALENDAR

_MAIL = finding(Label.EMAIL, "email-spoken", 'spoken e-mail form, "at" and a mail host', 0.965, "form")
_WEB = finding(Label.URL, "url-spoken", "spoken URL form", 0.86, "form")


def claims(transcript: Transcript) -> Iterator[Claim]:
    """Return spoken e-mail and web addresses from their first to their last word."""
    for claim in _all(transcript):
        yield mailbox_edges.without_opening(transcript, claim)


def _all(transcript: Transcript) -> Iterator[Claim]:
    octets = transcript.octets
    yield from mailbox_pieces.asked_for(transcript)
    if not _SAID.can_occur(octets):
        if "@" in transcript.folded:
            yield from mailbox_pieces.corrected(transcript)
            yield from mailbox_pieces.again(transcript, ())
            yield from spelled_mailboxes.claims(transcript, ())
        return
    text = transcript.folded
    hosts = [(at, _written_end(text, end)) for at, end in _hosts(octets) if _is_host(text, end)]
    ends = [match.span() for match in _END.finditer(octets)]
    documents: set[int] = set()
    heard: list[Claim] = []
    if hosts or ends:
        reader = _Reader(transcript)
        boxes = [(reader.mailbox(start), start, end) for start, end in hosts]
        heard = [Claim(((first, end),), _MAIL) for first, start, end in boxes if first < start]
        heard += (claim for start, end in ends for claim in reader.named(start, end))
        heard += (claim for start, end in ends for claim in reader.misheard(start, end))
        halves = [(start, end) for first, start, end in boxes if first == start]
        halves = [*reader.whole_hosts(halves, ends), *reader.unopened]
        heard += mailbox_pieces.continued(transcript, halves, reader.before)
        heard = [mailbox_edges.without_opening(transcript, claim) for claim in heard]
        yield from mailbox_pieces.corrected(transcript)
        yield from heard
        asked = list(asked_mailboxes.claims(transcript, heard))
        yield from asked
        yield from handle_pieces.known(transcript, heard)
        yield from mailbox_pieces.again(transcript, [*heard, *asked])
        documents = {transcript.document_at(claim.parts[0][0]) for claim in heard}
    elif "@" in text:  # as above, where nothing is said of a host
        yield from mailbox_pieces.corrected(transcript)
        yield from mailbox_pieces.again(transcript, ())
    boxes_heard = [claim for claim in heard if claim.finding.label is Label.EMAIL]
    yield from spelled_mailboxes.claims(transcript, boxes_heard)
    yield from handle_pieces.pieces(transcript, documents)


def _hosts(octets: bytes) -> Iterator[tuple[int, int]]:
    return (match.span() for match in _MAIL_HOST.finditer(octets))


def _written_end(text: str, end: int) -> int:
    """Return where a host ends whose top is written: "at aol.com"."""
    top = _WRITTEN_TOP.match(text, end)
    return top.end() if top else end


def _is_host(text: str, end: int) -> bool:
    """Whether "me" or "live" that ends at a place is a host, which has a top behind it: "he looked at me" has none."""
    return not text.endswith(_WORDS_TOO, 0, end) or _DOT.match(text, end) is not None


class _Reader:
    """Reads from the end of a host to the left."""

    def __init__(self, transcript: Transcript) -> None:
        self._words = transcript.words
        self._text = transcript.folded
        self._letters = {found.end: found for found in spelled(transcript)}
        self.unopened: list[tuple[int, int]] = []
        """Hosts behind an "at" before which nothing was said of a mailbox."""

    @staticmethod
    def whole_hosts(halves: list[tuple[int, int]], ends: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """Yield the places from an "at" to the end of a host, which has a "dot" or none."""
        for start, end in halves:
            yield start, next((last for dot, last in ends if end <= dot <= end + 1), end)

    def _word(self, at: int) -> str:
        return self._words.texts[at].lower()

    def _adjoins(self, at: int) -> bool:
        between = self._text[self._words.end(at - 1) : self._words.starts[at]].strip(" .,-_") if at > 0 else "?"
        return not between or (between == "'s" and self._word(at - 1) == "that")  # "m zhao that's all together at"

    def _is_word(self, at: int) -> bool:
        """Whether a word may be part of a name of a host: no small word, no number, no letter."""
        return len(self._word(at)) > 1 and not self._words.bits[at] & (_CLOSED | NUMERAL)

    def _is_me(self, at: int) -> bool:
        """Whether "me" is a host: "ann at me dot com"."""
        return self._word(at) == "me" and self._adjoins(at) and self._word(at - 1) == "at"

    def _is_sign(self, at: int) -> bool:
        word = self._word(at)
        return self._words.bits[at] & NUMERAL != 0 or (len(word) == 1 and word not in "ai") or word in _WITHIN_HOSTS

    def named(self, dot: int, end: int) -> Iterator[Claim]:
        """Return the mailbox or the site whose host ends with the "dot" at a place."""
        last = first = self._words.at_or_behind(dot)
        while (
            last - first < _LONGEST_HOST
            and self._adjoins(first)
            and (self._is_word(first - 1) or self._is_sign(first - 1) or (first == last and self._is_me(first - 1)))
        ):
            first -= 1
        if first == last:
            return
        if self._word(first) in _WITHIN_HOSTS and self._adjoins(first) and self._word(first - 1) in _OWNERS:
            first -= 1  # "my dot officecloud dot com"
        starts = self._words.starts
        if self._adjoins(first) and self._word(first - 1) in {"at", "uh", "um"}:
            sign = first - 1
            while self._adjoins(sign) and self._word(sign - 1) in _HESITATIONS:
                sign -= 1
            mailbox = self.mailbox(starts[sign])
            alone = self._words.at_or_behind(mailbox) == sign - 1 and self._word(sign - 1) in mailbox_edges.NO_MAILBOXES
            if self._word(sign) == "at" and mailbox < starts[sign] and not alone:
                yield Claim(((mailbox, end),), _MAIL)
                return
            if self._word(sign) == "at":
                self.unopened.append((starts[sign], end))
        first = self._site(first, last)
        if first < last:
            yield Claim(((starts[first], end),), _WEB)

    def misheard(self, dot: int, end: int) -> Iterator[Claim]:
        """Return the mailbox whose "at" was heard as "add": "ann sixty eight add icloud dot com"."""
        sign = self._words.at_or_behind(dot) - 2
        if sign < 1 or self._word(sign) != "add" or not self._words.bits[sign - 1] & NUMERAL:
            return
        start = self._words.starts[sign]
        if (mailbox := self.mailbox(start)) < start:
            yield Claim(((mailbox, end),), _MAIL)

    def _site(self, first: int, last: int) -> int:
        """Return where a site begins whose words stand between two places: its last label at least."""
        while first < last and (self._word(first) in _SITE_WORDS or self._word(first) in _WITHIN_HOSTS):
            first += 1
        label = first
        while label < last and self._word(label) not in _WITHIN_HOSTS:
            label += 1
        opened = not self._adjoins(first) or self._word(first - 1) in _SITE_STARTS
        if opened and label - first <= _MOST_WORDS:
            return first
        at = last
        while at > first:
            at -= 1
            while at > first and self._is_sign(at) and self._is_sign(at - 1) and self._word(at) not in _WITHIN_HOSTS:
                at -= 1
            if at - 1 <= first or self._word(at - 1) not in _WITHIN_HOSTS:
                break
            at -= 1
        return at

    def before(self, close: int, at_sign: int) -> int:
        """Return where the mailbox begins that ends at a place, before an answer; the "at" where there is none."""
        last = self._words.at_or_behind(close)
        return at_sign if last == 0 else self.mailbox(close, apart=True)

    def mailbox(self, at_sign: int, *, apart: bool = False) -> int:
        """Return where the mailbox begins that ends before the word "at", or where something stands between `apart`."""
        words = self._words
        at = words.at_or_behind(at_sign)
        limit = max(0, at - _LONGEST)
        first = sign = at
        took_word = False
        while at > limit:
            before = at - 1
            if not self._adjoins(at) and not (apart and at == sign):
                break
            spelled_there = self._letters.get(words.end(before))
            if spelled_there is not None:
                at = first = words.at_or_behind(spelled_there.start)
                took_word = spelled_there.letters > _INITIALS or not self._is_word(at - 1)
                continue
            letter = _SPELT.search(self._text, max(0, words.end(before) - 30), words.end(before))
            if letter:
                at = first = words.at_or_behind(letter.start())
                took_word = True
                continue
            word = self._word(before)
            joined = at < first and self._word(at) in _JOINTS
            if word in _JOINTS:
                at -= 1
            elif words.bits[before] & NUMERAL or (len(word) == 1 and word not in {"a", "i"}):
                at = first = before
            elif word in _ASIDES and not took_word:
                at -= 1
            elif (not took_word or joined) and word not in _OUTSIDE:
                at = first = before
                took_word = True
            else:
                break
        if first == sign:
            return at_sign
        return words.starts[self._again(self._both(self._opened(first)))]

    def _opened(self, first: int) -> int:
        """Return where a mailbox of several words begins: up to two more, if it is clear that it begins there."""
        at = first
        while (
            first - at < _MOST_WORDS - 1
            and self._adjoins(at)
            and self._is_word(at - 1)
            and self._word(at - 1) not in _OUTSIDE | _NO_FIRST
        ):
            at -= 1
        if at < first and (not self._adjoins(at) or self._word(at - 1) in _STARTS | _NO_FIRST):
            return at
        return first

    def _both(self, first: int) -> int:
        """Return where a mailbox of two people begins: "verna and virgil at ..."."""
        one = first - 2
        joined = one >= 0 and self._word(first - 1) == "and" and self._adjoins(first) and self._adjoins(first - 1)
        named = joined and all(self._words.bits[at] & Bit.GIVEN for at in (one, first))
        return one if named and (not self._adjoins(one) or self._word(one - 1) in _STARTS) else first

    def _again(self, first: int) -> int:
        """Return where a mailbox begins that was begun before: "disputes at uh disputes at ..."."""
        for at in range(first - 1, max(first - 6, -1), -1):
            if not self._adjoins(at + 1):
                break
            if self._word(at) == self._word(first) and len(self._word(at)) > 1:
                return at
        return first
