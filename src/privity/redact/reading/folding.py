"""Folds any text to ASCII, one character for each code point, so that offsets never need translation.

Accents go, Unicode digits become 0-9, typographic quotes and dashes become plain ones, spaces of every kind become
blanks, and a few Cyrillic and Greek look-alikes become the Latin letters that they imitate. Letters of other scripts
become `x` or `X`: what they spell is not judged, that they are a capitalised word is. Everything else becomes a blank.
Characters of no width become NOTHING, which patterns allow between digits; texts come here without them (`unseen`).

The invariant `len(fold(text)) == len(text)` is what lets every detector work on bytes of ASCII.
"""

import re
import unicodedata
from collections.abc import Iterator

TURN_BREAK = "\x1e"  # stands between turns, where no pattern may cross; never the outcome of folding
DOCUMENT_BREAK = "\x1d"  # likewise between documents
NOTHING = "\x1f"


def _pairs(these: str, as_those: str) -> dict[int, str]:
    return {ord(this): that for this, that in zip(these, as_those, strict=True)}


# Code points, because editors show them as what they look like.
_LOOKS_LIKE = {
    **dict.fromkeys((0x2018, 0x2019, 0x201A, 0x201B, 0x2032, 0x00B4), "'"),
    **dict.fromkeys((0x201C, 0x201D, 0x201E, 0x201F, 0x2033, 0x00AB, 0x00BB), '"'),
    **dict.fromkeys((*range(0x2010, 0x2016), 0x2212, 0x207B, 0xFE58, 0xFE63, 0xFF0D), "-"),
    **dict.fromkeys((0x2026, 0x2022, 0x00B7), "."),
    **dict.fromkeys((0x2044, 0x2215), "/"),
    **dict.fromkeys((0xA3, 0xA5, *range(0x20A0, 0x20C1)), "$"),  # signs of money: an amount in euros is one as well
    **_pairs("\u0410\u0412\u0415\u0405\u0406\u0408\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425", "ABESIJKMHOPCTX"),
    **_pairs("\u0430\u0435\u0455\u0456\u0458\u043e\u0440\u0441\u0443\u0445", "aesijopcyx"),
    **_pairs(
        "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03bf", "ABEZHIKMNOPTYXo"
    ),
    **_pairs(
        "\u00f8\u00d8\u0142\u0141\u0111\u0110\u00df\u00e6\u00c6\u0153\u0152\u0131\u00fe\u00de\u00f0\u00d0\u0127\u0126",
        "oOlLdDsaAoOitTdDhH",
    ),
}


class _Table(dict[int, str]):
    """Folds a code point the first time it is met and remembers it; bounded by the code points of Unicode."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _LOOKS_LIKE.get(code) or _fold(chr(code))
        return folded


def _fold(character: str) -> str:
    digit = unicodedata.decimal(character, None)
    first = unicodedata.normalize("NFKD", character)[:1]
    category = unicodedata.category(character)
    if digit is not None:
        return str(digit)
    if category == "Cf":
        return NOTHING
    if category == "Mn":
        return "'"  # an accent that stands alone belongs to the letter before it
    if first.isascii() and first.isprintable():
        return first
    return {"Lu": "X", "Ll": "x", "Lo": "x", "Lm": "x", "Lt": "X"}.get(category, " ")


_TABLE = _Table()
_KEPT = b"\t\n\r" + bytes(range(32, 127))
_FOLDED = re.compile(r"[^\t\n\r -~]")


# Words of letters that are neither Latin nor made to look so; runs of them, because some scripts put no blank between.
_OTHER_SCRIPT = re.compile(
    "(?:(?![\\d_])[\u0370-\u1cff\u1f00-\u1fff\u2c00-\u2c5f\u2d00-\u2dff\u2e80-\ua71f\ua800-\uab2f"
    "\uab70-\ud7ff\uf900-\ufaff\ufb13-\ufdff\ufe70-\ufefc\uff66-\uffdc\U00010280-\U0001bfff\U0001e000-\U0001efff"
    "\U00020000-\U0003ffff])+"
)


def in_other_scripts(text: str, at: int) -> Iterator[tuple[int, int]]:
    """Yield the places of words in letters that are not Latin, `at` being that of the text."""
    for word in _OTHER_SCRIPT.finditer(text):
        if any(map(str.isalpha, word[0])):
            yield at + word.start(), at + word.end()


# Latin letters with a diacritic; those of the words that English has of French, Spanish and German are the first group.
_ACCENTED = re.compile(
    "([\u00c0\u00c2\u00c7-\u00cb\u00ce\u00cf\u00d1\u00d4\u00d9\u00db\u00dc\u00c1\u00cd\u00d3\u00da\u00e0-\u00e2"
    "\u00e7-\u00eb\u00ed-\u00ef\u00f1\u00f3\u00f4\u00f9-\u00fc\u0152\u0153])"
    "|[\u00c3-\u024f\u0259\u1e00-\u1eff]"
)


def accents(text: str, at: int) -> Iterator[tuple[int, bool]]:
    """Yield where a letter has a diacritic, `at` being the place of the text, and whether words of English have it."""
    for letter in _ACCENTED.finditer(text):
        if letter[0] not in "\u00d7\u00f7":
            yield at + letter.start(), letter[1] is not None


_BARE_LINE = re.compile(r"(?<!\w)_+(?=[(+$]?[0-9A-Z])|(?<=[0-9A-Za-z.)])_+(?!\w)")


def fold(text: str) -> str:
    """Return the text in ASCII, of the same length, each character in its place."""
    if "_" in text:  # of emphasis and of lines to fill in, "_3/4/26_"; within a word it stays
        text = _BARE_LINE.sub(lambda line: " " * len(line[0]), text)
    if text.isascii() and (text.isprintable() or not text.encode("ascii").translate(None, _KEPT)):
        return text
    return _FOLDED.sub(lambda character: _TABLE[ord(character[0])], text)
