"""What a result may say of itself: that it is de-identified by Safe Harbor, or why it does not say so.

The 18 identifiers of 45 CFR 164.514(b)(2)(i), by their letters. A text is called so only when every one of them was
looked for and nothing was let through by name. Two of them, biometrics (P) and pictures (Q), stand in a text only as
codes and names of files; a recording stays a voice print whatever is done to its transcript.
"""

from typing import Final

from privity.redact.labels import Label
from privity.redact.policies.policy import Claims, Dates, LooksFor, Policy

IDENTIFIERS: Final[dict[str, tuple[str, frozenset[Label]]]] = {
    "A": ("names", frozenset({Label.NAME})),
    "B": ("geography", frozenset({Label.ADDRESS, Label.LOCATION, Label.ZIP})),
    "C": ("dates and ages above 89", frozenset({Label.DATE, Label.DOB, Label.AGE})),
    "D": ("telephone numbers", frozenset({Label.PHONE})),
    "E": ("fax numbers", frozenset({Label.PHONE})),
    "F": ("e-mail addresses", frozenset({Label.EMAIL})),
    "G": ("social security numbers", frozenset({Label.SSN})),
    "H": ("medical record numbers", frozenset({Label.MRN})),
    "I": ("health plan numbers", frozenset({Label.HEALTH_PLAN})),
    "J": ("account numbers", frozenset({Label.ACCOUNT, Label.BANK_ACCOUNT, Label.IBAN, Label.CARD})),
    "K": ("certificates and licences", frozenset({Label.LICENSE})),
    "L": ("vehicles", frozenset({Label.VEHICLE})),
    "M": ("devices", frozenset({Label.DEVICE})),
    "N": ("web addresses", frozenset({Label.URL})),
    "O": ("IP addresses", frozenset({Label.IP})),
    "P": ("biometrics", frozenset()),
    "Q": ("pictures", frozenset()),
    "R": ("any other unique code", frozenset({Label.ID, Label.USERNAME, Label.PASSWORD, Label.EXPIRY, Label.CVV})),
}

_SAFE_HARBOR: Final = (
    "Safe Harbor: all 18 identifiers of 45 CFR 164.514(b)(2)(i) were looked for; whoever releases the text attests "
    "that they know of nothing else in it that identifies a person (164.514(b)(2)(ii))."
)
_LIMITED: Final = "Limited data set (45 CFR 164.514(e)): not de-identified; it needs a data use agreement."


def not_looked_for(policy: Policy) -> tuple[str, ...]:
    """Return the letters of the identifiers that a policy does not look for, in order."""
    if policy.looks_for is LooksFor.WRITTEN_FORMS:
        return tuple(IDENTIFIERS)
    covered = {rule.covers for rule in policy.recognizers}
    return tuple(
        letter
        for letter, (_, labels) in IDENTIFIERS.items()
        if not labels <= policy.hides or (not labels and letter not in covered)
    )


def statement(policy: Policy, *, derived: bool = False) -> str:
    """Return what a result under the policy says of itself; empty when the policy claims nothing.

    `derived` says that hidden values were replaced by something made from them, such as a keyed token, which Safe
    Harbor does not permit (164.514(c)(1)).
    """
    if policy.claims is Claims.NOTHING:
        return ""
    if policy.claims is Claims.LIMITED_DATA_SET:
        return _LIMITED
    missing = [f"({letter}) {IDENTIFIERS[letter][0]}" for letter in not_looked_for(policy)]
    if missing:
        return f"Not Safe Harbor: not looked for: {', '.join(missing)}."
    lets = _lets_through(policy)
    if lets:
        return f"Not Safe Harbor: {lets}."
    if derived or policy.dates not in (Dates.HIDE, Dates.YEAR):
        return "Not Safe Harbor: values were replaced by something derived from them (45 CFR 164.514(c)(1))."
    return _SAFE_HARBOR


def _lets_through(policy: Policy) -> str:
    if policy.allow:
        return "allow rules let something through by name"
    if Label.OTHER_LANGUAGE not in policy.hides:
        return "text in other languages is let through"
    return "" if Label.UNCERTAIN in policy.hides else "words that may be misheard identifiers are let through"
