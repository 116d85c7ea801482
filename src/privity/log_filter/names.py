"""Names of fields under which nothing may be shown, whatever stands there."""

import re
from typing import Final

_WORDS: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_WHOLE: Final = frozenset({
    "address", "auth", "authorization", "birthdate", "birthday", "bearer", "card", "cc", "cookie", "cookies",
    "credential",
    "credentials", "cvc", "cvv", "diagnosis", "dob", "email", "emails", "expiry", "fax", "filename", "firstname",
    "forename", "fullname", "iban", "ip", "jwt", "lastname", "mail", "mobile", "mrn", "otp", "pan", "passcode",
    "passphrase", "passport", "passwd", "password", "patient", "phone", "phones", "pin", "postcode", "pwd", "secret",
    "secrets", "sin", "ssn", "street", "surname", "telephone", "token", "tokens", "transcript", "username", "zip",
    "zipcode", "itin", "nino", "maiden",
})  # fmt: skip
_PHRASES: Final = frozenset({
    "access key", "account holder", "account number", "api key", "bank account", "birth date", "card number",
    "client secret", "credit card", "date of birth", "display name", "driver license", "drivers license", "family name",
    "file name", "first name", "full name", "given name", "health plan", "last name", "legal name", "license number",
    "licence number", "medical record", "member id", "middle name", "nick name", "original text", "patient name",
    "policy number", "postal code", "private key", "real name", "routing number", "security code", "session id",
    "set cookie", "social security", "tax id", "user name", "customer name", "client name", "caller name",
    "contact name",
    "employee name", "member name", "cardholder name", "card holder", "remote addr", "client ip", "emergency contact",
    "next of kin", "mother maiden", "raw text", "date birth", "birth day",
})  # fmt: skip
_COUNTS: Final = frozenset(
    {"count", "counts", "length", "size", "total", "type", "types", "version", "valid", "masked"}
)


def is_sensitive(name: str) -> bool:
    """Return whether a key, header or column of this name holds what may not be shown.

    `ssn`, `SSN`, `patient-first-name`, `homeAddress` and `card_number_2` do; `token_count` and `email_type` do not.
    """
    words = [word.lower() for word in _WORDS.findall(name[:200])]
    while words and words[-1].isdigit():
        words.pop()
    if not words or words[-1] in _COUNTS:
        return False
    if not _WHOLE.isdisjoint(words) or "".join(words) in _WHOLE:
        return True
    return any(f" {phrase} " in f" {' '.join(words)} " for phrase in _PHRASES)
