"""The cookies of people: all Secure, HttpOnly and SameSite=Strict."""

from collections.abc import Iterable
from http.cookies import CookieError, SimpleCookie
from typing import Final

import msgspec

SESSION: Final = "__Host-privity_session"
"""Who is signed in, for five minutes."""
REFRESH: Final = "__Secure-privity_refresh"
"""What the next session cookie is had for; sent to that one address only."""
FLOW: Final = "__Host-privity_flow"
"""A sign-in that is going on in this browser."""
DEVICE: Final = "__Host-privity_device"
"""That somebody signed in here before: guesses made elsewhere do not count against this browser."""

REFRESH_PATH: Final = "/app/api/session"


class Cookie(msgspec.Struct, frozen=True, kw_only=True):
    """One cookie to be set; `max_age` is seconds, 0 removes it."""

    name: str
    value: str
    max_age: int
    path: str = "/"

    def __repr__(self) -> str:
        """Show its name."""
        return f"Cookie({self.name})"

    def header(self) -> str:
        """Return the value of a Set-Cookie header (RFC 6265bis)."""
        return f"{self.name}={self.value}; Path={self.path}; Max-Age={self.max_age}; Secure; HttpOnly; SameSite=Strict"


def removed(name: str) -> Cookie:
    """Return the cookie that removes one of ours."""
    return Cookie(name=name, value="", max_age=0, path=REFRESH_PATH if name == REFRESH else "/")


def read_cookies(headers: Iterable[str]) -> dict[str, str]:
    """Return the cookies of a request's Cookie headers.

    A name that comes twice is dropped: a browser sends each of ours once, and which of two to believe is not ours to
    guess.
    """
    found: dict[str, str] = {}
    twice = set()
    for header in headers:
        for part in header.split(";"):
            jar: SimpleCookie = SimpleCookie()
            try:
                jar.load(part)
            except CookieError:
                continue
            for name, morsel in jar.items():
                if name in found:
                    twice.add(name)
                found[name] = morsel.value
    return {name: value for name, value in found.items() if name not in twice}
