"""Where carriers call: what came in for a number, what became of what was sent, and media that they are to send.

Every request has to be signed under the secret that the carrier and we have, over the address as it is known outside
(`public_url`). Until that holds nothing of it is looked at but the fields that the signature covers. What is not signed
is answered with 403 and is an entry in the platform's ledger; who is not connected is answered alike.
"""

import re
from collections.abc import AsyncIterator, Mapping
from typing import Any, Final, cast
from uuid import UUID

import msgspec
from litestar import MediaType, Request, Response, get, post
from litestar.di import NamedDependency

from privity.api.acts import CALLER, RECORDED, act, origin_of
from privity.api.media import bytes_answer
from privity.custody.telephony import HeardCall, HeardMessage, MediaLink
from privity.delivery.carrier_accounts import PREFIX, CarrierAccount
from privity.delivery.vendor_signatures import HEADERS, LARGEST, check_signature, not_signed, read_form
from privity.errors import BadInput, LedgerUnavailable, NotFound, Refused, TooLarge
from privity.gate import Access, Action, Resource, resources
from privity.identity import worker
from privity.ids import parse_id
from privity.running import Installation

_HEARD: Final = "privity.heard"
_SID: Final = re.compile(r"[A-Za-z0-9-]{1,64}\Z")
_TASK: Final = "hear_carrier"
_FORM: Final = "application/x-www-form-urlencoded"
_NOTHING_TO_SAY: Final = b'<?xml version="1.0" encoding="UTF-8"?><Response></Response>'
_BELOW: Final = f"{PREFIX}{{tenant:str}}/{{carrier:str}}"


class Heard(msgspec.Struct, frozen=True):
    """Who calls, proved, and what it says; for media, the address that it was given."""

    account: CarrierAccount
    fields: Mapping[str, str]
    link: MediaLink | None = None

    def __repr__(self) -> str:
        """Show who, not what."""
        return f"Heard({self.account.id})"

    def one(self, name: str) -> str:
        """Return a field that has to be there; raises BadInput."""
        if not (value := self.fields.get(name, "")):
            raise BadInput(f"{name} is missing", advice="Carriers send it with every such request.")
        return value

    def sid(self, name: str) -> str:
        """Return the name that the carrier has for a record; raises BadInput for what is none."""
        if not _SID.match(value := self.one(name)):
            raise BadInput(f"{name} is not a sid", advice="Carriers send letters, digits and hyphens there.")
        return value

    def count(self, name: str) -> int:
        """Return a field that counts, 0 when it is not there; raises BadInput for what is no number."""
        text = self.fields.get(name) or "0"
        if not text.isascii() or not text.isdigit() or len(text) > 9:
            raise BadInput(f"{name} is not a number", advice="Carriers send digits there.")
        return int(text)


def heard_in(request: Request[Any, Any, Any]) -> Heard:
    """Return who calls and what it says, as the doorman has noted it."""
    heard: Heard = cast("dict[str, Any]", request.scope)[_HEARD]
    return heard


def _own_project(request: Request[Any, Any, Any]) -> Resource:
    return resources.project(heard_in(request).account.project_id)


def _message(request: Request[Any, Any, Any]) -> Resource:
    return resources.message(parse_id(str(request.path_params["id"]), "the id in the path"))


def _call(request: Request[Any, Any, Any]) -> Resource:
    return resources.call(parse_id(str(request.path_params["id"]), "the id in the path"))


def _fax(request: Request[Any, Any, Any]) -> Resource:
    return resources.fax(parse_id(str(request.path_params["id"]), "the id in the path"))


def _media(request: Request[Any, Any, Any]) -> Resource:
    link = heard_in(request).link
    assert link is not None
    return resources.media(link.media)


