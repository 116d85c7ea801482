"""What recognizers of speech and of print do to text; labels stay on the stretches that they were on."""

import re
from random import Random
from unicodedata import normalize

from labelled import Line, Piece, tidied
from msgspec.structs import replace
from people import UNMARKED
from saying import FILLERS

_HEARD = {
    "two": ("to", "too"), "four": ("for", "fore"), "eight": ("ate",), "one": ("won",), "oh": ("o", "owe"),
    "six": ("sicks",),
    "five": ("fife",), "zero": ("zeero",), "nine": ("nein",), "to": ("two",), "for": ("four",), "too": ("two",),
    "dot": ("that",), "at": ("add",), "b": ("be", "bee"), "c": ("see",), "r": ("are",), "u": ("you",), "y": ("why",),
}  # fmt: skip
_PRINTED = {
    "0": "O",
    "O": "0",
    "1": "l",
    "l": "1",
    "I": "l",
    "5": "S",
    "S": "5",
    "8": "B",
    "B": "8",
    "m": "rn",
    "e": "c",
}


def spoken(random: Random, text: str, *, accents: bool) -> str:
    """Return text as most recognizers write it: lower case, no punctuation, apostrophes kept."""
    if not accents:
        text = text.translate(UNMARKED)
        text = "".join(c for c in normalize("NFKD", text) if not "\u0300" <= c <= "\u036f")
    together = random.random() < 0.5
    text = re.sub(r"\b(?:[A-Za-z]\.){2,}", lambda found: found[0].replace(".", "" if together else " ") + " ", text)
    return re.sub(r"[^\w' ]+", " ", text.lower()).replace("_", " ")


def misheard(random: Random, line: Line, share: float) -> Line:
    """Return the line with that share of its words changed, dropped, doubled, split, or with a filler before them."""
    return tidied([replace(piece, text=_misheard_text(random, piece, share)) for piece in line])


def _misheard_text(random: Random, piece: Piece, share: float) -> str:
    words = []
    for word in piece.text.split(" "):
        roll = random.random() / share if share else 2.0
        if roll > 1 or not word:
            words.append(word)
        elif roll < 0.45:
            words.append(random.choice(_HEARD.get(word, (word,))))
        elif roll < 0.6 and (words or not piece.label):
            words.append(f"{random.choice(FILLERS)} {word}")
        elif roll < 0.7:
            words.append(f"{word} {word}")
        elif roll < 0.85 and len(word) > 6 and word.isalpha():
            at = random.randint(3, len(word) - 3)
            words.append(f"{word[:at]} {word[at:]}")
        elif not piece.label:
            continue
        else:
            words.append(word)
    return " ".join(words)


def printed(random: Random, line: Line, share: float) -> Line:
    """Return the line as it is read off a bad scan: look-alike characters, lost and doubled spaces, broken lines."""
    return tuple(replace(piece, text="".join(_scanned(random, c, share) for c in piece.text)) for piece in line)


def _scanned(random: Random, character: str, share: float) -> str:
    roll = random.random()
    if character == " ":
        return "" if roll < share / 4 else "  " if roll < share else "\n" if roll < 1.4 * share else " "
    if roll < share:
        return _PRINTED.get(character, character)
    return character + ("." if roll > 1 - share / 20 else "")
