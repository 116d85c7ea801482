"""The database roles: one for each way into the databases, none of which can do another's work.

`privity_owner` owns every object and is used by migrations only. All others own nothing, are no superusers and cannot
bypass row-level security. Their passwords are derived from one installation secret, so none of them is stored.
"""

import hashlib
import hmac
from collections.abc import Callable
from enum import StrEnum

PasswordFor = Callable[[str], str]
"""Gives the password of a role by its name."""

SUPERUSER = "privity_superuser"
"""The superuser of an embedded cluster. Only `privity.store.cluster` signs in as it."""


class Role(StrEnum):
    """A database role that Privity signs in as."""

    OWNER = "privity_owner"
    APP = "privity_app"
    LOOKUP = "privity_lookup"
    PLATFORM = "privity_platform"
    LEDGER = "privity_ledger"
    QUEUE = "privity_queue"
    KEYS = "privity_keys"


def derived_passwords(installation_secret: bytes) -> PasswordFor:
    """Return the passwords of all roles: `HMAC-SHA256(installation secret, "role|" + name)` in hexadecimal."""

    def password_for(role: str) -> str:
        return hmac.new(installation_secret, b"role|" + role.encode(), hashlib.sha256).hexdigest()

    return password_for
