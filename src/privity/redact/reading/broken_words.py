"""Number words that a recognizer broke in two, "ninet een", "fif teen", made whole again.

Many halves are words, "do" and "and", and hardly a text has none of them: one of a pair is nothing without the other.
"""

from privity.redact.reading.folding import DOCUMENT_BREAK, TURN_BREAK
from privity.redact.reading.triggers import Group, Needed, Triggered
from privity.redact.reading.vocabulary import vocabulary

_BREAKS = f"{TURN_BREAK}{DOCUMENT_BREAK}".encode("ascii")
_BOTH_WORDS = {("thou", "sand"), ("for", "ty")}


def _broken() -> tuple[Triggered, Group]:
    """Return the pattern of number words that are broken in two, and the pairs of halves of which it needs one."""
    words = sorted(word for word in vocabulary().number_words if len(word) > 4)
    halves = sorted({(word[:at], word[at:]) for word in words for at in range(2, len(word) - 1)} - _BOTH_WORDS)
    pattern = "|".join(f" {first} {second} " for first, second in halves).encode()
    needs = (" ".join(one for one, _ in halves), " ".join(other for _, other in halves))
    pairs = ((first, " ".join(other for one, other in halves if one == first)) for first in {one for one, _ in halves})
    return Triggered(pattern, needs=needs), Group(*(Needed(*pair) for pair in pairs))


_BROKEN, _BOTH_HALVES = _broken()


def can_occur(octets: bytes) -> bool:
    """Return whether a text holds both halves of a number word."""
    return _BROKEN.can_occur(octets) and _BOTH_HALVES.can_occur(octets)


def mended(text: bytes, octets: bytes) -> bytes:
    """Return the words of a text with the halves of each broken number word of one turn joined by an apostrophe."""
    lowered, whole = b" " + text.lower() + b" ", bytearray(text)
    for match in _BROKEN.finditer(lowered):
        blank = lowered.index(b" ", match.start() + 1) - 1
        if octets[blank] not in _BREAKS:
            whole[blank] = ord("'")
    return bytes(whole)
