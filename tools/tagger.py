"""Trains the tagger of the redactor: `python tools/tagger.py` writes `lists/tagger.bin` and `lists/tagger.json`.

It learns from `tools/tagger-texts/*.jsonl.xz`: made-up texts, what in them identifies somebody, and what the rules
found when they met the text for the first time. That last part matters. Rules that were mended by a text miss nothing
in it any more, and a tagger that learned beside them would believe them everywhere. The outcome is the same every time
for the same texts, program, NumPy and kind of processor. Takes about half a minute.
"""

import hashlib
import lzma
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from msgspec import Struct, json

from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.reading.transcript import Transcript, transcript_of_texts
from privity.redact.reading.unseen import seen
from privity.redact.tagger.seen import NO_SLOT, Numbers, Seen
from privity.redact.tagger.weights import HIDDEN, KINDS, Told

REPOSITORY = Path(__file__).resolve().parent.parent
TEXTS = Path(__file__).resolve().parent / "tagger-texts"
LISTS = REPOSITORY / "src/privity/redact/lists"
KIND_OF = {"PERSON": 1, "ADDRESS": 2, "LOCATION": 2, "DATE": 3, "DOB": 3, "AGE": 3}  # of KINDS; all others are numbers
NEITHER = frozenset({"ORG", "IGNORE"})  # nothing is learned of such words
AT_ONCE = 64  # texts
PLAIN_FROM, PLAIN_UP_TO = 20, 0.001  # times that a word is met, and how often it may be of something that identifies
EPOCHS, BATCH, RATE, DECAY, LEFT_OUT, SEED = 2, 2048, 0.05, 1e-6, 0.1, 1
BETWEEN_MEANS = 10  # steps
LINES_COUNT = 3  # times: what was decided weighs more than what some author holds


class Row(Struct, frozen=True):
    """A text, its gold spans, and the spans of the rules: start, end, label, and for those of the rules which rule."""

    text: str
    spans: list[tuple[int, int, str]]
    found: list[tuple[int, int, str, str]]


def rows() -> tuple[list[Row], str]:
    """Return all rows in an order that mixes them, and the SHA-256 of the files."""
    read: list[Row] = []
    digest = hashlib.sha256()
    for path in sorted(TEXTS.glob("*.jsonl.xz")):
        octets = lzma.decompress(path.read_bytes())
        digest.update(octets)
        some = json.decode(b"[" + b",".join(octets.splitlines()) + b"]", type=list[Row])
        read += some * (LINES_COUNT if path.name.startswith("lines") else 1)
    order = np.random.default_rng(SEED).permutation(len(read))
    return [read[at] for at in order.tolist()], digest.hexdigest()


def transcripts(read: Sequence[Row]) -> Iterator[tuple[Transcript, Numbers, list[Claim]]]:
    """Yield transcripts, what each of their words is (-1 for what nothing is learned of), and what the rules found."""
    for first in range(0, len(read), AT_ONCE):
        some = read[first : first + AT_ONCE]
        transcript = transcript_of_texts([seen(row.text) for row in some])
        words = transcript.words
        kinds, claims = np.zeros(len(words.said), np.int8), []
        for row, at in zip(some, transcript.documents, strict=True):
            for start, end, label in row.spans:
                held = slice(bisect_right(words.ends, at + start), bisect_left(words.starts, at + end))
                kinds[held] = -1 if label in NEITHER else KIND_OF.get(label, len(KINDS) - 1)
            for start, end, label, rule in row.found:
                claims.append(Claim(((at + start, at + end),), finding(Label(label), rule, "", 0.5, "")))
        yield transcript, kinds, claims


def plain_words(read: Sequence[Row]) -> set[str]:
    """Return the words that are met often, and of whom next to none is of something that identifies."""
    met, telling = Counter[str](), Counter[str]()
    for transcript, kinds, _ in transcripts(read):
        met.update(transcript.words.said)
        telling.update(word for word, kind in zip(transcript.words.said, kinds.tolist(), strict=True) if kind > 0)
    return {
        word
        for word, times in met.items()
        if times >= PLAIN_FROM and telling[word] <= times * PLAIN_UP_TO and not word.isdigit()
    }


