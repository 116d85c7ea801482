"""Choices that follow from a key: an order of all numbers below a size, and draws from a seed.

In a `KeyedOrder` every number has one place, so that the one behind a number is never that number, and no two numbers
have the same one behind them. What a surrogate of that kind stands for can be told by whoever has the key, and by
nobody else. The order is a balanced Feistel network (Luby and Rackoff 1988) of ten rounds, as in format-preserving
encryption (NIST SP 800-38G), over the next even number of bits; numbers beyond the size are walked past.
"""

import hashlib
import hmac
from collections.abc import Sequence
from typing import Final

_ROUNDS: Final = 10


class KeyedOrder:
    """An order of the numbers below `size`, two at least, that the key and the name of its kind decide."""

    def __init__(self, key: bytes, kind: str, size: int) -> None:
        assert size > 1, "what is alone has nothing behind it"
        self._size = size
        self._half = (max(2, (size - 1).bit_length()) + 1) // 2
        self._mask = (1 << self._half) - 1
        self._octets = (self._half + 7) // 8
        told = f"privity|order|{kind}|{size}".encode(errors="surrogatepass")
        self._seeds = [hmac.digest(key, told + bytes([turn]), hashlib.sha256) for turn in range(_ROUNDS)]

    def __repr__(self) -> str:
        return "KeyedOrder(hidden)"

    def after(self, number: int) -> int:
        """Return the number behind one in the order; behind the last comes the first."""
        return self._walked((self._walked(number, self._seeds) + 1) % self._size, self._seeds[::-1], back=True)

    def _walked(self, number: int, seeds: Sequence[bytes], *, back: bool = False) -> int:
        number = self._mixed(number, seeds, back=back)
        while number >= self._size:
            number = self._mixed(number, seeds, back=back)
        return number

    def _mixed(self, number: int, seeds: Sequence[bytes], *, back: bool) -> int:
        left, right = number >> self._half, number & self._mask
        for seed in seeds:
            if back:
                left, right = right ^ self._part(seed, left), left
            else:
                left, right = right, left ^ self._part(seed, right)
        return left << self._half | right

    def _part(self, seed: bytes, number: int) -> int:
        octets = hmac.digest(seed, number.to_bytes(self._octets), hashlib.sha256)
        while len(octets) < self._octets:
            octets += hmac.digest(seed, octets, hashlib.sha256)
        return int.from_bytes(octets[: self._octets]) & self._mask


class Draw:
    """Choices that follow from a seed: the same seed, the same choices."""

    def __init__(self, seed: bytes) -> None:
        self._seed = seed
        self._count = 0

    def __repr__(self) -> str:
        return "Draw(hidden)"

    def below(self, limit: int) -> int:
        """Return the next choice, from 0 to before the limit."""
        self._count += 1
        return int.from_bytes(hmac.digest(self._seed, self._count.to_bytes(4), hashlib.sha256)[:16]) % limit

    def of(self, choices: Sequence[str]) -> str:
        """Return one of the choices."""
        return choices[self.below(len(choices))]

    def digits(self, count: int) -> str:
        """Return so many digits."""
        return "".join(str(self.below(10)) for _ in range(count))


def seeded(key: bytes, kind: str, value: str) -> bytes:
    """Return 32 bytes that are the same for the same value of a kind under one key, and say nothing without it."""
    told = f"privity|made-up|{kind}|{value}".encode(errors="surrogatepass")
    return hmac.digest(key, told, hashlib.sha256)
