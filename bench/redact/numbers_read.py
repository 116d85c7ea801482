"""Calls in which a card or a social security number is read out in hard ways; nothing of it may stay readable.

The habits are those of people at telephones: groups of any size, "hundred" and "thousand", doubles, "o" for zero, a
group begun again or corrected, the other side breaking in, asking, or reading back, a number over many turns, the last
group first, and digits that a recognizer took for words.
"""

from collections.abc import Callable
from random import Random

from labelled import Labelled, Line, Piece, document, tidied
from people import card, digits
from saying import MONTHS, below_hundred, cardinal, group, in_pairs, one_by_one

_HEARD = {
    "two": ("to", "too"),
    "four": ("for", "fore"),
    "eight": ("ate",),
    "one": ("won",),
    "oh": ("o",),
    "six": ("sicks",),
}
_ASKS = {
    "card": (
        "okay go ahead with the card number", "what's the number on the card", "i'm ready for the card number",
        "can i get a card to hold it with", "and which card are we using today read me the number please",
        "the long number across the front please", "let's take that payment what's the card number",
    ),
    "ssn": (
        "what's your social", "can you verify your social security number", "and the full social please",
        "i'll need the social to pull that up", "read me the social one more time",
    ),
}  # fmt: skip
_LEADS = (
    "it's", "okay it's", "sure", "alright", "let me grab it okay", "uh", "one second okay", "yeah it's", "so it's",
    "okay ready",
    "hold on i have to find my glasses okay", "it's a visa", "",
)  # fmt: skip
_URGES = ("mm-hm", "uh huh", "okay", "got it", "go ahead", "yep", "and then", "next", "keep going", "right", "mhm")
_BREAKS_IN = (
    "sorry you cut out", "wait let me get a pen", "hang on my screen froze", "sorry the line is bad", "say that again",
    "one moment please", "could you slow down a little", "sorry the dog was barking",
)  # fmt: skip
_GOES_ON = ("okay", "sure", "so", "where was i", "alright", "after that it's", "then it's", "and")
_REPAIRS = (
    "no", "no sorry", "wait no", "scratch that", "i mean", "sorry", "let me start over", "hold on", "oops",
    "correction",
    "not", "i'm sorry it's", "that's wrong it's", "my bad",
)  # fmt: skip
_CODES = (
    "and the three digits on the back", "and the security code", "what's the code on the back", "the cvv please",
    "and that little code by the signature",
)  # fmt: skip
_DATES = ("and the expiration date", "when does it expire", "what's the expiry", "good through when")
_ENDINGS = ("okay thank you", "perfect that went through", "great give me a moment", "alright you're all set")


