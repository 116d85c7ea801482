"""Eponyms that no noun of medicine follows, where what is said around them tells that no person is meant.

"s/p Whipple", "a positive Spurling", "pull her Hickman", "62M with Graves' on methimazole", "Murphy sign", "VICTORIA
excluded dialysis". Each kind has its own surroundings; whoever is spoken to, does something or is asked about, "page
Hickman", "discussed with Graves", stays hidden, and so does each name that has more of a name.
"""

import re
from functools import cache

from privity.redact.reading.eponym_lists import eponyms
from privity.redact.reading.lexicon import Bit, lexicon
from privity.redact.reading.transcript import Transcript

_REACH = 48  # characters
_CLOSES = r"(?=\s*(?:[,;.?!:)/\n\x1d\x1e]|$)|\s(?:and|or|vs\.?|versus|but|if|in an?|on [a-z]{4,}|without|x\s?[0-9])\b)"
_PATIENT = (
    r"(?:[0-9]{1,3}\s?(?:[mf]|yo|y/o|y\.o\.|yr|year[- ]olds?)(?:\s[a-z]+){0,2}|wom[ae]n|m[ae]n|males?|females?|"
    r"patients?|pts?|boy|girl|child(?:ren)?|kid|lady|gentleman|adults?|people|someone|somebody|diagnosed|presents|presenting|"
    r"consistent|compatible)\s(?:with|w/|has|had)"
)
_HISTORY = (
    r"(?:h/o|hx|hx of|history of|pmh|pmh of|pmhx|dx|dx of|diagnosis of|r/o|rule out|ruled out|biopsy-proven|signs of|"
    r"symptoms of|features of|evidence of|suspicious for|consistent with|compatible with|c/w|workup for|work-up for|"
    r"screen for|screened for|tested for|test for|refractory|familial|juvenile|flare of|risk of|relapse of|"
    r"recurrence of|complicated by|secondary to)"
)
_MAYBE = (
    r"(?:known|exclude|suspected|suspect|possible|probable|presumed|concern for|concerning for|worrisome for|"
    r"treatment of|treatment for|treated for|management of|managing|atypical|pediatric|active|untreated|underlying|"
    r"mimics?|type of|form of|due to|related to)"
)
_OPENS = r"(?:^|[\s(\x1d\x1e])"
# What stands right before an eponym of any kind, and right behind it.
_BEFORE = re.compile(
    rf"{_OPENS}(?:s/p|status post|positive|negative|equivocal|pos|neg|indeterminate|"
    r"redo|robotic|laparoscopic|lap|failed|revision|modified|reverse|"
    r"(?:pod\s?#?[0-9]+|day [0-9]+|[0-9]+ (?:days?|weeks?|wks?|months?|mos?|years?|yrs?)|"
    r"diet|leak|output|fever|recovery) (?:after|from|post|following|s/p)(?: an?| the| his| her)?)\s$",
    re.ASCII,
)
_TESTED = re.compile(rf"{_OPENS}(?:positive|negative|equivocal|pos|neg|indeterminate)\s$", re.ASCII)
_FOUND = re.compile(
    r"(?:'s?)?\s(?:(?:was|is|were|came back|remains)\s)?(?:positive|negative|equivocal|\+|indeterminate)"
    r"(?=\s*(?:[,;.?!)\x1d\x1e]|$)|\s(?:on|bilaterally|and|but|today|with)\b)",
    re.ASCII,
)
# Somebody has it: before and behind an illness.
_HAS = re.compile(rf"{_OPENS}(?:{_HISTORY}|{_PATIENT})\s$", re.ASCII)
_MAY_HAVE = re.compile(rf"{_OPENS}{_MAYBE}\s$", re.ASCII)
_SOMEBODY_HAS = re.compile(
    rf"{_OPENS}(?:{_MAYBE}|has|have|had|think|likely|be|vs\.?|versus|or|with|w/|for|really|is it|just)\s$", re.ASCII
)
_SPOKEN_TO = re.compile(
    r"\b(?:discuss(?:ed)?|talk(?:ed)?|spoke|speak(?:ing)?|met|meet(?:ing)?|visit|round(?:ed|ing)?|agreed?|check(?:ed)?|"
    r"follow(?:ed|ing)?[ -]?up|f/u|appointment|appt|visit|seen|clinic|d/w|along|sign(?:ed)? out|call(?:ing|ed)?|"
    r"page[d]?|message|letter|note|covering|consult(?:ed)?|order(?:ed|s)?|ok(?:ay)?|fine)\s(?:with|for)\s$",
    re.ASCII,
)
_OWNED_END = re.compile(rf"'s?{_CLOSES}", re.ASCII)
_ILL_END = re.compile(rf"(?:'s?)?{_CLOSES}", re.ASCII)
# A device: before and behind it.
_DEVICE_BEFORE = re.compile(
    rf"{_OPENS}(?:an?|another|new|old|existing|indwelling|tunneled|[0-9]+\s?(?:fr|french|cm))\s$", re.ASCII
)
_HANDLED = re.compile(
    rf"{_OPENS}(?:pull(?:ed|ing)?|remov(?:e|ed|ing)|insert(?:ed|ing)?|exchanged?|flush(?:ed|ing)?|clamp|unclamp|deflate|"
    r"reinsert(?:ed)?|place)\s$",
    re.ASCII,
)
_HANDLED_BEHIND = re.compile(
    r"(?=\s*[,;.?!)\x1d\x1e]|$)|\s(?:at bedside|before|after|today|now|tomorrow|prior|without|again|early|"
    r"on (?:pod|day)|or)\b",
    re.ASCII,
)
_OWNER_BEFORE = re.compile(rf"(?:{_OPENS}(?:the|his|her|their|this|that)|[a-z]'s?)\s$", re.ASCII)
_DEVICE_BEHIND = re.compile(
    r"\s(?:in place|in situ|in\b(?=\s*[,;.?)\x1d\x1e]|$)|output|site|tip|cuff|balloon|bulb|tubing|lumen|ports?|lines?|"
    r"cath(?:eter)?s?|drains?|tubes?|placement|insertion|removal|exchange|care|trial|to gravity|to suction|"
    r"(?:was |is |been )?(?:clogged|leaking|kinked|dislodged|flushing|pulled|removed|placed|inserted|clamped)"
    r"(?!\s(?:an?|the|his|her|their|it|orders?)\b))",
    re.ASCII,
)
_NOBODYS_BEHIND = re.compile(
    r"(?:'s?)?[ -](?:kid|case|family|boy|girl|baby|twins?|patient|pt|chart|guy|lady|house|account|file|"
    r"appointment|estate|matter|consult|visit|note|labs|surgery|room|bed|mom|dad|wife|husband|son|daughter|"
    r"on the phone|in (?:room |bed )?[0-9]+)\b|'s?\s|-[a-z]",
    re.ASCII,
)
# A trial, in capitals.
_STUDIED_BEHIND = re.compile(
    r"(?:-[a-z0-9]+)?\s(?:trial|study|studies|excluded? (?!from\b|by\b)[a-z]+|"
    r"enrolled [a-z]+ [a-z]+|showed (?!up\b|me\b|us\b|h)[a-z]+|randomi[sz]ed|investigators|data|protocol|"
    r"population|subgroup|criteria|endpoints?|primary|for (?:my |our )?journal club|apply|applies|eligib[a-z]+|results|"
    r"design|cohort|regimen|substudy|extension|publication|paper|arm)\b",
    re.ASCII,
)
_STUDIED_BEFORE = re.compile(
    r"\b(?:summari[sz]e|endpoints? (?:in|of)|results of|data from|evidence from|in the|arm of|protocol of|"
    r"enrolled in|excluded (?:in|from)|published in|versus|vs\.?)\s$",
    re.ASCII,
)
_NOUN = re.compile(r"('s?|s|)[ -]([a-z]+)\b", re.ASCII)
_VERBS = frozenset(
    {"sign", "test", "score", "drain", "line", "lead", "point", "block", "clamp", "scale", "wrap", "pin"}
)
_AUXILIARY = re.compile(
    r"\b(?:did|does|do|can|could|will|would|should|may|might|must|let|has|have|had|make|made|and|to)\s$", re.ASCII
)
_VERB_BEHIND = re.compile(
    r"\s(?:mean|exclude|rule|help|matter|have|indicate|suggest|predict|apply|need|require|work|correlate|change|count|"
    r"tell|be|in|if|still|after|of|for|with)\b",
    re.ASCII,
)


