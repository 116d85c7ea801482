"""Lets go of places that lists or capitals made of something else: "nashville hot chicken", "she is in the Gambia"."""

import re
from collections.abc import Iterable, Iterator

from privity.redact.claims import Claim
from privity.redact.names.nobodys.weak_rules import WEAK_PLACES
from privity.redact.names.parts import NameParts
from privity.redact.places.towns.lone_regions import LoneRegions
from privity.redact.reading.lexicon import Bit, lexicon
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.vocabulary import one_of, vocabulary

# What is called after the place before it: breeds, trees, dishes, makes of goods, and how a language is spoken.
_CALLED_SO = re.compile(
    r" (?:bulls?|cattle|chickens?|deadbolts?|ewes?|ferns?|goats?|hens?|keypads?|lambs?|locks?|maples?|models?|oaks?|"
    r"pines?|pistols?|pon(?:y|ies)|rag|rams?|rats?|reds|rifles?|sheep|shotguns?|spruces?|steers?|terriers?|"
    r"(?:(?:hot|fried|smoked|deep dish) )?(?:bagels?|barbecue|bbq|brisket|burgers?|burritos?|cheesecake|cheesesteaks?|"
    r"chicken|chowder|fries|pizzas?|pretzels?|ribs|rolls?|sandwich(?:es)?|sausage|steak|strip|style|wings)|"
    r"arabic|dutch|english|french|german|portuguese|spanish)\b",
    re.ASCII,
)
_TRADE = re.compile(rf" (?:{one_of(vocabulary().trades)})\b", re.ASCII)
_PLACED = re.compile(r"\b(?:at|from|in|near|of|to|around|outside)\s+$", re.ASCII)
_REACH = 10  # characters of a small word


def without(transcript: Transcript, claims: Iterable[Claim]) -> Iterator[Claim]:
    """Yield the claims without such places."""
    parts = transcript.once(NameParts)
    regions = transcript.once(LoneRegions)
    for claim in claims:
        if claim.finding.detector not in WEAK_PLACES or len(claim.parts) > 1:
            yield claim
            continue
        [(start, end)] = claim.parts
        named = _is_called_so(transcript, start, end) or _is_firm(transcript, parts, start, end)
        if not named and not _is_region(transcript, regions, start, end):
            yield claim


def _is_called_so(transcript: Transcript, start: int, end: int) -> bool:
    """Whether goods, a breed or a dish stand behind a place: "a Winchester model 94", but "from Leicester sheep"."""
    text = transcript.folded
    return _CALLED_SO.match(text, end) is not None and not _PLACED.search(text, max(0, start - _REACH), start)


def _is_firm(transcript: Transcript, parts: NameParts, start: int, end: int) -> bool:
    """Whether a trade stands behind a place, and nobody is there: "Lakeside Tire", but "live in denver insurance"."""
    if _TRADE.match(transcript.folded, end) is None:
        return False
    return " " in transcript.folded[start:end] or not parts.behind_place_word(transcript.words.at_or_behind(start))


def _is_region(transcript: Transcript, regions: LoneRegions, start: int, end: int) -> bool:
    """Whether a name is a country only with its article, and stands by itself where people talk: "the Gambia"."""
    text = transcript.folded
    if text[max(0, start - 4) : start] != "the " or not lexicon().of(f"the {text[start:end]}") & Bit.REGION:
        return False
    return regions.is_conversation(transcript.words.at_or_behind(start))
