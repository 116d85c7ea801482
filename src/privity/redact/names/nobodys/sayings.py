"""Sayings, foods and drinks with a name in them: "no way jose", "bob's your uncle", "an arnold palmer".

What lists or capitals find within a phrase of `lists/sayings.txt` is nobody's. A name that is more than the phrase has,
"Uncle Sam Ortiz", or that somebody was announced by, stays hidden.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache

import ahocorasick_rs

from privity.redact.claims import Claim
from privity.redact.names.nobodys.weak_rules import WEAK
from privity.redact.reading.folding import TURN_BREAK
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.vocabulary import packaged


@cache
def _finder() -> ahocorasick_rs.AhoCorasick:
    lines = packaged("privity.redact", "lists/sayings.txt").splitlines()
    told = ",".join(line for line in lines if not line.startswith("#"))
    phrases = sorted(phrase for phrase in map(str.strip, told.split(",")) if phrase)
    return ahocorasick_rs.AhoCorasick(
        [f" {phrase} " for phrase in phrases],
        matchkind=ahocorasick_rs.MatchKind.LeftmostLongest,
        implementation=ahocorasick_rs.Implementation.DFA,
    )


def without(transcript: Transcript, claims: Iterable[Claim]) -> Iterator[Claim]:
    """Yield the claims without names and places that lists or capitals found within a saying."""
    phrases: list[tuple[int, int]] | None = None
    for claim in claims:
        if claim.finding.detector not in WEAK or len(claim.parts) > 1:
            yield claim
            continue
        if phrases is None:
            phrases = [*_phrases(transcript)]
        [(start, end)] = claim.parts
        at = bisect_right(phrases, (start, len(transcript.folded))) - 1
        if at < 0 or end > phrases[at][1]:
            yield claim


def _phrases(transcript: Transcript) -> Iterator[tuple[int, int]]:
    """Yield where sayings stand in the documents, with one blank or sign between their words."""
    for document, first in enumerate(transcript.documents):
        flat = transcript.words.flat[first : transcript.document_end(document)]
        for _, opens, closes in _finder().find_matches_as_indexes(f" {flat} "):
            start, end = first + opens, first + closes - 2
            if TURN_BREAK not in transcript.folded[start:end]:
                yield start, end
