"""What is said before a call is recorded, by version: what was used once can be read again later."""

from collections.abc import Mapping
from functools import cache

import msgspec

from privity.errors import BadInput
from privity.rules.tables import table


class Announcement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text and the version that it is known by."""

    id: str
    text: str


class _Announcements(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    announcement: tuple[Announcement, ...]


@cache
def announcements() -> Mapping[str, Announcement]:
    """Return every text by its version."""
    return {each.id: each for each in table("announcements.toml", _Announcements).announcement}


def announcement(version: str) -> Announcement:
    """Return the text of a version; raises BadInput for one that there never was."""
    found = announcements().get(version)
    if found is None:
        raise BadInput("there is no such announcement", advice=f"Choose from {', '.join(announcements())}.")
    return found