class _Reading:
    """One call in which numbers are read."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.turns: list[Line] = []
        self._misheard = random.choice([0.0, 0.0, 0.0, 0.06])
        self._zero = random.choice(["zero", "oh", "oh", "o"])

    def says(self, *pieces: Piece) -> None:
        """Add a turn."""
        self.turns.append(tidied(pieces))

    def number(self, digits: str, kind: str, value: int) -> None:
        """Add the turns in which a number is read by the caller."""
        pick = self.random
        parts = self._parts(digits, kind)
        turn: list[Piece] = [Piece(f"{pick.choice(_LEADS)} ")]
        many = pick.choice([0.0, 0.2, 0.5, 1.0])
        for at, part in enumerate(parts):
            turn += self._part(part, kind, value)
            if at + 1 == len(parts):
                break
            if pick.random() >= many:
                turn.append(Piece(pick.choice([" ", " ", " ", " uh ", " and then ", " dash ", " space "])))
                continue
            self.says(*turn)
            self._between(part, kind, value)
            turn = [Piece(f"{pick.choice(_GOES_ON)} ")] if pick.random() < 0.25 else []
        self.says(*turn)
        if pick.random() < 0.3:
            self._read_back(parts, kind, value)

    def _between(self, part: str, kind: str, value: int) -> None:
        roll = self.random.random()
        if roll < 0.25:
            self.says(*self._gold(self._said(part), kind, value))
        elif roll < 0.4:
            self.says(Piece(self.random.choice(_BREAKS_IN)))
        else:
            self.says(Piece(self.random.choice(_URGES)))

    def _read_back(self, parts: list[str], kind: str, value: int) -> None:
        """Add what the other side reads back, whole or its end, and what the caller says to it."""
        pick = self.random
        some = parts if pick.random() < 0.5 else parts[-1:]
        opening = pick.choice(["okay that's ", "so i have ", "let me read that back ", "ending in ", "i got "])
        turn = [Piece(opening)]
        for part in some:
            turn += [*self._gold(self._said(part), kind, value), Piece(" ")]
        self.says(*turn)
        self.says(Piece(pick.choice(["yes", "that's right", "correct", "yep", "that's it"])))

    def _parts(self, digits: str, kind: str) -> list[str]:
        """Cut a number into groups: as it is printed, or in sizes of the speaker's own."""
        pick = self.random
        printed = {16: (4, 4, 4, 4), 15: (4, 6, 5), 14: (4, 6, 4), 9: (3, 2, 4)}[len(digits)]
        if pick.random() < 0.6:
            sizes = list(printed)
        else:
            sizes = []
            while sum(sizes) < len(digits):
                sizes.append(pick.choice([1, 2, 2, 3, 3, 4, 5] if kind == "card" else [1, 2, 3, 3]))
        parts, at = [], 0
        for size in sizes:
            parts.append(digits[at : at + size])
            at += size
        return [part for part in parts if part]

    def _said(self, part: str) -> str:
        pick, roll = self.random, self.random.random()
        if roll < 0.14:
            return part if roll < 0.08 else " ".join(part)
        if roll < 0.30:
            return in_pairs(pick, part)
        if roll < 0.40 and len(part) in {3, 4} and part[0] != "0":
            return cardinal(int(part), pick.choice(["", " and"]))
        if roll < 0.55:
            return group(pick, part)
        said = one_by_one(pick, part, doubles=pick.choice([0.0, 0.0, 0.6]))
        return " ".join(self._zero if word in {"zero", "oh", "o"} else word for word in said.split())

    def _part(self, part: str, kind: str, value: int) -> list[Piece]:
        """Return one group as it is read: at once, begun again, or wrong first."""
        pick, roll = self.random, self.random.random()
        said = self._gold(self._said(part), kind, value)
        if roll < 0.08 and len(part) > 1:
            begun = one_by_one(pick, part[: pick.randint(1, len(part) - 1)])
            return [*self._gold(begun, kind, value), Piece(f" {pick.choice(['uh', 'um', 'er'])} "), *said]
        if roll < 0.18:
            at = pick.randrange(len(part))
            wrong = part[:at] + str((int(part[at]) + pick.randint(1, 9)) % 10) + part[at + 1 :]
            said = self._gold(one_by_one(pick, part), kind, value)
            return [*self._gold(one_by_one(pick, wrong), kind, value), Piece(f" {pick.choice(_REPAIRS)} "), *said]
        return said

    def _gold(self, said: str, kind: str, value: int) -> list[Piece]:
        words = said.split()
        heard = [
            self.random.choice(_HEARD[word])
            if at > 0 and word in _HEARD and self.random.random() < self._misheard
            else word
            for at, word in enumerate(words)
        ]
        label = "SSN" if kind == "ssn" else "CREDIT_CARD"
        return [Piece(" ".join(heard), label, kind, value)]


def numbers_read(random: Random, name: str) -> Labelled:
    """Return a call in which a number is read, with its date and code where it is a card's."""
    reading = _Reading(random)
    kind = random.choice(["card", "card", "ssn"])
    reading.says(Piece(random.choice(_ASKS[kind])))
    reading.number(card(random) if kind == "card" else _social(random), kind, 1)
    details: list[Callable[[_Reading], None]] = [_expires, _code]
    for detail in details if kind == "card" else ():
        if random.random() < 0.7:
            detail(reading)
    reading.says(Piece(random.choice(_ENDINGS)))
    speakers = random.choice([("agent: ", "caller: "), ("", ""), ("A: ", "B: ")])
    lines = [(Piece(speakers[at % 2]), *turn) for at, turn in enumerate(reading.turns)]
    return document(name, lines)


def _expires(reading: _Reading) -> None:
    pick = reading.random
    month, year = pick.randint(1, 12), pick.randint(26, 34)
    reading.says(Piece(pick.choice(_DATES)))
    said = pick.choice(
        [
            f"{below_hundred(month)} {below_hundred(year)}",
            f"{MONTHS[month - 1].lower()} twenty {below_hundred(year)}",
            one_by_one(pick, f"{month:02}{year}"),
            f"{month:02}/{year}",
        ]
    )
    reading.says(Piece(said, "CREDIT_CARD", "expiry", 2))


def _code(reading: _Reading) -> None:
    pick = reading.random
    code = digits(pick, 3)
    reading.says(Piece(pick.choice(_CODES)))
    said = pick.choice([one_by_one(pick, code), one_by_one(pick, code), " ".join(code), code, in_pairs(pick, code)])
    lead = pick.choice(["", "", "it's ", "that's ", "uh ", "let me flip it over ", "looks like "])
    reading.says(Piece(lead), Piece(said, "CREDIT_CARD", "cvv", 3))
    if pick.random() < 0.25:
        reading.says(Piece("was that "), Piece(one_by_one(pick, code), "CREDIT_CARD", "cvv", 3))
        reading.says(Piece("yes"))


def _social(random: Random) -> str:
    area = random.choice([number for number in range(1, 900) if number != 666])
    return f"{area:03}{random.randint(1, 99):02}{random.randint(1, 9999):04}"
