"""Written forms of other countries: telephones of Britain and Ireland, accounts of Britain and New Zealand."""

from privity.redact.forms.rule import Rule
from privity.redact.labels import Label

_MOST, _FEWEST = 11, 9  # digits of a telephone with its 0


def _has_length(text: str) -> bool:
    return _FEWEST < sum(map(str.isdigit, text)) <= _MOST + 1


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
