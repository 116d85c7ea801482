"""What the other one says into a value, "okay", "go ahead", stays readable between its parts; "um, no, sorry" does not.

People read a number with hesitations and corrections: these are hidden with it, for what was corrected is a part of it.
Whoever writes it down answers in between, and in one running text that stands within the value: it is parted from the
claim, with the hesitations beside it, where it is whole words between two parts. What opens or closes a value is no
part of it whoever says it. Audio is silenced from the first part to the last all the same.
"""

from re import Pattern

import re2

from privity.redact.claims import Claim, Part
from privity.redact.labels import Label

_HESITATES = (
    "uh|um|uhm|er|erm|ah|hmm|hm|mm|sorry|i'm sorry|wait|no wait|no sorry|hang on|hold on|i mean|let me see|let's see|"
    "excuse me|scratch that|one sec|one second|just a second|one moment|shoot|make that"
)
_ANSWERS = (
    "okay|ok|yes|yeah|yep|yup|mhm|mm-hm|mm-hmm|mm hmm|mm hm|uh-huh|uh huh|alright|all right|got it|go ahead|right|"
    "thank you|perfect|great|continue|correct|sure|again|ends in|last four|the last four"
)
_GOES_ON = "no|actually|that's|and then|then|and|so|it's"
_URGES = f"{_ANSWERS}|{_GOES_ON}"
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
_AROUND = _before(f"{_URGES}|{_HESITATES}|ending in")
_AROUND_WRITTEN = _before(f"{_HESITATES}|{_OF_WRITING}|together")
_BLANKS = bytes(32 if chr(place) in ",.;!?()-" else place for place in range(256))
# With which words an aside begins; most values hold none of them, and are not searched.
_OPENINGS = frozenset(
    opening.replace("-", " ").split()[0].encode()
    for opening in f"{_URGES}|{_HESITATES}|ending in|all|one word|no spaces|together".split("|")
)
_NUMBERS = frozenset(
    {
        Label.CARD, Label.SSN, Label.PHONE, Label.ACCOUNT, Label.BANK_ACCOUNT, Label.IBAN, Label.MRN, Label.HEALTH_PLAN,
        Label.LICENSE, Label.VEHICLE, Label.DEVICE, Label.ID, Label.CVV,
    }
)  # fmt: skip
_COUNTS_ON = (b"hundred and", b"thousand and")  # "two hundred and five" is one number
_SHORTEST = 6  # characters


def parted(claim: Claim, octets: bytes) -> Claim | None:
    """Return the claim without what is said within or around its parts and is none of the value; None if nothing is."""
    label = claim.finding.label
    if label not in _NUMBERS and label is not Label.EMAIL:
        return claim
    parts: list[Part] = []
    around = _AROUND if label in _NUMBERS else _AROUND_WRITTEN
    for first_of, end in claim.parts:
        if _OPENINGS.isdisjoint(octets[first_of:end].translate(_BLANKS).split()):
            parts.append((first_of, end))
            continue
        opens = around.match(octets, first_of, end)
        start = opens.end() if opens else first_of
        if start >= end:
            continue
        if end - start < _SHORTEST:
            parts.append((start, end))
            continue
        at = start
        for aside in _ANSWERED.finditer(octets, start, end):
            first, behind = aside.span()
            if behind >= end or first <= at or octets[first - 8 : behind].rstrip().endswith(_COUNTS_ON):
                continue
            parts.append((at, first))
            at = behind
        parts.append((at, end))
    if not parts:
        return None
    return claim if tuple(parts) == claim.parts else Claim(tuple(parts), claim.finding)