def examples(read: Sequence[Row], plain: set[str]) -> tuple[Numbers, Numbers]:
    """Return the slots of the words that a tagger is asked about, and what they are."""
    slots, kinds = [], []
    for transcript, told, claims in transcripts(read):
        beheld = Seen(transcript, claims)
        asked = np.fromiter((word not in plain for word in transcript.words.said), bool) | (beheld.labels != 0)
        [at] = (asked & (told >= 0)).nonzero()
        slots.append(beheld.slots(at))
        kinds.append(told[at])
    return np.concatenate(slots), np.concatenate(kinds)


class Trained:
    """A table of features, and the layer behind it, trained by Adagrad (Duchi et al., 2011)."""

    def __init__(self) -> None:
        self._random = np.random.default_rng(SEED)
        self.table = (self._random.normal(size=(NO_SLOT + 1, HIDDEN)) * 0.05).astype(np.float32)
        self.table[NO_SLOT] = 0
        self.bias = np.zeros(HIDDEN, np.float32)
        self.kinds = (self._random.normal(size=(HIDDEN, len(KINDS))) * 0.3).astype(np.float32)
        self._seen = np.full_like(self.table, 1e-4)
        self._seen_bias, self._seen_kinds = np.full_like(self.bias, 1e-2), np.full_like(self.kinds, 1e-2)

    def epoch(self, slots: Numbers, kinds: Numbers) -> float:
        """Learn from all examples once, in an order of their own; return the mean loss.

        What is left is the mean of what the weights were in the course of it, which errs less than where they end.
        """
        order, loss = self._random.permutation(len(slots)), 0.0
        weights = (self.table, self.bias, self.kinds)
        means, taken = [np.zeros_like(each) for each in weights], 0
        for step, first in enumerate(range(0, len(order), BATCH)):
            some = order[first : first + BATCH]
            loss += self._step(slots[some], kinds[some])
            if step % BETWEEN_MEANS == 0:
                taken += 1
                means = [mean + (now - mean) / np.float32(taken) for mean, now in zip(means, weights, strict=True)]
        self.means = means
        return loss / len(order)

    def _step(self, slots: Numbers, kinds: Numbers) -> float:
        rows = np.arange(len(slots))
        slots = np.where(self._random.random(slots.shape) < LEFT_OUT, NO_SLOT, slots)
        summed = self.table[slots].sum(1) + self.bias
        hidden = np.maximum(summed, 0)
        told = hidden @ self.kinds
        shares = np.exp(told - told.max(1)[:, None])
        shares /= shares.sum(1)[:, None]
        loss = -np.log(shares[rows, kinds] + 1e-12).sum()
        shares[rows, kinds] -= 1
        back = np.where(summed > 0, shares @ self.kinds.T, 0)
        _descend(self.kinds, self._seen_kinds, hidden.T @ shares)
        _descend(self.bias, self._seen_bias, back.sum(0))
        met, which = np.unique(slots, return_inverse=True)
        which = which.ravel()
        each = [np.bincount(which, np.repeat(back[:, at], slots.shape[1]), len(met)) for at in range(HIDDEN)]
        change = np.stack(each, 1).astype(np.float32) + DECAY * len(slots) * self.table[met]
        change[met == NO_SLOT] = 0
        self._seen[met] += change * change
        self.table[met] -= RATE * change / np.sqrt(self._seen[met])
        return float(loss)


def _descend(weights: Numbers, seen_before: Numbers, change: Numbers) -> None:
    seen_before += change * change
    weights -= RATE * change / np.sqrt(seen_before)


def trained(read: Sequence[Row], digest: str) -> tuple[bytes, Told]:
    """Return the table in eight bits, and what stands beside it."""
    plain = plain_words(read)
    slots, kinds = examples(read, plain)
    model = Trained()
    for epoch in range(EPOCHS):
        print(f"epoch {epoch + 1}: {len(slots)} words, mean loss {model.epoch(slots, kinds):.4f}", flush=True)
    table, bias, layer = model.means
    scale = float(np.quantile(np.abs(table), 0.9999) / 127)
    table = np.clip(np.round(table / scale), -127, 127).astype(np.int8)
    told = Told(
        scale=scale,
        bias=bias.tolist(),
        kinds=layer.tolist(),
        plain=sorted(plain),
        learned_from=digest,
    )
    return table.tobytes(), told


def main() -> None:
    """Train, and write what ships."""
    read, digest = rows()
    print(f"{len(read)} texts")
    table, told = trained(read, digest)
    (LISTS / "tagger.bin").write_bytes(table)
    (LISTS / "tagger.json").write_bytes(json.format(json.encode(told), indent=0))


if __name__ == "__main__":
    main()
