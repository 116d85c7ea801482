"""Accounts and numbers in the vendors' form. An account is a project; its token is never said back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import msgspec
from litestar import Request, Response, get, post
from litestar.di import NamedDependency

from privity.api.acts import act, callers_own
from privity.custody.telephony import OwnNumber
from privity.errors import NotFound
from privity.gate import Access, Action, resources
from privity.laml.answers import VERSION, answer, ask_of, page_answer, rfc2822, uri_of
from privity.laml.asking import form_of, number_in
from privity.laml.doorman import PREFIXES, paths, sid
from privity.running import Installation

_HIDDEN: Final = "[not shown]"
_OWN: Final = act(Action.ACCOUNT_READ, callers_own(resources.own_project))
_ONE: Final = [f"{prefix}/Accounts/{{account:str}}" for prefix in PREFIXES]
_ALL: Final = [f"{prefix}/Accounts{ending}" for prefix in PREFIXES for ending in ("", ".json")]
_PROJECT: Final = "SELECT id, name, created_at FROM tenant.project WHERE id = %s"
_KINDS: Final = ("Local", "TollFree", "Mobile")


class _Project(msgspec.Struct, frozen=True):
    id: UUID
    name: str
    created_at: datetime


@get(_ALL, opt=_OWN, include_in_schema=False)
async def list_accounts(request: Request[Any, Any, Any], access: NamedDependency[Access]) -> Response[bytes]:
    """List the one account that a token sees: its own project."""
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
    """Show the account as it is: a project is renamed or closed by people, not by its tokens."""
    await form_of(request)
    return answer(await _account(access))


@get(
    paths("IncomingPhoneNumbers"),
    opt=act(Action.NUMBER_LIST, callers_own(resources.own_project)),
    include_in_schema=False,
)
async def list_numbers(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[bytes]:
    """List the project's numbers."""
    telephony = installation.telephony
    ask = ask_of(request, telephony.cursors, access.project)
    page = await telephony.own_numbers.page(access, number_in(request, "PhoneNumber"), ask)
    below = "IncomingPhoneNumbers"
    return page_answer(request, "incoming_phone_numbers", page, _number, telephony.cursors, access.project, below)


@get(
    paths("IncomingPhoneNumbers/{sid:str}", item=True),
    opt=act(Action.NUMBER_READ, sid(resources.number)),
    include_in_schema=False,
)
async def read_number(access: NamedDependency[Access], installation: NamedDependency[Installation]) -> Response[bytes]:
    """Show one of the project's numbers."""
    return answer(_number(await installation.telephony.own_numbers.read(access)))


@get(
    paths("AvailablePhoneNumbers/{country:str}/{kind:str}", item=True),
    opt=act(Action.NUMBER_LIST, callers_own(resources.own_project)),
    include_in_schema=False,
)
async def list_available(request: Request[Any, Any, Any], access: NamedDependency[Access]) -> Response[bytes]:
    """List the numbers that could be bought: none, because this installation sells none."""
    country = str(request.path_params["country"])
    kind = str(request.path_params["kind"]).removesuffix(".json")
    if kind not in _KINDS or len(country) != 2 or not country.isalpha():
        raise NotFound("there is no such list of numbers", advice="Ask for US/Local.")
    uri = f"{uri_of(access.project, f'AvailablePhoneNumbers/{country.upper()}/{kind}')}.json"
    return answer({"uri": uri, "available_phone_numbers": []})


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


def _number(number: OwnNumber) -> Mapping[str, Any]:
    unset = dict.fromkeys(
        [
            *("sms_application_sid", "sms_fallback_url", "sms_url", "status_callback", "voice_application_sid"),
            *("voice_fallback_url", "voice_url"),
        ]
    )
    methods = dict.fromkeys(
        [
            *("sms_fallback_method", "sms_method", "status_callback_method", "voice_fallback_method"),
            "voice_method",
        ],
        "POST",
    )
    return {
        "sid": str(number.id),
        "account_sid": str(number.project_id),
        "api_version": VERSION,
        "beta": False,
        "capabilities": {"voice": True, "sms": True, "mms": True, "fax": True},
        "date_created": rfc2822(number.created_at),
        "date_updated": rfc2822(number.created_at),
        "friendly_name": number.named.name,
        "phone_number": number.named.number,
        "voice_caller_id_lookup": False,
        "address_requirements": "none",
        "address_sid": None,
        "emergency_address_sid": None,
        "emergency_status": "Inactive",
        "identity_sid": None,
        "origin": "privity",
        "trunk_sid": None,
        "uri": f"{uri_of(number.project_id, f'IncomingPhoneNumbers/{number.id}')}.json",
        **unset,
        **methods,
    }
