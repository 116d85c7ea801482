"""Reads Spanish and French dates with the name of a month: "3 de abril de 2024", "le 3 avril 2024", said ones too."""

from typing import Final

from privity.redact.hiding.dates.english import Token, tokens_of
from privity.redact.hiding.dates.read_dates import DatePart, ReadDate, century
from privity.redact.hiding.spellings.numbers_elsewhere import number_elsewhere

MONTHS: Final = {
    "es": (
        "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre",
        "diciembre",
    ),
    "fr": (
        "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
        "décembre",
    ),
}  # fmt: skip
SHORT: Final = {
    "es": ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic"),
    "fr": ("janv", "févr", "mars", "avr", "mai", "juin", "juil", "août", "sept", "oct", "nov", "déc"),
}
WEEKDAYS: Final = {
    "es": ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
}
_BETWEEN: Final = {
    "es": frozenset({"el", "de", "del", "dia", "y"}),
    "fr": frozenset({"le", "du", "de", "l", "an", "et"}),
}
_FIRST: Final = {"es": frozenset({"o", "ero"}), "fr": frozenset({"er"})}
_SEVEN_TOO: Final = "sept"  # and September in short
_UNACCENTED: Final = str.maketrans("éûá", "eua")
_MORE: Final = {
    "es": {"setiembre": 9, "sep": 9, "set": 9},
    "fr": {"jan": 1, "fev": 2, "aout": 8, "sep": 9, "dec": 12},
}


def plain(word: str) -> str:
    """Return a month or a weekday without its accents, as texts are read."""
    return word.translate(_UNACCENTED)


_NUMBERS: Final = {
    language: {plain(word): at for words in (MONTHS, SHORT) for at, word in enumerate(words[language], 1)}
    | _MORE[language]
    for language in MONTHS
}
_WEEKDAYS: Final = {language: frozenset(map(plain, words)) for language, words in WEEKDAYS.items()}


def read(text: str) -> ReadDate | None:
    """Return the date that a text in lower case, without accents, is; None for any other text."""
    tokens = tokens_of(text)
    if tokens is None:
        return None
    return _read(tokens, "es") or _read(tokens, "fr")


def _read(tokens: list[Token], language: str) -> ReadDate | None:
    months = [at for at, token in enumerate(tokens) if token[0] in _NUMBERS[language]]
    if len(months) > 1:
        months = [at for at in months if tokens[at][0] != _SEVEN_TOO]
    if len(months) != 1:
        return None
    month = tokens[months[0]]
    weekdays = [token for token in tokens if token[0] in _WEEKDAYS[language]]
    before = _numbers(tokens[: months[0]], language)
    behind = _numbers(tokens[months[0] + 1 :], language)
    if before is None or behind is None or len(weekdays) > 1:
        return None
    if not before and len(behind) > 1 and behind[0][1].isdigit():  # "abril 3, 2024"
        before, behind = behind[:1], behind[1:]
    if len(before) > 1 or len(behind) > 1:
        return None
    day = before[0][0] if before else None
    year = behind[0][0] if behind else None
    if year is not None and len(str(year)) == 2:
        year = century(year)
    if (day is not None and not 1 <= day <= 31) or (year is not None and not 1800 <= year <= 2099):
        return None
    parts = [DatePart("month", *month[1:]), *(DatePart("weekday", *token[1:]) for token in weekdays)]
    parts += [DatePart("day", start, end) for _, _, start, end in before]
    parts += [DatePart("year", start, end) for _, _, start, end in behind]
    parts.sort(key=lambda part: part.start)
    said = not all(word.isdigit() for _, word, _, _ in (*before, *behind))
    number = _NUMBERS[language][month[0]]
    return ReadDate(year=year, month=number, day=day, parts=tuple(parts), language=language, said=said)


def _numbers(tokens: list[Token], language: str) -> list[tuple[int, str, int, int]] | None:
    """Return the numbers among words that are nothing else in a date, with how they are said and where; else None."""
    words = [token[0] for token in tokens]
    found: list[tuple[int, str, int, int]] = []
    at = 0
    while at < len(words):
        number = number_elsewhere(words, at, language)
        if number is not None:
            behind = number[1]
            said, end = " ".join(words[at:behind]), tokens[behind - 1][2]
            if behind < len(words) and words[behind] in _FIRST[language] and tokens[behind][1] == end:
                end, behind = tokens[behind][2], behind + 1
            found.append((number[0], said, tokens[at][1], end))
            at = behind
        elif words[at] in _BETWEEN[language] or words[at] in _WEEKDAYS[language]:
            at += 1
        else:
            return None
    return found
