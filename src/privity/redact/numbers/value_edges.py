"""What belongs to a number right beside it: "NM" and "-R" of "NM 03381-R", "inc" of "inc 0 0 4 8 1 7".

Also four digits that something "ends in", and names that are spelled though nothing says what they are.
"""

import re
from collections.abc import Iterable, Iterator

from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.labels import RECORDS, Label
from privity.redact.reading.cues import Cues
from privity.redact.reading.lexicon import NUMERAL, Bit
from privity.redact.reading.spelling import spelled, without_then
from privity.redact.reading.spoken_numbers import NUMBER_WORDS, digits_said
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import A_NUMBER, Triggered
from privity.redact.reading.vocabulary import DIGIT_WORDS, one_of, vocabulary

_BEHIND = re.compile(r"-[a-z]{1,3}\b(?!-)", re.ASCII)
_PREFIX = range(2, 5)  # letters
_JOINTS = frozenset("-/")
_LONGEST_PIECE = 4  # letters
_MOST_JOINED = 6  # pieces on either side; more are a list, and each number in it would walk through all of it
_PLATES = frozenset({Label.VEHICLE, Label.LICENSE})
_ORDINARY = Bit.FUNCTION | Bit.CALENDAR | NUMERAL | Bit.WORD | Bit.SIGN | Bit.GIVEN
_NO_PREFIXES = vocabulary().units | frozenset(word for phrase in vocabulary().fillers for word in phrase.split())
# What a number is, which is no part of it: "NMC 4471820".
_KINDS = frozenset(
    {
        "abn", "acn", "ahv", "bic", "bsb", "bsn", "chi", "cnpj", "cpf", "cpr", "dea", "dni", "gdc", "gmc", "gphc",
        "hcpc", "iban", "ifsc", "imei", "mac", "nhs", "nie", "nif", "nmc", "npi", "nric", "pan", "rcvs", "sra", "tfn",
        "vat",
    }
)  # fmt: skip
_UNIT = f"{'|'.join(DIGIT_WORDS)}|o"
_TENS = one_of(w for w in NUMBER_WORDS if w.endswith(("ty", "teen")))
_PIECE = rf"(?:(?:double|triple)\s+(?:{_UNIT})|(?:{_TENS})(?:[\s-]+(?:{_UNIT}))?|{_UNIT})"
_ENDING = Triggered(
    (
        r"\b(?:ending|ends|finishing|finishes)(?:\s+(?:in|with|on))?\s+(?:the\s+)?"
        rf"([0-9]{{4}}\b|(?:[0-9]\s){{3}}[0-9]\b|{_PIECE}(?:[\s-]+{_PIECE}){{1,3}}\b)"
    ).encode(),
    needs=("ending ends finishing finishes", A_NUMBER),
)
_PHONE_ENDING = Triggered(
    (
        r"\b(?:phone|cell|mobile|landline|telephone)(?:\s+(?:number|that|line))?\s+(?:ending|ends|finishing)"
        rf"(?:\s+(?:in|with|on))?\s+([0-9]{{2,3}}|(?:{_UNIT})(?:\s+(?:{_UNIT})){{1,2}}|"
        rf"(?:{_TENS})(?:[ -](?:{_UNIT}))?)\b"
    ).encode(),
    needs=("phone cell mobile landline telephone", "ending ends finishing", A_NUMBER),
)
_FOUR = 4
_YEAR = re.compile(r"(?:19|20)[0-9]{2}", re.ASCII)
_LONG = 5  # letters of a word that is surely spelled
_ASIDE = re.compile(r"\b(?:that's|it's|is|spelled|spell|as)\s+$", re.ASCII)

_TAIL = finding(Label.ACCOUNT, "last-four", 'four digits behind "ending"', 0.5, "context", "ending")
_PHONE_TAIL = finding(Label.PHONE, "phone-ending", 'digits behind "phone ending"', 0.5, "context", "ending")
_SPELT = finding(Label.NAME, "spelled-word", "letters one by one", 0.3, "form")


def claims(transcript: Transcript, cues: Cues, found: Iterable[Claim]) -> Iterator[Claim]:
    """Return what belongs to the numbers that were found, and what is told by its form alone."""
    for claim in found:
        if claim.finding.label in RECORDS:
            yield from _edges(transcript, cues, claim)
    yield from _told_endings(transcript) if _ENDING.can_occur(transcript.octets) else ()
    for word in spelled(transcript):
        if not word.digits and word.letters >= _LONG - 1:
            before = transcript.folded[max(0, word.start - 12) : word.start]
            if word.letters >= _LONG or _ASIDE.search(before):
                for part in without_then(transcript.folded, word.start, word.end):
                    yield Claim((part,), _SPELT)


