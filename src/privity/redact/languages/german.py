"""Lets German words go that were taken for names in a text that shows to be German, of which only parts are read.

In German every noun has a capital, so "Anschrift" and "Sie" look like names. A text shows to be German by three words
that are no English ones. What `readable` takes for a window of German is hidden whole all the same; this is for letters
and forms whose sentences are too short for that. A word behind a title, or one of a name elsewhere, stays hidden.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Final

from privity.redact.claims import Claim
from privity.redact.labels import Label
from privity.redact.reading.lexicon import Bit, lexicon
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.vocabulary import packaged

_LEAST: Final = 3  # different words that tell the language
_SHORTEST: Final = 3  # letters of such a word
_ENGLISH: Final = Bit.WORD | Bit.FUNCTION | Bit.GIVEN | Bit.SURNAME | Bit.PLACE
_TITLES: Final = frozenset({"herr", "herrn", "frau", "familie", "dr", "prof", "fraulein"})


@cache
def _words() -> frozenset[str]:
    return frozenset(packaged("privity.redact", "lists/german.txt").split())


@cache
def _telling() -> frozenset[str]:
    known = lexicon()
    return frozenset(word for word in _words() if len(word) >= _SHORTEST and not known.of(word) & _ENGLISH)


def without(transcript: Transcript, claims: Iterable[Claim]) -> Iterable[Claim]:
    """Return the claims without German words that were taken for names, in documents that show to be German."""
    words = transcript.words
    told: defaultdict[int, set[str]] = defaultdict(set)
    for at in words.where_said(_telling()):
        told[transcript.document_at(words.starts[at])].add(words.said[at])
    documents = {document for document, said in told.items() if len(said) >= _LEAST}
    return _names(transcript, list(claims), documents) if documents else claims


def _names(transcript: Transcript, claims: Sequence[Claim], documents: set[int]) -> Iterator[Claim]:
    cut: list[tuple[Claim, Claim | None]] = []
    named: defaultdict[int, set[str]] = defaultdict(set)  # words of names, by document
    for claim in claims:
        document = transcript.document_at(claim.parts[0][0])
        if claim.finding.label not in {Label.NAME, Label.LOCATION} or document not in documents or len(claim.parts) > 1:
            cut.append((claim, claim))
            continue
        kept = _kept(transcript, claim)
        cut.append((claim, kept))
        if kept is not None:
            named[document].update(_said(transcript, kept))
    for claim, kept in cut:
        if kept is not None:
            yield kept
        elif not named[transcript.document_at(claim.parts[0][0])].isdisjoint(_said(transcript, claim)):
            yield claim


def _said(transcript: Transcript, claim: Claim) -> list[str]:
    words = transcript.words
    [(start, end)] = claim.parts
    return words.said[words.at_or_behind(start) : words.at_or_behind(end)]


def _kept(transcript: Transcript, claim: Claim) -> Claim | None:
    """Return a claim from its first word on that is no German one, None where there is none."""
    words = transcript.words
    [(start, end)] = claim.parts
    first, behind = words.at_or_behind(start), bisect_right(words.starts, end - 1)
    if words.beside(first, -1) in _TITLES:
        return claim
    at = first
    while at < behind and words.said[at] in _words() and not (at > first and words.said[at - 1] in _TITLES):
        at += 1
    if at == first:
        return claim
    return Claim(((words.starts[at], end),), claim.finding) if at < behind else None
