"""Time-based one-time codes (RFC 6238): six digits, thirty seconds, one step either way, each of them once."""

import hmac
import re
from datetime import datetime
from typing import Final

import pyotp

SECONDS: Final = 30
_SIX_DIGITS: Final = re.compile(r"[0-9]{6}\Z", re.ASCII)
_ISSUER: Final = "Privity"


def new_seed() -> str:
    """Return a new seed, 160 random bits in base32 (RFC 4226 section 4, R6)."""
    return pyotp.random_base32(32)


def enrolment_uri(seed: str, account: str) -> str:
    """Return what an authenticator reads from a QR code, an `otpauth://` address."""
    return pyotp.TOTP(seed).provisioning_uri(name=account, issuer_name=_ISSUER)


def step_of(seed: str, code: str, now: datetime) -> int | None:
    """Return the time step that a code belongs to, this one or a neighbour (RFC 6238 section 5.2), or None.

    The caller accepts each step once, in rising order: the code of a step that was used is worth nothing.
    """
    typed = "".join(code.split())
    if not _SIX_DIGITS.match(typed):
        return None
    generator, present = pyotp.HOTP(seed), int(now.timestamp()) // SECONDS
    fitting = [step for step in (present - 1, present, present + 1) if hmac.compare_digest(generator.at(step), typed)]
    return fitting[-1] if fitting else None