def is_bare(transcript: Transcript, start: int, end: int) -> bool:
    """Return whether a name or place stands for an illness, a finding, an operation, a device or a trial."""
    text = transcript.folded
    if _is_paired(text, start, end):
        return True
    name = text[start:end].replace("-", " ").removesuffix("'s")
    kinds = _kinds().get(name, 0)
    if not kinds:
        return False
    at = transcript.words.at_or_behind(start)
    shape = transcript.words.bits[at] if at < len(transcript.words.bits) else 0
    before = text[max(0, start - _REACH) : start]
    return (
        (kinds & _TRIAL and shape & Bit.CAPITALS and _is_trial(text, start, end))
        or (kinds & _DEVICE and _is_device(text, start, end, typed=not shape & Bit.PLAIN))
        or _is_of_patients(text, before, end, kinds, frequent=lexicon().of(name) & _FREQUENT != 0)
    )


def _is_of_patients(text: str, before: str, end: int, kinds: int, *, frequent: bool) -> bool:
    """Whether it is what somebody has, was found to have, or was operated with."""
    if kinds & _ILLNESS and _is_illness(text, before, end, frequent=frequent):
        return True
    if _NOBODYS_BEHIND.match(text, end):
        return False
    if kinds & _SIGN and _TESTED.search(before):
        return True
    if not kinds & _CALLED:
        return False
    if not frequent and _HAS.search(before):
        return _ILL_END.match(text, end) is not None
    return _BEFORE.search(before) is not None or _FOUND.match(text, end) is not None


