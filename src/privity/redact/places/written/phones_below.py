"""Telephone numbers alone on the line below an address, as labels and letter heads have them."""

import re

from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.labels import Label

_BELOW = re.compile(r"\.?[ \t]*\n[ \t]*(\(?[0-9](?:[ ().-]{0,2}[0-9]){6,12})(?=[ \t]*(?:[\r\n\x1d\x1e|]|$))", re.ASCII)
_DAY = re.compile(r"[0-9]{1,4}[ .-][0-9]{1,2}[ .-][0-9]{1,4}", re.ASCII)
_FOUND = finding(Label.PHONE, "phone-below-address", "digits alone on the line below an address", 0.8, "context")


def below(text: str, end: int) -> Claim | None:
    """Return the telephone number on the line below an address that ends at a place of a text, None without one."""
    match = _BELOW.match(text, end)
    return Claim((match.span(1),), _FOUND) if match and not _DAY.fullmatch(match[1]) else None
