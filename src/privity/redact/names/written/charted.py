"""Names as charts write them: initials before an age, "F.B., 64", and surnames first, "JUAREZ, HYACINTH".

Both are told by what stands around them: initials by the age, or by what is somebody's number behind them; a surname
before a comma by the given name behind it, where the two are all that stands between a sign or a small word and a sign.
"""

import re
from collections.abc import Iterator

from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.names.parts import NameParts
from privity.redact.reading.lexicon import LISTED, ORDINARY, Asked, Bit
from privity.redact.reading.transcript import Transcript

_INITIALS = re.compile(
    r"(?<![A-Za-z0-9.&-])((?:[A-Z]\.[ ]?){1,2}[A-Z]\.)"
    r"(?:,?\s(?:an?\s)?(?=[0-9]{1,3}(?:[,;.)\s]|\s?-?(?:yo|y/o|y\.o|yr|year|month|mo|week|day|[MF]\b)))|"
    r",?\s\((?:MRN|mrn|DOB|dob|insurance|member|policy|chart|ID|id|SSN|acct|record|patient)\b)",
    re.ASCII,
)
_SAINTS = frozenset({"saint", "st"})
_ACRONYM = 3  # letters
_NO_INITIALS = frozenset(
    {"u.s.", "u.k.", "u.n.", "e.u.", "d.c.", "p.m.", "a.m.", "i.v.", "p.o.", "i.m.", "m.d.", "r.n.", "n.p.", "d.o.",
     "p.a.", "e.r.", "e.d.", "o.r.", "b.p.", "h.r.", "q.d.", "i.e.", "e.g.", "s.p.", "u.s.a.", "b.i.d.", "t.i.d.",
     "q.i.d.", "d.o.b.", "p.r.n.", "n.p.o.", "j.d.", "b.a.", "m.s.", "b.s.", "l.a.", "s.f."}
)  # fmt: skip
_BEFORE = frozenset(
    {
        "for", "from", "re", "pt", "patient", "regarding", "on", "with", "about", "of", "is", "was", "name", "and",
        "by", "see", "saw", "admit", "admitted", "discharged", "does", "did", "has", "can", "should", "if", "dr",
    }
)  # fmt: skip
_OPENS = frozenset("\n:;(-\"'\x1d\x1e.?!#*>|/")
_CLOSES = re.compile(
    r"\s?(?:[,;:()\n\x1d\x1e\"]|-\s|\b(?:mrn|dob|age|aged|m|f|is|was|has|needs|[0-9]{1,3}\b)|$)|\.\s?(?:[\n\x1d\x1e]|$)",
    re.ASCII,
)
_CLOSINGS = frozenset({"best", "cheers", "hugs", "love", "regards", "thanks", "yours"})  # of a letter
_CLOSING_REACH = 40  # characters behind a name that would go on with the letter
_SURNAME = Bit.SURNAME | Bit.UNKNOWN | Bit.FOREIGN_SURNAME
_SHAPED = Bit.CAPITAL | Bit.CAPITALS
_NO_NAME = Bit.FUNCTION | Bit.CALENDAR | Bit.TITLE | Bit.PEOPLE | Bit.NO_PERSON | Bit.NUMBER | Bit.REGION
_MAY_OPEN = Asked(
    lambda bits: (
        (bits & Bit.INITIAL or (bits & LISTED and bits & _SHAPED and not bits & _NO_NAME & ~Bit.PEOPLE)) != 0
        and not bits & Bit.PLAIN
    )
)
_TITLE = re.compile(r"\b(?:Dr|Prof|Mr|Mrs|Ms|Mx)\.? $", re.ASCII)
_LONGEST_TITLE = 6
_PATIENTS = frozenset({"pt", "patient", "pts"})
_IDENTIFIED = re.compile(
    r",? \(?(?:mrn|dob|d\.o\.b|ssn|acct|chart|med rec|age[d]? [0-9]|[0-9]{1,3}[mf]?[,;)]|[0-9]{1,3} ?y)", re.ASCII
)
_ACTS = re.compile(
    r" (?:asked|asks|called(?! for)|calls|came in|complains|complained|denied|denies|lives|phoned|refused|refuses|"
    r"reported|reports|said|says|told|wanted|wants|was (?:admitted|discharged|seen)|is [1-9][0-9]\b)",
    re.ASCII,
)
_ACTING = finding(
    Label.NAME, "name-acting", "a name that medicine has too, and what only somebody does", 0.7, "context"
)
_IDENTIFIES = finding(Label.NAME, "name-initials", "a patient, and a number or an age behind the name", 0.75, "context")
_TITLED = finding(Label.NAME, "name-initials", "a title, then an initial", 0.75, "form")
_INITIAL = re.compile(r" [A-Z]\.(?=[\s,;:)?!])", re.ASCII)
_ABBREVIATED = finding(Label.NAME, "name-initials", "a given name that is a word, then an initial", 0.7, "form")
_CHARTED = finding(Label.NAME, "name-initials", "initials before an age or a number", 0.72, "context")
_REVERSED = finding(Label.NAME, "name-reversed", "a surname, a comma, a given name", 0.82, "form")