def _told_endings(transcript: Transcript) -> Iterator[Claim]:
    """Yield the digits behind "ending"."""
    for match in _ENDING.finditer(transcript.octets):
        four = len(digits_said(match[1].decode("ascii"))) == _FOUR
        if four and not _YEAR.fullmatch(transcript.folded, *match.span(1)):
            yield Claim((match.span(1),), _TAIL)
    for match in _PHONE_ENDING.finditer(transcript.octets):
        yield Claim((match.span(1),), _PHONE_TAIL)


def _edges(transcript: Transcript, cues: Cues, claim: Claim) -> Iterator[Claim]:
    words, text = transcript.words, transcript.folded
    start, last = claim.parts[0][0], claim.parts[-1][1]
    at = words.at_or_behind(start)
    first = start
    if at and text[words.ends[at - 1] : start] in {" ", "-", "/"} and _is_digit(text[start], words.bits[at]):
        word, bits = words.said[at - 1], words.bits[at - 1]
        capitals = bits & Bit.CAPITALS and not bits & (Bit.CALENDAR | Bit.PLAIN)
        strange = bits & Bit.PLAIN and not bits & _ORDINARY
        said = cues.covered(words.starts[at - 1], words.ends[at - 1])
        said = said or word in _KINDS or (word in _NO_PREFIXES and text[start - 1] != "-")  # but "AH-773"
        if len(word) in _PREFIX and (capitals or strange) and not said:
            first = words.starts[at - 1]
    elif at and words.ends[at - 1] > start:
        first = words.starts[at - 1]  # "U" of "U00418827"
    first = _joined_before(transcript, first)
    behind = _BEHIND.match(text, last)
    end = behind.end() if behind and text[last - 1].isdigit() else last
    within = words.at_or_behind(last) - 1
    if claim.finding.label in _PLATES and text[last - 1].isdigit() and within + 1 < len(words.said):
        bits, word = words.bits[within + 1], words.said[within + 1]
        if (
            words.starts[within + 1] == last + 1
            and text[last] == " "
            and len(word) in _PREFIX
            and bits & Bit.CAPITALS
            and not bits & _ORDINARY
        ):
            end = words.ends[within + 1]  # "709 CDL"
    end = max(end, words.ends[within]) if within >= 0 else end
    end = _joined_behind(transcript, end)
    if (first, end) != (start, last):
        parts = [list(part) for part in claim.parts]
        parts[0][0], parts[-1][1] = first, end
        yield Claim(tuple((begins, ends) for begins, ends in parts), claim.finding)


def _joined_before(transcript: Transcript, start: int) -> int:
    """Return where the code begins that a place is in: "HM-" of "HM-FR-30718", "19-" of "19-TR-04471"."""
    text, words = transcript.folded, transcript.words
    for _ in range(_MOST_JOINED):
        if start < 2 or text[start - 1] not in _JOINTS or not text[start - 2].isalnum():
            break
        at = words.at_or_behind(start - 1) - 1
        if at < 0 or words.ends[at] != start - 1 or not _is_of_code(words.bits[at], words.said[at]):
            break
        start = words.starts[at]
    return start


def _joined_behind(transcript: Transcript, end: int) -> int:
    """Return where the code ends that a place is in: "/GT" of "FAM/3381/GT"."""
    text, words = transcript.folded, transcript.words
    for _ in range(_MOST_JOINED):
        if end + 1 >= len(text) or text[end] not in _JOINTS or not text[end + 1].isalnum():
            break
        at = words.at_or_behind(end + 1)
        if at >= len(words.said) or words.starts[at] != end + 1 or not _is_of_code(words.bits[at], words.said[at]):
            break
        end = words.ends[at]
    return end


def _is_of_code(bits: int, word: str) -> bool:
    """Whether what is joined to a code is a piece of it: figures, or few capitals, or few letters that are no word."""
    if word.isdigit() or bits & Bit.MIXED:
        return True
    strange = bits & Bit.PLAIN and not bits & _ORDINARY
    return len(word) <= _LONGEST_PIECE and bool(bits & Bit.CAPITALS or strange or (len(word) == 1 and word.isalpha()))


def _is_digit(sign: str, bits: int) -> bool:
    return sign.isdigit() or bits & Bit.NUMBER != 0
