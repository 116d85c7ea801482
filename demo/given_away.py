"""What a made-up call gives away, and whether any of it still stands in a text.

A recognizer writes numbers as it likes, in words, figures and pieces. So a text is looked at in figures, and any four
of a number in a row count; of names and streets each word counts, as a word.
"""

import re
from typing import Any

DIGITS = {
    word: str(digit)
    for digit, word in enumerate(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"])
}


def left_in(text: str, facts: dict[str, Any]) -> list[str]:
    """Return the pieces of what a caller said, by the facts that `make_call.py` writes, that a text still holds."""
    figures = _in_figures(text)
    return [piece for piece in _pieces_of(facts) if _stands_in(piece, figures)]


def _in_figures(text: str) -> str:
    """Return a text with number words as figures and nothing between the figures of one number."""
    words = re.sub(r"double (\w+)", r"\1 \1", text.lower().replace(" oh ", " zero "))
    figures = re.sub(r"[a-z]+", lambda word: DIGITS.get(word[0], word[0]), words)
    return re.sub(r"(?<=\d)[ ,.-]+(?=\d)", "", figures)


def _pieces_of(facts: dict[str, Any]) -> list[str]:
    numbers = [facts["card"], facts["phone"][3:], facts["record"]]
    fours = [number[start : start + 4] for number in numbers for start in range(len(number) - 3)]
    return [*fours, *facts["name"].lower().split(), facts["street"].lower(), str(facts["born"][0])]


def _stands_in(piece: str, text: str) -> bool:
    """Return whether figures stand anywhere in the text, or words as words: "blinda" was not heard as "Linda"."""
    return piece in text if piece.isdigit() else re.search(rf"\b{re.escape(piece)}\b", text) is not None
