"""What is said into a value and is none of it, "okay", "go ahead", "no, sorry", stays readable between its parts.

People read a number with hesitations: "um" is hidden with it. They correct themselves, and what was wrong is hidden
like what is right, but not the words in between. Whoever writes it down answers, and in one running text that stands
within the value. Both are parted from the claim, with the hesitations beside them, where they are whole words between
two parts. What opens or closes a value is no part of it whoever says it. Audio is silenced from the first part to the
last all the same.
"""

from bisect import bisect_left
from collections.abc import Iterator
from re import Pattern

import re2

from privity.redact.claims import Claim, Part
from privity.redact.labels import RECORDS, Label

_HESITATES = (
    "uh|um|uhm|er|erm|ah|hmm|hm|mm|sorry|i'm sorry|wait|no wait|no sorry|hang on|hold on|i mean|let me see|let's see|"
    "excuse me|scratch that|one sec|one second|just a second|one moment|shoot|make that|oh it's|oh that's|oh sure|"
    "oh yes|oh yeah|oh sorry|oh wait|oh no|i think|i believe"
)
_ANSWERS = (
    "go on|okay|ok|yes|yeah|yep|yup|mhm|mm-hm|mm-hmm|mm hmm|mm hm|uh-huh|uh huh|alright|all right|got it|go ahead|"
    "right away|right now|once more|once again|one more time|"
    "right|thank you|perfect|great|continue|correct|sure|again|ends in|last four|the last four|"
    "exactly|you got it|that's it|that's right|that's correct|that's the one|is that right|is that correct|yes ma'am|"
    "yes sir|uh yeah"
)
_GOES_ON = "no|actually|that's|and then|then|and|so|it's"
_YES = "yes|yeah|yep|sure|right|it's|that's"  # behind "oh", which is no digit then
_URGES = f"{_ANSWERS}|{_GOES_ON}"
_READS_BACK = (
    r"(?:(?:and|okay|ok|alright)\s+)?(?:so\s+)?(?:that's|that\s+is)|"
    r"(?:(?:okay|ok|alright)\s+)?so(?:\s+(?:it's|i\s+have|i've\s+got|we\s+have|you\s+said))?|"
    r"and\s+(?:i\s+have|you\s+said)"
)
_OF_WRITING = "all (?:one word|together|lower ?case|small letters)|one word|no spaces?"


_APART = r"(?:[\s,.;!?()-]+|$)"


Piece = tuple[int, int, bool]
"""Where a piece of a value stands in it, or an aside; and whether it corrects what stands before it."""


def _before(words: str) -> Pattern[bytes]:
    compiled: Pattern[bytes] = re2.compile(rf"(?i)(?:(?:{words}){_APART})+".encode())
    return compiled


_ANSWERED: Pattern[bytes] = re2.compile(
    (
        rf"(?i)[\s,.;!?()-]+(?:(?:{_HESITATES}|{_GOES_ON}){_APART})*"
        rf"(?:{_ANSWERS}){_APART}(?:(?:{_URGES}|{_HESITATES}){_APART})*"
    ).encode()
)
# "so that's ..." between a number and what it is repeated by; behind "sorry" it leads to what is right instead.
_REPEATED: Pattern[bytes] = re2.compile(
    rf"(?i)[\s,.;!?()-]+(?:(?:uh|um){_APART})*(?:{_READS_BACK}){_APART}(?:(?:{_URGES}|uh|um){_APART})*".encode()
)
# "no wait", "scratch that": never with an "oh" before or behind them, which may be a digit
_SURE_CORRECTIONS = (
    "no wait|no sorry|no no|no i mean|no scratch that|no actually|no make that|i'm sorry|i mean|scratch that|"
    "actually no|correction|excuse me|make that|my mistake|let me start over|let me start again|let me start that over|"
    "let me start that part over"
)
_CORRECTIONS = f"{_SURE_CORRECTIONS}|no|sorry|wait|actually|oops|rather"


def _corrections(words: str) -> Pattern[bytes]:
    compiled: Pattern[bytes] = re2.compile(
        (
            rf"(?i)[\s,.;!?()-]+(?:(?:uh|um|er){_APART})*(?:{words}){_APART}"
            rf"(?:(?:{words}|uh|um|er|it's|that's|it\s+is|i\s+think|i\s+meant){_APART})*"
        ).encode()
    )
    return compiled


