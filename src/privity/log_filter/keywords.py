"""The words that announce what must not be logged, and how far the value behind each of them reaches.

A value stands behind ":", "=", "=>" or "is". Behind a number's or a birthday's name it may stand behind a mere blank,
when it begins with a digit or a month. Words and marks are looked for in lower case, which lets the pattern skip from
word to word.
"""

import re
from collections.abc import Iterator
from typing import Final

# A blank in a phrase stands for a blank, "_", "-" or nothing.
_PHRASES: Final[dict[str, tuple[str, ...]]] = {
    "secret": (
        "password", "passwd", "passphrase", "passcode", "pwd", "secret", "client secret", "api key", "access key",
        "private key", "token", "authorization", "auth", "cookie", "session id", "credential", "credentials", "otp",
        "cid",
        "pan", "iban", "passport", "licence number", "license number", "licence plate", "license plate", "member id",
        "policy number", "user name", "login", "email", "e mail", "email address", "e mail address", "mobile", "ip",
        "ip address", "ip addr", "remote addr", "zip", "zip code", "postal code", "diagnosis", "original text",
        "file name",
        "card", "acct", "account", "security code", "routing number", "pin code",
    ),
    "number": (
        "ssn", "social security", "social security number", "social security no", "social", "mrn", "medical record",
        "medical record number", "medical record no", "sin", "tax id", "cvv", "cvv2", "cvc", "cvc2", "pin",
        "card number",
        "card no", "account number", "account no", "phone", "phone number", "telephone", "fax", "passport number",
    ),
    "birth": ("dob", "d.o.b", "d.o.b.", "date of birth", "birth date", "birthday", "birth day", "born", "born on"),
    "address": ("address", "address line", "street", "street address"),
    "name": (
        *(
            f"{who} name"
            for who in (
                "patient", "client", "customer", "caller", "member", "subscriber", "guest", "contact", "cardholder",
                "account holder", "employee", "doctor", "provider", "spouse", "parent", "guardian", "mother", "father",
                "first", "last", "middle", "full", "given", "family", "maiden", "display", "legal", "real", "nick",
                "sur",
            )
        ),
        "names",
    ),
    "role": ("patient", "client", "customer", "caller", "subscriber", "cardholder", "employee", "spouse"),
}  # fmt: skip

_KIND: Final = {phrase.replace(" ", ""): kind for kind, phrases in _PHRASES.items() for phrase in phrases}
_PLAIN: Final = str.maketrans("", "", " _-")
_WORD: Final = re.compile(
    r"(?:(?<![a-z])|(?<=\\[nrt]))("
    + "|".join(
        re.escape(phrase).replace(r"\ ", "[ _-]?")
        for phrase in sorted({phrase for phrases in _PHRASES.values() for phrase in phrases}, key=len, reverse=True)
    )
    + r")(?:[ _-]?(?:hash|digest))?(?![a-z])"
)
_MARK: Final = re.compile(r"[\"']?\s{0,4}(?:=>|[:=])\s{0,4}")
_IS: Final = re.compile(r"\s{1,4}(?:is|was)\b(?:\s{0,2}:)?\s{1,4}")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_SPOKEN_OF: Final = frozenset(
    {"password", "passwd", "passphrase", "passcode", "pwd", "secret", "clientsecret", "apikey"}
)
_OPTION: Final = re.compile(r"\s{1,4}(?![-\s])")  # "--password hunter"
_MIXED: Final = re.compile(r"\s{1,4}(?=\w{0,40}(?:[a-z]\w{0,40}\d|\d\w{0,40}[a-z]|[!@#$%^&*]))")  # no "password reset"
_BLANK: Final = {"number": re.compile(r"\s{1,4}(?=\d)"), "birth": re.compile(rf"\s{{1,4}}(?=\d|{_MONTH}\s)")}

_QUOTED_OR_HIDDEN = r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|\[(?:redacted|email|phone|ssn|card|ip)\]"
_BARE = r"(?:(?:bearer|basic|digest|token)\s{1,3})?[^\s,;&\"'<>)\]}|]+"
_DATE = (
    rf"\d{{1,4}}[-/.]\d{{1,2}}[-/.]\d{{1,4}}|{_MONTH}\s{{1,3}}\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s{{1,3}}\d{{2,4}})?|"
    rf"(?:the\s)?\d{{1,2}}(?:st|nd|rd|th)?\s{{1,3}}(?:of\s)?{_MONTH}(?:,?\s{{1,3}}\d{{2,4}})?"
)
_NO_NAME = r"(?!(?:and|is|was|has|had|in|on|at|for|from|with|to|not|who|calls?|called|or|null|none|true|false)\b)"
_PART = rf"{_NO_NAME}[^\W\d_][\w.'-]{{0,40}}"
_PEOPLE = rf"{_PART}(?:\s{{1,2}}{_PART}){{0,3}}"
_REACH: Final = {
    kind: re.compile(rf"{_QUOTED_OR_HIDDEN}|{pattern}|[\"'][^\n]*")
    for kind, pattern in {
        "secret": _BARE,
        "number": rf"\d[\d .-]{{2,30}}\d|{_BARE}",
        "birth": f"{_DATE}|{_BARE}",
        "address": r"[^\n;|&\"'<>]{1,200}",
        "name": _PEOPLE,
        "role": _PEOPLE,
    }.items()
}


def announced(lowered: str) -> Iterator[tuple[int, int]]:
    """Return where values stand that a word announces, quotes included. The text is given in lower case."""
    at = 0
    while word := _WORD.search(lowered, at):
        at = word.end()
        phrase = word[1].translate(_PLAIN)
        kind = _KIND[phrase]
        between = _MARK.match(lowered, at)
        if between is None and kind != "role":
            blank = _MIXED if phrase in _SPOKEN_OF else _BLANK.get(kind)
            if kind == "secret" and lowered.endswith("--", 0, word.start()):
                blank = _OPTION
            between = _IS.match(lowered, at) or (blank and blank.match(lowered, at)) or None
        value = between and _REACH[kind].match(lowered, between.end())
        if value:
            yield value.span()
            at = value.end()
