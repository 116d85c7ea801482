"""Folds any text to ASCII, one character for each code point, so that offsets never need translation.

Accents go, Unicode digits become 0-9, typographic quotes and dashes become plain ones, spaces of every kind become
blanks, and a few Cyrillic and Greek look-alikes become the Latin letters that they imitate. Letters of other scripts
become `x` or `X`: what they spell is not judged, that they are a capitalised word is. Everything else becomes a blank.
Characters of no width become NOTHING, which patterns allow between digits.

The invariant `len(fold(text)) == len(text)` is what lets every detector work on bytes of ASCII.
"""

import unicodedata

TURN_BREAK = "\x1e"  # stands between turns, where no pattern may cross; never the outcome of folding
NOTHING = "\x1f"

_LOOKS_LIKE = {
    **dict(zip("‘’‚‛′`´“”„‟″«»", "'''''''\"\"\"\"\"\"\"", strict=True)),
    **dict(zip("‐‑‒–—―−⁻﹘﹣－", "-" * 11, strict=True)),  # noqa: RUF001 - the dashes are what is folded
    **dict(zip("АВЕЅІЈКМНОРСТХаеѕіјорсухΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABESIJKMHOPCTXaesijopcyxABEZHIKMNOPTYXo", strict=True)),  # noqa: RUF001 - look-alikes
    **dict(zip("øØłŁđĐßæÆœŒıþÞðĦħ", "oOlLdDsaAoOitTdHh", strict=True)),
    "…": ".",
    "⁄": "/",
    "∕": "/",
    "•": ".",
    "·": ".",
}


class _Table(dict[int, str]):
    """Folds a code point the first time it is met and remembers it; bounded by the code points of Unicode."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_character(chr(code))
        return folded


def _fold_character(character: str) -> str:
    if character in _LOOKS_LIKE:
        return _LOOKS_LIKE[character]
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    category = unicodedata.category(character)
    if category == "Cf":
        return NOTHING
    first = unicodedata.normalize("NFKD", character)[:1]
    if first.isascii() and first.isprintable():
        return first
    if category == "Lu":
        return "X"
    if category.startswith("L"):
        return "x"
    return " "


_TABLE = _Table({code: chr(code) for code in range(0x20, 0x7F)} | {0x09: "\t", 0x0A: "\n", 0x0D: "\r"})


def fold(text: str) -> str:
    """Return the text in ASCII, of the same length, each character in its place."""
    if text.isascii() and text.isprintable():
        return text
    return text.translate(_TABLE)
