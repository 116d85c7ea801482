"""What all slots share: the people of the document, and pieces with the number of their value."""

from random import Random

import saying
from labelled import Piece
from people import given_name, person

Groups = list[list[Piece]]


class Filling:
    """Fills slots of one document: the same person throughout, each value with a number of its own."""

    def __init__(self, random: Random, *, spoken: bool) -> None:
        self.random = random
        self.spoken = spoken
        self.who = person(random)
        self.other = person(random)
        self.agent = given_name(random, "en_US")
        self._codes: dict[str, str] = {}
        self._numbers: dict[str, int] = {}

    def _piece(self, kind: str, label: str, text: str) -> Piece:
        return Piece(text, label, kind, self._numbers.setdefault(kind, len(self._numbers)))

    def _one(self, kind: str, label: str, text: str) -> Groups:
        return [[self._piece(kind, label, text)]]

    def _form(self, form: str) -> str:
        letters = "ABCDEFGHJKLMNPRSTVWXYZ"
        pick = self.random.choice
        return "".join(pick(letters) if c == "A" else pick("0123456789") if c == "9" else c for c in form)

    def _said_code(self, value: str, size: int) -> list[str]:
        if value.isdigit():
            groups = [value[at : at + size] for at in range(0, len(value), size)]
            return saying.digits_said(self.random, groups)
        return [" ".join(saying.code(self.random, value))]

    def _innocent_number(self, forms: tuple[str, ...]) -> str:
        value = self._codes.setdefault(forms[0], self._form(self.random.choice(forms)))
        if not self.spoken:
            return value
        return " ".join(self._said_code(value.replace("-", ""), 4))

    def _long(self, kind: str, label: str, value: str, sizes: tuple[int, ...], joint: str) -> Groups:
        groups, at = [], 0
        for size in sizes:
            groups.append(value[at : at + size])
            at += size
        groups = [part for part in [*groups, value[at:]] if part]
        if self.spoken:
            return [[self._piece(kind, label, part)] for part in saying.digits_said(self.random, groups)]
        return self._one(kind, label, joint.join(groups))