def claims(transcript: Transcript) -> Iterator[Claim]:
    """Return the initials that stand for patients, and the names that are written surname first."""
    cased = transcript.cased
    parts = transcript.once(NameParts)
    for at in parts.where(_MAY_OPEN):
        bits, start, end = parts.bits[at], parts.starts[at], parts.end(at)
        if bits & Bit.INITIAL:
            abbreviated = cased[end : end + 1] == "."
            title = _TITLE.search(cased, max(0, start - _LONGEST_TITLE), start) if abbreviated else None
            if title and _CLOSES.match(transcript.folded, end + 1):
                yield Claim(((title.start(), end),), _TITLED)  # "Mr. W., 71"
            initials = _INITIALS.match(cased, start) if abbreviated else None
            if initials and initials[1].replace(" ", "").lower() not in _NO_INITIALS:
                yield Claim((initials.span(1),), _CHARTED)
            continue
        yield from _of_people(transcript, parts, at)
        if bits & Bit.PEOPLE or not bits & Bit.GIVEN:
            continue
        if at and cased[parts.end(at - 1) : start] == ", ":
            yield from _reversed(transcript, parts, at - 1, at)
        if bits & Bit.WORD and bits & Bit.CAPITAL and parts.before(at) in _BEFORE:
            initial = _INITIAL.match(cased, end)
            if initial:
                yield Claim(((start, initial.end() - 1),), _ABBREVIATED)


def _of_people(transcript: Transcript, parts: NameParts, at: int) -> Iterator[Claim]:
    """Claim a patient by what identifies one behind the name, and whoever bears a name of medicine by what one does."""
    bits, start, end = parts.bits[at], parts.starts[at], parts.end(at)
    if parts.before(at) in _PATIENTS and _IDENTIFIED.match(transcript.folded, end):
        yield Claim(((start, end),), _IDENTIFIES)  # "pt Foley, MRN 4471920"
    if bits & Bit.PEOPLE and bits & Bit.SURNAME and _ACTS.match(transcript.folded, end):
        yield Claim(((start, end),), _ACTING)  # "Foley wants her results"


def _reversed(transcript: Transcript, parts: NameParts, surname: int, given: int) -> Iterator[Claim]:
    bits = parts.bits[surname]
    known = _NO_NAME & ~Bit.PEOPLE if bits & Bit.SURNAME else _NO_NAME  # "Foley, Daniel" has no catheter
    if not bits & _SHAPED or not bits & _SURNAME or bits & known or len(parts.texts[surname]) < 3:
        return
    if bits & Bit.CAPITALS and not parts.bits[given] & Bit.CAPITALS and not _opens_line(transcript, parts, surname):
        return  # "a patient with CKD, John Williams"
    if parts.said[given] in _SAINTS:
        return  # "Dr. Rogers, Saint Ansgar Hospital"
    if bits & Bit.SURNAME == 0 and parts.bits[given] & ORDINARY:
        return
    if bits & ORDINARY and parts.bits[given] & ORDINARY:
        return  # "Rose, Lily and Iris"
    if bits & Bit.PLACE and not bits & Bit.SURNAME:
        return
    last = given
    while last - given < 2 and parts.adjoins(last + 1) and parts.bits[last + 1] & (_SHAPED | Bit.INITIAL):
        if parts.bits[last + 1] & (_NO_NAME | Bit.WORD) or not parts.bits[last + 1] & (LISTED | Bit.INITIAL):
            break
        last += 1
    end = parts.end(last)
    end += parts.bits[last] & Bit.INITIAL != 0 and transcript.cased[end : end + 1] == "."
    if _CLOSES.match(transcript.folded, end) and _opens(transcript, parts, surname):
        last_words = not transcript.behind(end, _CLOSING_REACH).strip(" .\n")
        closing = parts.said[surname] in _CLOSINGS and last_words and transcript.before(parts.starts[surname], 1)
        yield Claim(((parts.starts[given if closing else surname], end),), _REVERSED)  # "Best, Griet"


def _opens_line(transcript: Transcript, parts: NameParts, surname: int) -> bool:
    before = transcript.cased[max(0, parts.starts[surname] - 1) : parts.starts[surname]]
    return before in {"", "\n", "\x1d", "\x1e"} and len(parts.texts[surname]) > _ACRONYM


def _opens(transcript: Transcript, parts: NameParts, surname: int) -> bool:
    """Whether a name may begin at a word: behind a sign, or behind a small word that has somebody behind it."""
    before = transcript.cased[max(0, parts.starts[surname] - 2) : parts.starts[surname]].rstrip(" ")
    return not before or before[-1] in _OPENS or parts.before(surname) in _BEFORE
