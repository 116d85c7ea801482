"""Accounts in the vendors' form. An account is a project; its token is never said back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import msgspec
from litestar import Request, Response, get, post
from litestar.di import NamedDependency

from privity.api.acts import act, callers_own
from privity.errors import BadInput, NotFound
from privity.gate import Access, Action, resources
from privity.laml.answers import VERSION, answer, rfc2822, uri_of
from privity.laml.asking import check_query, form_of
from privity.laml.doorman import PREFIXES

_HIDDEN: Final = "[not shown]"
_OWN: Final = act(Action.ACCOUNT_READ, callers_own(resources.own_project))
_ONE: Final = [f"{prefix}/Accounts/{{account:str}}" for prefix in PREFIXES]
_ALL: Final = [f"{prefix}/Accounts{ending}" for prefix in PREFIXES for ending in ("", ".json")]
_PROJECT: Final = "SELECT id, name, created_at FROM tenant.project WHERE id = %s"


class _Project(msgspec.Struct, frozen=True):
    id: UUID
    name: str
    created_at: datetime


@get(_ALL, opt=_OWN, include_in_schema=False)
async def list_accounts(request: Request[Any, Any, Any], access: NamedDependency[Access]) -> Response[bytes]:
    """List the one account that a token sees: its own project."""
    check_query(request, "FriendlyName", "Status")
    account = await _account(access)
    name, status = (request.query_params.get(key) for key in ("FriendlyName", "Status"))
    found = [account] if name in {None, account["friendly_name"]} and status in {None, "active"} else []
    uri = f"/{VERSION}/Accounts.json?Page=0&PageSize=50"
    neighbours = {"next_page_uri": None, "previous_page_uri": None}
    about = {"uri": uri, "first_page_uri": uri, "page": 0, "page_size": 50, "start": 0, "end": max(0, len(found) - 1)}
    return answer({**about, **neighbours, "accounts": found})


@get(_ONE, opt=_OWN, include_in_schema=False)
async def read_account(access: NamedDependency[Access]) -> Response[bytes]:
    """Show the account."""
    return answer(await _account(access))


@post(_ONE, status_code=200, opt=_OWN, include_in_schema=False)
async def update_account(request: Request[Any, Any, Any], access: NamedDependency[Access]) -> Response[bytes]:
    """Show the account as it is: a project is renamed by people, not by its tokens, and closed by neither."""
    if ((await form_of(request)).one("Status") or "active") != "active":
        raise BadInput("an account is not suspended or closed from here", advice="Revoke its tokens instead.")
    return answer(await _account(access))


async def _account(access: Access) -> Mapping[str, Any]:
    async with access.transaction() as tx:
        project = await tx.fetch_one(_PROJECT, (access.project,), into=_Project)
    if project is None:
        raise NotFound("there is no such account")
    below = {
        name: f"{uri_of(project.id, path)}.json"
        for name, path in {
            "calls": "Calls",
            "messages": "Messages",
            "recordings": "Recordings",
            "transcriptions": "Transcriptions",
            "incoming_phone_numbers": "IncomingPhoneNumbers",
        }.items()
    }
    return {
        "sid": str(project.id),
        "auth_token": _HIDDEN,
        "friendly_name": project.name,
        "owner_account_sid": str(project.id),
        "status": "active",
        "type": "Full",
        "date_created": rfc2822(project.created_at),
        "date_updated": rfc2822(project.created_at),
        "subresource_uris": below,
        "uri": f"/{VERSION}/Accounts/{project.id}.json",
    }
