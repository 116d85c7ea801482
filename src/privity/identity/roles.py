"""What people are, and what they have shown to be let in.

Five roles are built in and nobody can change them; what each may do stands in the gate's policies. They are a ceiling
(conflict 7): scopes and projects only narrow what a role allows.
"""

from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """What a person is to the tenant; one each, an admin may be a clinician besides."""

    OWNER = "owner"
    ADMIN = "admin"
    PRACTITIONER = "practitioner"
    RECEPTIONIST = "receptionist"
    AUDITOR = "auditor"


class Factor(StrEnum):
    """What a session has shown. No SMS: whoever takes over a number takes over its codes (promise C78)."""

    LINK = "link"
    MAIL = "mail"
    PROVIDER = "provider"
    TOTP = "totp"
    PASSKEY = "passkey"
    RECOVERY = "recovery"


IDLE_SECONDS: Final = 15 * 60
"""A session that nobody used for so long is over. Every role can meet PHI, so it is one figure for all."""
