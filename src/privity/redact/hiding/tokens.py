"""Ways to hide that keep values apart: a keyed token, and a token that whoever holds the vault may turn back.

A keyed token is HMAC-SHA256 (RFC 2104) under a key that the caller gives, over the label and the canonical value. It
is the same for the same value under one key and says nothing without it. A hash without a key is not offered: there are
only a billion social security numbers, so whoever sees one tries them all.

Of card verification codes, PINs and track data there is no keyed token: there are so few that whoever holds the key
tries them all, and nothing of them may be kept (PCI DSS 3.3.1).

A vault token is random, and the value is handed to a sealer that the caller gives. It is refused where the original
must not be kept: on calls and uploads, and for card data anywhere, whatever it was taken for (PCI DSS 3.3.1).
"""

import hashlib
import hmac
from collections.abc import Callable
from typing import Final, Protocol

from privity.errors import BadInput, Refused
from privity.redact.checks import holds_card
from privity.redact.hiding.conversation import Conversation
from privity.redact.hiding.dates.read_dates import DayOrder
from privity.redact.hiding.spellings.canonical import all_digits, canonical
from privity.redact.labels import Label
from privity.redact.policies.policy import CARD_DATA

LEAST_KEY: Final = 16
_LETTERS: Final = "bcdfghjklmnpqrstvwxz"  # no digits and no vowels: nothing that a detector looks for
_LENGTH: Final = 24  # log2(20) * 24 = 103 bits
_LONGEST_CARD: Final = 19  # digits
_NEVER_SEALED: Final = CARD_DATA | {Label.UNCERTAIN}  # a card number may be what was misheard
_KEPT_NOWHERE: Final = frozenset({"call", "upload"})


class Sealer(Protocol):
    """Keeps values under their tokens, sealed; who may open them again is its business."""

    def seal(self, token: str, label: Label, value: str) -> None:
        """Keep the value so that the token leads to it. Raises when it cannot; then nothing is redacted."""
        ...


class KeyedTokens:
    """Shows `[NAME:kxwq...]`, the same for the same value under the same key; raises BadInput for a short key."""

    derived, keeps_length = True, False

    def __init__(self, key: bytes) -> None:
        self._key = checked_key(key)

    def __repr__(self) -> str:
        return "KeyedTokens(hidden)"

    def within(self, conversation: Conversation) -> "_TokensWithin":
        """Return the same tokens where a conversation tells how its dates are written."""
        return _TokensWithin(self, conversation)

    def instead(self, label: Label, value: str) -> str:
        """Return the token in brackets with its label."""
        return self.token(label, value, None)

    def token(self, label: Label, value: str, order: DayOrder | None) -> str:
        """Return the token of a value of which the order of day and month is known, or None."""
        if label is Label.CVV or (label is Label.CARD and is_track(value)):
            return f"[{label}]"
        return f"[{label}:{_letters(keyed(self._key, label, value, order))}]"

    def going_on(self, _part: str) -> str:
        """Return nothing: the token stands at the first place."""
        return ""


class VaultTokens:
    """Shows `[NAME:kxwq...]`, random, and hands each value to the sealer.

    Card data, what holds a card number under another label, and what may be one that was misheard, get their label and
    are not sealed.
    The same value gets the same token as long as this object lives: one for each conversation. `channel` is that of
    the conversation; raises Refused for one whose original is never kept. `randomness` gives as many random bytes as it
    is asked for.
    """

    derived = keeps_length = False

    def __init__(self, sealer: Sealer, *, channel: str, randomness: Callable[[int], bytes]) -> None:
        if not channel.strip():
            raise BadInput("no channel is named", advice="Name that of the conversation, such as message.")
        if channel.strip().lower() in _KEPT_NOWHERE:
            raise Refused(
                "tokens that can be turned back are refused on calls and uploads",
                advice="Their original is never kept: choose labels, keyed tokens or surrogates.",
            )
        self._sealer = sealer
        self._randomness = randomness
        self._known: dict[bytes, str] = {}
        self._key = randomness(32)

    def __repr__(self) -> str:
        return "VaultTokens(hidden)"

    def within(self, conversation: Conversation) -> "_TokensWithin":
        """Return the same tokens where a conversation tells how its dates are written."""
        return _TokensWithin(self, conversation)

    def instead(self, label: Label, value: str) -> str:
        """Return the token in brackets with its label, after its value was sealed."""
        return self.token(label, value, None)

    def token(self, label: Label, value: str, order: DayOrder | None) -> str:
        """Return the token of a value of which the order of day and month is known, or None."""
        if label in _NEVER_SEALED:
            return f"[{label}]"
        if any(map(holds_card, all_digits(value))):
            return f"[{label}]"
        same = keyed(self._key, label, value, order)
        if same not in self._known:
            token = f"[{label}:{_letters(self._randomness(32))}]"
            self._sealer.seal(token, label, value)
            self._known[same] = token
        return self._known[same]

    def going_on(self, _part: str) -> str:
        """Return nothing: the token stands at the first place."""
        return ""


class _TokensWithin:
    """Tokens in one conversation."""

    derived, keeps_length = True, False

    def __init__(self, tokens: KeyedTokens | VaultTokens, conversation: Conversation) -> None:
        self._tokens = tokens
        self._conversation = conversation
        self.derived = tokens.derived

    def instead(self, label: Label, value: str) -> str:
        return self._tokens.token(label, value, self._conversation.order_of(value))

    def going_on(self, part: str) -> str:
        return self._tokens.going_on(part)


def checked_key(key: bytes) -> bytes:
    """Return the key; raises BadInput when it is no bytes, or too short to keep anyone from trying all values."""
    if not isinstance(key, bytes):
        raise BadInput("the key is no bytes", advice="Use 32 random bytes, not a text.")
    if len(key) < LEAST_KEY:
        raise BadInput(f"the key has fewer than {LEAST_KEY} bytes", advice="Use 32 random bytes.")
    return key


def is_track(value: str) -> bool:
    """Return whether card data hold more than a card number: what its magnetic stripe says."""
    return len(all_digits(value)[0]) > _LONGEST_CARD or "^" in value


def keyed(key: bytes, label: Label, value: str, order: DayOrder | None = None) -> bytes:
    """Return 32 bytes that are the same for the same value of a kind under one key; see `canonical`."""
    return hmac.digest(key, f"privity|{label}|{canonical(label, value, order)}".encode(), hashlib.sha256)


def _letters(octets: bytes) -> str:
    number = int.from_bytes(octets)
    return "".join(_LETTERS[number // 20**place % 20] for place in range(_LENGTH))
