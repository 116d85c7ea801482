"""Spots in the open where somebody is: "I'm parked at the lake, at Heron Point", "we're camping at pickerel cove"."""

from collections.abc import Iterator

from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.places.streets.street_words import StreetWords
from privity.redact.reading.lexicon import Bit
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import Triggered

_WHERE = (
    "i'm|we're|he's|she's|they're|am|are|parked|camping|camped|camp|stuck|stranded|lost|found|hiking|fishing|live|lives|"
    "living|swimming|drowning|launched|waiting|left"
)
_SPOTS = (
    "point|cove|bluff|bluffs|landing|elbow|marina|hollow|campground|pier|harbor|harbour|pond|trailhead|quarry|reservoir|"
    "overlook|lagoon|inlet|meadows"
)
NEEDS = Triggered(
    (
        rf"\b(?:{_WHERE})(?:\s[^.?!\n\x1d\x1e]{{0,40}}?)?\s(?:at|near|by|off|to|in|on)\s+([a-z']+(?:\s+[a-z']+)?\s+(?:{_SPOTS}))\b"
    ).encode(),
    needs=(_SPOTS.replace("|", " "), "at near by off to in on"),
)
"""Without these words in a text nothing is found in it."""

_NO_NAMES = frozenset(
    {
        "check", "decimal", "high", "low", "end", "match", "set", "pressure", "view", "access", "entry", "exit",
        "focal", "vantage", "price", "power", "half", "mid", "data", "the", "a", "an", "my", "our", "this", "that",
        "some", "any", "no", "sick", "bomb", "loading", "cargo", "engine", "fish", "swimming", "moon", "crash",
        "soft", "emergency", "safe", "same", "meeting", "starting", "breaking", "boiling", "turning", "tipping",
        "melting", "talking", "selling", "ending", "freezing", "drop", "pickup", "service", "every", "each", "pain",
        "trigger", "new", "old",
    }
)  # fmt: skip
_SPOT = finding(Label.LOCATION, "spot", "the name of a spot where somebody is", 0.7, "context")


def claims(transcript: Transcript) -> Iterator[Claim]:
    """Return the spots whose names are capitalised, or no English words where nothing is."""
    words, read = transcript.words, transcript.once(StreetWords)
    for match in NEEDS.finditer(transcript.octets):
        first, behind = words.at_or_behind(match.start(1)), words.at_or_behind(match.end(1))
        names = range(first, behind - 1)
        if any(words.said[at] in _NO_NAMES or words.bits[at] & (Bit.FUNCTION | Bit.PEOPLE) for at in names):
            continue
        written = all(words.bits[at] & Bit.CAPITAL for at in range(first, behind))
        if written or (all(map(read.bare, names)) and all(map(read.is_strange, names))):
            yield Claim((match.span(1),), _SPOT)
