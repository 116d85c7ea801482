"""What words read as numbers: "forty-one eleven", "double four", "four ones", "four thousand one hundred eleven"."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from privity.redact.reading.misheard import HOMOPHONES

UNITS = {"zero": "0", "oh": "0", "o": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5"} | {
    "six": "6", "seven": "7", "eight": "8", "nine": "9", "niner": "9", "nought": "0", "naught": "0",
}  # fmt: skip
_TEENS = {
    "ten": "10", "eleven": "11", "twelve": "12", "thirteen": "13", "fourteen": "14", "fifteen": "15", "sixteen": "16",
    "seventeen": "17", "eighteen": "18", "nineteen": "19",
}  # fmt: skip
_TENS = {
    "twenty": "20", "thirty": "30", "forty": "40", "fourty": "40", "fifty": "50", "sixty": "60", "seventy": "70",
    "eighty": "80", "ninety": "90",
}  # fmt: skip
_TIMES = {"double": 2, "triple": 3, "treble": 3}
_SEVERAL = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}  # "four ones"
PLURALS = {
    "zeros": "0", "zeroes": "0", "ohs": "0", "noughts": "0", "ones": "1", "twos": "2", "threes": "3", "fours": "4",
    "fives": "5", "sixes": "6", "sevens": "7", "eights": "8", "nines": "9",
}  # fmt: skip
SCALES = {"hundred": 100, "thousand": 1000}
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16,
    "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30,
}  # fmt: skip
ALONE = UNITS | _TEENS | _TENS | {word: str(scale) for word, scale in SCALES.items()}
_SPOKEN = ALONE | {heard: ALONE[word] for heard, word in HOMOPHONES.items()}
NUMBER_WORDS = frozenset({*UNITS, *_TEENS, *_TENS, *_TIMES, *SCALES})
COUNTS = frozenset({*_SEVERAL, *_TIMES})
"""What may stand before the plural of a digit."""
_JOINED = frozenset({"", "-"})  # gaps within "twenty-two"

# A number as it is written, where it begins and ends, and the gap before it; None where a run begins with it.
Piece = tuple[str, int, int, str | None]


def spoken_digits(word: str) -> str:
    """Return the digits of one number word, "14" of "fourteen"; none where it is no number by itself."""
    return _SPOKEN.get(word, "")


def digits_said(said: str) -> str:
    """Return the digits of a few words or figures with blanks between them: "719" of "seven nineteen"."""
    digits, times, tens = "", 1, False
    for word in said.replace("-", " ").replace(",", " ").replace(".", " ").split():
        number = word if word.isdigit() else spoken_digits(word)
        if not number:
            times = _TIMES.get(word, 1)
        elif tens and len(number) == 1 and number != "0":
            digits, tens = digits[:-1] + number, False
        else:
            digits, tens = digits + number * times, len(number) == 2 and number[1] == "0" and not word.isdigit()
            times = 1
    return digits


def read(pieces: Sequence[Piece], at: int) -> tuple[str, int]:
    """Return the digits of the number that begins at an index and the index behind it; no digits where none begins."""
    word = pieces[at][0]
    if word in _TIMES:
        digits, after = _small(pieces, at + 1) if _gap_in(pieces, at + 1, _JOINED) else ("", at)
        return (digits * _TIMES[word], after) if len(digits) == 1 else ("", at)
    if word in SCALES:
        return str(SCALES[word]), at + 1
    if _is_several(pieces, at):
        return PLURALS[pieces[at + 1][0]] * _SEVERAL[word], at + 2
    digits, after = _small(pieces, at)
    if not digits or len(digits) > 2 or after >= len(pieces):
        return digits, after
    scaled, end = _scaled(pieces, int(digits), after)
    return (str(scaled), end) if end > after else (digits, after)


def _scaled(pieces: Sequence[Piece], value: int, at: int) -> tuple[int, int]:
    """Read "thousand" and "hundred" behind a small number: "twenty-two hundred", "four thousand one hundred eleven"."""
    if at < len(pieces) and pieces[at][0] == "thousand" and pieces[at][3] == "":
        value, at = value * 1000, at + 1
        more, after = _small(pieces, at) if _gap_in(pieces, at, {"", "&", ","}) else ("", at)
        if not more or len(more) > 2 or int(more) == 0:
            return value, at
        below, end = _scaled(pieces, int(more), after)
        return (value + below, end) if below < 1000 else (value, at)
    if at < len(pieces) and pieces[at][0] == "hundred" and pieces[at][3] == "":
        value, at = value * 100, at + 1
        more, after = _small(pieces, at) if _gap_in(pieces, at, {"", "&"}) else ("", at)
        if more and len(more) <= 2 and int(more) and not (after < len(pieces) and pieces[after][0] in SCALES):
            # "eight hundred five five five" is read digit by digit behind the hundred.
            apart = (
                len(more) == 1 and pieces[at][3] == "" and _gap_in(pieces, after, {""}) and pieces[after][0] in UNITS
            )
            return (value, at) if apart else (value + int(more), after)
    return value, at


def _small(pieces: Sequence[Piece], at: int) -> tuple[str, int]:
    """Read digits, or words below one hundred."""
    if at >= len(pieces):
        return "", at
    word = pieces[at][0]
    if word.isdigit():
        return word, at + 1
    if word in _TENS:
        unit = at + 1
        if _gap_in(pieces, unit, _JOINED) and UNITS.get(pieces[unit][0], "0") != "0":
            return _TENS[word][0] + UNITS[pieces[unit][0]], unit + 1
        return _TENS[word], at + 1
    digits = UNITS.get(word) or _TEENS.get(word) or PLURALS.get(word, "")
    return digits, at + 1 if digits else at


def _is_several(pieces: Sequence[Piece], at: int) -> bool:
    """Whether a number counts the digit behind it: "four ones"."""
    return pieces[at][0] in _SEVERAL and _gap_in(pieces, at + 1, {""}) and pieces[at + 1][0] in PLURALS


def _gap_in(pieces: Sequence[Piece], at: int, gaps: AbstractSet[str]) -> bool:
    return at < len(pieces) and pieces[at][3] in gaps
