"""Generates made-up telephone conversations with the places of their identifiers, for measuring redaction.

A value is spoken in one of several ways ("four one one one", "forty-one eleven", "double one", "4111"), broken over
turns, read back, and stands among innocent numbers. `spoken` text is lower case without punctuation, as many
recognizers write; `written` has capitals, punctuation and figures, as others do. Everything comes from one seed.
"""

import random
from dataclasses import dataclass, field

_UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
)  # fmt: skip
_TEENS = (
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = (
    "_", "_", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
)  # fmt: skip
_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
    "twentieth", "twenty-first", "twenty-second", "twenty-third", "twenty-fourth", "twenty-fifth", "twenty-sixth",
    "twenty-seventh", "twenty-eighth", "twenty-ninth", "thirtieth", "thirty-first",
)  # fmt: skip
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_GIVEN = (
    "Maria", "James", "Aisha", "Robert", "Linda", "Carlos", "Priya", "Thomas", "Susan", "Kevin", "Deborah", "Luis",
    "Emily", "Ahmed", "Nancy", "Peter",
)  # fmt: skip
_FAMILY = (
    "Gonzalez", "Smith", "Patel", "Johnson", "Nguyen", "Kowalski", "Ramirez", "Anderson", "Okafor", "Schmidt",
    "Murphy", "Rossi", "Chen", "Fischer",
)  # fmt: skip
_STREETS = (
    "Oak Street", "Maple Avenue", "Washington Boulevard", "Cedar Lane", "Park Road", "Lincoln Drive", "Elm Court",
)  # fmt: skip
_CITIES = (
    "Springfield", "Denver", "Chicago", "Portland", "Sacramento", "Tampa",
)  # fmt: skip
_FILLERS = (
    "uh", "um", "okay", "let me see",
)  # fmt: skip
_URGES = (
    "mm-hm", "okay", "go ahead", "uh-huh", "yes", "got it",
)  # fmt: skip


@dataclass
class Conversation:
    """Turns as (speaker, text), and the hidden values as (turn, start, end, label)."""

    turns: list[tuple[str, str]] = field(default_factory=list)
    values: list[tuple[int, int, int, str]] = field(default_factory=list)


