"""What the lists of telephony have in common: thirty rows, a cursor to the older ones, a filter by days."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from privity.custody.telephony import Ask, Page
from privity.errors import BadInput
from privity.gate import Access
from privity.running import Installation

_ROWS: Final = 30
_DAY: Final = timedelta(days=1)


def ask_of(installation: Installation, access: Access, after: str) -> Ask:
    """Return which page is wanted: the one behind a cursor, or the first; raises BadInput for a cursor of elsewhere."""
    cursor = installation.telephony.cursors.read(after, access.project) if after else None
    return Ask(size=_ROWS, cursor=cursor)


def older_than(installation: Installation, access: Access, page: Page[Any]) -> str:
    """Return the cursor behind a page, or nothing when it is the last."""
    return "" if page.next is None else installation.telephony.cursors.text(page.next, access.project)


def day_in(text: str, what: str) -> datetime | None:
    """Return the beginning of a day, in UTC, or None for no text; raises BadInput, which names `what`."""
    if not text:
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        raise BadInput(f"{what} is not a day", advice="Give it as 2026-06-02.") from None


def end_of_day_in(text: str, what: str) -> datetime | None:
    """Return the end of a day, as `day_in` reads it."""
    day = day_in(text, what)
    try:
        return None if day is None else day + _DAY
    except OverflowError:
        raise BadInput(f"{what} is the last day that there is", advice="Give one before it.") from None


def known(text: str, choices: tuple[str, ...], what: str) -> str | None:
    """Return one of some words, or None for no text; raises BadInput, which lists them."""
    if text and text not in choices:
        raise BadInput(f"there is no such {what}", advice=f"Choose from {', '.join(choices)}.")
    return text or None
