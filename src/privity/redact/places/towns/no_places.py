"""Lets go of places that lists or capitals made of something else: goods, breeds, "she is in the Gambia"."""

import re
from collections.abc import Iterable, Iterator

from privity.redact.claims import Claim
from privity.redact.names.nobodys.weak_rules import WEAK_PLACES
from privity.redact.names.parts import NameParts
from privity.redact.places.towns.lone_regions import LoneRegions
from privity.redact.reading.lexicon import Bit, lexicon
from privity.redact.reading.transcript import Transcript

# What is called after the place before it: breeds, trees, makes of goods, and how a language is spoken there.
_CALLED_SO = re.compile(
    r" (?:bulls?|cattle|chickens?|deadbolts?|ewes?|ferns?|goats?|hens?|keypads?|lambs?|locks?|maples?|models?|oaks?|"
    r"pines?|pistols?|pon(?:y|ies)|rag|rams?|rats?|reds|rifles?|sheep|shotguns?|spruces?|steers?|terriers?|"
    r"arabic|dutch|english|french|german|portuguese|spanish)\b",
    re.ASCII,
)
_PLACED = re.compile(r"\b(?:at|from|in|near|of|to|around|outside)\s+$", re.ASCII)
_REACH = 10  # characters of a small word


def without(transcript: Transcript, claims: Iterable[Claim]) -> Iterator[Claim]:
    """Yield the claims without such places."""
    regions: LoneRegions | None = None
    for claim in claims:
        if claim.finding.detector not in WEAK_PLACES or len(claim.parts) > 1:
            yield claim
            continue
        if regions is None:
            regions = LoneRegions(transcript, transcript.once(NameParts))
        [(start, end)] = claim.parts
        if not (_is_called_so(transcript, start, end) or _is_region(transcript, regions, start, end)):
            yield claim


def _is_called_so(transcript: Transcript, start: int, end: int) -> bool:
    """Whether goods or a breed stand behind a place: "a Winchester model 94", but "from Leicester sheep"."""
    text = transcript.folded
    return _CALLED_SO.match(text, end) is not None and not _PLACED.search(text, max(0, start - _REACH), start)


def _is_region(transcript: Transcript, regions: LoneRegions, start: int, end: int) -> bool:
    """Whether a name is a country only with its article, and stands by itself where people talk: "the Gambia"."""
    text = transcript.folded
    if text[max(0, start - 4) : start] != "the " or not lexicon().of(f"the {text[start:end]}") & Bit.REGION:
        return False
    return regions.is_conversation(transcript.words.at_or_behind(start))
