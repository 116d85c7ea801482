"""Codes of authenticator apps against the published vectors."""

import base64
from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from privity.identity.totp import enrolment_uri, step_of
from promises import promise

SEED = base64.b32encode(b"12345678901234567890").decode()


@promise("C76", "D47", sabotage="old_codes_are_taken")
@pytest.mark.parametrize(
    ("seconds", "eight"),  # RFC 6238 appendix B, SHA-1; six digits are the last six of eight
    [
        (59, "94287082"),
        (1111111109, "07081804"),
        (1111111111, "14050471"),
        (1234567890, "89005924"),
        (2000000000, "69279037"),
        (20000000000, "65353130"),
    ],
)
def test_codes_of_rfc_6238(seconds: int, eight: str) -> None:
    now = datetime.fromtimestamp(seconds, UTC)
    assert step_of(SEED, eight[-6:], now) == seconds // 30
    assert step_of(SEED, eight[-6:-3] + " " + eight[-3:], now) == seconds // 30
    for steps, fits in ((-2, False), (-1, True), (1, True), (2, False)):
        then = now + timedelta(seconds=30 * steps)
        assert seconds + 30 * steps < 30 or (step_of(SEED, eight[-6:], then) is not None) is fits


@pytest.mark.parametrize("typed", ["", "28708", "2870822", "28708a", "２８７０８２", "\n287082", "-87082"])
def test_what_is_no_code_fits_nothing(typed: str) -> None:
    expected = 1 if typed.strip() == "287082" else None
    assert step_of(SEED, typed, datetime.fromtimestamp(59, UTC)) == expected


def test_address_for_the_app() -> None:
    uri = enrolment_uri(SEED, "ann@birch.example")
    assert uri.startswith("otpauth://totp/Privity:ann%40birch.example?secret=")
    assert pyotp.parse_uri(uri).secret == SEED
