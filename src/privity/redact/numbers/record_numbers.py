"""Numbers of cases, accessions, claims, encounters and runs, as notes and questions write them, and who was logged in.

"(case 511830977)", "accession C19-50945", "encounter no. 833552760", "lab no. S20-18031", "insurance # CGN-819471",
"user pellegrini67": a word of records and then a code, with or without what abbreviates "number" between them. What
follows only the bare word has to be long, or of letters and digits.
"""

import re
from collections.abc import Iterator

from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.reading.lexicon import Bit
from privity.redact.reading.spoken_numbers import NUMBER_WORDS, digits_said
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import A_DIGIT, A_NUMBER, NEXT_TURN, Group, Triggered
from privity.redact.reading.vocabulary import one_of, vocabulary

_BARE = (
    "booking locator case claim accession encounter specimen requisition pathology subject csn fin har chi sn incident"
)
_NUMBERED = (
    f"{_BARE} lab labs run sample visit study trial record chart file insurance policy member referral admission "
    "enrollment participant badge group subscriber auth authorization trip path episode patient hospital registry "
    "report clock payroll staff loan device serial implant pump confirmed confirmation reference ticket inmate donor ur"
)
_SIGN = r",?\s*(?:\bid\b|\bno\b\.?|\bnr\b\.?|\bnum\b\.?|\bnumber\b|#)\s*[:#.]?\s*"
_RECORD = Triggered(
    (
        rf"\b({_NUMBERED.replace(' ', '|')})(?:\s+ref\.?)?{_SIGN}"
        rf"([a-z]{{0,5}}-?[0-9][a-z0-9]*(?:[-/.][a-z0-9]+)*)|"
        rf"\b({_BARE.replace(' ', '|')})(?:\s+ref\.?)?(?:'s\s|[:\s,])\s*(?:(?:it's|it\s+is|that's|is|was)\s+)?"
        r"([0-9]{6,}[a-z]?|[0-9]{4} [0-9]{3,4}\b|[a-z]{1,5}-[0-9]{2,}(?:-[a-z0-9]+)+|[a-z]{1,5}-?[0-9]{4,}[a-z]?|"
        r"[0-9]{1,4}[a-z]{1,4}[0-9]{2,}[a-z]?|[a-z]?[0-9]{2,4}-[a-z0-9]{3,}(?:-[a-z0-9]+)*)"
    ).encode(),
    needs=(_NUMBERED, A_DIGIT),
)
# Six letters and figures, as airlines have them, once or several times: "locator P4TTQX, ours is P4V9RM".
_LOCATOR = Triggered(rb"\b(?:locators?|bookings?|pnr)\b", needs=("locator locators booking bookings pnr",))
# "do you have the confirmation / i do, it's TN36BK"
_CONFIRMED = Triggered(rb"\bconfirmation(?:\s+(?:number|code|no))?[\s?.]*\x1e", needs=("confirmation", NEXT_TURN))
_SIX = re.compile(r"\b(?=[a-z0-9]*[a-z])(?=[a-z0-9]*[0-9])[a-z0-9]{6}\b(?![.@/-][a-z0-9])", re.ASCII)
_LOCATOR_REACH = 80
_USER = Triggered(
    rb"\buser:?\s+([a-z][a-z_.-]{2,}[0-9]{1,6})\b|\b(?:user|username|login):?\s+([a-z][a-z0-9]*[._][a-z0-9]+)(?:[\s,;:)?\x1d\x1e]|$)",
    needs=("user username login",),
)
_DIGIT_WORD = rf"(?:[0-9]+|{one_of(NUMBER_WORDS)})"
_DIGITS_SAID = rf"{_DIGIT_WORD}(?:,?[ ](?:(?:uh|um|er),?[ ])?{_DIGIT_WORD}){{2,9}}"
_SAID = Triggered(
    (
        r"\b(case|claim|file|trace|member),?[ ](?:number[ ])?"
        rf"((?:[b-hj-z](?:[ ](?:as[ ]in|like|for)[ ][a-z]+)?,?[ ]){{0,4}}{_DIGITS_SAID})\b"
    ).encode(),
    needs=("case claim file trace member", A_NUMBER),
)
# "i need a refill, the number is 7318031": of what, the talk before says
_THE_NUMBER = Triggered(
    (
        r"\b(?:the|my|your|his|her)[ ]number(?:'s|[ ]is)[ ]"
        rf"((?:double[ ]|triple[ ])?{_DIGITS_SAID}|[0-9]{{6,12}})\b"
    ).encode(),
    needs=("number", A_NUMBER),
)
# "this is representative four one seven": numbers by which those who answer are known
_STAFF = Triggered(
    (
        r"\b(?:this\s+is|(?:i|he|she|they|you|we)(?:'m|'s|'re|\s+is|\s+are)|speaking\s+(?:to|with)|spoke\s+(?:to|with)|my\s+name\s+is|it's|from)"
        r"\s+(?:your\s+|an?\s+|the\s+)?(?:[a-z]+\s+)?(?:representative|agent|operator|specialist|clerk|advisor|adviser|associate|"
        r"consultant|employee|officer|deputy|trooper|dispatcher|driver|inmate|badge)(?:\s+(?:number|id|i\s+d))?"
        rf"\s+((?:{_DIGIT_WORD})(?:\s+{_DIGIT_WORD}){{1,5}}|[0-9]{{3,7}})\b"
    ).encode(),
    needs=(
        (
            "representative agent operator specialist clerk advisor adviser associate consultant employee officer "
            "deputy trooper dispatcher driver inmate badge"
        ),
        A_NUMBER,
    ),
)
# "who's logged in / it says s gallagher two"
_SHOWN_USER = Triggered(
    (
        rf"\b(?:logged\s+(?:in|on)|signed\s+in|log\s?in|username|user)(?:\s+(?:here|there|now|right|as|name))*[\s,?.:\x1e]+"
        rf"(?:(?:it|uh|um|okay|just|the|screen|and|says|shows|say|is|it's)[\s,]+){{1,6}}([b-hj-z]\s+[a-z]{{3,}}(?:\s+{_DIGIT_WORD}){{0,3}})\b"
    ).encode(),
    needs=("logged signed log login username user",),
)
_SAID_DIGITS = range(5, 13)
_LEAST_OF_NUMBER = 6  # digits, where nothing but "the number" announces them
_NO_CASE = re.compile(
    r"\b(?:this|that|any|in|which|each|every|just|worst|best|some|either|of|upper|lower)\s+$", re.ASCII
)
_BEHIND = re.compile(
    r"\s?(?:%|mg|mcg|ml|g|kg|units?|iu|mm|cm|years?|yo|days?|weeks?|months?|patients|cases)\b", re.ASCII
)
_DIGIT = re.compile(r"[0-9]", re.ASCII)
_LEAST = 4  # digits of what is written behind "no."
_KIND = {
    **dict.fromkeys(("patient", "record", "chart", "hospital"), Label.MRN),
    **dict.fromkeys(("insurance", "policy", "member", "group", "subscriber"), Label.HEALTH_PLAN),
    **dict.fromkeys(("device", "serial", "implant", "pump", "sn"), Label.DEVICE),
}

