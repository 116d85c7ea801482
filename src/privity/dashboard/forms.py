"""What a form sends: a few short fields, each named by the page that takes it; nothing else comes in."""

from typing import Any, Final
from urllib.parse import parse_qsl
from uuid import UUID

from litestar import Request

from privity.errors import BadInput
from privity.gate import Access

_LONGEST: Final = 16 * 1024
_MOST: Final = 64
_MOST_DAYS: Final = 366
_TYPED: Final = 8


async def form_of(
    request: Request[Any, Any, Any], *names: str, several: frozenset[str] = frozenset()
) -> dict[str, str]:
    """Return the fields of a form by name, each of `names` at most once and empty when it was left out.

    Fields of `several` may come more than once and are joined by commas. Raises BadInput for anything else.
    """
    body = await request.body()
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    if kind != "application/x-www-form-urlencoded" or len(body) > _LONGEST:
        raise BadInput("the form cannot be read", advice="Open the page again and send its form.")
    try:
        fields = parse_qsl(
            body.decode("ascii"), keep_blank_values=True, max_num_fields=_MOST, strict_parsing=bool(body)
        )
    except ValueError:
        raise BadInput("the form cannot be read", advice="Open the page again and send its form.") from None
    found = dict.fromkeys((*names, *several), "")
    seen = set()
    for name, value in fields:
        if name not in found or (name in seen and name not in several):
            raise BadInput("the form has a field that is not taken here, or one twice")
        found[name] = f"{found[name]},{value}" if name in seen else value
        seen.add(name)
    return found


def end_of_id(thing: UUID | str) -> str:
    """Return what has to be typed before something is destroyed: the last characters of its id."""
    return str(thing)[-_TYPED:]


async def require_end_of_id(request: Request[Any, Any, Any], access: Access) -> None:
    """Return when the form says the end of the id that the access is for; raises BadInput otherwise."""
    if (await form_of(request, "typed"))["typed"].strip().lower() != end_of_id(access.resource_id):
        raise BadInput(
            "what was typed is not the end of this record's id", advice="Nothing was changed. Go back, and try again."
        )


def days_in(text: str, otherwise: str) -> int:
    """Return how many days a form says, 1 to 366; raises BadInput, with `otherwise` as its advice."""
    days = int(text) if len(text) <= len(str(_MOST_DAYS)) and text.isascii() and text.isdigit() else 0
    if not 0 < days <= _MOST_DAYS:
        raise BadInput(f"the days are not a number from 1 to {_MOST_DAYS}", advice=otherwise)
    return days
