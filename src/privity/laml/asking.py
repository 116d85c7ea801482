"""How clients of this face write what they want: form fields, numbers in queries, and dates with their bounds."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from urllib.parse import parse_qsl
from uuid import UUID

from litestar import Request

from privity.custody.telephony import parse_number
from privity.errors import BadInput, TooLarge

_LARGEST: Final = 64 * 1024
_MOST_FIELDS: Final = 100
_DATE: Final = re.compile(
    r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:Z|[+-]\d{2}:\d{2})?)?\Z", re.ASCII
)
_PLUS: Final = re.compile(r"(?<=:\d\d) (?=\d\d:\d\d\Z)|(?<=\.\d{6}) (?=\d\d:\d\d\Z)", re.ASCII)
"""The plus sign of an offset, read as a space."""
_NOT_MET: Final = {
    "SendAt": {""},
    "ScheduleType": {""},
    "ContentRetention": {"", "retain"},
    "AddressRetention": {"", "retain"},
    "StoreMedia": {"", "true"},
    "ContentSid": {""},
    "RecordingTrack": {"", "both"},
}
"""Fields of forms that cannot be passed over, and the values that ask for nothing but what is done anyway."""
_PAGING: Final = ("Page", "PageSize", "PageToken")
_SINCE: Final = (">", ">=", "After")
_UNTIL: Final = ("<", "<=", "Before")
"""How a bound of a date is spelled behind its name."""
_DAY: Final = timedelta(days=1)
_SECOND: Final = timedelta(seconds=1)


class Form:
    """The fields of a form. A field that was sent empty is there and empty, which is how a body is blanked."""

    def __init__(self, fields: Sequence[tuple[str, str]]) -> None:
        self._fields: dict[str, list[str]] = {}
        for name, value in fields:
            self._fields.setdefault(name, []).append(value)

    def one(self, name: str) -> str | None:
        """Return a field's value, or None when it was not sent; raises BadInput when it was sent twice."""
        values = self._fields.get(name, [])
        if len(values) > 1:
            raise BadInput(f"{name} was sent more than once", advice="Send it once.")
        return values[0] if values else None

    def all(self, name: str) -> list[str]:
        """Return every value of a field."""
        return self._fields.get(name, [])


def check_can_be_done(form: Form) -> None:
    """Raise BadInput for a wish that would change what is kept or when it is sent, and that is not met here.

    To pass over it in silence would be worse: the caller counts on it.
    """
    for name, harmless in _NOT_MET.items():
        if any(value.lower() not in harmless for value in form.all(name)):
            raise BadInput(f"{name} cannot be done here in this way", advice="docs/telephony.md says what can be.")


async def form_of(request: Request[Any, Any, Any]) -> Form:
    """Return the form of a request; raises BadInput for another content type, TooLarge beyond 64 KiB."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > _LARGEST:
            raise TooLarge(f"the form is larger than {_LARGEST} bytes", advice="Send less at once.")
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if body and kind != "application/x-www-form-urlencoded":
        raise BadInput("the body is not a form", advice="Send application/x-www-form-urlencoded.")
    try:
        return Form(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=_MOST_FIELDS, errors="strict"))
    except ValueError:
        raise BadInput("the form cannot be read", advice="Send at most 100 fields, as UTF-8.") from None


def check_query(
    request: Request[Any, Any, Any], *filters: str, date: str | None = None, more: str | None = None
) -> None:
    """Raise BadInput for a query that a list would not be found by as it was meant, or that asks one thing twice.

    A filter that is passed over finds too much, and what is found is deleted. What does not look like one of the
    vendors' parameters, which begin with a capital, is nobody's filter, and passed over as they do.
    """
    dates = [name + ending for name in (date, more) if name for ending in ("", *_SINCE, *_UNTIL)]
    known = {*_PAGING, *filters, *dates}
    spelled = {name.casefold() for name in known}
    names = [name for name, _ in request.query_params.multi_items()]
    advice = f"Choose from {', '.join(sorted(known))}."
    for name in names:
        if name not in known and (name[:1].isupper() or name.casefold() in spelled):
            raise BadInput("the list is not found by a parameter that was sent", advice=advice)
        if name in known and names.count(name) > 1:
            raise BadInput("a parameter was sent more than once", advice="Send each once.")


def number_in(request: Request[Any, Any, Any], name: str) -> str | None:
    """Return the number that a filter names, or None; a plus sign that arrived as a space is one."""
    text = request.query_params.get(name)
    if not text:
        return None
    spelled = str(text)
    return parse_number(f"+{spelled.strip()}" if spelled.startswith(" ") else spelled, name)


def sid_in(request: Request[Any, Any, Any], name: str) -> UUID | None:
    """Return the sid that a filter names, or None; raises BadInput for what is none."""
    text = str(request.query_params.get(name) or "")
    try:
        return UUID(text) if text else None
    except ValueError:
        raise BadInput(f"{name} is not a sid", advice="Give it as it was printed.") from None


def dates_in(request: Request[Any, Any, Any], name: str) -> tuple[datetime | None, datetime | None]:
    """Return the span, from and until (not included), that `name`, `name<` and `name>` ask for.

    `name<=` and `nameBefore`, `name>=` and `nameAfter` say the same, as vendors' documents spell them. A date alone, or
    midnight as clients write it, is the whole day in UTC; a time is its second. Both bounds include the second that
    they name.
    """
    earliest: datetime | None = None
    latest: datetime | None = None
    if (at := moment_in(request, name)) is not None:
        whole_day = at == at.replace(hour=0, minute=0, second=0, microsecond=0)
        earliest, latest = at, at + (_DAY if whole_day else _SECOND)
    for ending in _SINCE:
        if (after := moment_in(request, name + ending)) is not None:
            earliest = after if earliest is None else max(earliest, after)
    for ending in _UNTIL:
        if (before := moment_in(request, name + ending)) is not None:
            latest = before + _SECOND if latest is None else min(latest, before + _SECOND)
    return earliest, latest


def moment_in(request: Request[Any, Any, Any], name: str) -> datetime | None:
    """Return the moment that a query names, or None; raises BadInput for what is no date."""
    text = str(request.query_params.get(name, "") or "")
    if not text:
        return None
    text = _PLUS.sub("+", text)
    try:
        moment = datetime.fromisoformat(text if _DATE.match(text) else "")
    except ValueError:
        raise BadInput(f"{name} is not a date", advice="Give 2026-11-22 or 2026-11-22T10:15:00Z.") from None
    moment = moment.replace(tzinfo=moment.tzinfo or UTC)
    if not 1900 <= moment.year <= 2200:
        raise BadInput(f"{name} is not a date of this time", advice="Give 2026-11-22 or 2026-11-22T10:15:00Z.")
    return moment
