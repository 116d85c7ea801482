"""Signed texts: only ours, only for their audience, only in time."""

import base64
import json
import warnings
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from joserfc import jws
from joserfc.jwk import OctKey

from privity.clock import SteppedClock
from privity.errors import NotAuthenticated
from privity.identity import SignedTexts
from privity.vault import Secret
from promises import promise

KEY = bytes(range(32))
NOW = datetime(2026, 11, 26, tzinfo=UTC)


def texts(key: bytes = KEY, audience: str = "people", at: datetime = NOW) -> SignedTexts:
    return SignedTexts(Secret(key), audience, SteppedClock(at))


def b64(value: Any) -> str:
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def header_of(text: str) -> dict[str, Any]:
    part = text.split(".", maxsplit=1)[0]
    told: dict[str, Any] = json.loads(base64.urlsafe_b64decode(part + "=="))
    return told


def signed(header: dict[str, Any], claims: dict[str, Any], key: bytes = KEY) -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return jws.serialize_compact(header, json.dumps(claims), OctKey.import_key(key), algorithms=[header["alg"]])


def forgeries() -> dict[str, str]:
    good = texts().make({"sub": "ann"}, timedelta(minutes=5))
    header, body, mac = good.split(".")
    known, claims = header_of(good), json.loads(base64.urlsafe_b64decode(body + "=="))
    return {
        "empty": "",
        "no text": "..",
        "alg none": f"{b64({'alg': 'none', 'typ': 'JWT'})}.{body}.",
        "alg none with our kid": f"{b64(known | {'alg': 'none'})}.{body}.{mac}",
        "alg HS512": signed(known | {"alg": "HS512"}, claims),
        "another key": texts(b"x" * 32).make({"sub": "ann"}, timedelta(minutes=5)),
        "another kid": signed(known | {"kid": "0" * 16}, claims),
        "no kid": signed({"alg": "HS256", "typ": "JWT"}, claims),
        "another type": signed(known | {"typ": "at+jwt"}, claims),
        "another audience": texts(audience="bots").make({"sub": "ann"}, timedelta(minutes=5)),
        "no audience": signed(known, {name: value for name, value in claims.items() if name != "aud"}),
        "another issuer": signed(known, claims | {"iss": "someone"}),
        "no end": signed(known, {name: value for name, value in claims.items() if name != "exp"}),
        "an end that is text": signed(known, claims | {"exp": str(claims["exp"])}),
        "an end that is true": signed(known, claims | {"exp": True}),
        "made tomorrow": signed(known, claims | {"iat": claims["iat"] + 86_400, "exp": claims["exp"] + 86_400}),
        "another body": f"{header}.{b64(claims | {'sub': 'bob'})}.{mac}",
        "no signature": f"{header}.{body}.",
        "cut short": good[:-2],
        "longer": good + "AA",
        "of another length": good + "A" * 5000,
        "not ASCII": good[:-1] + "é",
    }


@promise("C82", sabotage="audiences_are_not_checked")
@promise("C82", "B15", sabotage="key_ids_are_not_checked")
def test_text_that_we_did_not_sign_for_this_is_refused_alike() -> None:
    reader = texts()
    for _ in range(2):  # whose signature was right once is believed to be right, and nobody else's is
        assert reader.read(texts().make({"sub": "ann"}, timedelta(minutes=5)))["sub"] == "ann"
    said = set()
    for name, text in forgeries().items():
        try:
            reader.read(text)
        except NotAuthenticated as error:
            said.add((error.message, error.advice))
        else:
            pytest.fail(name)
    assert len(said) == 1


@promise("C82", sabotage="expired_texts_are_accepted")
def test_text_is_over_when_its_time_is_up() -> None:
    text = texts().make({}, timedelta(minutes=5))
    clock = SteppedClock(NOW)
    reader = SignedTexts(Secret(KEY), "people", clock)
    reader.read(text)["exp"] += 3600  # what was given out is the reader's own no more
    clock.advance(timedelta(minutes=5))
    with pytest.raises(NotAuthenticated):
        reader.read(text)
    texts(at=NOW + timedelta(seconds=299)).read(text)
    texts(at=NOW - timedelta(seconds=29)).read(text)  # another machine's clock may be a little ahead
    for at in (NOW + timedelta(minutes=5), NOW - timedelta(minutes=2)):
        with pytest.raises(NotAuthenticated):
            texts(at=at).read(text)