def _is_illness(text: str, before: str, end: int, *, frequent: bool) -> bool:
    """Whether somebody has it, "62M with Graves' on methimazole"; behind less certain words it ends its clause."""
    if _HAS.search(before) or (not frequent and _MAY_HAVE.search(before)):
        return _ILL_END.match(text, end) is not None
    if _SOMEBODY_HAS.search(before) and not _SPOKEN_TO.search(before):
        return _OWNED_END.match(text, end) is not None
    return False


def _is_device(text: str, start: int, end: int, *, typed: bool) -> bool:
    if _NOBODYS_BEHIND.match(text, end):
        return False
    before = text[max(0, start - _REACH) : start]
    if _DEVICE_BEHIND.match(text, end) and not _SPOKEN_TO.search(before):
        return True
    if not typed:
        return False
    if _HANDLED.search(before):
        return _HANDLED_BEHIND.match(text, end) is not None
    given = lexicon().of(text[start:end]) & Bit.FREQUENT_GIVEN  # "her Kelly"
    return bool(_DEVICE_BEFORE.search(before) or (not given and _OWNER_BEFORE.search(before)))


def _is_trial(text: str, start: int, end: int) -> bool:
    if _STUDIED_BEHIND.match(text, end):
        return True
    return _STUDIED_BEFORE.search(text, max(0, start - _REACH), start) is not None and text[end : end + 1] in " ,.?;:)"


def _is_paired(text: str, start: int, end: int) -> bool:
    """Whether a name stands before the noun of its own, "Murphy's sign", or is that noun: "Harrington ⟦rod⟧"."""
    pairs = eponyms().pairs
    noun = _NOUN.match(text, end, end + _REACH)
    if noun is not None and text[start:end] in pairs.get(noun[2], ()):
        return noun[2] not in _VERBS or bool(noun[1]) or not _is_done(text, start, noun.end())
    last = text.rfind(" ", start, end) + 1 or start
    named = pairs.get(text[last:end])
    if named is None:
        return False
    before = text[max(0, start - _REACH) : last].rstrip(" -").removesuffix("'s").removesuffix("'")
    word = before[before.rfind(" ") + 1 :]
    return word in named and (last == start or len(word) == last - 1 - start)


def _is_done(text: str, start: int, end: int) -> bool:
    """Whether a noun that is also a verb is what somebody does: "did Murphy sign the form"."""
    if _AUXILIARY.search(text, max(0, start - _REACH), start):
        return _VERB_BEHIND.match(text, end) is None
    return False


_FREQUENT = Bit.FREQUENT_GIVEN | Bit.FREQUENT_SURNAME
_ILLNESS, _CALLED, _DEVICE, _TRIAL, _SIGN = 1, 2, 4, 8, 16


@cache
def _kinds() -> dict[str, int]:
    """Return what each name may stand for; a frequent given name, "Thomas", stands for less."""
    listed = eponyms()
    kinds: dict[str, int] = {}
    for kind, names in (
        (_ILLNESS, listed.illnesses),
        (_CALLED, listed.names | listed.called | listed.illnesses),
        (_DEVICE, listed.devices),
        (_TRIAL, listed.trials),
        (_SIGN, listed.pairs["sign"] | listed.pairs["test"]),
    ):
        for name in names:
            if (
                kind & (_DEVICE | _TRIAL | _SIGN)
                or not lexicon().of(name) & Bit.FREQUENT_GIVEN
                or name in listed.illnesses
            ):
                kinds[name] = kinds.get(name, 0) | kind
    return kinds
