"""Ages of 90 and more as notes have them: "93F with chest pain", "ages 3, 45 and 92", "in her late nineties".

A letter behind a number tells of a woman or a man where a note goes on as one does about a patient, and nothing before
it tells of degrees or of millions. The nineties are somebody's, not the decade. A number between commas is an
age behind a name and before what people are or do; with "now" a word for somebody does as well as a name.
"""

import re
from collections.abc import Iterator

from privity.redact.claims import Claim, Part
from privity.redact.dates.date_words import AGES, TEEN, TENS, UNIT
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.reading.lexicon import LISTED, Bit, lexicon
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import A_NUMBER, Group, Triggered

_OLD = r"(?:9[0-9]|1[01][0-9])"
_SEX = re.compile(
    rf"(?:^|[\n\x1d\x1e.;:]\s*|\b(?:an?|the|this|our|(?:pt|patient)(?:\s+is)?|old)\s+)({_OLD})\s?([FM])(?=[,/.;:]|\s+(?:with|w/|who|"
    r"presents?|presenting|presented|admitted|here|c/o|s/p|h/o|hx|p/w|pmh|seen|brought|found|status|in\s+the\s+ed|"
    r"from|complain\w*|known|on\s+hospice)(?![a-z]))",
    re.ASCII,
)
_SEXES = Triggered(rf"\b{_OLD}\s?[fm]\b".encode(), needs=(AGES,))
_NO_AGE = re.compile(
    r"(?:\b(?:temp|temperature|fever|tmax|heat|degrees|raised|revenue|worth)\b[^.\n]*|\$\s*)$", re.ASCII
)
_NINETIES = Triggered(
    rb"\bin\s+(?:his|her|their|my|your)\s+((?:(?:early|mid|middle|late)[\s-]+)?(?:nineties|'?90'?s))\b|"
    rb"\b((?:nonagenarian|centenarian|supercentenarian)s?)\b",
    needs=("nineties nonagenarian* centenarian* supercentenarian* 90*",),
)
_NUMBER = rf"(?:[0-9]{{1,3}}|{TENS}(?:[\s-]{UNIT})?|{TEEN}|{UNIT})"
_LIST = Triggered(
    (
        rf"\b(?:ages?|aged)\s+(?:{_NUMBER}(?:\s*,\s*(?:and\s+|or\s+)?|\s+(?:and|or|to|through|until)\s+|\s*[-/&]\s*)){{1,8}}{_NUMBER}\b|"
        rf"\bage\s*(?:/\s*(?:sex|gender)\s*)?(?:\([a-z ,.]{{1,12}}\)\s*)?[:=-]?\s*{_OLD}\b"
    ).encode(),
    needs=("age ages aged", A_NUMBER),
)
_OF_LIST = re.compile(rf"\b(?:{_OLD}|ninety(?:[\s-]{UNIT})?)\b(?!\s*%)", re.ASCII)
# "DOB 06/30/1932, so 93"
_BORN = Triggered(
    (
        r"\b(?:dob|d\.o\.b|born|birth)[\s:.][^\n\x1d\x1e]{3,30}?[,(]\s?"
        rf"(?:(?:so|now|currently|age)\s)?({_OLD})(?:\s?[,.;)]|\s*$)"
    ).encode(),
    needs=("dob d born birth", AGES),
)
# as in "our neighbour Elsa Varga (now 97)" and "the tenant, currently 91, wants"
_BY_NOW = Triggered(
    (
        rf"\b([a-z][a-z'-]+)(?:\)?, | \()(?:now|currently) ({_OLD})"
        r"(?:[,;:)]|\.(?:[^0-9]|$)| ?(?:[\x1d\x1e]|$))"
    ).encode(),
    needs=("now currently", AGES),
)
# as in "Elsa Varga, 101, of Camden"
_NAMED = Triggered(
    (
        rf"\b([a-z][a-z'-]+)\)?, ({_OLD})(?:, (?:(of|from) |(?:(?:late|formerly|a|an|our|his|her) )?"
        r"(?:died|passed|was|who|has|is|lives|lived|resident|grandmother|grandfather|mother|father|widow|widower|"
        r"[a-z]+ed|would|could|can|wants|needs|says|said)\b)|[.;)](?:[^0-9]|$)|,? ?(?:[\x1d\x1e]|$))"
    ).encode(),
    needs=(AGES,),
)
_KIN = frozenset(
    {
        "mother", "father", "mum", "mom", "dad", "grandmother", "grandfather", "grandma", "grandpa", "granny", "nan",
        "nana", "aunt", "uncle", "great-aunt", "great-uncle", "wife", "husband", "sister", "brother", "widow",
        "widower", "neighbour", "neighbor", "patient", "resident", "tenant", "client", "lady", "gentleman", "woman",
        "man",
    }
)  # fmt: skip
_NOBODY = Bit.NO_PERSON | Bit.FUNCTION | Bit.CALENDAR | Bit.THING | Bit.REGION
NEEDS = Group(_SEXES, _NINETIES, _LIST, _BORN, _BY_NOW, _NAMED)
"""Without these words in a text nothing is found in it."""
_CAPITALISED = re.compile(r"[A-Z][a-z'-]", re.ASCII)
_CAPITAL_BEFORE = re.compile(r"\b[A-Z][a-z'-]*\.? $", re.ASCII)
_BEFORE = 30

_FOUND = finding(Label.AGE, "age-over-89", "an age of 90 or more", 0.9, "form", "", "90 or more")


def claims(transcript: Transcript) -> Iterator[Claim]:
    """Return ages of 90 and more in the short forms of notes."""
    octets = transcript.octets
    if next(iter(_SEXES.finditer(octets)), None) is not None:
        for match in _SEX.finditer(transcript.cased):
            if not _NO_AGE.search(transcript.folded, max(0, match.start() - _BEFORE), match.start(1)):
                yield Claim((match.span(1),), _FOUND)
    for match in _NINETIES.finditer(octets):
        yield Claim((match.span(match.lastindex),), _FOUND)
    for match in _BORN.finditer(octets):
        yield Claim((match.span(1),), _FOUND)
    yield from _behind_names(transcript)
    for match in _LIST.finditer(octets):
        for age in _OF_LIST.finditer(transcript.folded, *match.span()):
            yield Claim((age.span(),), _FOUND)


def _behind_names(transcript: Transcript) -> Iterator[Claim]:
    """Yield ages that stand bare behind a name, or with "now" behind a word for somebody."""
    for match in _BY_NOW.finditer(transcript.octets):
        if match[1].decode("ascii") in _KIN or _is_name(transcript, match.span(1)):
            yield Claim((match.span(2),), _FOUND)
    for match in _NAMED.finditer(transcript.octets):
        behind = transcript.cased[match.end() : match.end() + 1]
        goes_on = match[3] is not None and not behind.isupper()  # "Bread, 95, of course"
        if not goes_on and _is_name(transcript, match.span(1)):
            yield Claim((match.span(2),), _FOUND)


def _is_name(transcript: Transcript, part: Part) -> bool:
    """Whether a capitalised word is a name; one that is a word of English as well only behind another such word."""
    start, end = part
    known = lexicon().of(transcript.folded[start:end])
    if not _CAPITALISED.match(transcript.cased, start) or known & _NOBODY:
        return False
    if known & Bit.WORD:
        before = _CAPITAL_BEFORE.search(transcript.cased, max(0, start - _BEFORE), start)
        return known & LISTED != 0 and before is not None
    return known & LISTED != 0 or not known & Bit.PLACE
