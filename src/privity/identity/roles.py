"""Roles of people: five that are built in and that nobody can change. What each may do stands in the gate's policies.

They are a ceiling (conflict 7): custom roles, scopes and projects only narrow what a role allows.
"""

from enum import StrEnum


class Role(StrEnum):
    """What a person is to the tenant; one each, an admin may be a clinician besides."""

    OWNER = "owner"
    ADMIN = "admin"
    PRACTITIONER = "practitioner"
    RECEPTIONIST = "receptionist"
    AUDITOR = "auditor"
