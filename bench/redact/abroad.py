"""Calls in Spanish and French as a recognizer writes them down: lower case, no punctuation, numbers in words."""

import re
from collections.abc import Callable
from random import Random

from books import book
from labelled import Labelled, Line, Piece, document, tidied
from noise import spoken
from people import UNMARKED, card, digits, made

_SLOT = re.compile(r"\{(\w+)\}")
_FILLERS = {"es": ("eh ", "este ", "a ver "), "fr": ("euh ", "ben ", "alors ")}
_BOOKS = {"es": book("spanish"), "fr": book("french")}
_UNITS: dict[str, list[str]] = {language: phrases["units"].split() for language, phrases in _BOOKS.items()}
_TENS: dict[str, list[str]] = {language: phrases["tens"].split() for language, phrases in _BOOKS.items()}
_MONTHS: dict[str, list[str]] = {language: phrases["months"].split() for language, phrases in _BOOKS.items()}
_STREETS = {"es": ("calle", "avenida", "paseo de la"), "fr": ("rue", "avenue", "boulevard")}
_LOCALES = {"es": ("es_MX", "es_ES"), "fr": ("fr_FR", "fr_CA")}
_MARKS = {"es": ("punto", "guion bajo", "arroba"), "fr": ("point", "tiret", "arobase")}


def number(language: str, value: int) -> str:
    """Return a number below a hundred in words."""
    units = _UNITS[language]
    if value < len(units):
        return units[value]
    ten, unit = divmod(value, 10)
    if language == "es":
        return _TENS["es"][ten - 1] + (f" y {units[unit]}" if unit else "")
    if ten > 6:
        base, rest = ("soixante", value - 60) if ten == 7 else ("quatre vingt", value - 80)
        return base + (f" {'et ' if value == 71 else ''}{number('fr', rest)}" if rest else "s" * (ten == 8))
    return _TENS["fr"][ten - 1] + (f" {'et ' if unit == 1 else ''}{units[unit]}" if unit else "")


