"""What people type: bookings in dialogue, clinicians' notes and questions, letters, forms, and scans of them."""

from random import Random

from books import book
from calls import TRADES
from labelled import Labelled, Line, Piece, document
from msgspec.structs import replace
from noise import printed
from phrases import lines
from slots import Slots


def _written(random: Random, slots: Slots, phrase: str) -> Line:
    (line,) = lines(random, slots, phrase)
    return line


def dialogue(random: Random, name: str) -> Labelled:
    """Return a booking of two speakers."""
    slots, parts = Slots(random, spoken=False), book("dialogues")
    chosen = [
        random.choice(parts["open"]),
        *random.sample(parts["parts"], random.randint(4, 8)),
        random.choice(parts["close"]),
    ]
    names = random.choice([("Agent: ", "Caller: "), ("Assistant: ", "User: "), ("A: ", "B: "), ("", "")])
    rows: list[Line] = []
    lower = random.random() < 0.12
    for row in (row for part in chosen for row in part.split("|")):
        line = _written(random, slots, row[3:])
        if lower and row[0] == "B":
            line = tuple(replace(piece, text=piece.text.lower()) for piece in line)
        rows.append((Piece(names[0] if row[0] == "A" else names[1]), *line))
    return document(name, rows)


def question(random: Random, name: str) -> Labelled:
    """Return one question of a clinician, at times without capitals."""
    line = _written(random, Slots(random, spoken=False), random.choice(book("notes")["questions"]))
    if random.random() < 0.1:
        line = tuple(replace(piece, text=piece.text.lower()) for piece in line)
    return document(name, [line])


def _note_rows(random: Random) -> list[Line]:
    slots, parts = Slots(random, spoken=False), book("notes")
    chosen = [
        random.choice(parts["head"]),
        *random.sample(parts["body"], random.randint(3, 7)),
        random.choice(parts["tail"]),
    ]
    return [_written(random, slots, phrase) for phrase in chosen]


def note(random: Random, name: str) -> Labelled:
    """Return a clinical note with head, body and signature."""
    return document(name, _note_rows(random))


def _prose_rows(random: Random) -> list[Line]:
    slots, parts = Slots(random, spoken=False), book("prose")
    return [
        _written(random, slots, random.choice(parts["named" if random.random() < 0.7 else "plain"]))
        for _ in range(random.choice([1, 1, 1, 2, 3]))
    ]


def prose(random: Random, name: str) -> Labelled:
    """Return one to three sentences of a letter, a form, a log or a mail."""
    return document(name, _prose_rows(random), random.choice([" ", "\n"]))


def scan(random: Random, name: str) -> Labelled:
    """Return a note or a letter as it is read off paper."""
    rows = _note_rows(random) if random.random() < 0.5 else _prose_rows(random) + _prose_rows(random)
    share = random.choice([0.005, 0.01, 0.02])
    return document(name, [printed(random, row, share) for row in rows])


def innocence(random: Random, name: str) -> Labelled:
    """Return written sentences in which nothing identifies anyone."""
    slots = Slots(random, spoken=False)
    chosen = random.sample(book("prose")["plain"], 4)
    for trade in random.sample(TRADES, 2):
        scene = random.choice(book(trade)["scenes"])
        if not any(slot in scene for slot in ("{doctor}", "{date", "{age_old}")):
            chosen += [row[3:] for row in scene.split("|")]
    return document(name, [_written(random, slots, phrase) for phrase in chosen], random.choice([" ", "\n"]))
