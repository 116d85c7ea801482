"""The kinds of text that are measured, each a function of a source of randomness and a name."""

from collections.abc import Callable, Iterator
from random import Random

from abroad import abroad
from calls import TRADES, Style, call, chatter, voicemail
from labelled import Labelled
from numbers_read import numbers_read
from writing import dialogue, innocence, note, prose, question, scan


def _cased(random: Random, name: str) -> Labelled:
    return call(random, name, TRADES, random.choice([Style.CASED, Style.WORDS]))


def _innocent(random: Random, name: str) -> Labelled:
    roll = random.random()
    if roll < 0.5:
        return chatter(random, name, Style.HEARD)
    return chatter(random, name, Style.CASED) if roll < 0.65 else innocence(random, name)


KINDS: dict[str, tuple[str, Callable[[Random, str], Labelled]]] = {
    "spoken_care": (
        "calls to clinic, pharmacy, insurer, as heard",
        lambda random, name: call(random, name, ("clinic", "pharmacy", "insurance"), Style.HEARD),
    ),
    "spoken_money": (
        "calls to bank, hotel, support desk, as heard",
        lambda random, name: call(random, name, ("bank", "hotel", "support"), Style.HEARD),
    ),
    "spoken_office": (
        "calls to law firm, real estate, as heard",
        lambda random, name: call(random, name, ("law", "estate"), Style.HEARD),
    ),
    "voicemail": ("messages of one speaker, as heard", voicemail),
    "calls_cased": ("the same calls, punctuated; numbers in figures or words", _cased),
    "dialogues": ("two people book things, in writing", dialogue),
    "questions": ("clinicians' questions", question),
    "notes": ("clinical notes", note),
    "prose": ("sentences of letters, forms, logs, many countries", prose),
    "scanned": ("notes and letters read off paper", scan),
    "spoken_spanish": ("calls in Spanish, as heard", lambda random, name: abroad(random, name, "es")),
    "spoken_french": ("calls in French, as heard", lambda random, name: abroad(random, name, "fr")),
    "numbers_read": ("card and social security numbers, read out in hard ways", numbers_read),
    "innocent": ("hardly anything to hide, much that looks like it", _innocent),
}


def documents(kind: str, seed: int, count: int) -> Iterator[Labelled]:
    """Yield that many documents of a kind, the same ones for the same seed, whatever else is generated."""
    make = KINDS[kind][1]
    for number in range(count):
        yield make(Random(f"{seed} {kind} {number}"), f"{kind}-{number}")  # noqa: S311 - made-up data
