"""What survives redaction, by kind of value, in shape only: digits as 9, words of numbers as N, other words as w.

A card number, social security number or security code that is complete in a document must not survive to its last
digit. A saying of a value counts as `partly` when any letter or digit of it is readable, as `wholly` when nothing of it
is hidden. The kinds of `NEVER` are marked where anything of them is left.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from labelled import Gold, Labelled
from saying import MONTHS, NATO, ORDINALS, PLAIN, TEENS, TENS, UNITS
from scoring import FREE, Found, leaks

import running

NEVER = ("card", "ssn", "cvv")
_NUMBERS = {
    *UNITS,
    *TEENS,
    *TENS,
    "oh",
    "o",
    "double",
    "triple",
    "hundred",
    "thousand",
    "to",
    "too",
    "for",
    "ate",
    "won",
}
_ORDINAL = {word for ordinal in ORDINALS for word in ordinal.split()}
_ALPHABET = {*NATO, *PLAIN}


def shape(text: str) -> str:
    """Return the shape of a text without anything of it: "N N w 9999"."""
    return " ".join(_word(word) for word in text.split())


def _word(word: str) -> str:
    plain = word.strip(".,;:!?()").lower()
    for words, sign in ((_NUMBERS, "N"), ({each.lower() for each in MONTHS}, "M"), (_ORDINAL, "O"), (_ALPHABET, "A")):
        if plain in words:
            return sign
    if len(plain) == 1 and plain.isalpha():
        return "l"
    if any(c.isdigit() for c in plain):
        return re.sub(r"[A-Za-z]", "a", re.sub(r"\d", "9", plain))
    return re.sub(r"\w", "_", plain) if set(plain) <= set("_") else "W" if word[:1].isupper() else "w"


def report(sets: Mapping[str, Sequence[Labelled]]) -> None:
    """Print for each kind of value how many survive, and the commonest shapes of what is left with the words before."""
    for name, documents in sets.items():
        found, _ = running.run("privity", documents, "--many")
        spans: Counter[str] = Counter()
        partly: Counter[str] = Counter()
        whole: Counter[str] = Counter()
        shapes: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for document in documents:
            for span, (shown, left) in zip(document.spans, leaks(document, found[document.id]), strict=True):
                if span.label in FREE:
                    continue
                spans[span.kind] += 1
                partly[span.kind] += shown > 0
                all_of_it = shown == sum(c.isalnum() for c in document.text[span.start : span.end])
                whole[span.kind] += all_of_it
                if shown:
                    shapes[span.kind][_described(document, span, left)] += 1
        print(f"\n{name}: {len(documents)} documents")
        for label, words in _in_vain(documents, found).most_common(10):
            print(f"  masked in vain {words:4} x {label}")
        for kind, count in spans.most_common():
            mark = "  NEVER" if kind in NEVER and partly[kind] else ""
            print(f"  {kind:<14} {count:5} said, {partly[kind]:5} partly left, {whole[kind]:5} wholly{mark}")
            for described, times in shapes[kind].most_common(6):
                print(f"      {times:4} x {described}")


def _in_vain(documents: Sequence[Labelled], found: Mapping[str, Sequence[Found]]) -> Counter[str]:
    """Return how often which innocent words were masked, each with the label that it got."""
    words: Counter[str] = Counter()
    for document in documents:
        kept = {place for span in document.spans for place in range(span.start, span.end)}
        for start, end, label in found[document.id]:
            if not kept.intersection(range(start, end)):
                words[f"{label} {document.text[start:end].lower()[:50]!r}"] += 1
    return words


def _described(document: Labelled, span: Gold, left: str) -> str:
    """Return the shape of a value and of what is left of it, with up to three innocent words before it."""
    line = document.text.rfind("\n", 0, span.start) + 1
    secret = {place for gold in document.spans for place in range(gold.start, gold.end)}
    before = "".join("_" if place in secret else document.text[place] for place in range(line, span.start)).split()[-3:]
    cue = " ".join("_" if "_" in word else word if word.isalpha() else shape(word) for word in before)
    return f"{cue} > {shape(document.text[span.start : span.end])[:70]}  (left: {shape(left)[:50]})"
