"""Users that logs and tickets name: "failed attempts for selma10", "merged to trunk by varga_t".

A sign or digits within a word make the name of a user of it; behind failed attempts a word in small letters that is in
no list is enough.
"""

from collections.abc import Iterator

from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import Group, Triggered
from privity.redact.reading.user_words import is_tried, is_user

_TOKEN = r"([a-z][a-z0-9]*(?:[._-][a-z0-9]+)*)"  # noqa: S105 - a pattern, no secret
_DONE = (
    "pushed committed merged deployed reviewed reverted uploaded deleted created opened closed edited approved changed "
    "modified locked reported submitted"
)
_HANDED = "assigned escalated reassigned"
_FAILED = "failed unsuccessful invalid repeated blocked bad"
_ATTEMPTS = "attempt attempts login logins signin signins in ins tries"
_ATTEMPTED = Triggered(
    (
        rf"\b(?:{_FAILED.replace(' ', '|')}) (?:log-?in |sign-?in |password |ssh )?"
        rf"(?:attempts?|log-?ins?|sign-?ins?|tries) (?:for|by|from|of|as) (?:user |account )?{_TOKEN}\b"
    ).encode(),
    needs=(_FAILED, _ATTEMPTS),
)
_BY = Triggered(
    (
        rf"\b(?:{_DONE.replace(' ', '|')})(?: (?:to|in|into|from) [a-z /-]{{1,40}}|"
        rf"(?: on|:)? [0-9t:./ -]{{6,24}}[a-z]{{0,4}})? by (user )?@?{_TOKEN}\b"
    ).encode(),
    needs=(_DONE, "by"),
)
_TO = Triggered(rf"\b(?:{_HANDED.replace(' ', '|')}) (?:by|to) (user )?@?{_TOKEN}\b".encode(), needs=(_HANDED, "by to"))

_FOUND = finding(Label.USERNAME, "user-named", "who is named behind what users do", 0.85, "context")
NEEDS = Group(_ATTEMPTED, _BY, _TO)
"""Without these words in a text nothing is found in it."""


def claims(transcript: Transcript) -> Iterator[Claim]:
    """Return the users behind failed attempts and behind what is done to files and tickets."""
    for match in _ATTEMPTED.finditer(transcript.octets):
        written = transcript.cased[slice(*match.span(1))]
        if written[0].islower() and is_tried(written):
            yield Claim((match.span(1),), _FOUND)
    for pattern in (_BY, _TO):
        for match in pattern.finditer(transcript.octets):
            said = match[2].decode("ascii")
            if is_tried(said) if match[1] else is_user(said):
                yield Claim((match.span(2),), _FOUND)
