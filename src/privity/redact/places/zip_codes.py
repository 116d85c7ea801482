"""ZIP codes that come behind their state, maybe some turns later: "dayton ohio / okay / four five four five three".

Five or nine digits close the address there, whatever the other one says in between; a number of another length is none.
"""

from collections.abc import Iterator

from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.places.street_words import LISTS, NUMERAL, StreetWords
from privity.redact.reading.folding import TURN_BREAK
from privity.redact.reading.spoken_numbers import NUMBER_WORDS, UNITS, spoken_digits
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import A_NUMBER, Triggered
from privity.redact.reading.vocabulary import one_of

_STATES = LISTS.states | {
    "georgia",
    "montana",
    "virginia",
    "washington",
    "carolina",
    "dakota",
    "mexico",
    "york",
    "jersey",
}
_URGES = (
    "okay|ok|yes|yeah|yep|mm-hm|mm-hmm|mm hmm|mm hm|mhm|uh-huh|uh huh|huh|go ahead|got it|right|alright|all right|sure|"
    "thank you|thanks|perfect|great"
)
_OPENS = "uh|um|er|and|then|the|zip|zip code|code|postal code|is|it's|that's|so"
_SAID = Triggered(
    (
        rf"\b(?:{'|'.join(sorted(_STATES))})\b(?:[\s.,?!\x1e]+(?:{_URGES}|{_OPENS})\b){{0,8}}[\s.,?!\x1e]+"
        rf"(?:[0-9]|(?:{one_of(NUMBER_WORDS)})\b)"
    ).encode(),
    needs=(" ".join(sorted(_STATES)), A_NUMBER),
)
_LENGTHS = frozenset({5, 9})
_MOST_TURNS = 4
_LONGEST = 12  # words
_ZIP = finding(Label.ZIP, "zip-behind-state", "five digits in a turn behind that of a state", 0.86, "context")


def claims(transcript: Transcript, read: StreetWords) -> Iterator[Claim]:
    """Return the ZIP codes behind states, in whatever turn they come."""
    words = transcript.words
    for match in _SAID.finditer(transcript.octets):
        at = words.at_or_behind(match.end()) - 1
        if match[0].count(TURN_BREAK.encode()) > _MOST_TURNS or not words.bits[at] & NUMERAL:
            continue
        digits, end = "", at
        while end < len(words.said) and end - at < _LONGEST and (end == at or read.adjoins(end)):
            piece = words.said[end] if words.said[end].isdigit() else spoken_digits(words.said[end])
            if not piece:
                break
            tens = len(digits) > 1 and digits[-1] == "0" and words.said[end - 1].endswith("ty")
            digits = digits[:-1] + piece if tens and words.said[end] in UNITS and piece != "0" else digits + piece
            end += 1
        if len(digits) in _LENGTHS:
            yield Claim(((words.starts[at], words.end(end - 1)),), _ZIP)
