"""What tells the name of a user from other words: a sign or digits within it that no word of English explains."""

from typing import Final

from privity.redact.reading.lexicon import Bit, lexicon

OF_MACHINES: Final = frozenset(
    {
        "accounts", "admin", "administrator", "agent", "all", "anonymous", "any", "caller", "channel", "current",
        "customer", "daemon", "default", "empty", "everyone", "false", "guest", "here", "id", "invalid", "localhost",
        "me", "media", "name", "nobody", "none", "null", "operator", "postgres", "public", "root", "security", "self",
        "service", "system", "test", "true", "undefined", "unknown", "user", "users", "www-data",
    }
)  # fmt: skip
"""Accounts of nobody, and what is mentioned behind a sign and is no user."""
_PIECES_OF_MACHINES = frozenset(
    {"actions", "agent", "api", "bot", "ci", "cron", "job", "pipeline", "runner", "server", "service", "svc", "worker"}
)
_SHORTEST = 4
_INITIALS = 2  # letters
_KNOWN = Bit.WORD | Bit.FUNCTION | Bit.PLACE | Bit.REGION | Bit.PEOPLE | Bit.THING | Bit.CALENDAR


def is_tried(text: str) -> bool:
    """Return whether a word behind failed attempts is a user: in no list of words or places, and nobody's account."""
    lowered = text.lower()
    return lowered not in OF_MACHINES and (is_joined(lowered) or not lexicon().of(lowered) & _KNOWN)


def is_user(text: str) -> bool:
    """Return whether signs or digits make the name of a user of a word: "varga_t", "birgit63", but not "windows10"."""
    lowered = text.lower()
    stem = lowered.rstrip("0123456789")
    numbered = len(lowered) - len(stem) > 1 and len(stem) > 1 and not lexicon().of(stem) & (_KNOWN & ~Bit.PLACE)
    return len(lowered) >= _SHORTEST and (is_joined(lowered) or numbered)


def is_joined(text: str) -> bool:
    """Return whether a sign joins pieces of which one is no word of English and none is a machine's: "o_brandt"."""
    pieces = text.lower().replace(".", "_").split("_")
    named = any(len(piece) > _INITIALS and piece.isalpha() for piece in pieces)  # unlike "v2.0.1"
    return len(pieces) > 1 and named and not all(map(_is_word, pieces)) and _PIECES_OF_MACHINES.isdisjoint(pieces)


def _is_word(text: str) -> bool:
    return lexicon().of(text) & (Bit.WORD | Bit.FUNCTION) != 0