class CarrierDoorman:
    """Brings carriers through the gate, once they have proved who they are."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    async def access(self, request: Request[Any, Any, Any]) -> AsyncIterator[Access]:
        """Give the handler its access: signed, decided, recorded."""
        noted = cast("dict[str, Any]", request.scope)
        tenant, carrier = self._named(request)
        heard = await (self._fetches if request.method == "GET" else self._tells)(request, tenant, carrier)
        caller = worker(_TASK, tenant, carrier, origin_of(request))
        noted[CALLER], noted[_HEARD] = caller, heard
        handler = request.route_handler
        try:
            opened = self._installation.gate.open(caller, handler.opt["action"], handler.opt["resource"](request))
            async with opened as access:
                noted[RECORDED] = True
                access.status = handler.status_code
                yield access
        except (Refused, NotFound, LedgerUnavailable):
            noted[RECORDED] = True
            raise

    def _named(self, request: Request[Any, Any, Any]) -> tuple[UUID, UUID]:
        try:
            return UUID(str(request.path_params["tenant"])), UUID(str(request.path_params["carrier"]))
        except ValueError:
            raise not_signed() from None

    async def _account(self, tenant: UUID, carrier: UUID) -> CarrierAccount:
        telephony = self._installation.telephony
        row = await telephony.carrier_directory.find(tenant, carrier)
        if row is None:
            raise not_signed()
        return await telephony.carriers.opened(tenant, row)

    async def _tells(self, request: Request[Any, Any, Any], tenant: UUID, carrier: UUID) -> Heard:
        signatures = [request.headers[name] for name in HEADERS if request.headers.get(name)]
        public_url = self._installation.telephony.carriers.public_url
        if not signatures or public_url is None:
            raise not_signed()
        body = await _whole(request)
        account = await self._account(tenant, carrier)
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        form = read_form(body) if kind == _FORM else []
        check_signature(account.signs_with, signatures, f"{public_url}{_target(request)}", body, form)
        if body and kind != _FORM:
            raise BadInput("the body is not a form", advice="Carriers send application/x-www-form-urlencoded.")
        if len(dict(form)) != len(set(form)):
            raise BadInput("a field was sent twice with two values", advice="Carriers send each field once.")
        return Heard(account, dict(form))

    async def _fetches(self, request: Request[Any, Any, Any], tenant: UUID, carrier: UUID) -> Heard:
        telephony = self._installation.telephony
        now = self._installation.clock.now()
        link = telephony.media_links.read(str(request.path_params["link"]), tenant, carrier, now)
        return Heard(await self._account(tenant, carrier), {}, link)


@post(f"{_BELOW}/messages", status_code=200, opt=act(Action.MESSAGE_RECEIVE, _own_project), include_in_schema=False)
async def hear_message(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[bytes]:
    """Take in a message that came in for a number at this carrier; one that came before changes nothing."""
    heard = heard_in(request)
    message = HeardMessage(
        sid=heard.sid("MessageSid"),
        from_number=heard.one("From"),
        to_number=heard.one("To"),
        body=heard.fields.get("Body", ""),
        media=heard.count("NumMedia"),
    )
    await installation.telephony.hearing.message(access, heard.account, message)
    return Response(_NOTHING_TO_SAY, media_type=MediaType.XML)


@post(
    f"{_BELOW}/message/{{id:str}}", status_code=204, opt=act(Action.MESSAGE_REPORT, _message), include_in_schema=False
)
async def hear_of_message(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> None:
    """Note what became of a message that was sent over this carrier."""
    heard = heard_in(request)
    sid, status = heard.sid("MessageSid"), heard.one("MessageStatus")
    error = heard.count("ErrorCode") or None
    await installation.telephony.delivering.report(access, heard.account.id, status, sid, error)


@post(f"{_BELOW}/calls", status_code=200, opt=act(Action.CALL_RECEIVE, _own_project), include_in_schema=False)
async def hear_call(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[bytes]:
    """Note a call that came in at this carrier, and how far it has come."""
    heard = heard_in(request)
    call = HeardCall(
        sid=heard.sid("CallSid"),
        from_number=heard.one("From"),
        to_number=heard.one("To"),
        status=heard.one("CallStatus"),
    )
    await installation.telephony.carried_calls.hear(access, heard.account, call)
    return Response(_NOTHING_TO_SAY, media_type=MediaType.XML)


@post(f"{_BELOW}/call/{{id:str}}", status_code=204, opt=act(Action.CALL_REPORT, _call), include_in_schema=False)
async def hear_of_call(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> None:
    """Note what became of a call that was made over this carrier."""
    heard = heard_in(request)
    sid, status = heard.sid("CallSid"), heard.one("CallStatus")
    await installation.telephony.carried_calls.report(access, heard.account.id, status, sid)


@post(f"{_BELOW}/faxes", status_code=204, opt=act(Action.FAX_RECEIVE, _own_project), include_in_schema=False)
async def hear_fax(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> None:
    """Note that a fax came in at this carrier; it is fetched a moment later."""
    heard = heard_in(request)
    await installation.telephony.fax_delivering.hear(access, heard.account, heard.sid("FaxSid"))


@post(f"{_BELOW}/fax/{{id:str}}", status_code=204, opt=act(Action.FAX_REPORT, _fax), include_in_schema=False)
async def hear_of_fax(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> None:
    """Note what became of a fax that was sent over this carrier."""
    heard = heard_in(request)
    sid, status = heard.sid("FaxSid"), heard.fields.get("FaxStatus") or heard.one("Status")
    error = heard.count("ErrorCode") or None
    await installation.telephony.fax_delivering.report(access, heard.account.id, status, sid, error)


@get(f"{_BELOW}/media/{{link:str}}", opt=act(Action.MEDIA_HAND_OVER, _media), include_in_schema=False)
async def hand_over_media(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[Any]:
    """Give a carrier what it is to send, at an address that was made for it and lives five minutes."""
    link = heard_in(request).link
    assert link is not None
    media = await installation.telephony.attachments.read(access, link.parent)
    return await bytes_answer(installation, access, media)


async def _whole(request: Request[Any, Any, Any]) -> bytes:
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST:
            raise TooLarge(f"the request is larger than {LARGEST} bytes", advice="Carriers send less.")
    return bytes(body)


def _target(request: Request[Any, Any, Any]) -> str:
    """Return the path and the query as they were sent; host and scheme are those that the installation says it has."""
    scope = cast("dict[str, Any]", request.scope)
    path = bytes(scope.get("raw_path") or str(scope["path"]).encode()).partition(b"?")[0]
    query = bytes(scope.get("query_string") or b"")
    return (path + b"?" + query if query else path).decode("latin-1")


HANDLERS: Final = (hear_message, hear_of_message, hear_call, hear_of_call, hear_fax, hear_of_fax, hand_over_media)
