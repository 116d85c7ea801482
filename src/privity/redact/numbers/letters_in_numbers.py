"""Numbers in words that letters stand in which look like digits: "4111111111111111Z" is a card and a letter.

A scanner reads letters for digits, so such a word is read as one number (`reading.misheard`). It may as well be a
number with a letter beside it. A card is looked for in both readings, and in that of the digits alone.
"""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from privity.redact.reading.numerals import Group


class Reading(Struct, frozen=True):
    """One reading of groups: the pieces, and for each of them the index of its group."""

    pieces: list[Group]
    of: list[int]


def readings(text: str, groups: Sequence[Group], at: int) -> Iterator[Reading]:
    """Yield the other readings of the groups from index `at`, none where they hold no letters."""
    if all(_is_plain(text, group) for group in groups[at:]):
        return
    pieces = [(piece, of) for of in range(at, len(groups)) for piece in pieces_of(text, groups[of])]
    yield Reading([piece for piece, _ in pieces], [of for _, of in pieces])
    digits = [(piece, of) for piece, of in pieces if groups[of].spoken or text[piece.start].isdigit()]
    yield Reading([piece for piece, _ in digits], [of for _, of in digits])


def pieces_of(text: str, group: Group) -> list[Group]:
    """Return a group in pieces, each of letters alone or of digits alone."""
    if _is_plain(text, group) or len(group.digits) != group.end - group.start:
        return [group]
    pieces: list[Group] = []
    first = group.start
    for place in range(group.start + 1, group.end + 1):
        if place == group.end or text[place].isdigit() != text[first].isdigit():
            digits = group.digits[first - group.start : place - group.start]
            pieces.append(Group(digits, first, place, group.spoken, "" if pieces else group.gap))
            first = place
    return pieces


def _is_plain(text: str, group: Group) -> bool:
    return group.spoken or text[group.start : group.end].isdigit()
