"""CSV (RFC 4180, also with semicolons or tabs): a header such as `dob` hides its column, other cells are text."""

import csv
import io
from typing import Final

from privity.errors import Unreadable
from privity.redact.documents.columns import day_under, is_name_of_column, label_of_column
from privity.redact.documents.divided import card_places
from privity.redact.documents.json_form import JsonForm
from privity.redact.labels import Label

_SEPARATORS: Final = ",;\t|"
_LARGEST_CELL: Final = 16 * 1024 * 1024
_LONGEST_NAME: Final = 60  # characters of the name of a column
_NUMBERING: Final = 2  # digits of "SSN 2"
_NUMBER: Final = 4  # digits that may be of somebody


def redact_csv(form: JsonForm, text: str, hides: frozenset[Label]) -> str:
    """Return a CSV text redacted, with its separator and as many cells in each row.

    The first row is a header unless it holds numbers, and so is a later one whose cells name columns. Raises
    Unreadable, naming the row, for what is none.
    """
    out = io.StringIO()
    csv.field_size_limit(_LARGEST_CELL)
    separator = _separator(text)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n" if "\r\n" in text[:10_000] else "\n")
    labels: list[Label | None] = []
    header: list[str] = []
    number = 0
    try:
        for number, row in enumerate(rows, 1):
            found = [label_of_column(cell) if len(cell) <= _LONGEST_NAME else None for cell in row]
            names = [label is not None and is_name_of_column(cell) for cell, label in zip(row, found, strict=True)]
            if number == 1 and _is_header(row, found, first=True):
                labels, header = [label if label in hides else None for label in found], row
                writer.writerow([cell if name else form.text(cell) for cell, name in zip(row, names, strict=True)])
                continue
            shown = _cells(form, row, _with_days(row, labels, header, hides), header, hides)
            told = [label if name else None for label, name in zip(found, names, strict=True)]
            # Under a name that tells of people stands somebody, "Ann,Street,Mobile", or another such name.
            names_all = all(told[at] for at, label in enumerate(labels[: len(row)]) if label)
            if number > 1 and names_all and _is_header(row, told, first=False):
                shown = [cell if name else hidden for cell, name, hidden in zip(row, names, shown, strict=True)]
                before = [*labels, *[None] * len(row)]
                labels = [
                    label if label in hides else None if label else old
                    for label, old in zip(told, before, strict=False)
                ]
            writer.writerow(shown)
    except csv.Error:
        raise Unreadable(
            f"row {number + 1} is not CSV", advice="Quotes in a cell are doubled, and the cell is quoted."
        ) from None
    return out.getvalue()


def _is_header(row: list[str], labels: list[Label | None], *, first: bool) -> bool:
    """Whether a row names columns: the first one without a digit, or one whose cells are names, "SSN 2" among them."""
    known = sum(label is not None for label in labels)
    if not all(cell[:1].isalpha() and len(cell) <= _LONGEST_NAME for cell in row if cell.strip(" '\"")):
        return first and not any(character.isdigit() for cell in row for character in cell)
    digits = max((sum(map(str.isdigit, cell)) for cell in row), default=0)
    return (first and digits == 0) or (digits <= _NUMBERING and known > 0 and (first or known * 2 >= len(row)))


def _with_days(
    row: list[str], labels: list[Label | None], header: list[str], hides: frozenset[Label]
) -> list[Label | None]:
    """Return the labels of the cells of a row, DATE for eight digits that are a day in a column of days."""
    if Label.DATE not in hides:
        return labels
    days = [day_under(name[:_LONGEST_NAME], cell) for name, cell in zip(header, row, strict=False)]
    return [label or day for label, day in zip(labels, days, strict=False)] + labels[len(days) :]


def _cells(
    form: JsonForm, row: list[str], labels: list[Label | None], header: list[str], hides: frozenset[Label]
) -> list[str]:
    """Return the cells of a row redacted; its numbers too where it is longer than a header that tells of people."""
    filled = len(row)
    while filled and not row[filled - 1].strip():
        filled -= 1
    wide = [*labels, *[None] * len(row)]
    if filled > len(labels) and any(labels):  # cells may have shifted: nobody knows under which name a number stands
        wide = [
            label or (Label.ID if sum(map(str.isdigit, cell)) >= _NUMBER else None)
            for label, cell in zip(wide, row, strict=False)
        ]
    elif Label.CARD in hides:
        cards = card_places(row)
        wide = [label or (Label.CARD if at in cards else None) for at, label in enumerate(wide)]
    return [
        form.hidden(label, cell, name) if label is not None and cell.strip() else form.text(cell)
        for cell, label, name in zip(row, wide, [*header, *[""] * len(row)], strict=False)
    ]


def _separator(text: str) -> str:
    first = text.partition("\n")[0]
    return max(_SEPARATORS, key=first.count) if any(separator in first for separator in _SEPARATORS) else ","
