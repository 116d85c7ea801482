"""How far a number reaches that words announce, by the lengths of its kind and their check digits."""

from collections.abc import Sequence

from privity.redact import checks
from privity.redact.labels import Label
from privity.redact.reading.numerals import Group, digits_of, exactly

# How long an announced number is, and what its check says. Lengths are tried in order.
_FORMS = {
    Label.SSN: ((9, checks.ssn, "ranges ok"), (4, None, "last four")),
    Label.PHONE: ((11, checks.nanp, "area ok"), (10, checks.nanp, "area ok"), (10, None, "area not assigned")),
    Label.CVV: ((4, None, "length ok"), (3, None, "length ok")),
    Label.BANK_ACCOUNT: ((9, checks.aba, "routing check digit ok"),),
    Label.LICENSE: ((10, checks.npi, "NPI check digit ok"),),
    Label.DOB: ((8, None, "length ok"),),
}


def extent(label: Label, groups: Sequence[Group], at: int) -> tuple[int, str]:
    """Return how far an announced number reaches, and what its check says."""
    forms = _FORMS.get(label, ())
    rest = len(digits_of(groups, at))
    for length, check, outcome in forms:
        after = exactly(groups, at, length)
        # Four digits are a whole only when nothing follows: "1234" of "1234 5678 9" is no last four.
        if (
            after
            and (length > 4 or length == 3 or rest == 4)
            and (check is None or check(digits_of(groups, at, after)))
        ):
            return after, outcome
    return len(groups), "the check fails" if forms else "no check digit"
