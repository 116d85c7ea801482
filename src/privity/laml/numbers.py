"""Numbers in the vendors' form: those that the project has, and those of the loopback carrier that it could have."""

from collections.abc import Mapping
from typing import Any, Final

from litestar import Request, Response, delete, get, post
from litestar.di import NamedDependency

from privity.api.acts import act, callers_own
from privity.custody.telephony import COUNTRIES, Ask, NotOffered, Offered, OwnNumber, page_within, parse_number
from privity.errors import BadInput, NotFound
from privity.gate import Access, Action, resources
from privity.laml.answers import VERSION, answer, ask_of, page_answer, rfc2822, uri_of
from privity.laml.asking import check_query, form_of, number_in
from privity.laml.doorman import paths, sid
from privity.laml.problems import BAD_NUMBER, NOT_AVAILABLE, Coded
from privity.running import Installation

_KINDS: Final = ("Local", "TollFree", "Mobile")
_ALL: Final = 1000
_UNKNOWABLE: Final = (*("NearNumber", "NearLatLong", "InPostalCode", "InRateCenter", "InLata", "InLocality"),)
"""What fictional numbers have not: whoever asks for it is offered none."""
_ABLE: Final = ("SmsEnabled", "MmsEnabled", "VoiceEnabled", "FaxEnabled")


@get(
    paths("IncomingPhoneNumbers"),
    opt=act(Action.NUMBER_LIST, callers_own(resources.own_project)),
    include_in_schema=False,
)
async def list_numbers(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[bytes]:
    """List the project's numbers, by `PhoneNumber` and `FriendlyName`."""
    check_query(request, "PhoneNumber", "FriendlyName", "Beta", "Origin")
    telephony, own = installation.telephony, installation.telephony.own_numbers
    ask, number = ask_of(request, telephony.cursors, access.project), number_in(request, "PhoneNumber")
    if (name := request.query_params.get("FriendlyName")) is None:
        page = await own.page(access, number, ask)
    else:  # names are sealed, and a project has few numbers
        all_of_them = await own.page(access, number, Ask(size=_ALL, number=0, cursor=None))
        page = page_within([each for each in all_of_them.records if each.named.name == name], ask)
    below = "IncomingPhoneNumbers"
    return page_answer(request, "incoming_phone_numbers", page, _number, telephony.cursors, access.project, below)


@post(
    paths("IncomingPhoneNumbers"),
    status_code=201,
    opt=act(Action.NUMBER_CREATE, callers_own(resources.own_project)),
    include_in_schema=False,
)
async def take_number(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[bytes]:
    """Give the project a number of the loopback carrier: `PhoneNumber`, or the first that is free in `AreaCode`."""
    form = await form_of(request)
    number, area_code = form.one("PhoneNumber") or "", form.one("AreaCode") or ""
    if not number and not area_code:
        raise Coded(BAD_NUMBER, "`PhoneNumber` or `AreaCode` is required")
    try:
        number = number and parse_number(number, "`PhoneNumber`")
    except BadInput as error:
        raise Coded(BAD_NUMBER, error.message, advice=error.advice) from None
    offered = installation.telephony.offered_numbers
    try:
        taken = await offered.take(access, number, area_code, form.one("FriendlyName") or "")
    except NotOffered as error:
        raise Coded(NOT_AVAILABLE, error.message, advice=error.advice) from None
    return answer(_number(taken), 201)


@get(
    paths("IncomingPhoneNumbers/{sid:str}", item=True),
    opt=act(Action.NUMBER_READ, sid(resources.number)),
    include_in_schema=False,
)
async def read_number(access: NamedDependency[Access], installation: NamedDependency[Installation]) -> Response[bytes]:
    """Show one of the project's numbers."""
    return answer(_number(await installation.telephony.own_numbers.read(access)))


@delete(
    paths("IncomingPhoneNumbers/{sid:str}", item=True),
    opt=act(Action.NUMBER_RELEASE, sid(resources.number)),
    include_in_schema=False,
)
async def release_number(access: NamedDependency[Access], installation: NamedDependency[Installation]) -> None:
    """Take back a number of the loopback carrier; one that an operator has put here is an operator's to take away."""
    await installation.telephony.offered_numbers.release(access)


@get(
    paths("AvailablePhoneNumbers"),
    opt=act(Action.NUMBER_LIST, callers_own(resources.own_project)),
    include_in_schema=False,
)
async def list_countries(access: NamedDependency[Access]) -> Response[bytes]:
    """List the countries that numbers are offered in."""
    uri = f"{uri_of(access.project, 'AvailablePhoneNumbers')}.json"
    return answer({"uri": uri, "countries": [_country(access, code) for code in COUNTRIES]})


@get(
    paths("AvailablePhoneNumbers/{country:str}", item=True),
    opt=act(Action.NUMBER_LIST, callers_own(resources.own_project)),
    include_in_schema=False,
)
async def read_country(request: Request[Any, Any, Any], access: NamedDependency[Access]) -> Response[bytes]:
    """Show a country that numbers are offered in."""
    code = str(request.path_params["country"]).removesuffix(".json").upper()
    if code not in COUNTRIES:
        raise NotFound("no numbers of this country are offered", advice="AvailablePhoneNumbers lists countries.")
    return answer(_country(access, code))


@get(
    paths("AvailablePhoneNumbers/{country:str}/{kind:str}", item=True),
    opt=act(Action.NUMBER_LIST, callers_own(resources.own_project)),
    include_in_schema=False,
)
async def list_available(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[bytes]:
    """List numbers of the loopback carrier that are nobody's, by `AreaCode`, `Contains` and `InRegion`."""
    country, kind = str(request.path_params["country"]).upper(), str(request.path_params["kind"]).removesuffix(".json")
    if kind not in _KINDS or len(country) != 2 or not country.isalpha():
        raise NotFound("there is no such list of numbers", advice="Ask for US/Local.")
    asked = {name: str(value) for name, value in request.query_params.items()}
    able = all(asked.get(name, "true").lower() == "true" for name in _ABLE)
    found: list[Offered] = []
    if kind == "Local" and able and not any(asked.get(name) for name in _UNKNOWABLE):
        found = await installation.telephony.offered_numbers.listed(
            country,
            ask_of(request, installation.telephony.cursors, access.project).size,
            area_code=asked.get("AreaCode", ""),
            contains=asked.get("Contains", ""),
            place=asked.get("InRegion", "").upper(),
        )
    uri = f"{uri_of(access.project, f'AvailablePhoneNumbers/{country}/{kind}')}.json"
    return answer({"uri": uri, "available_phone_numbers": [_available(each) for each in found]})


def _country(access: Access, code: str) -> Mapping[str, Any]:
    uri = uri_of(access.project, f"AvailablePhoneNumbers/{code}")
    return {
        "country_code": code,
        "country": COUNTRIES[code],
        "beta": False,
        "uri": f"{uri}.json",
        "subresource_uris": {"local": f"{uri}/Local.json"},
    }


def _available(offered: Offered) -> Mapping[str, Any]:
    digits, (country, _, region) = offered.number[2:], offered.place.partition("-")
    unknown = dict.fromkeys(("lata", "locality", "rate_center", "latitude", "longitude", "postal_code"))
    return {
        "friendly_name": f"({digits[:3]}) {digits[3:6]}-{digits[6:]}",
        "phone_number": offered.number,
        "region": region,
        "iso_country": country,
        "address_requirements": "none",
        "beta": False,
        "capabilities": {"voice": True, "SMS": True, "MMS": True, "fax": True},
        **unknown,
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
