"""Signed notes as c2sp.org/signed-note specifies them, with Ed25519 signatures (type 0x01).

A note is text that ends in a newline, an empty line, then one line a signature: an em dash, the key's name, and base64
of the key id and the signature. Signatures of keys that are not known are ignored; one of a known key that fails
condemns the whole note.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Sequence

import msgspec
from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from privity.errors import BadInput, VerificationError

_ED25519 = b"\x01"
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
_MAX_NOTE = 1 << 20  # characters; the specification asks verifiers to bound a note
_MAX_SIGNATURES = 64  # it asks for at least 16


class Verifier(msgspec.Struct, frozen=True, kw_only=True):
    """A public Ed25519 key with the name it signs under."""

    name: str
    public: bytes

    def __post_init__(self) -> None:
        """Refuse a name or a key that the specification does not allow."""
        if not self.name or "+" in self.name or any(character.isspace() for character in self.name):
            raise BadInput("A key's name is empty or holds spaces or '+'.")
        if len(self.public) != 32:
            raise BadInput("An Ed25519 public key is not 32 bytes.")

    @property
    def key_id(self) -> bytes:
        """Return SHA-256(name || 0x0A || 0x01 || public key)[:4]."""
        return hashlib.sha256(self.name.encode() + b"\n" + _ED25519 + self.public).digest()[:4]

    @property
    def vkey(self) -> str:
        """Return the key as text: `name+hex(key id)+base64(0x01 || public key)`."""
        return f"{self.name}+{self.key_id.hex()}+{base64.b64encode(_ED25519 + self.public).decode()}"

    @classmethod
    def from_vkey(cls, vkey: str) -> "Verifier":
        """Return the key that a vkey text names; raise BadInput if it is not one, or not of Ed25519."""
        try:
            name, key_id, key = vkey.split("+", 2)
            material = base64.b64decode(key, validate=True)
            found = cls(name=name, public=material[1:])
        except (ValueError, BadInput):
            material, found = b"", None
        if found is None or material[:1] != _ED25519 or key_id != found.key_id.hex():
            raise BadInput("A verifier key is not the vkey of an Ed25519 key (c2sp.org/signed-note).")
        return found


class Signer:
    """An Ed25519 signing key with the name it signs under; shows neither the seed nor anything derived but the vkey."""

    __slots__ = ("_key", "verifier")

    def __init__(self, name: str, seed: bytes) -> None:
        if len(seed) != 32:
            raise BadInput("The seed of an Ed25519 key is not 32 bytes.")
        self._key = SigningKey(seed)
        self.verifier = Verifier(name=name, public=bytes(self._key.verify_key))

    def __repr__(self) -> str:
        return f"<Signer {self.verifier.vkey}>"

    def sign(self, text: str) -> str:
        """Return the signature line of this key over the note text, with its newline."""
        signature = self._key.sign(text.encode()).signature
        return f"— {self.verifier.name} {base64.b64encode(self.verifier.key_id + signature).decode()}\n"


def sign_note(text: str, *signers: Signer) -> str:
    """Return the note: the text, an empty line, one signature line for each signer.

    Raises BadInput if the text does not end in a newline or holds another control character.
    """
    if not text.endswith("\n") or _has_control(text):
        raise BadInput("A note's text does not end in a newline or holds control characters.")
    if not signers:
        raise BadInput("A note needs a signature.")
    return text + "\n" + "".join(signer.sign(text) for signer in signers)


def verify_note(note: str, verifiers: Sequence[Verifier]) -> str:
    """Return the text of a note that at least one of these keys signed, with its final newline.

    Raises VerificationError if no known key signed it, or a signature of a known key does not fit, or it is no note.
    """
    text, lines = _split(note)
    known = {(verifier.name, verifier.key_id): verifier for verifier in verifiers}
    signed = False
    for name, signature in lines:
        verifier = known.get((name, signature[:4]))
        if verifier is None:
            continue
        try:
            VerifyKey(verifier.public).verify(text.encode(), signature[4:])
        except (BadSignatureError, ValueError) as failure:
            raise VerificationError("A signature of a known key does not fit the note.") from failure
        signed = True
    if not signed:
        raise VerificationError("No known key has signed the note.")
    return text


def note_text(note: str) -> str:
    """Return the text of a note whose signatures were *not* looked at; only to ask what it claims."""
    return _split(note)[0]


def _split(note: str) -> tuple[str, list[tuple[str, bytes]]]:
    malformed = VerificationError("The note is not a signed note (c2sp.org/signed-note).")
    text, separator, tail = note.rpartition("\n\n")
    lines = tail.split("\n")[:-1]
    if not separator or not tail.endswith("\n") or len(note) > _MAX_NOTE or _has_control(note):
        raise malformed
    if not 1 <= len(lines) <= _MAX_SIGNATURES:
        raise malformed
    signatures = []
    for line in lines:
        match line.split(" "):
            case ["—", name, encoded] if name and "+" not in name:
                try:
                    signature = base64.b64decode(encoded, validate=True)
                except binascii.Error:
                    raise malformed from None
                if len(signature) < 5:
                    raise malformed
                signatures.append((name, signature))
            case _:
                raise malformed
    return text + "\n", signatures


def _has_control(text: str) -> bool:
    return _CONTROL.search(text) is not None