_FOUND = {
    label: finding(label, "record-number", "a word of records, then a code", 0.86, "context")
    for label in (Label.ID, Label.MRN, Label.HEALTH_PLAN, Label.DEVICE)
}
_THE_NUMBER_FOUND = finding(Label.ID, "record-number", 'digits behind "the number is"', 0.5, "context")
_LOGGED_IN = finding(Label.USERNAME, "user-named", '"user", then letters and digits', 0.8, "context")
LABELS = frozenset({*_FOUND, Label.USERNAME})
NEEDS = Group(_RECORD, _LOCATOR, _CONFIRMED, _USER, _SAID, _THE_NUMBER, _STAFF, _SHOWN_USER)
"""Without these words in a text nothing is found in it."""


def claims(transcript: Transcript) -> Iterator[Claim]:
    """Return the codes behind words of records, and the names of users behind "user"."""
    yield from _records(transcript)
    for match in (*_LOCATOR.finditer(transcript.octets), *_CONFIRMED.finditer(transcript.octets)):
        limit = transcript.stretches[transcript.turn_at(match.end())].end
        for six in _SIX.finditer(transcript.folded, match.end(), min(limit, match.end() + _LOCATOR_REACH)):
            yield Claim((six.span(),), _FOUND[Label.ID])
    for match in _STAFF.finditer(transcript.octets):
        if not _BEHIND.match(transcript.folded, match.end()) and not _is_counted(transcript, match.end()):
            yield Claim((match.span(1),), _FOUND[Label.ID])
    for match in _SHOWN_USER.finditer(transcript.octets):
        words = transcript.words
        name = words.at_or_behind(match.start(1)) + 1
        if words.bits[name] & (Bit.GIVEN | Bit.SURNAME | Bit.UNKNOWN) and words.said[name] not in {"mail", "ray"}:
            yield Claim((match.span(1),), _LOGGED_IN)
    for match in _USER.finditer(transcript.octets):
        yield Claim((match.span(match.lastindex or 0),), _LOGGED_IN)


def _is_counted(transcript: Transcript, end: int) -> bool:
    """Whether a word of measure follows a number: "this is your agent two hundred dollars over"."""
    words = transcript.words
    return words.beside(words.at_or_behind(end) - 1, 1) in vocabulary().units


def _records(transcript: Transcript) -> Iterator[Claim]:
    text = transcript.folded
    for match in _RECORD.finditer(transcript.octets):
        numbered = match.start(1) >= 0
        start, end = match.span(2 if numbered else 4)
        if _BEHIND.match(text, end) or text[end : end + 1] == "'":
            continue
        if numbered and len(_DIGIT.findall(text, start, end)) < _LEAST:
            continue
        if not numbered and _NO_CASE.search(text, max(0, match.start() - 10), match.start()):
            continue
        word = match[1 if numbered else 3].decode("ascii")
        yield Claim(((start, end),), _FOUND[_KIND.get(word, Label.ID)])
    for match in _SAID.finditer(transcript.octets):
        start, end = match.span(2)
        said = len(digits_said(text[start:end])) in _SAID_DIGITS and not _BEHIND.match(text, end)
        if said and not _NO_CASE.search(text, max(0, match.start(1) - 10), match.start(1)):
            yield Claim((match.span(2),), _FOUND[_KIND.get(match[1].decode("ascii"), Label.ID)])
    for match in _THE_NUMBER.finditer(transcript.octets):
        counted = _BEHIND.match(text, match.end(1)) is not None or _is_counted(transcript, match.end(1))
        counted = counted or b"hundred" in match[1] or b"thousand" in match[1]  # "your number is five hundred ten"
        if len(digits_said(match[1].decode("ascii"))) >= _LEAST_OF_NUMBER and not counted:
            yield Claim((match.span(1),), _THE_NUMBER_FOUND)
