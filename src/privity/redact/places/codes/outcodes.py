"""The first half of a British postcode behind its town or street: "9 Fenwick Mews, London SW7", "Leeds LS6"."""

from collections.abc import Iterator

from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.places.codes.uk_postcodes import AREAS
from privity.redact.places.streets.street_words import LISTS
from privity.redact.reading.lexicon import Bit
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import A_DIGIT, Triggered

NEEDS = Triggered(rb"\b([a-z]+),?\s+(([a-z]{1,2})[0-9]{1,2}[a-z]?)\b", needs=(A_DIGIT,))
"""Without such a word behind another one nothing is found in a text."""

_OF_LONDON = frozenset({"e", "ec", "n", "nw", "se", "sw", "w", "wc"})
_OF_ONE_LETTER = {"birmingham": "b", "glasgow": "g", "liverpool": "l", "manchester": "m", "sheffield": "s"}
_OTHERS = frozenset({"am", "pm", "co", "la", "so", "me"})  # words, and what is written before figures: "CO2"
_CODE = finding(Label.ZIP, "outcode", "the first half of a British postcode behind its town", 0.8, "form")


def claims(transcript: Transcript) -> Iterator[Claim]:
    """Return the codes that are written in capitals."""
    words = transcript.words
    for match in NEEDS.finditer(transcript.octets):
        start, end = match.span(2)
        town, area = match[1].decode(), match[3].decode()
        if not transcript.cased[start:end].isupper() or area not in AREAS or area in _OTHERS:
            continue
        bits = words.bits[words.at_or_behind(match.start(1))]
        if town == "london":
            told = area in _OF_LONDON
        elif len(area) == 1:
            told = _OF_ONE_LETTER.get(town) == area
        else:
            town_of_it = bits & Bit.PLACE and bits & Bit.CAPITAL and town[0] == area[0]
            told = bool(town_of_it) or town in LISTS.sure_kinds | {"road", "lane"}
        behind = words.at_or_behind(end)
        ends = behind >= len(words.said) or transcript.folded[end : words.starts[behind]] != " "
        if told and (ends or (len(area) > 1 and words.bits[behind] & Bit.FUNCTION)):
            yield Claim(((start, end),), _CODE)
