"""Bytes that must not be seen: their text forms hide them, they cannot be copied by accident, and they can be wiped."""

from __future__ import annotations

import hmac
from typing import NoReturn, Self

from privity.errors import SealBroken


class Hidden:
    """Bytes whose `repr`, `str` and `format` say only what they are.

    They live in one bytearray, which `wipe` clears. A bytearray is taken over as it is and the caller gives it up;
    other bytes are copied. Equality takes constant time. Hashing, pickling and copying are refused, because each would
    put the content somewhere that `wipe` cannot reach.
    """

    __slots__ = ("_content", "_wiped")

    def __init__(self, content: bytes | bytearray | memoryview) -> None:
        self._content = content if isinstance(content, bytearray) else bytearray(content)
        self._wiped = False

    def reveal(self) -> bytearray:
        """Return the bytes themselves, not a copy: whoever keeps them sees zeros after `wipe`.

        Raises SealBroken after `wipe`: zeros must never serve as a key or pass for content.
        """
        if self._wiped:
            raise SealBroken("a secret was used after it was wiped")
        return self._content

    def wipe(self) -> None:
        """Overwrite the bytes with zeros; copies that libraries made are out of reach."""
        self._content[:] = bytes(len(self._content))
        self._wiped = True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.wipe()

    def __len__(self) -> int:
        return len(self._content)

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return hmac.compare_digest(self.reveal(), other.reveal())

    __hash__ = None  # type: ignore[assignment]  # an unhashable class is declared so

    def __repr__(self) -> str:
        return f"<{type(self).__name__} hidden>"

    def __reduce_ex__(self, _protocol: object) -> NoReturn:
        raise TypeError(f"{type(self).__name__} is neither pickled nor copied")


class Secret(Hidden):
    """Key material, 32 bytes unless said otherwise."""

    __slots__ = ()

    def hex(self) -> str:
        """Return the bytes as hexadecimal text, for a consumer that takes only text, such as a database password."""
        return self.reveal().hex()


class Plaintext(Hidden):
    """Content that was opened from a seal, or is about to be sealed."""

    __slots__ = ()

    @classmethod
    def of(cls, text: str) -> Self:
        """Return the text as UTF-8."""
        return cls(text.encode())

    def text(self) -> str:
        """Return the content decoded as UTF-8, a copy that `wipe` does not reach.

        Raises SealBroken when it is not UTF-8: then it is not what this system sealed as text.
        """
        content = self.reveal()
        try:
            return str(content, "utf-8")
        except UnicodeDecodeError:
            raise SealBroken("the sealed value is not text") from None
