"""CSV (RFC 4180, also with semicolons or tabs): a header such as `dob` hides its column, other cells are text."""

import csv
import io
from typing import Final

from privity.errors import Unreadable
from privity.redact.documents.columns import label_of_column
from privity.redact.documents.json_form import JsonForm
from privity.redact.labels import Label

_SEPARATORS: Final = ",;\t|"
_LARGEST_CELL: Final = 16 * 1024 * 1024


def redact_csv(form: JsonForm, text: str, hides: frozenset[Label]) -> str:
    """Return a CSV text redacted, with its separator and as many cells in each row.

    The first row is a header when none of its cells holds a digit. Raises Unreadable, naming the row, for what is none.
    """
    out = io.StringIO()
    csv.field_size_limit(_LARGEST_CELL)
    separator = _separator(text)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n" if "\r\n" in text[:10_000] else "\n")
    labels: list[Label | None] = []
    number = 0
    try:
        for number, row in enumerate(rows, 1):
            if number == 1 and row and not any(character.isdigit() for cell in row for character in cell):
                found = [label_of_column(cell) for cell in row]
                labels = [label if label in hides else None for label in found]
                writer.writerow([cell if label else form.text(cell) for cell, label in zip(row, found, strict=True)])
                continue
            wide = [*labels, *[None] * len(row)]
            writer.writerow(
                [
                    form.hidden(label, cell) if label is not None and cell.strip() else form.text(cell)
                    for cell, label in zip(row, wide, strict=False)
                ]
            )
    except csv.Error:
        raise Unreadable(
            f"row {number + 1} is not CSV", advice="Quotes in a cell are doubled, and the cell is quoted."
        ) from None
    return out.getvalue()


def _separator(text: str) -> str:
    first = text.partition("\n")[0]
    return max(_SEPARATORS, key=first.count) if any(separator in first for separator in _SEPARATORS) else ","
