"""Card numbers that a form divides: four cells of a row, items of a list, values of an object, a digit each.

Numbers of a table stand in rows as well, and one in ten passes the Luhn check by chance. So only what is divided as a
card is read is one: 4-4-4-4, 4-6-5, 4-6-4 or digit by digit, and issuer and length have to hold too.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from privity.redact import checks

_DIVISIONS: Final = ((4, 4, 4, 4), (4, 6, 5), (4, 6, 4), *((1,) * size for size in (19, 18, 17, 16, 15, 14, 13)))


def card_places(cells: Sequence[Any]) -> set[int]:
    """Return the indexes of the cells that together are a card number: strings of digits, or whole numbers."""
    digits = [_digits(cell) for cell in cells]
    return {place for at in range(len(cells) - 2) for place in _card_at(digits, at)}


def _card_at(digits: Sequence[str], at: int) -> Iterator[int]:
    if len(digits[at]) not in {1, 4}:
        return
    for sizes in _DIVISIONS:
        pieces = digits[at : at + len(sizes)]
        if tuple(map(len, pieces)) == sizes and checks.card("".join(pieces)):
            yield from range(at, at + len(sizes))
            return


def _digits(cell: Any) -> str:
    if isinstance(cell, str):
        text = cell.strip()
        return text if len(text) < 7 and text.isascii() and text.isdigit() else ""
    return str(cell) if isinstance(cell, int) and not isinstance(cell, bool) and 0 <= cell < 10**6 else ""