class Generator:
    """Makes conversations, the same ones for the same seed."""

    def __init__(self, seed: int, *, written: bool = False) -> None:
        self._random = random.Random(seed)  # noqa: S311 - made-up data, not secrets
        self._written = written

    def conversation(self) -> Conversation:
        """Return the next conversation."""
        pick = self._random
        self._now = Conversation()
        self._given, self._family = pick.choice(_GIVEN), pick.choice(_FAMILY)
        self._turn("agent", "thank you for calling the birch clinic", "can i have your name please")
        self._turn(
            "caller", pick.choice(["sure it's", "yes my name is", "this is"]), ("NAME", f"{self._given} {self._family}")
        )
        topics = [
            self._birthday, self._phone, self._card, self._address, self._record, self._social, self._order,
            self._visit, self._mail, self._dose,
        ]  # fmt: skip
        for topic in pick.sample(topics, 6):
            topic()
        self._turn("agent", "thanks", ("NAME", self._given), pick.choice(["anything else", "you're all set"]))
        self._turn("caller", "no that's all i'll come at three on", pick.choice(["Tuesday", "Friday"]))
        return self._now

    # Topics

    def _birthday(self) -> None:
        pick = self._random
        day, month, year = pick.randint(1, 28), pick.randint(1, 12), pick.randint(1931, 2004)
        spoken = pick.choice(
            [
                f"{_MONTHS[month - 1]} {_ORDINALS[day - 1]} {_year(year)}",
                f"the {_ORDINALS[day - 1]} of {_MONTHS[month - 1]} {_year(year)}",
                f"{_spell(f'{month:02}{day:02}')} {_year(year)}",
            ]
        )
        written = pick.choice(
            [f"{month}/{day}/{year}", f"{_MONTHS[month - 1]} {day}, {year}", f"{month:02}-{day:02}-{year}"]
        )
        self._turn(
            "agent",
            pick.choice(["and your date of birth", "what's your birthday", "can you confirm your date of birth"]),
        )
        self._turn("caller", pick.choice(["", "it's", "sure"]), ("DOB", self._said(spoken, written)))

    def _phone(self) -> None:
        number = f"{self._random.choice('23456789')}{self._digits(2)}555{self._digits(4)}"
        self._turn("agent", self._random.choice(["what's the best phone number", "a number to call you back on"]))
        if self._random.random() < 0.4:
            self._turn("caller", ("PHONE", self._number(number[:6])))
            self._turn("agent", self._random.choice(_URGES))
            self._turn("caller", ("PHONE", self._number(number[6:])))
        else:
            dashed = f"{number[:3]}-{number[3:6]}-{number[6:]}"
            self._turn("caller", "it's", ("PHONE", self._said(self._speak(number), dashed)))
        if self._random.random() < 0.5:
            self._turn("agent", "so that's", ("PHONE", self._number(number)))
            self._turn("caller", "correct")

    def _card(self) -> None:
        number = self._luhn("4" + self._digits(14)) if self._random.random() < 0.7 else "4" + self._digits(15)
        self._turn("agent", self._random.choice(["what card would you like to use", "read me the card number please"]))
        chunks = [number[:4], number[4:12], number[12:]] if self._random.random() < 0.6 else [number]
        for index, chunk in enumerate(chunks):
            if index:
                self._turn("agent", self._random.choice(_URGES))
            self._turn("caller", "it's" if not index else "", ("CARD", self._number(chunk)))
        month, year = self._random.randint(1, 12), self._random.randint(27, 34)
        spoken = f"{_below_hundred(month)} {_below_hundred(year)}"
        self._turn("agent", "and the expiration date")
        self._turn("caller", ("EXPIRY", self._said(spoken, f"{month:02}/{year}")))
        self._turn("agent", self._random.choice(["and the three digits on the back", "and the security code"]))
        self._turn("caller", ("CVV", self._number(self._digits(3))))

    def _address(self) -> None:
        house = self._random.randint(11, 99)
        street, city = self._random.choice(_STREETS), self._random.choice(_CITIES)
        self._turn("agent", "what's your address")
        at = self._said(f"{_below_hundred(house)} {street}", f"{house} {street}")
        self._turn("caller", "i live at", ("ADDRESS", at), "in", ("LOCATION", city))

    def _record(self) -> None:
        self._turn("agent", "do you have your medical record number")
        self._turn("caller", "yes it's m r n", ("MRN", self._number(self._digits(6))))

    def _social(self) -> None:
        number = f"{self._random.randint(101, 665)}{self._random.randint(10, 99)}{self._random.randint(1000, 9999)}"
        if self._random.random() < 0.5:
            self._turn("agent", "the last four of your social")
            self._turn("caller", ("SSN", self._number(number[5:])))
        else:
            self._turn("agent", "your social security number please")
            dashed = f"{number[:3]}-{number[3:5]}-{number[5:]}"
            self._turn("caller", ("SSN", self._said(self._speak(number), dashed)))

    def _mail(self) -> None:
        at = self._said(
            f"{self._given} dot {self._family} at gmail dot com", f"{self._given}.{self._family}@gmail.com".lower()
        )
        self._turn("agent", "and an email")
        self._turn("caller", ("EMAIL", at))

    def _order(self) -> None:
        self._turn("caller", "my order number is", self._number(self._digits(6)))
        self._turn("agent", "thanks order", self._number(self._digits(6)), "i see two items for forty two dollars")

    def _visit(self) -> None:
        self._turn(
            "agent",
            "we are in room",
            self._number(self._digits(3)),
            "on the second floor, it takes ten to fifteen minutes",
        )
        self._turn("caller", "so three people can come at half past two, for one hour")

    def _dose(self) -> None:
        self._turn(
            "caller",
            "i take five hundred milligrams twice a day, version two point one of the plan, and i will mark it",
        )

    # Ways to say

    def _turn(self, speaker: str, *pieces: str | tuple[str, str]) -> None:
        text = ""
        for piece in pieces:
            label, said = piece if isinstance(piece, tuple) else ("", piece)
            if not said:
                continue
            said = said if self._written else said.lower().replace(",", "").replace("twenty-", "twenty ")
            if self._written and not text:
                said = said[0].upper() + said[1:]
            text += (" " if text else "") + said
            if label:
                self._now.values.append((len(self._now.turns), len(text) - len(said), len(text), label))
        self._now.turns.append((speaker, text + ("." if self._written else "")))

    def _said(self, spoken: str, written: str) -> str:
        return written if self._written else spoken

    def _number(self, digits: str) -> str:
        if self._written:
            return "-".join(digits[i : i + 4] for i in range(0, len(digits), 4)) if len(digits) > 6 else digits
        return self._speak(digits)

    def _speak(self, digits: str) -> str:
        words: list[str] = []
        at = 0
        pairs = len(digits) % 2 == 0 and self._random.random() < 0.2
        while at < len(digits):
            if pairs and digits[at] not in "01":
                words.append(_below_hundred(int(digits[at : at + 2])))
                at += 2
            elif at + 1 < len(digits) and digits[at] == digits[at + 1] and self._random.random() < 0.3:
                words.append(f"double {_UNITS[int(digits[at])]}")
                at += 2
            else:
                words.append("oh" if digits[at] == "0" and self._random.random() < 0.5 else _UNITS[int(digits[at])])
                at += 1
            if at < len(digits) and self._random.random() < 0.06:
                words.append(self._random.choice(_FILLERS))
        return " ".join(words)

    def _digits(self, count: int) -> str:
        return "".join(self._random.choice("0123456789") for _ in range(count))

    @staticmethod
    def _luhn(payload: str) -> str:
        total = sum(int(d) if i % 2 else sum(divmod(2 * int(d), 10)) for i, d in enumerate(reversed(payload)))
        return payload + str(-total % 10)


def _spell(digits: str) -> str:
    return " ".join("oh" if d == "0" else _UNITS[int(d)] for d in digits)


def _below_hundred(value: int) -> str:
    if value < 10:
        return _UNITS[value]
    if value < 20:
        return _TEENS[value - 10]
    return _TENS[value // 10] + (f" {_UNITS[value % 10]}" if value % 10 else "")


def _year(year: int) -> str:
    if year >= 2000:
        return "two thousand" + (f" and {_UNITS[year % 10]}" if year % 10 else "")
    return f"nineteen {_below_hundred(year % 100)}"
