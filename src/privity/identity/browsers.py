"""A browser that somebody signs in with: what it holds of a sign-in that is going on, and whether it is known."""

import base64
import binascii
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

import msgspec

from privity.errors import NotAuthenticated
from privity.identity.callers import Caller, Origin
from privity.identity.cookies import DEVICE, FLOW, Cookie
from privity.identity.signed import SignedTexts
from privity.identity.site import Site

FLOW_LIVES: Final = timedelta(minutes=10)
DEVICE_LIVES: Final = timedelta(days=180)


class Browser(msgspec.Struct, frozen=True, kw_only=True):
    """One request of a browser; `flow` and `device` are its cookies of those names, empty when it sent none."""

    origin: Origin
    site: Site
    flow: str = ""
    device: str = ""

    def __repr__(self) -> str:
        """Show the request."""
        return f"Browser({self.origin!r})"


class SignedIn(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who is signed in now, and the cookies that their browser is to keep."""

    caller: Caller
    cookies: tuple[Cookie, ...]


class Flows:
    """Keeps what a sign-in in progress must remember in the browser itself, signed, for ten minutes."""

    def __init__(self, flows: SignedTexts, devices: SignedTexts) -> None:
        self._flows = flows
        self._devices = devices

    def begin(self, kind: str, **told: str | bytes) -> Cookie:
        """Return the cookie of a flow; bytes travel as base64url."""
        claims = {name: text_of(value) if isinstance(value, bytes) else value for name, value in told.items()}
        value = self._flows.make({"kind": kind, **claims}, FLOW_LIVES)
        return Cookie(name=FLOW, value=value, max_age=int(FLOW_LIVES.total_seconds()))

    def read(self, kind: str, browser: Browser) -> dict[str, Any]:
        """Return what a flow of this kind remembers; raises NotAuthenticated when there is none."""
        claims = self._flows.read(browser.flow)
        if claims.get("kind") != kind:
            raise NotAuthenticated("nothing of this kind was begun in this browser", advice="Start again.")
        return claims

    def remember(self, accounts: Sequence[bytes], device: bytes) -> Cookie:
        """Return the cookie that makes a browser one of an account's known ones; an account has several hashes."""
        claims = {"acc": [text_of(account) for account in accounts], "dev": text_of(device)}
        value = self._devices.make(claims, DEVICE_LIVES)
        return Cookie(name=DEVICE, value=value, max_age=int(DEVICE_LIVES.total_seconds()))

    def known_device(self, account: bytes, browser: Browser) -> bytes:
        """Return which of the account's known browsers this is, or nothing."""
        if not browser.device:
            return b""
        try:
            claims = self._devices.read(browser.device)
            return bytes_in(claims["dev"]) if text_of(account) in claims["acc"] else b""
        except (NotAuthenticated, KeyError):
            return b""


def text_of(raw: bytes) -> str:
    """Return bytes as base64url without padding (RFC 7515 section 2)."""
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def bytes_in(text: str) -> bytes:
    """Return the bytes that base64url text stands for; raises NotAuthenticated for anything else."""
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError, TypeError):
        raise NotAuthenticated("what was sent is not base64url", advice="Start again.") from None
