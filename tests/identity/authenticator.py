"""A passkey authenticator in software (WebAuthn level 3, sections 6 and 7), whose every lie can be chosen."""

import base64
import hashlib
import json
import os
import struct
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


def b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def raw(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class SoftAuthenticator:
    """Holds one passkey. `rising` says whether it counts; a synced passkey does not."""

    def __init__(self, origin: str, *, rising: bool = True) -> None:
        self.origin = origin
        self.rising = rising
        self.count = 0
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = os.urandom(32)
        self.handle = b""
        self.rp_id = ""

    def create(self, options: dict[str, Any], **lies: Any) -> dict[str, Any]:
        """What `navigator.credentials.create` gives for these options."""
        self.handle = raw(options["user"]["id"])
        self.rp_id = options["rp"]["id"]
        numbers = self.key.public_key().public_numbers()
        cose = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")})
        attested = bytes(16) + struct.pack(">H", len(self.id)) + self.id + cose
        data = self._data(lies, ATTESTED) + attested
        client = self._client("webauthn.create", options["challenge"], lies)
        made = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        return self._credential({"clientDataJSON": b64(client), "attestationObject": b64(made)})

    def get(self, options: dict[str, Any], **lies: Any) -> dict[str, Any]:
        """What `navigator.credentials.get` gives for these options."""
        self.rp_id = options["rpId"]
        if self.rising:
            self.count += 1
        data = self._data(lies, 0)
        client = self._client("webauthn.get", options["challenge"], lies)
        key = lies.get("key", self.key)
        signature = key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._credential(
            {
                "clientDataJSON": b64(client),
                "authenticatorData": b64(data),
                "signature": b64(signature),
                "userHandle": b64(lies.get("handle", self.handle)),
            }
        )

    def _data(self, lies: dict[str, Any], flags: int) -> bytes:
        flags |= PRESENT | (0 if lies.get("unverified") else VERIFIED)
        rp_hash = hashlib.sha256(lies.get("rp_id", self.rp_id).encode()).digest()
        return rp_hash + bytes([flags]) + struct.pack(">I", lies.get("count", self.count))

    def _client(self, kind: str, challenge: str, lies: dict[str, Any]) -> bytes:
        told = {
            "type": lies.get("type", kind),
            "challenge": lies.get("challenge", challenge),
            "origin": lies.get("origin", self.origin),
        }
        return json.dumps(told).encode()

    def _credential(self, response: dict[str, str]) -> dict[str, Any]:
        return {
            "id": b64(self.id),
            "rawId": b64(self.id),
            "type": "public-key",
            "response": response,
            "clientExtensionResults": {},
        }
