"""What is measured, dosed and recommended in medicine, where a cue made a number of somebody out of it.

"MRN 750938, CLL, ESR 92", "license J4471, any ADA 2024 objection", "1 g q12h", "3.0 x 22 mm": what follows a record
number in a note is rarely a part of it. Letters that stand for a measure, a guideline before its year and a dose with
its frequency are nobody's.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache, partial

from privity.redact.claims import Claim
from privity.redact.labels import RECORDS, Label
from privity.redact.reading.eponym_lists import eponyms
from privity.redact.reading.lexicon import Bit
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.vocabulary import one_of

_LABELS = RECORDS | {Label.CVV, Label.PHONE, Label.SSN, Label.USERNAME}
_LONGEST = 36  # characters
_LONGEST_ISSUER = 12
_LONGEST_MEASURE = 24
_SURE_IN_SPEECH = 4  # letters
_AMOUNT = r"[0-9]{1,4}(?:[.,][0-9]{1,3})?(?:/[0-9]{1,3})?%?"
_SIZE = r"[0-9]{1,3}(?:\.[0-9]{1,2})?(?:\s?x\s?[0-9]{1,3}(?:\.[0-9]{1,2})?){1,2}(?:\s?[cm]m)?"
_OFTEN = (
    r"(?:q\s?[0-9]{1,2}\s?h|qd|bid|tid|qid|qhs|qod|qds|tds|od|bd|om|on|nocte|mane|stat|prn|daily|weekly|iv|po|im|sc)"
)
_YEAR = re.compile(r"20[0-3][0-9]", re.ASCII)
_ANNOUNCED = frozenset(":#=")


@cache
def _pattern() -> re.Pattern[str]:
    """Return the pattern of what is measured, dosed or recommended, and nothing else."""
    measures = one_of(measure for measure in eponyms().measures if len(measure) > 1)
    one = (
        rf"(?:(?:{measures})(?:\s(?:of|was|is))?\s?[<>=]?\s?{_AMOUNT}|(?:k|p|t4|t3)\s[0-9]\.[0-9]|hr\s(?:[4-9][0-9]|1[0-9]{{2}})|{_SIZE}|"
        rf"(?:{one_of(eponyms().guidelines)})\s(?:'[0-9]{{2}}|20[0-3][0-9])|"
        rf"[0-9]{{1,4}}(?:\.[0-9]{{1,3}})?\s?(?:g|mg|mcg|ml|units?|iu|meq|puffs?|tabs?)(?:\s{_OFTEN})+)"
    )
    return re.compile(
        rf"(?:[a-z]{{2,6}}[,;]?\s)?(?:w/\s?|with\s|and\s)?{one}(?:[),;.\s]+(?:{one}|[prt]\s[0-9]{{1,3}}(?:\.[0-9])?))*(?:[),;.\s]+(?:{measures}))?",
        re.ASCII,
    )


@cache
def _named() -> re.Pattern[str]:
    """Return the pattern of what names a measure right before its number."""
    measures = one_of(measure for measure in eponyms().measures if len(measure) > 1)
    return re.compile(rf"(?<![\w-])({measures})(?:\s(?:of|was|is|at|level))?\s?[<>=~]?\s?$", re.ASCII)


_AMOUNT_ALONE = re.compile(_AMOUNT, re.ASCII)


def without(transcript: Transcript, claims: Iterable[Claim]) -> Iterator[Claim]:
    """Yield the claims without what is measured, dosed or recommended; in speech nothing is told from capitals."""
    is_nobodys = cache(partial(_is_nobodys, transcript))  # several detectors find the same place
    for claim in claims:
        may_be = claim.finding.label in _LABELS and len(claim.parts) == 1
        if not (may_be and is_nobodys(*claim.parts[0])):
            yield claim


def _is_nobodys(transcript: Transcript, start: int, end: int) -> bool:
    if _is_amount_of_measure(transcript, start, end):
        return True
    text, words = transcript.folded, transcript.words
    at = words.at_or_behind(start)
    spoken = at < len(words.bits) and words.bits[at] & Bit.PLAIN
    announced = not _ANNOUNCED.isdisjoint(text[max(0, start - 2) : start])
    return not (spoken or announced or end - start > _LONGEST) and _is_measured(text, start, end)


def _is_measured(text: str, start: int, end: int) -> bool:
    if _pattern().fullmatch(text, start, end):
        return True
    issuer = text[max(0, start - _LONGEST_ISSUER) : start].rsplit(None, 1)
    return _YEAR.fullmatch(text, start, end) is not None and issuer[-1:] != [] and issuer[-1] in eponyms().guidelines


def _is_amount_of_measure(transcript: Transcript, start: int, end: int) -> bool:
    """Whether a number follows what names a measure, "ferritin 1450": a long word where capitals tell nothing."""
    text, words = transcript.folded, transcript.words
    if not _AMOUNT_ALONE.fullmatch(text, start, end):
        return False
    named = _named().search(text, max(0, start - _LONGEST_MEASURE), start)
    if named is None:
        return False
    at = words.at_or_behind(named.start(1))
    return not words.bits[at] & Bit.PLAIN or len(named[1]) >= _SURE_IN_SPEECH
