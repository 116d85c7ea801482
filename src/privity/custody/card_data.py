"""Card data is masked before a text is kept, on every channel: nothing here ever stores a card (promises D6, D8)."""

from functools import cached_property
from typing import Final

import msgspec

from privity.errors import BadInput, TooLarge
from privity.redact import PCI_DSS, Redactor

_LONGEST: Final = 1600  # characters of a message, as carriers take them


class Masked(msgspec.Struct, frozen=True):
    """A text without card data, and how many card numbers, dates and codes were taken out of it."""

    text: str
    count: int

    def __repr__(self) -> str:
        """Show the count only."""
        return f"Masked(count={self.count})"


class CardData:
    """Masks primary account numbers, expiry dates and security codes in texts."""

    @cached_property
    def _redactor(self) -> Redactor:
        return Redactor(PCI_DSS)  # made when it is first needed: commands that keep no text do not pay for it

    def mask(self, text: str, what: str = "the text", *, longest: int = _LONGEST) -> Masked:
        """Return the text as it may be kept; raises TooLarge beyond `longest` characters, BadInput for NUL characters.

        PCI DSS v4.0.1 §3.3: codes are never kept, not even sealed.
        """
        if len(text) > longest:
            raise TooLarge(f"{what} is longer than {longest} characters", advice="Send it in parts.")
        if "\x00" in text:
            raise BadInput(f"{what} holds NUL characters", advice="Send plain text.")
        redacted = self._redactor.redact_text(text)
        return Masked(redacted.text, len(redacted.findings))
