"""Phrases with slots, and the lines that they become."""

import re
from random import Random

from labelled import Line, Piece
from saying import FILLERS
from slots import Slots

_SLOT = re.compile(r"\{(\w+)\}")


def slots_of(phrase: str) -> list[str]:
    """Return the names of the slots of a phrase."""
    return _SLOT.findall(phrase)


def lines(random: Random, slots: Slots, phrase: str, *, breaks: float = 0.0, joint: str = " ") -> list[Line]:
    """Return the phrase with its slots filled: one line, or more where the speaker was broken off within a value."""
    done: list[Line] = []
    line: list[Piece] = []
    for place, part in enumerate(_SLOT.split(phrase)):
        if place % 2 == 0:
            line.append(Piece(part))
            continue
        groups = slots.fill(part)
        broken = len(groups) > 2 and random.random() < breaks
        for number, group in enumerate(groups):
            pause = f"{random.choice(FILLERS)} " if number and slots.spoken and random.random() < 0.12 else ""
            if number and broken and random.random() < 0.7:
                done.append(tuple(line))
                line = [Piece(pause)]
            elif number:
                line.append(Piece(joint + pause, kind="pause"))
            line += group
    return [_joined(each) for each in [*done, tuple(line)]]


def _joined(line: Line) -> Line:
    """Return the line with the parts of one value that only a pause separates as one piece."""
    pieces: list[Piece] = []
    for piece in line:
        if (
            len(pieces) > 1
            and piece.label
            and not pieces[-1].label
            and pieces[-1].kind == "pause"
            and (pieces[-2].label, pieces[-2].kind, pieces[-2].value) == (piece.label, piece.kind, piece.value)
        ):
            joint = pieces.pop().text
            before = pieces.pop()
            pieces.append(Piece(before.text + joint + piece.text, piece.label, piece.kind, piece.value))
        else:
            pieces.append(piece)
    return tuple(pieces)
