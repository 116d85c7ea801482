"""Cities, countries and states from the lists, and hospitals by their names."""

import re
from collections.abc import Iterator

import re2

from privity.redact.claims import Claim
from privity.redact.labels import Label
from privity.redact.lists import Lists
from privity.redact.transcript import Transcript
from privity.redact.vocabulary import vocabulary

_FACILITY_KINDS = (
    r"(?:Hospital|Clinic|Medical\s+Cent(?:er|re)|Health\s+Cent(?:er|re)|Hospice|Infirmary|Medical\s+Group|Healthcare|"
    r"Health\s+System|Health|Memorial|General|Rehabilitation\s+Center|Surgery\s+Center|Cancer\s+Center|Nursing\s+Home|"
    r"Children's|Medical|Center)\b"
)
_FACILITY = re2.compile(
    (
        rf"\b(?:[A-Z][\w'&-]*\.?\s+(?:of\s+|the\s+|and\s+)?){{1,4}}(?:{_FACILITY_KINDS}\s*)+"
        r"(?:of\s+[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)?|\b(?:St\.?|Mt\.?|Saint|Mount)\s+[A-Z][a-z]+(?:'s)?\b|"
        r"\b[A-Z][a-z]+\s+(?:General|Memorial|facility|clinic|hospital)\b"
    ).encode()
)
_SAID_FACILITY = re2.compile(
    rb"\b(?:saint|st\.?|mount|mt\.?)\s+[a-z]+(?:'s)?(?:\s+(?:hospital|clinic|medical\s+center|medical|health))+"
)
_OPENS = re.compile(
    r"\b(?:in|at|from|near|to|of|city|around|live|lives|living|visit|visiting|for|downtown|by|is|into)"
    r"\s*(?:of\s+|the\s+)?[\"(]?$",
    re.ASCII,
)
_FACILITY_OPENERS = vocabulary().facility_openers
_LONGEST = 40  # characters of the longest place that is looked up


class Places:
    """Finds places in one transcript."""

    def __init__(self, transcript: Transcript, lists: Lists) -> None:
        self._transcript = transcript
        self._text = transcript.folded
        self._lists = lists

    def claims(self) -> Iterator[Claim]:
        """Return facilities, cities and regions."""
        if self._transcript.has_case:
            yield from self._facilities()
        for match in _SAID_FACILITY.finditer(self._transcript.octets):
            why = "saint or mount, a name, then hospital"
            yield Claim.of(Label.LOCATION, *match.span(), detector="facility", why=why, score=0.85)
        yield from self._listed()

    def _facilities(self) -> Iterator[Claim]:
        for match in _FACILITY.finditer(self._transcript.cased.encode("ascii")):
            start, end = match.span()
            words = self._text[start:end].split()
            if words[0] in _FACILITY_OPENERS:
                start += len(words.pop(0))
            if len(words) > 1:
                why = "a name, then hospital or clinic"
                yield Claim.of(Label.LOCATION, start, end, detector="facility", why=why, score=0.88)

    def _listed(self) -> Iterator[Claim]:
        words, starts, ends = self._transcript.words
        beyond = 0
        for at in [i for i, word in enumerate(words) if word in self._lists.place_starts]:
            if at < beyond:
                continue
            for last in range(min(at + 3, len(words) - 1), at - 1, -1):
                place = self._text[starts[at] : min(ends[last], starts[at] + _LONGEST)]
                known = place in self._lists.cities or place in self._lists.regions or self._is_facility(place)
                if known and self._judged(place, at, last):
                    why = "a place from the lists"
                    yield Claim.of(
                        Label.LOCATION,
                        starts[at],
                        ends[last],
                        detector="place-listed",
                        why=why,
                        score=0.7 - 0.1 * (at == last),
                    )
                    beyond = last + 1
                    break

    def _is_facility(self, place: str) -> bool:
        return place.replace("-", " ") in self._lists.facilities

    def _judged(self, place: str, first: int, last: int) -> bool:
        """Whether a listed place is meant as one, from its capitals, the word before it, and how well known it is."""
        lists = self._lists
        words, starts, _ = self._transcript.words
        capital = self._transcript.has_case and all(
            self._transcript.cased[starts[at]].isupper() or words[at] in lists.function_words
            for at in range(first, last + 1)
        )
        well_known = place in lists.well_known_cities
        if last > first:
            english = all(word in lists.words for word in words[first : last + 1])
            return capital or place in lists.regions or self._is_facility(place) or (well_known and not english)
        opens = _OPENS.search(self._text, max(0, starts[first] - 16), starts[first]) is not None
        if self._is_facility(place):
            return capital or not self._transcript.has_case
        if place in lists.words:
            return capital and opens and well_known
        if place in lists.regions:
            return True
        if capital:
            return opens or well_known or place not in lists.given_names
        return well_known and (opens or place not in lists.surnames)
