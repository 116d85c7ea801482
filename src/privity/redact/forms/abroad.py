"""Written forms of other countries: telephones, accounts, and the numbers that a state gives its people."""

from privity.redact.forms.rule import Rule
from privity.redact.labels import Label

_MOST, _FEWEST = 11, 9  # digits of a telephone with its 0


def _has_length(text: str) -> bool:
    return _FEWEST < sum(map(str.isdigit, text)) <= _MOST + 1


_OF_STATES = (
    "pesel", "dni", "nif", "rfc", "bsn", "burgerservicenummer", "cpf", "cnpj", "nric", "aadhaar", "aadhar", "curp",
    "cccd", "cmnd", "tckn", "codice fiscale", "personnummer", "fodselsnummer", "cpr-nummer", "cpr-nr", "ahv",
    "steuernummer", "steuer-id", "emirates id", "jmbg", "oib", "rodne cislo", "hkid",
)  # fmt: skip
_FEWEST_OF_STATES = 6  # digits


def _is_of_state(text: str) -> bool:
    return sum(map(str.isdigit, text)) >= _FEWEST_OF_STATES


ABROAD: tuple[Rule, ...] = (
    Rule(
        detector="phone-landline",
        label=Label.PHONE,
        pattern=r"\(?0(?:1[0-9]{2,4}|2[0-9]{1,2}|3[0-9]{2,3}|8[0-9]{2})\)? [0-9]{3,4} [0-9]{3,4}",
        why="a telephone with the 0 before its area, grouped",
        score=0.74,  # less than that of a card, of which it may be the end
        check=_has_length,
        alone=True,
        holds=(b"0",),
    ),
    Rule(
        detector="phone-turkish",
        label=Label.PHONE,
        pattern=r"0 ?\([2-5][0-9]{2}\) ?[0-9]{3} [0-9]{2} [0-9]{2}",
        why="a telephone of Turkey",
        score=0.9,
        alone=True,
        holds=(b"0(", b"0 ("),
    ),
    Rule(
        detector="number-of-state",
        label=Label.SSN,
        pattern=rf"\b(?:{'|'.join(_OF_STATES)})(?:[ -]?(?:no|nr|num|number|nummer)\b\.?)?(?: is|:|#)? ?\(?"
        r"([0-9]{2,6}(?:[ ./-][0-9]{2,7}){1,4}(?:[ -]?[0-9a-z]{1,2})?\b|"
        r"(?:[a-z]{0,4}[0-9][0-9a-z]{3,17}|[a-z]{6}[0-9]{2}[a-z][0-9]{2}[a-z][0-9]{3}[a-z])\b(?:\([0-9a-z]\))?)",
        why="behind the name of a number that a state gives its people",
        check=_is_of_state,
        score=0.95,
        holds=tuple(name.encode() for name in _OF_STATES),
    ),
    Rule(
        detector="foreigner-spain",
        label=Label.SSN,
        pattern=r"\bnie(?: (?:no|nr|number)\b\.?)?(?: is|:)? ?([xyz][- ]?[0-9]{7}[- ]?[a-z])\b",
        why="form of the number of a foreigner in Spain behind its name",
        score=0.95,
        holds=(b"nie",),
    ),
    Rule(
        detector="pan-of-india",
        label=Label.SSN,
        pattern=r"[a-z]{3}[abcfghjlpt][a-z][0-9]{4}[a-z]",
        why="form of a permanent account number of India: kind of holder, four digits, a letter",
        score=0.93,
        alone=True,
        holds=tuple(b"%d" % digit for digit in range(10)),
    ),
    Rule(
        detector="bsb",
        label=Label.BANK_ACCOUNT,
        pattern=r"\bbsb(?: (?:no|number)\b\.?)?(?: is|:)? ?([0-9]{3}[- ]?[0-9]{3})\b",
        why="behind the name of a branch's number in Australia",
        score=0.93,
        holds=(b"bsb",),
    ),
    Rule(
        detector="account-british",
        label=Label.BANK_ACCOUNT,
        pattern=r"[0-9]{2}-[0-9]{2}-[0-9]{2}[ ,/]{1,2}(?:a/c )?[0-9]{8}",
        why="a sort code, then eight digits",
        score=0.93,
        alone=True,
        holds=(b"-",),
    ),
    Rule(
        detector="account-new-zealand",
        label=Label.BANK_ACCOUNT,
        pattern=r"[0-9]{2}-[0-9]{4}-[0-9]{7}-[0-9]{2,3}",
        why="bank, branch, account and suffix as in New Zealand",
        score=0.93,
        alone=True,
        holds=(b"-",),
    ),
)
"""The forms, in the order in which they are tried."""
