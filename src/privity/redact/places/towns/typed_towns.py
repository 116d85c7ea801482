"""Towns that were typed without a capital where the rest has capitals: "the weather in livermore", "I live in austin".

Whoever types an answer often leaves capitals out. A word that is a place and no English word is one behind what opens
places; one that is a name too needs a forecast, a home or a way.
"""

import re
from collections.abc import Iterator

from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.reading.lexicon import Asked, Bit
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import Group, Needed, Triggered

_OPENERS = Needed("in from near around to for visit visiting leaving departing downtown outside")
_NEVER = (
    Bit.CAPITAL | Bit.CAPITALS | Bit.PLAIN | Bit.FUNCTION | Bit.NUMBER | Bit.CALENDAR | Bit.PEOPLE | Bit.WORD
    | Bit.NO_NAME | Bit.TITLE | Bit.PARTICLE
)  # fmt: skip
_TOWN = Asked(lambda bits: bits & (Bit.PLACE | Bit.REGION) != 0 and not bits & _NEVER)
_IN = re.compile(r"\b(?:in|near|around|downtown|outside|outside\s+of|visit|visiting)\s+$", re.ASCII)
_ON_THE_WAY = re.compile(
    r"\b(?:(?:forecast|weather)\s+(?:for|like\s+in)|(?:flights?|tickets?|trains?|bus|buses|coach|ride|trip|drive|going|go|fly|"
    r"flying|heading|travel|travell?ing|moving|driving)\s+(?:today\s+|tomorrow\s+)?(?:to|from)|(?:leaving|departing)(?:\s+from)?|"
    r"(?:lives?|living|based|born|staying|somewhere|something|anything|someone|place|hotel|house|home|job|it)\s+(?:in|near)|"
    r"(?:today|tomorrow)\s+from)\s+$",
    re.ASCII,
)
_FROM = re.compile(r"(?:^|[\x1d\x1e.?!,]\s*)from\s+$", re.ASCII)
_SHORT = Triggered(
    rb"\b(?:nyc|sfo)\b|\b(?:in|to|from|near)\s+(la|sf|dc)(?:\s*[,.?!\n\x1e\x1d]|$)", needs=("nyc sfo la sf dc",)
)
_ENDS = re.compile(r"[\s,;:?!)\x1d\x1e]|\.(?:[\s\x1d\x1e]|$)|$", re.ASCII)
_SHORTEST = 4
_REACH = 36

_FOUND = finding(Label.LOCATION, "typed-town", "a place without its capital where places stand", 0.6, "lists")
_LETTERS = finding(Label.LOCATION, "typed-town", "a city that is known by its letters", 0.65, "lists")
NEEDS = Group(_SHORT, _OPENERS)
"""Without these words in a text nothing is found in it."""


def claims(transcript: Transcript) -> Iterator[Claim]:
    """Return towns without capitals in texts that have capitals."""
    octets, text, words = transcript.octets, transcript.folded, transcript.words
    for match in _SHORT.finditer(octets):
        yield Claim((match.span(match.lastindex or 0),), _LETTERS)
    if not _OPENERS.can_occur(octets):
        return
    for at in words.where(_TOWN):
        start, end, bits = words.starts[at], words.end(at), words.bits[at]
        if end - start < _SHORTEST or not _ENDS.match(text, end):
            continue
        before = max(0, start - _REACH)
        name = bits & (Bit.GIVEN | Bit.FREQUENT_SURNAME)
        within = (bits & Bit.KNOWN_PLACE or not name) and _IN.search(text, before, start)
        if within or _ON_THE_WAY.search(text, before, start) or _FROM.search(text, before, start):
            region = text[end : end + 2] == ", " and words.starts[at + 1 : at + 2] == [end + 2]
            region = region and words.bits[at + 1] & (Bit.REGION | Bit.WORD | Bit.FUNCTION) == Bit.REGION
            yield Claim(((start, words.end(at + 1) if region else end),), _FOUND)  # "sydney, australia"
