"""What the other one says into a value, "okay", "go ahead", stays readable between its parts; "um, no, sorry" does not.

People read a number with hesitations and corrections: these are hidden with it, for what was corrected is a part of it.
Whoever writes it down answers in between, and in one running text that stands within the value: it is parted from the
claim, with the hesitations beside it, where it is whole words between two parts. What opens or closes a value is no
part of it whoever says it. Audio is silenced from the first part to the last all the same.
"""

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
    for opening in f"{_URGES}|{_HESITATES}|ending in|all|one word|no spaces|together|so|oh".split("|")
)
_NUMBERS = RECORDS | {Label.CARD, Label.CVV, Label.EXPIRY, Label.IBAN, Label.PHONE, Label.SSN, Label.ZIP}
_COUNTS_ON = (b"hundred and", b"thousand and")  # "two hundred and five" is one number
_SHORTEST = 6  # characters


def parted(claim: Claim, octets: bytes) -> Claim | None:
    """Return the claim without what is said within or around its parts and is none of the value; None if nothing is."""
    label = claim.finding.label
    if label not in _NUMBERS and label is not Label.EMAIL:
        return claim
    parts: list[Part] = []
    around = _AROUND if label in _NUMBERS else _AROUND_WRITTEN
    for begins, behind in claim.parts:
        value = octets[begins:behind]  # a pattern's end is that of all octets
        if _OPENINGS.isdisjoint(value.translate(_BLANKS).split()):
            parts.append((begins, behind))
            continue
        blank = len(value) - len(value.lstrip(b" ,.;!?()-"))
        opens = around.match(value, blank)
        start = opens.end() if opens and opens.end() > blank else 0
        if value[start - 1 : start] == b"-" and value[start : start + 1].isalnum():
            start = 0  # "AH-773" and "HM-FR-4419" are codes
        if start >= len(value):
            continue
        if len(value) - start < _SHORTEST:
            parts.append((begins + start, behind))
            continue
        end = _closed(value, start) if label in _NUMBERS else len(value)
        at = start
        for first, after in _asides(value, start, end):
            if after >= end or first <= at or value[max(0, first - 8) : after].rstrip().endswith(_COUNTS_ON):
                continue
            parts.append((begins + at, begins + first))
            at = after
        parts.append((begins + at, begins + end))
    if not parts:
        return None
    return claim if tuple(parts) == claim.parts else Claim(tuple(parts), claim.finding)


def _closed(value: bytes, start: int) -> int:
    """Return where a value ends without what is said behind it: "859 583 2446 no wait"."""
    closing = _CLOSED.search(value, start)
    return closing.start() if closing and closing.start() > start else len(value)


def _asides(value: bytes, start: int, end: int) -> list[Part]:
    """Return where something is said within a value that is none of it, in order."""
    found = [aside.span() for aside in _ANSWERED.finditer(value, start, end)]
    for again in _REPEATED.finditer(value, start, end):
        first, behind = again.span()
        corrects = value[max(start, first - 10) : first].rstrip(b" ,.").endswith(_CORRECTS)
        if not corrects and all(behind <= begins or ends <= first for begins, ends in found):
            found.append((first, behind))
    return sorted(found)
