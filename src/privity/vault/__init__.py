"""The vault: how content is sealed, as formats only, without I/O, usable as a library.

A record key seals the columns of one row (`seal`, `open_sealed`) or one blob (`StreamSealer`, `StreamOpener`,
`open_range`); a tenant key wraps record keys (`TenantCipher`); a KMS wraps tenant keys (`KeyManagement`).
Every ciphertext is bound to its place, and every failure to open is the one error SealBroken.
"""

from privity.vault.envelope import KEY_BYTES, Randomness, TenantCipher, derive, key_id_of, open_sealed, seal
from privity.vault.kms import Context, GeneratedKey, KeyManagement, KmsHealth
from privity.vault.place import BlobPlace, Place, Record
from privity.vault.secret import Hidden, Plaintext, Secret
from privity.vault.stream import StreamOpener, StreamSealer, content_size, open_range, ranges_of, sealed_size

__all__ = [
    "KEY_BYTES",
    "BlobPlace",
    "Context",
    "GeneratedKey",
    "Hidden",
    "KeyManagement",
    "KmsHealth",
    "Place",
    "Plaintext",
    "Randomness",
    "Record",
    "Secret",
    "StreamOpener",
    "StreamSealer",
    "TenantCipher",
    "content_size",
    "derive",
    "key_id_of",
    "open_range",
    "open_sealed",
    "ranges_of",
    "seal",
    "sealed_size",
]
