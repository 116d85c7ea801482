"""Codes of several pieces as letters, forms and files write them, behind the word that says what they number.

"Our ref: QTB/FNK.5582-3", "Admn. No. KL/23/5071", "file 31-PA-FA-22-4417", "s/n 8KR2ZM5", "(PH 229385)" behind a
registration, "registered with the board as RT-3312-558219", "D. Achebe #P31825". Digits alone are left to others, and
what numbers things, parts, models, orders, sections, stays.
"""

import re
from collections.abc import Iterator

from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import A_DIGIT, Group, Needed, Triggered

_NUMBERED = "no|nr|num|number|id"
_OF_FILES = (
    "ref reference file case matter docket run workgroup trn urn uhid acc accession serial ser sn registration reg "
    "registered licence license lic oln dl loan policy claim member employee emp staff clock payroll badge admission "
    "admn opd ipd enrolment enrollment roll passport permit tenancy complaint "
    "incident crime warrant petition account acct student candidate"
)
_CODE = r"([a-z0-9]{1,12}(?:[-/.][a-z0-9]{1,12}){1,5}|[a-z]{1,4}[ ]?[0-9]{4,10}[a-z]{0,3}|[a-z0-9]{6,14})"
_BEHIND_WORD = Triggered(
    (
        rf"\b(?:{_OF_FILES.replace(' ', '|')}|s/n)\b(?:\.|'s)?(?:[ ](?:{_NUMBERED})\b\.?)?"
        rf"(?:[ ](?:is|was))?[ ]?[#:]?[ ]?[(\"]?{_CODE}\b"
    ).encode(),
    needs=(f"{_OF_FILES} s",),
)
_REGISTERED = Triggered(
    rf"\b(?:registered|recorded|filed)(?:[ ][a-z]+){{0,6}}[ ](?:as|under)[ ]{_CODE}\b".encode(),
    needs=("registered recorded filed", "as under"),
)
_AFTER_SIGN = Triggered(rb"(?:^|[^\w&/])#([a-z]{1,3}[0-9]{4,8})\b", needs=("#", A_DIGIT))
_DIGITS = Needed(A_DIGIT)
NEEDS = Group(_BEHIND_WORD, _REGISTERED, _AFTER_SIGN)
"""The forms; without their words in a text nothing is found in it."""

_LEAST = 3  # digits beside letters
_LEAST_ALONE = 6
_HARMLESS = re.compile(
    r"\b(?:part|model|order|item|lot|batch|section|form|article|drawing|version|cross|use|test|edge|best|worst)\s+$",
    re.ASCII,
)
_OF_LAW = re.compile(r"\s(?:cfr|u\.?s\.?c|usc|stat)\b", re.ASCII)
_OF_NUMBERS = re.compile(
    r"[0-9]+(?:[.][0-9]+)*[a-z]?|[0-9]{1,2}[/.-][0-9]{1,2}(?:[/.-][0-9]{2,4})?|[0-9]{1,4}[a-z]{1,2}", re.ASCII
)
_STANDARDS = re.compile(
    r"(?:sha|md|aes|rsa|rs|iso|iec|rfc|icd|cms|dsm|cpt|utf|usb|tls|http|ieee|astm|ansi|nist|bs|en|din|hd|ip|covid|err)[-/]?[0-9]"
    r"|.*\.[a-z]{2,4}$|.*[-/](?:cfr|usc)\b|q[1-4]/|[0-9]+-?(?:day|week|month|year|hour|minute|page|point|bit)\b",
    re.ASCII,
)
_WORDS = re.compile(r"[a-z]+(?:[-/.][a-z]+)*", re.ASCII)
_KIND = re.compile(r"[a-z/]+", re.ASCII)
_LABELS = {
    **dict.fromkeys(("urn", "uhid", "opd", "ipd"), Label.MRN),
    **dict.fromkeys(("licence", "license", "lic", "oln", "dl", "registration", "reg"), Label.LICENSE),
    **dict.fromkeys(("loan", "account", "acct"), Label.ACCOUNT),
    **dict.fromkeys(("serial", "ser", "sn", "s/n"), Label.DEVICE),
    **dict.fromkeys(("policy", "member"), Label.HEALTH_PLAN),
}
_WHY = "a word that numbers files, then a code of letters and digits"
_FOUND = {label: finding(label, "referenced-code", _WHY, 0.7, "context") for label in (Label.ID, *_LABELS.values())}
LABELS = frozenset(_FOUND)


def claims(transcript: Transcript) -> Iterator[Claim]:
    """Return such codes."""
    if not _DIGITS.can_occur(transcript.octets):
        return
    text = transcript.folded
    for pattern in (_BEHIND_WORD, _REGISTERED, _AFTER_SIGN):
        for match in pattern.finditer(transcript.octets):
            start, end = match.span(1)
            before = text[max(0, match.start() - 12) : match.start()]
            if _is_code(transcript, start, end) and not _HARMLESS.search(before) and not _OF_LAW.match(text, end):
                kind = _KIND.match(match[0].decode("ascii"))
                yield Claim(((start, end),), _FOUND[_LABELS.get(kind[0] if kind else "", Label.ID)])


def _is_code(transcript: Transcript, start: int, end: int) -> bool:
    """Whether letters and digits stand together as in a code: no word, no version, no day, and capitals if any."""
    said, written = transcript.folded[start:end], transcript.cased[start:end]
    harmless = _WORDS.fullmatch(said) or _OF_NUMBERS.fullmatch(said) or _STANDARDS.match(said)
    if harmless or sum(map(str.isdigit, said)) < (_LEAST if any(map(str.isalpha, said)) else _LEAST_ALONE):
        return False
    if transcript.folded[end : end + 1] in {"@", "%"} or transcript.folded[start - 1] in {"@", "/", "."}:
        return False
    if not any(map(str.islower, written)):
        return True
    document = transcript.document_at(start)
    whole = transcript.cased[transcript.documents[document] : transcript.document_end(document)]
    return not any(map(str.isupper, whole))
