"""The published examples of JOSE, and what is made of them here: RFC 7515, RFC 7519, RFC 7638, RFC 8037."""

import base64
import hmac
import json
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from joserfc import jws
from joserfc.errors import UnsupportedAlgorithmError
from joserfc.jwk import import_key

from privity.clock import SteppedClock
from privity.errors import NotAuthenticated
from privity.identity import SignedTexts
from privity.identity.oauth import ALGORITHMS, public_keys
from privity.identity.signed import _REGISTRY
from privity.vault import Secret
from promises import promise

pytestmark = pytest.mark.filterwarnings("ignore:EdDSA is deprecated")  # the name; RFC 8037's example bears it
CLAIMS = "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
HMAC_KEY = "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"
A1 = f"eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.{CLAIMS}.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
"""RFC 7515 appendix A.1, which is the example of RFC 7519 section 3.1."""
A3 = (
    f"eyJhbGciOiJFUzI1NiJ9.{CLAIMS}."
    "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"
)
A3_KEY: dict[str, str | list[str]] = {
    "kty": "EC",
    "crv": "P-256",
    "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
    "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
}
A5 = f"eyJhbGciOiJub25lIn0.{CLAIMS}."
"""Appendix A.5, the unsecured one."""
ED25519 = (
    "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc."
    "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"
)
ED25519_KEY: dict[str, str | list[str]] = {
    "kty": "OKP",
    "crv": "Ed25519",
    "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
}
"""RFC 8037 appendix A."""


def raw(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def ours() -> SignedTexts:
    return SignedTexts(Secret(raw(HMAC_KEY)), "people", SteppedClock(datetime.fromtimestamp(1300819000, UTC)))


@promise("B15", sabotage="any_algorithm_signs")
def test_examples_verify_and_only_by_the_algorithm_of_ours() -> None:
    key = import_key({"kty": "oct", "k": HMAC_KEY})
    assert json.loads(jws.deserialize_compact(A1, key, registry=_REGISTRY).payload)["iss"] == "joe"
    for other, its in ((A3, A3_KEY), (ED25519, ED25519_KEY)):
        assert jws.deserialize_compact(other, import_key(its), algorithms=list(ALGORITHMS)).payload
        with pytest.raises(UnsupportedAlgorithmError):
            jws.deserialize_compact(other, import_key(its), registry=_REGISTRY)
    for text in (A1, A3, A5, ED25519):  # right signature or not: it is not a text that was made here
        with pytest.raises(NotAuthenticated):
            ours().read(text)


@pytest.mark.parametrize("name", ["Ed25519", "EdDSA"])
def test_clients_sign_under_either_name_of_the_curve(name: str) -> None:
    private = import_key(ED25519_KEY | {"d": "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"})  # RFC 8037 appendix A.1
    signed = jws.serialize_compact({"alg": name}, b"asked", private, algorithms=[name])
    [kept] = json.loads(public_keys(json.dumps(ED25519_KEY)))["keys"]
    assert jws.deserialize_compact(signed, import_key(kept), algorithms=list(ALGORITHMS)).payload == b"asked"
    with pytest.raises(UnsupportedAlgorithmError):
        jws.deserialize_compact(signed, import_key(kept), registry=_REGISTRY)


def test_what_is_made_here_is_what_the_standard_says() -> None:
    text = ours().make({"sub": "joe"}, timedelta(minutes=5))
    head, body, mac = text.split(".")
    assert raw(mac) == hmac.digest(raw(HMAC_KEY), f"{head}.{body}".encode(), sha256)
    told = json.loads(raw(body))
    assert told == {"sub": "joe", "iss": "privity", "aud": "people", "iat": 1300819000, "exp": 1300819300}
    assert json.loads(raw(head))["alg"] == "HS256"


def test_keys_are_named_by_their_thumbprint() -> None:
    [kept] = json.loads(public_keys(json.dumps(ED25519_KEY)))["keys"]
    assert kept["kid"] == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"  # RFC 8037 appendix A.3
    for signed, its in ((A3, A3_KEY), (ED25519, ED25519_KEY)):
        [kept] = json.loads(public_keys(json.dumps({"keys": [its]})))["keys"]
        assert jws.deserialize_compact(signed, import_key(kept), algorithms=list(ALGORITHMS)).payload
