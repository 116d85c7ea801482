"""One form for what leads to somebody on the internet, however it was written or said: mailboxes, pages, numbers.

mailbox("Ann.Lee@Clinic.Example")              ann.lee@clinic.example
mailbox("ann dot lee at clinic dot example")   ann.lee@clinic.example
network("2001:DB8:0::1")                       2001:db8::1
"""

import re
from ipaddress import ip_address
from typing import Final

from privity.redact.hiding.spellings.codes_read import digits_in, numbers_said, tokens_of
from privity.redact.reading.folding import NOTHING, fold

_SIGNS: Final = {
    "at": "@", "arroba": "@", "arobase": "@", "dot": ".", "point": ".", "period": ".", "punto": ".",
    "underscore": "_", "dash": "-", "hyphen": "-", "minus": "-", "guion": "-", "tiret": "-", "plus": "+",
    "slash": "/", "colon": ":",
}  # fmt: skip
_SCHEME: Final = re.compile(r"\A(?:[a-z][a-z0-9+.-]{0,15}:)?(?://)?(?:www\.)?", re.ASCII)
_HARDWARE: Final = re.compile(
    r"[0-9a-f]{2}([:-])[0-9a-f]{2}(?:\1[0-9a-f]{2}){4}|[0-9a-f]{4}(?:\.[0-9a-f]{4}){2}", re.ASCII
)
_WRITTEN_ONLINE: Final = re.compile(r"[@/:_]|\w\.\w")


def _plain(value: str) -> str:
    return fold(value).lower().replace(NOTHING, "").strip()


def mailbox(value: str) -> str:
    """Return an e-mail address in small letters, without blanks, its signs as signs."""
    plain = _plain(value).removeprefix("mailto:")
    return re.sub(r"\s+", "", plain) if "@" in plain else _said(plain)


def page(value: str) -> str:
    """Return an address of the web in small letters, without its scheme, `www.` and the slash at its end."""
    plain = _plain(value)
    plain = re.sub(r"\s+", "", plain) if _WRITTEN_ONLINE.search(plain) else _said(plain)
    return _SCHEME.sub("", plain, count=1).rstrip("/.")


def user(value: str) -> str:
    """Return the name of a user in small letters, without the sign before it."""
    plain = _plain(value)
    words = plain.split()
    return (_said(plain) if len(words) > 1 else plain).removeprefix("@")


def network(value: str) -> str:
    """Return an internet or hardware address in its shortest form."""
    plain = _plain(value)
    plain = re.sub(r"\s+", "", plain) if _WRITTEN_ONLINE.search(plain) else _said(plain)
    if is_hardware(plain):
        return "".join(character for character in plain if character.isalnum())
    try:
        return str(ip_address(plain))
    except ValueError:
        return plain


def is_hardware(value: str) -> bool:
    """Return whether a value is the address of a network card, in one of its three forms."""
    return _HARDWARE.fullmatch(value.lower()) is not None


def _said(plain: str) -> str:
    """Return what is said with the signs in their places and numbers as digits."""
    text = ""
    numbers: list[str] = []
    for token in [*tokens_of(plain), ""]:
        if token in numbers_said() or token.isdigit():
            numbers.append(token)
            continue
        text += digits_in(" ".join(numbers)) if numbers else ""
        numbers = []
        text += _SIGNS.get(token, token)
    return text
