"""The published examples of WebAuthn level 3 (section 16): what holds is taken, of that only what is asked for here.

Every page of ours asks for user verification and is in no frame, so an example without the one or in the other is
refused although its signature holds.
"""

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from webauthn import verify_authentication_response, verify_registration_response

from privity.errors import BadInput, NotAuthenticated
from privity.identity.passkeys import registered, verified_count
from privity.identity.site import Site
from promises import promise

VECTORS = json.loads((Path(__file__).parent / "vectors" / "webauthn.json").read_text())
SITE = Site("https://example.org", "example.org")
VERIFIED_WHEN_MADE = {"packed-self-es256", "packed-es256", "packed-rs256", "none-es256-crossOrigin"}
VERIFIED_WHEN_SHOWN = {"packed-es256", "none-es256-crossOrigin"}
FRAMED = {"none-es256-crossOrigin"}


def credential(vector: dict[str, Any], ceremony: str, **lies: bytes) -> dict[str, Any]:
    fields = {name: bytes.fromhex(value) for name, value in vector[ceremony].items() if name != "challenge"} | lies
    response = {name: base64.urlsafe_b64encode(value).decode().rstrip("=") for name, value in fields.items()}
    identifier = base64.urlsafe_b64encode(bytes.fromhex(vector["id"])).decode().rstrip("=")
    return {"id": identifier, "rawId": identifier, "type": "public-key", "response": response}


def key_of(vector: dict[str, Any]) -> bytes:
    """The public key, by the library alone, which is told to ask for nothing."""
    return verify_registration_response(
        credential=credential(vector, "made"),
        expected_challenge=bytes.fromhex(vector["made"]["challenge"]),
        expected_rp_id="example.org",
        expected_origin="https://example.org",
        require_user_verification=False,
    ).credential_public_key


@promise("C77", sabotage="frames_of_other_sites_show_passkeys")
@pytest.mark.parametrize("name", VECTORS)
def test_published_example_is_taken_when_it_is_what_was_asked_for(name: str) -> None:
    vector = VECTORS[name]
    made, shown = (bytes.fromhex(vector[ceremony]["challenge"]) for ceremony in ("made", "shown"))
    key = key_of(vector)
    if name in VERIFIED_WHEN_MADE - FRAMED:
        kept = registered(SITE, made, credential(vector, "made"))
        assert (kept.credential.hex(), kept.public_key, kept.sign_count) == (vector["id"], key, 0)
    else:
        with pytest.raises(BadInput):
            registered(SITE, made, credential(vector, "made"))
    held = verify_authentication_response(
        credential=credential(vector, "shown"),
        expected_challenge=shown,
        expected_rp_id="example.org",
        expected_origin="https://example.org",
        credential_public_key=key,
        credential_current_sign_count=0,
        require_user_verification=False,
    )
    assert held.new_sign_count == 0
    if name in VERIFIED_WHEN_SHOWN - FRAMED:
        assert verified_count(SITE, shown, credential(vector, "shown"), public_key=key, sign_count=0) == 0
    else:
        with pytest.raises(NotAuthenticated):
            verified_count(SITE, shown, credential(vector, "shown"), public_key=key, sign_count=0)
    signature = bytearray.fromhex(vector["shown"]["signature"])
    signature[-1] ^= 1
    for wrong in (credential(vector, "shown", signature=bytes(signature)), credential(vector, "made"), {}):
        with pytest.raises(NotAuthenticated):
            verified_count(SITE, shown, wrong, public_key=key, sign_count=0)
    for site in (Site("https://example.com", "example.org"), Site("https://example.org", "example.com")):
        with pytest.raises(NotAuthenticated):
            verified_count(site, shown, credential(vector, "shown"), public_key=key, sign_count=0)
