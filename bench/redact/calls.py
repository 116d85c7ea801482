"""Telephone calls and voicemail of several trades, spoken as a recognizer writes them, or cased and punctuated."""

from enum import StrEnum
from random import Random
from typing import Any

from books import book
from labelled import Labelled, Line, Piece, document, tidied
from msgspec.structs import replace
from noise import misheard, spoken
from phrases import lines, slots_of
from slots import Slots

TRADES = ("clinic", "pharmacy", "insurance", "bank", "law", "estate", "support", "hotel")
_SPEAKERS = (
    ("Agent: ", "Caller: "), ("agent: ", "caller: "), ("A: ", "B: "), ("Speaker 1: ", "Speaker 2: "),
    ("Agent: ", "Customer: "), ("[00:{n:02}] Agent: ", "[00:{n:02}] Caller: "), ("", ""),
    ("REP: ", "CUST: "), ("- ", "- "),
)  # fmt: skip
_FOLLOWS = {"card": ("expiry", "cvv"), "person": ("spell",)}


class Style(StrEnum):
    """How a call is written down."""

    HEARD = "heard"  # lower case, no punctuation, numbers in words
    CASED = "cased"  # punctuated; numbers in figures
    WORDS = "words"  # punctuated; numbers in words


class Call:
    """One call in the making."""

    def __init__(self, random: Random, trade: str, style: Style, *, breaks: bool = True) -> None:
        self.random = random
        self.style = style
        self.slots = Slots(random, spoken=style is not Style.CASED)
        self.turns: list[tuple[str, Line]] = []
        self._accents = random.random() < 0.3
        self._breaks = random.choice([0.0, 0.25, 0.25, 0.6]) if breaks else 0.0
        self._noise = random.choice([0.0, 0.01, 0.03]) if style is Style.HEARD else 0.0
        self._trade, self._common = book(trade), book("common")

    def say(self, speaker: str, phrase: str) -> None:
        """Add what one party says; where a value is broken off, the other one urges on."""
        joint = " " if self.style is Style.HEARD else self.random.choice([" ", ", ", " "])
        parts = lines(self.random, self.slots, phrase, breaks=self._breaks, joint=joint)
        for number, part in enumerate(parts):
            if number:
                self._add("A" if speaker == "B" else "B", (Piece(self.random.choice(self._common["urges"])),))
            self._add(speaker, part)

    def scene(self, text: str) -> None:
        """Add an exchange that is written out, such as "A: ...|B: ..."."""
        for row in text.split("|"):
            self.say(row[0], row[3:])

    def topic(self, name: str) -> None:
        """Add a question, its answer, and what follows from it."""
        pick = self.random
        phrases: dict[str, Any] = dict(self._common.get(name, {}))
        phrases.update(self._trade.get(name, {}))
        answer = pick.choice(phrases["say"])
        self.say("A", pick.choice(phrases["ask"]))
        self.say("B", answer)
        if pick.random() < 0.65:
            back = pick.choice(phrases["back"])
            self.say("A", back)
            if slots_of(back):
                wrong = pick.random() < 0.1 and slots_of(answer)
                self.say("B", f"No, it's {{{slots_of(answer)[0]}}}." if wrong else pick.choice(self._common["yes"]))
        for follows in _FOLLOWS.get(name, ()):
            if pick.random() < (0.85 if name == "card" else 0.35):
                self.topic(follows)

    def run(self, topics: int, *, innocent: bool = False) -> None:
        """Add a whole call: greetings, that many topics between scenes of nothing secret, a farewell."""
        pick, trade = self.random, self._trade
        if not innocent:
            self.say("A", pick.choice(trade["open"]))
            self.say("B", pick.choice(trade["start"]))
        names = [name for name in trade["topics"] if name not in {"expiry", "cvv"}]
        chosen = [] if innocent else pick.sample(names, min(topics, len(names)))
        if "person" in chosen and pick.random() < 0.8:
            chosen.remove("person")
            chosen.insert(0, "person")
        scenes = pick.sample(trade["scenes"], min(len(trade["scenes"]), topics))
        for number, scene in enumerate(scenes):
            if number < len(chosen):
                self.topic(chosen[number])
            if innocent or pick.random() < 0.55:
                if innocent and any(slot in scene for slot in ("{doctor}", "{date", "{age_old}")):
                    continue
                self.scene(scene)
            elif pick.random() < 0.3:
                self.say("A", pick.choice(self._common["wait"]))
        for name in chosen[len(scenes) :]:
            self.topic(name)
        if not innocent:
            self.scene(pick.choice(trade["close"]))

    def document(self, name: str) -> Labelled:
        """Return the call as text with its spans, its speakers marked in one of several ways or not at all."""
        first, second = self.random.choice(_SPEAKERS)
        rows = [
            (Piece((first if speaker == "A" else second).format(n=number)), *line)
            for number, (speaker, line) in enumerate(self.turns)
        ]
        if self.style is Style.HEARD and self.random.random() < 0.06:
            rows = [tuple(replace(piece, text=piece.text.upper()) for piece in row) for row in rows]
        alone = not first and self.random.random() < 0.5
        return document(name, rows, " " if alone else "\n")

    def _add(self, speaker: str, line: Line) -> None:
        if self.style is Style.HEARD:
            line = tidied(
                [replace(piece, text=spoken(self.random, piece.text, accents=self._accents)) for piece in line]
            )
            line = misheard(self.random, line, self._noise)
        elif line and line[0].text:
            line = (replace(line[0], text=line[0].text[0].upper() + line[0].text[1:]), *line[1:])
        if any(piece.text.strip() for piece in line):
            self.turns.append((speaker, line))


def call(random: Random, name: str, trades: tuple[str, ...], style: Style) -> Labelled:
    """Return one call of one of the trades."""
    made = Call(random, random.choice(trades), style)
    made.run(random.choice([1, 2, 3, 3, 4, 5, 7]))
    return made.document(name)


def chatter(random: Random, name: str, style: Style) -> Labelled:
    """Return a call in which nothing identifies anyone, full of numbers that look as if they did."""
    made = Call(random, random.choice(TRADES), style)
    made.run(7, innocent=True)
    return made.document(name)


def voicemail(random: Random, name: str) -> Labelled:
    """Return a message of one speaker, as a recognizer writes it."""
    made = Call(random, "clinic", Style.HEARD, breaks=False)
    parts = book("voicemail")
    said = [random.choice(parts["hello"]), random.choice(parts["why"])]
    middle = random.sample(parts["facts"], random.randint(1, 3)) + random.sample(parts["chat"], random.randint(1, 2))
    random.shuffle(middle)
    for phrase in [*said, *middle, random.choice(parts["call"]), random.choice(parts["bye"])]:
        made.say("B", phrase)
    between = random.choice([" ", " ", "\n"])
    return document(name, [line for _, line in made.turns], between)
