"""The cookies of people: all Secure, HttpOnly and SameSite=Strict, but the one that has to come back from elsewhere."""

from collections.abc import Iterable
from http.cookies import CookieError, SimpleCookie
from typing import Final, Literal

import msgspec

SESSION: Final = "__Host-privity_session"
"""Who is signed in, for five minutes."""
REFRESH: Final = "__Secure-privity_refresh"
"""What the next session cookie is had for; sent to that one address only."""
FLOW: Final = "__Host-privity_flow"
"""A sign-in that is going on in this browser."""
DEVICE: Final = "__Host-privity_device"
"""That somebody signed in here before: guesses made elsewhere do not count against this browser."""
OPENID: Final = "__Secure-privity_openid"
"""A sign-in that has gone to an outside provider; Lax, because it comes back from there (conflict 16)."""

REFRESH_PATH: Final = "/app/api/session"
OPENID_PATH: Final = "/app/openid"


class Cookie(msgspec.Struct, frozen=True, kw_only=True):
    """One cookie to be set; `max_age` is seconds, 0 removes it."""

    name: str
    value: str
    max_age: int
    path: str = "/"
    same_site: Literal["Strict", "Lax"] = "Strict"

    def __repr__(self) -> str:
        """Show its name."""
        return f"Cookie({self.name})"

    def header(self) -> str:
        """Return the value of a Set-Cookie header (RFC 6265bis)."""
        return (
            f"{self.name}={self.value}; Path={self.path}; Max-Age={self.max_age}; Secure; HttpOnly;"
            f" SameSite={self.same_site}"
        )


def removed(name: str) -> Cookie:
    """Return the cookie that removes one of ours."""
    path = {REFRESH: REFRESH_PATH, OPENID: OPENID_PATH}.get(name, "/")
    return Cookie(name=name, value="", max_age=0, path=path, same_site="Lax" if name == OPENID else "Strict")


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