class _Slots:
    """Fills the slots of one call."""

    def __init__(self, random: Random, language: str) -> None:
        self.random, self.language = random, language
        self._locale = random.choice(_LOCALES[language])
        self._given, self._family = self._made("first_name"), self._made("last_name")
        self._numbers: dict[str, int] = {}

    def _made(self, what: str) -> str:
        return made(self.random, self._locale, what).lower()

    def fill(self, slot: str) -> Piece:
        """Return the piece of a slot."""
        filler: Callable[[], tuple[str, str]] = getattr(self, f"_slot_{slot}")
        label, text = filler()
        value = self._numbers.setdefault(slot, len(self._numbers))
        return Piece(text, label, slot, value) if label else Piece(text)

    def _digits(self, value: str) -> str:
        """Return digits one by one or in pairs, sometimes with a filler between."""
        pairs = self.random.random() < (0.6 if self.language == "fr" else 0.4) and "0" not in value[::2]
        parts = [value[at : at + 2] for at in range(0, len(value), 2)] if pairs else list(value)
        said = [number(self.language, int(part)) for part in parts]
        if self.random.random() < 0.3:
            said.insert(len(said) // 2, self.random.choice(_FILLERS[self.language]).strip())
        return " ".join(said) if self.random.random() < 0.85 else value

    def _date(self, *, year: bool) -> str:
        day, month = self.random.randint(1, 28), self.random.choice(_MONTHS[self.language])
        of = " de " if self.language == "es" else " "
        text = f"{number(self.language, day)}{of}{month}"
        if not year:
            return text
        old = self.random.randint(40, 99)
        return (
            text
            + (" de mil novecientos " if self.language == "es" else " mille neuf cent ")
            + number(self.language, old)
        )

    def _slot_name(self) -> tuple[str, str]:
        return "PERSON", f"{self._given} {self._family}"

    def _slot_given(self) -> tuple[str, str]:
        return "PERSON", self._given

    def _slot_family(self) -> tuple[str, str]:
        return "PERSON", self._family

    def _slot_agent(self) -> tuple[str, str]:
        return "PERSON", self._made("first_name")

    def _slot_spelled(self) -> tuple[str, str]:
        plain = "".join(c for c in self._family.translate(UNMARKED) if c.isalpha())
        return "PERSON", " ".join(plain)

    def _slot_card(self) -> tuple[str, str]:
        return "CREDIT_CARD", self._digits(card(self.random))

    def _slot_cvv(self) -> tuple[str, str]:
        return "CREDIT_CARD", self._digits(digits(self.random, 3))

    def _slot_expiry(self) -> tuple[str, str]:
        year = " del dos mil " if self.language == "es" else " deux mille "
        return "CREDIT_CARD", self.random.choice(_MONTHS[self.language]) + year + number(
            self.language, self.random.randint(26, 29)
        )

    def _slot_phone(self) -> tuple[str, str]:
        return "PHONE", self._digits(digits(self.random, self.random.choice([9, 10])))

    def _slot_ssn(self) -> tuple[str, str]:
        return "SSN", self._digits(digits(self.random, 9))

    def _slot_nir(self) -> tuple[str, str]:
        return "SSN", self._digits(digits(self.random, 13))

    def _slot_dni(self) -> tuple[str, str]:
        return "SSN", f"{self._digits(digits(self.random, 8))} {self.random.choice('bcdfghjkzt')}"

    def _slot_account(self) -> tuple[str, str]:
        return "BANK_ACCOUNT", self._digits(digits(self.random, self.random.choice([6, 8, 10])))

    def _slot_zip(self) -> tuple[str, str]:
        return "ADDRESS", self._digits(digits(self.random, 5))

    def _slot_dob(self) -> tuple[str, str]:
        return "DOB", self._date(year=True)

    def _slot_date(self) -> tuple[str, str]:
        return "DATE", self._date(year=False)

    def _slot_street(self) -> tuple[str, str]:
        street = f"{self.random.choice(_STREETS[self.language])} {self._made('last_name')}"
        house = number(self.language, self.random.randint(1, 99))
        return "ADDRESS", f"{street} {house}" if self.language == "es" else f"{house} {street}"

    def _slot_city(self) -> tuple[str, str]:
        return "ADDRESS", self._made("city")

    def _slot_mail(self) -> tuple[str, str]:
        dot, dash, at = _MARKS[self.language]
        between = self.random.choice([dot, dash])
        host = self.random.choice(["gmail", "hotmail", "outlook"])
        return "EMAIL", f"{self._given.split()[0]} {between} {self._family.split()[0]} {at} {host} {dot} com"

    def _slot_few(self) -> tuple[str, str]:
        return "", number(self.language, self.random.randint(2, 12))

    def _slot_room(self) -> tuple[str, str]:
        return "", self._digits(digits(self.random, 3))

    def _slot_price(self) -> tuple[str, str]:
        return "", number(self.language, self.random.randint(11, 99)) + self.random.choice(
            [" dolares" if self.language == "es" else " dollars", " euros"]
        )

    def _slot_dose(self) -> tuple[str, str]:
        return "", number(self.language, self.random.choice([5, 10, 20, 25, 50])) + (
            " miligramos" if self.language == "es" else " milligrammes"
        )


def abroad(random: Random, name: str, language: str) -> Labelled:
    """Return one call in a language: questions and answers between small talk."""
    phrases, slots = _BOOKS[language], _Slots(random, language)
    rows = [f"A: {random.choice(phrases['open'])}", f"B: {random.choice(phrases['start'])}"]
    for topic in random.sample(sorted(phrases["topics"]), random.randint(3, 6)):
        rows += random.choice(phrases["topics"][topic]).split("|")
        if random.random() < 0.5:
            rows += random.choice(phrases["chatter"]).split("|")
    rows.append(f"A: {random.choice(phrases['close'])}")
    speakers = random.choice([("agent: ", "caller: "), ("A: ", "B: "), ("- ", "- ")])
    accents = random.random() < 0.5
    return document(name, [_line(random, slots, row, speakers, accents=accents) for row in rows])


def _line(random: Random, slots: _Slots, row: str, speakers: tuple[str, str], *, accents: bool) -> Line:
    pieces = [Piece(speakers[row[0] == "B"])]
    for place, part in enumerate(_SLOT.split(row[3:])):
        pieces.append(slots.fill(part) if place % 2 else Piece(part))
    heard = (
        Piece(spoken(random, each.text, accents=accents), each.label, each.kind, each.value) for each in pieces[1:]
    )
    return tidied([pieces[0], *heard])