_CORRECTED = _corrections(_CORRECTIONS)
_SURELY_CORRECTED = _corrections(_SURE_CORRECTIONS)  # within words, of which "wait" and "no" may be some
_CORRECTS = (b"sorry", b"no", b"wait", b"mean", b"oops", b"actually", b" me", b"correction", b"rather", b"not", b"make")
_CLOSED: Pattern[bytes] = re2.compile(rf"(?i)(?:[\s,.;!?()-]+(?:{_URGES}|{_HESITATES}))+[\s,.;!?()-]*$".encode())
_AROUND: Pattern[bytes] = re2.compile(
    (
        rf"(?i)(?:oh{_APART}(?:{_YES}|{_HESITATES}|it is|its){_APART})?(?:(?:{_URGES}|{_HESITATES}|ending in){_APART})*"
    ).encode()
)
_AROUND_WRITTEN = _before(f"{_HESITATES}|{_OF_WRITING}|together")
_BLANKS = bytes(32 if chr(place) in ",.;!?()-" else place for place in range(256))
# With which words an aside begins; most values hold none of them, and are not searched.
_OPENINGS = frozenset(
    opening.replace("-", " ").split()[0].encode()
    for opening in f"{_URGES}|{_HESITATES}|{_CORRECTIONS}|ending in|all|one word|no spaces|together|so|oh".split("|")
)
_NUMBERS = RECORDS | {Label.CARD, Label.CVV, Label.EXPIRY, Label.IBAN, Label.PHONE, Label.SSN, Label.ZIP}
_DATES = frozenset({Label.DATE, Label.DOB})
_COUNTS_ON = (b"hundred and", b"thousand and")  # "two hundred and five" is one number
_SHORTEST = 6  # characters


def parted(claim: Claim, octets: bytes) -> Iterator[Claim]:
    """Yield the claim without what is said within or around its parts and is none of the value.

    What is right stands for itself behind what was corrected: "[PHONE] no wait [PHONE]".
    """
    label = claim.finding.label
    if label is Label.ADDRESS:
        pieces = _of_address
    elif label in _DATES:
        pieces = _of_date
    elif label in _NUMBERS:
        pieces = _of_number
    elif label is Label.EMAIL:
        pieces = _of_mailbox
    else:
        yield claim
        return
    said: list[list[Part]] = [[]]
    for place in claim.parts:
        for begins, behind, corrects in pieces(octets[slice(*place)]):  # a pattern's end is that of all octets
            if corrects:
                said.append([])
            said[-1].append((place[0] + begins, place[0] + behind))
    if said == [[*claim.parts]]:
        yield claim
    else:
        yield from (Claim(tuple(parts), claim.finding) for parts in said if parts)


def _of_number(value: bytes) -> Iterator[Piece]:
    return _pieces(value, _AROUND, closed=True)


def _of_mailbox(value: bytes) -> Iterator[Piece]:
    return _pieces(value, _AROUND_WRITTEN, closed=False)


def _of_address(value: bytes) -> Iterator[Piece]:
    return _between(value, _SURELY_CORRECTED)


def _of_date(value: bytes) -> Iterator[Piece]:
    return _between(value, _CORRECTED)


def _pieces(value: bytes, around: Pattern[bytes], *, closed: bool) -> Iterator[Piece]:
    """Yield what belongs to a value in a part of it."""
    if not _may_hold_aside(value):
        yield 0, len(value), False
        return
    blank = len(value) - len(value.lstrip(b" ,.;!?()-"))
    opens = around.match(value, blank)
    start = opens.end() if opens and opens.end() > blank else 0
    if value[start - 1 : start] == b"-" and value[start : start + 1].isalnum():
        start = 0  # "AH-773" and "HM-FR-4419" are codes
    if start >= len(value):
        return
    if len(value) - start < _SHORTEST:
        yield start, len(value), False
        return
    end = _closed(value, start) if closed else len(value)
    at, corrected = start, False
    for first, after, corrects in _asides(value, start, end):
        if after >= end or first <= at or value[max(0, first - 8) : after].rstrip().endswith(_COUNTS_ON):
            continue
        yield at, first, corrected
        at, corrected = after, corrects
    yield at, end, corrected


def _between(value: bytes, corrections: Pattern[bytes]) -> Iterator[Piece]:
    """Yield what stands between the words by which somebody corrects a date or an address."""
    at, corrected = 0, False
    for aside in corrections.finditer(value) if _may_hold_aside(value) else ():
        if at < aside.start() and aside.end() < len(value):
            yield at, aside.start(), corrected
            at, corrected = aside.end(), True
    yield at, len(value), corrected


def _may_hold_aside(value: bytes) -> bool:
    return not _OPENINGS.isdisjoint(value.translate(_BLANKS).split())


def _closed(value: bytes, start: int) -> int:
    """Return where a value ends without what is said behind it: "859 583 2446 no wait"."""
    closing = _CLOSED.search(value, start)
    return closing.start() if closing and closing.start() > start else len(value)


def _asides(value: bytes, start: int, end: int) -> list[Piece]:
    """Return where something is said within a value that is none of it, in order, and whether it corrects the value."""
    found = [(*aside.span(), False) for aside in _ANSWERED.finditer(value, start, end)]
    for again in _REPEATED.finditer(value, start, end):
        first, behind = again.span()
        corrects = value[max(start, first - 10) : first].rstrip(b" ,.").endswith(_CORRECTS)
        if not corrects:
            _add(found, (first, behind, False))
    for corrected in _CORRECTED.finditer(value, start, end):
        _add(found, (*corrected.span(), True))
    return found


def _add(found: list[Piece], piece: Piece) -> None:
    """Add a piece to others, which are in order and lie apart, if it lies apart from them."""
    at = bisect_left(found, piece)
    if (at == 0 or found[at - 1][1] <= piece[0]) and (at == len(found) or piece[1] <= found[at][0]):
        found.insert(at, piece)
