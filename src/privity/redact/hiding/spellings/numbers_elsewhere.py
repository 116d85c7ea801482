"""Reads numbers that are said in Spanish and French: "cuarenta y uno once" is 4111, "soixante-dix-huit" is 78.

Each number becomes its digits, one behind the other, as `numerals` reads those of English. Only for comparing and for
moving dates: what is hidden was found by `romance` before.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Final

from msgspec import Struct

from privity.redact.languages.romance_lists import lists_of_languages
from privity.redact.reading.spoken_numbers import NUMBER_WORDS

_SPANISH_SMALL: Final = {
    word: number
    for number, words in enumerate(
        (
            "cero", "un uno una primero", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez",
            "once", "doce", "trece", "catorce", "quince", "dieciseis", "diecisiete", "dieciocho", "diecinueve",
            "veinte", "veintiun veintiuno veintiuna", "veintidos", "veintitres", "veinticuatro", "veinticinco",
            "veintiseis", "veintisiete", "veintiocho", "veintinueve",
        )
    )
    for word in words.split()
}  # fmt: skip
_SPANISH_TENS: Final = {
    "treinta": 30, "cuarenta": 40, "cincuenta": 50, "sesenta": 60, "setenta": 70, "ochenta": 80, "noventa": 90,
}  # fmt: skip
_SPANISH_HUNDREDS: Final = {
    "ciento": 100, "cien": 100, "doscientos": 200, "trescientos": 300, "cuatrocientos": 400, "quinientos": 500,
    "seiscientos": 600, "setecientos": 700, "ochocientos": 800, "novecientos": 900,
}  # fmt: skip
_FRENCH_SMALL: Final = {
    word: number
    for number, words in enumerate(
        (
            "zero", "un une premier", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze",
            "douze", "treize", "quatorze", "quinze", "seize",
        )
    )
    for word in words.split()
}  # fmt: skip
_FRENCH_TENS: Final = {
    "vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "septante": 70, "octante": 80,
    "huitante": 80, "nonante": 90,
}  # fmt: skip
_TIMES: Final = {"doble": 2, "double": 2, "triple": 3}
_TEN, _TEENS, _HUNDRED, _THOUSAND = 10, range(17, 20), 100, 1000

# A number and the index behind it, or None where none begins.
_Read = tuple[int, int] | None


class _Language(Struct, frozen=True):
    """How one language counts: up to a hundred, up to a thousand, and its word for that."""

    small: Mapping[str, int]
    hundred: Callable[[Sequence[str], int], _Read]
    thousand: frozenset[str]


def _word(words: Sequence[str], at: int) -> str:
    return words[at] if at < len(words) else ""


def _spanish_below_hundred(words: Sequence[str], at: int) -> _Read:
    word = _word(words, at)
    tens = _SPANISH_TENS.get(word)
    if tens is None:
        small = _SPANISH_SMALL.get(word)
        tens = small if word in {"diez", "veinte"} else None
        if tens is None:
            return None if small is None else (small, at + 1)
    unit = _SPANISH_SMALL.get(_word(words, at + 2), 0) if _word(words, at + 1) == "y" else 0
    return (tens + unit, at + 3) if 0 < unit < _TEN else (tens, at + 1)


def _spanish_below_thousand(words: Sequence[str], at: int) -> _Read:
    hundreds = _SPANISH_HUNDREDS.get(_word(words, at))
    if hundreds is None:
        return _spanish_below_hundred(words, at)
    more = None if words[at] == "cien" else _spanish_below_hundred(words, at + 1)
    return (hundreds + more[0], more[1]) if more is not None and more[0] else (hundreds, at + 1)


def _french_below_hundred(words: Sequence[str], at: int) -> _Read:
    word, follows = _word(words, at), _word(words, at + 1)
    if word == "quatre" and follows in {"vingt", "vingts"}:
        more = _french_small(words, at + 2)
        return (80 + more[0], more[1]) if more is not None and more[0] else (80, at + 2)
    tens = _FRENCH_TENS.get(word)
    if tens is None:
        return _french_small(words, at)
    behind = at + 2 if follows == "et" else at + 1
    more = _french_small(words, behind)
    if more is None or not more[0] or (tens != 60 and more[0] >= _TEN):
        return tens, at + 1
    return tens + more[0], more[1]


def _french_small(words: Sequence[str], at: int) -> _Read:
    small = _FRENCH_SMALL.get(_word(words, at))
    if small == _TEN:
        teen = _TEN + _FRENCH_SMALL.get(_word(words, at + 1), 0)
        return (teen, at + 2) if teen in _TEENS else (small, at + 1)
    return None if small is None else (small, at + 1)


def _french_below_thousand(words: Sequence[str], at: int) -> _Read:
    hundreds, behind = 1, at
    if _word(words, at) not in {"cent", "cents"}:
        first = _french_below_hundred(words, at)
        if first is None or not 1 < first[0] < _TEN or _word(words, first[1]) not in {"cent", "cents"}:
            return first
        hundreds, behind = first
    more = _french_below_hundred(words, behind + 1)
    if more is None or not more[0]:
        return hundreds * _HUNDRED, behind + 1
    return hundreds * _HUNDRED + more[0], more[1]


_LANGUAGES: Final = {
    "es": _Language(_SPANISH_SMALL, _spanish_below_thousand, frozenset({"mil"})),
    "fr": _Language(_FRENCH_SMALL, _french_below_thousand, frozenset({"mille", "mil"})),
}


def number_elsewhere(words: Sequence[str], at: int, language: str) -> _Read:
    """Return the number that begins at a word and the index behind it, or None; `language` is "es" or "fr"."""
    counts = _LANGUAGES[language]
    if _word(words, at).isdigit():
        return int(words[at]), at + 1
    first = (1, at) if _word(words, at) in counts.thousand else counts.hundred(words, at)
    if first is None or _word(words, first[1]) not in counts.thousand:
        return first
    more = counts.hundred(words, first[1] + 1)
    if more is None or not more[0]:
        return first[0] * _THOUSAND, first[1] + 1
    return first[0] * _THOUSAND + more[0], more[1]


@cache
def _known(language: str) -> frozenset[str]:
    lists = lists_of_languages()[language]
    return frozenset(lists.numbers | lists.joiners | _LANGUAGES[language].small.keys())


def digits_elsewhere(words: Sequence[str]) -> str:
    """Return the digits that words in Spanish or French say, in order; none when one of them is no such word."""
    language = _language_of(words)
    return _read(words, language, letters=False) if language else ""


def code_elsewhere(words: Sequence[str]) -> str:
    """Return the digits that words in Spanish or French say and the letters between them; none for other words."""
    language = _language_of([word for word in words if len(word) > 1])
    return _read(words, language, letters=True) if language else ""


def _language_of(words: Sequence[str]) -> str:
    """Return the language in which all words are numbers or stand between them; none where English has them all too."""
    if all(word in NUMBER_WORDS or not word.isalpha() for word in words):
        return ""
    said = [word for word in words if not any(map(str.isdigit, word))]
    return next((language for language in _LANGUAGES if _known(language).issuperset(said)), "")


def _read(words: Sequence[str], language: str, *, letters: bool) -> str:
    """Return the digits that words say, with the letters that stand by themselves where they are part of a code."""
    text, at, times = "", 0, 1
    while at < len(words):
        word = words[at]
        read = number_elsewhere(words, at, language)
        if read is None:
            text += word if letters and (len(word) == 1 or any(map(str.isdigit, word))) else ""
            times, at = _TIMES.get(word, 1), at + 1
            continue
        text += (word if word.isdigit() else str(read[0])) * times
        times, at = 1, read[1]
    return text
