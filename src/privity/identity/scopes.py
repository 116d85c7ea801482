"""What a token may be made for. A scope is a ceiling; policy decides within it."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from privity.errors import BadInput


class Scope(StrEnum):
    """`thing:act`, as written in `privity token create --scopes` and shown by `/v1/whoami`.

    `conversations:request` is for plugins: it opens nothing by itself, but lets its holder ask people for access.
    """

    CALLS_READ = "calls:read"
    CALLS_WRITE = "calls:write"
    CONVERSATIONS_READ = "conversations:read"
    CONVERSATIONS_REQUEST = "conversations:request"
    CONVERSATIONS_WRITE = "conversations:write"
    GRANTS_READ = "grants:read"
    LEDGER_READ = "ledger:read"
    MESSAGES_ORIGINAL = "messages:original"
    MESSAGES_READ = "messages:read"
    MESSAGES_WRITE = "messages:write"
    NUMBERS_READ = "numbers:read"
    NUMBERS_WRITE = "numbers:write"
    PAYMENTS_READ = "payments:read"
    PAYMENTS_WRITE = "payments:write"
    RECORDINGS_ORIGINAL = "recordings:original"
    RECORDINGS_READ = "recordings:read"
    RECORDINGS_WRITE = "recordings:write"
    TOKENS_READ = "tokens:read"
    WEBHOOKS_READ = "webhooks:read"
    WEBHOOKS_WRITE = "webhooks:write"


ORIGINALS: Final = frozenset({Scope.MESSAGES_ORIGINAL, Scope.RECORDINGS_ORIGINAL})
"""Scopes that show what was received before it was redacted; a token has them only when they are asked for by name."""

CONTENT: Final = ORIGINALS | {
    Scope.CONVERSATIONS_READ,
    Scope.CONVERSATIONS_REQUEST,
    Scope.MESSAGES_READ,
    Scope.RECORDINGS_READ,
}
"""Scopes that show what is in records, or ask to see it: more than an admin has by himself (C63, C67)."""


DELETING: Final = frozenset(
    {
        Scope.CALLS_WRITE,
        Scope.CONVERSATIONS_WRITE,
        Scope.MESSAGES_WRITE,
        Scope.PAYMENTS_WRITE,
        Scope.RECORDINGS_WRITE,
    }
)
"""Scopes that redact or delete anybody's records, as among people an owner alone does (`owner-deletes-records`)."""

GIVEN_BY_OWNERS: Final = CONTENT | DELETING
"""Scopes that an admin gives to no program."""


def parse_scopes(texts: Iterable[str]) -> frozenset[Scope]:
    """Return the scopes that were asked for; raises BadInput, which lists those that exist, for any other word."""
    known = {scope.value for scope in Scope}
    asked = {text.strip() for text in texts if text.strip()}
    if not asked or asked - known:
        raise BadInput(
            "a scope is not one that exists" if asked else "no scope was given",
            advice=f"Choose from {', '.join(sorted(known))}.",
        )
    return frozenset(Scope(text) for text in asked)
