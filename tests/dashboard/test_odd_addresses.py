"""Addresses of pages that no page leads to: a refusal in words, whatever is asked for in a query or a path."""

from urllib.parse import quote

import pytest
from clinics import Clinic
from litestar.params import QueryParameter
from test_pages import get

from privity.dashboard.app import _HANDLERS

pytestmark = pytest.mark.slow

ODD = (
    "k7canary",
    "\0",
    "%",
    "\ud800",
    "-1",
    "+5",
    "1e1",
    "٥",
    "9" * 15,
    "9" * 19,
    "9" * 40,
    "9" * 5000,
    "9999-12-31",
    "0001-01-01",
    "9999-12-31T23:59:59-23:59",
    "0001-01-01T00:00:00+23:59",
    "x" * 3000,
)


async def test_whatever_is_asked_for_is_answered_or_refused(site: Clinic) -> None:
    owner = await site.owner()
    broken = []
    for handler in _HANDLERS:
        if "GET" not in handler.http_methods:
            continue
        path = min(handler.paths)
        parameters = [known.kwarg_definition for known in handler.parsed_fn_signature.parameters.values()]
        names = [known.name for known in parameters if isinstance(known, QueryParameter)]
        odd = [quote(text, errors="surrogatepass") for text in ODD]
        asked = [f"{path}?{name}={text}" for name in names for text in odd] if "{" not in path else []
        asked += [path.partition("{")[0] + text for text in odd] if "{" in path else []
        for address in asked:
            answer = await get(owner, address)
            if answer.status_code >= 500 or (answer.is_error and "k7canary" in answer.text):
                broken.append((address[:120], answer.status_code))
    assert not broken


async def test_an_entry_of_the_ledger_has_one_address(site: Clinic) -> None:
    owner = await site.owner()
    assert (await get(owner, "/app/ledger/1")).status_code == 200
    for odd in ("+1", "01", "1_0", "%201", "%D9%A1"):
        assert (await get(owner, f"/app/ledger/{odd}")).status_code == 404, odd
