"""Signatures of carriers: the vectors that the vendors publish, and nothing else passes."""

import base64
import hmac
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privity.delivery.vendor_signatures import check_signature, read_form
from privity.errors import Refused
from privity.vault import Secret

# Worked examples of Twilio's documentation on the security of webhooks, of its present and an earlier edition.
EXAMPLE = "https://mycompany.com/myapp.php?foo=1&bar=2"
RINGING = {
    "AccountSid": "AC9a9f9392lad99kla0sklakjs90j092j3", "ApiVersion": "2010-04-01",
    "CallSid": "CAd800bb12c0426a7ea4230e492fef2a4f", "CallStatus": "ringing", "Called": "+15306384866",
    "CalledCity": "OAKLAND", "CalledCountry": "US", "CalledState": "CA", "CalledZip": "94612",
    "Caller": "+15306666666", "CallerCity": "SOUTH LAKE TAHOE", "CallerCountry": "US",
    "CallerName": "CA Wireless Call", "CallerState": "CA", "CallerZip": "89449", "Direction": "inbound",
    "From": "+15306666666", "FromCity": "SOUTH LAKE TAHOE", "FromCountry": "US", "FromState": "CA",
    "FromZip": "89449", "To": "+15306384866", "ToCity": "OAKLAND", "ToCountry": "US", "ToState": "CA",
    "ToZip": "94612",
}  # fmt: skip


def pressed(number: str) -> dict[str, str]:
    return {
        "CallSid": "CA1234567890ABCDE", "Caller": number, "Digits": "1234", "From": number, "To": "+18005551212",
    }  # fmt: skip


VECTORS = [
    ("12345", EXAMPLE, pressed("+14158675309"), "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
    ("12345", EXAMPLE, pressed("+12349013030"), "0/KCTR6DLpKmkAf8muzZqo1nDgQ="),
    ("1c892n40nd03kdnc0112slzkl3091j20", "http://www.postbin.org/1ed898x", RINGING, "fF+xx6dTinOaCdZ0aIeNkHr/ZAA="),
]


def check(secret: str, signature: str, url: str, body: bytes, form: list[tuple[str, str]] | None = None) -> None:
    check_signature(Secret(secret.encode()), ["AAAA", signature], url, body, read_form(body) if form is None else form)


@pytest.mark.parametrize(("secret", "url", "fields", "signature"), VECTORS)
def test_published_examples_hold_and_nothing_near_them(
    secret: str, url: str, fields: dict[str, str], signature: str
) -> None:
    body = urlencode(fields).encode()
    check(secret, signature, url, body)
    check(secret, signature, url, urlencode(dict(reversed(fields.items()))).encode())
    near = [
        (secret + "x", signature, url, body),
        (secret, signature.swapcase(), url, body),
        (secret, "", url, body),
        (secret, signature, url + "&x=1", body),
        (secret, signature, url.replace("http", "ftp", 1), body),
        (secret, signature, url, body + b"&More=1"),
        (secret, signature, url, urlencode(fields | {"To": "+18005551213"}).encode()),
        (secret, signature, url, urlencode(dict(list(fields.items())[1:])).encode()),
        (secret, signature, url, b""),
    ]
    for wrong in near:
        with pytest.raises(Refused):
            check(*wrong)


def test_port_may_be_written_or_not_and_bodies_that_are_no_forms_are_covered() -> None:
    def signed(text: str, key: str = "k") -> str:
        return base64.b64encode(hmac.digest(key.encode(), text.encode(), "sha1")).decode()

    check("k", signed("https://a.example:443/xa1"), "https://a.example/x", b"a=1")
    check("k", signed("https://a.example/xa1"), "https://a.example:8443/x", b"a=1")
    check("k", signed("https://a.example/x"), "https://a.example/x", b"")
    with pytest.raises(Refused):
        check("", signed("https://a.example/x", ""), "https://a.example/x", b"")
    # What is no form is covered by the digest that the address names, or by SignalWire's own form.
    body = b'{"a":1}'
    named = "https://a.example/x?bodySHA256=015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862"
    check("k", signed(named), named, body, [])
    with pytest.raises(Refused):
        check("k", signed(named), named, body + b" ", [])
    with pytest.raises(Refused):
        check("k", signed("https://a.example/x"), "https://a.example/x", body, [])
    own = hmac.digest(b"k", b"https://a.example/x" + body, "sha1").hex()
    check("k", own, "https://a.example/x", body, [])
    with pytest.raises(Refused):
        check("k", own, "https://a.example/x", body + b" ", [])


@given(
    fields=st.dictionaries(st.text("abAB0_", min_size=1), st.text(max_size=20), max_size=6),
    bad=st.text(max_size=40),
    url=st.sampled_from(["https://a.example/carrier/x/y/messages", "https://a.example:8443/c?q=1"]),
)
def test_only_the_right_signature_passes(fields: dict[str, str], bad: str, url: str) -> None:
    text = url + "".join(f"{name}{fields[name]}" for name in sorted(fields))
    right = base64.b64encode(hmac.digest(b"the key", text.encode(), "sha1")).decode()
    body = urlencode(fields).encode()
    assert read_form(body) == list(fields.items())
    check("the key", right, url, body)
    if bad != right:
        with pytest.raises(Refused):
            check("the key", bad, url, body)


@given(st.binary(max_size=200))
def test_any_body_is_a_form_or_refused(body: bytes) -> None:
    try:
        form = read_form(body)
    except Refused:
        return
    assert len(form) <= 200
