"""The weights of the tagger: what its features say together of what a word is.

Each feature has six numbers. Those of a word are summed, what is below zero counts for nothing, and of the rest a
share is computed for each kind of word (one hidden layer, as in Joulin et al., Bag of Tricks for Efficient Text
Classification, 2016). The numbers have eight bits; `tools/tagger.py` finds them, and docs/redaction-model.md says from
what texts.
"""

from functools import cache
from importlib import resources
from typing import Final

import numpy as np
from msgspec import Struct, json

from privity.redact.reading.vocabulary import packaged
from privity.redact.tagger.seen import NO_SLOT, Numbers

KINDS: Final = ("innocent", "name", "place", "date", "number")
"""What a word may be; a number is any other identifier, in whatever characters."""

HIDDEN: Final = 6
"""How many numbers a feature has."""


class Told(Struct, frozen=True):
    """What stands beside the weights of the features.

    `scale` is what a weight is multiplied with, `bias` and `kinds` are the layer behind the sum, `plain` the words that
    identify nobody wherever they stand, and `learned_from` the SHA-256 of the texts.
    """

    scale: float
    bias: list[float]
    kinds: list[list[float]]
    plain: list[str]
    learned_from: str = ""


class Weights:
    """Weights of features, a row of `HIDDEN` numbers for each slot, and what is told beside them."""

    def __init__(self, table: Numbers, told: Told) -> None:
        self.plain, self.learned_from = frozenset(told.plain), told.learned_from
        self._table = table.astype(np.int32)  # sums of eight bits would be cast each time
        self._scale = np.float32(told.scale)
        self._bias = np.array(told.bias, np.float32)
        self._kinds = np.array(told.kinds, np.float32)

    def shares(self, slots: Numbers) -> Numbers:
        """Return for each word how likely it is of each kind: a row a word, a column for each of `KINDS`."""
        summed = self._table.take(slots, 0).sum(1, dtype=np.int32) * self._scale + self._bias
        told = np.maximum(summed, 0) @ self._kinds
        shares: Numbers = np.exp(told - told.max(1)[:, None])
        shares /= shares.sum(1)[:, None]
        return shares


@cache
def shipped() -> Weights:
    """Return the weights that Privity ships."""
    told = json.decode(packaged("privity.redact", "lists/tagger.json"), type=Told)
    octets = resources.files("privity.redact").joinpath("lists/tagger.bin").read_bytes()
    return Weights(np.frombuffer(octets, np.int8).reshape(NO_SLOT + 1, HIDDEN), told)
