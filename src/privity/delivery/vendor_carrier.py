"""Carriers that are reached over the vendors' interface: what is sent is sent once, as far as they let anybody know.

A request that was not written, and one that was answered with 429, has certainly not been taken: it is safe to send it
again. After any other silence, and after a 5xx, it may have been taken. Then nothing is sent before the vendor's own
list has been asked (`find`); what the list cannot tell stays uncertain, and is said to be.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Annotated, Any, Final
from urllib.parse import urlencode

import httpx
import msgspec

from privity.delivery.carriers import Handed, Handover, Kind, NotTaken, Outgoing, Uncertain
from privity.delivery.egress import Egress
from privity.delivery.reading import PLAIN, read_whole
from privity.delivery.vendor import ListedHosts, Vendor
from privity.delivery.vendor_records import Sid, moment_of
from privity.errors import (
    MALFORMED_JSON,
    BadInput,
    Conflict,
    Forbidden,
    PrivityError,
    TooLarge,
    Unavailable,
    Unreadable,
)
from privity.vault import Hidden

_PATIENCE: Final = httpx.Timeout(15.0)
_LARGEST: Final = 1024 * 1024
_SKEW: Final = timedelta(seconds=30)  # between the vendor's clock and this one
_PATHS: Final = {Kind.MESSAGE: "Messages.json", Kind.FAX: "Faxes", Kind.CALL: "Calls.json"}
_KEYS: Final = {Kind.MESSAGE: "messages", Kind.FAX: "faxes", Kind.CALL: "calls"}
_NEVER_WRITTEN: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
_CLIENT: Final = range(400, 500)
_NO_SUCH_THING: Final = 20404
_HIGHEST_CODE: Final = 999_999_999
_BUSY: Final = frozenset({408, 425})


class _Made(msgspec.Struct, frozen=True):
    sid: Sid


class _Problem(msgspec.Struct, frozen=True):
    code: Annotated[int, msgspec.Meta(ge=0, le=_HIGHEST_CODE)] | None = None


class _Listed(msgspec.Struct, frozen=True, kw_only=True, rename={"sender": "from", "recipient": "to"}):
    sid: Sid
    sender: str = ""
    recipient: str = ""
    direction: str = ""
    body: str | None = None
    date_created: str | None = None
    num_media: Annotated[int, msgspec.Meta(ge=0)] = 0

    def __repr__(self) -> str:
        return f"_Listed({self.sid})"


class VendorCarrier:
    """One account at a vendor, as a carrier. `origin` is the vendor's address, `secret` the account's token."""

    def __init__(self, vendor: Vendor, origin: str, account: str, secret: Hidden, egress: Egress) -> None:
        self.vendor = vendor
        self._base = f"{origin.rstrip('/')}{vendor.prefix}/Accounts/{account}"
        egress.check_url(self._base)
        self._auth = httpx.BasicAuth(account, bytes(secret.reveal()).decode())
        self._http = httpx.AsyncClient(transport=ListedHosts(egress), timeout=_PATIENCE, trust_env=False)

    async def close(self) -> None:
        """Let go of the connections."""
        await self._http.aclose()

    async def send(self, outgoing: Outgoing) -> Handover:
        """Hand it over; see Carrier. What the vendor refuses for good is told with its code."""
        if outgoing.kind is Kind.FAX and not self.vendor.has_faxes:
            return Handover(handed=Handed.REFUSED, error_code=_NO_SUCH_THING)
        answer = await self._write(_PATHS[outgoing.kind], _form_of(outgoing))
        if answer.is_success:
            try:
                return Handover(handed=Handed.TAKEN, sid=msgspec.json.decode(answer.content, type=_Made).sid)
            except MALFORMED_JSON:
                raise Uncertain("the carrier's answer cannot be read") from None
        return Handover(handed=Handed.REFUSED, error_code=_code_of(answer))

    async def find(self, outgoing: Outgoing, since: datetime) -> Sequence[Handover]:
        """Return what the account has that could be `outgoing`; see Carrier."""
        earliest = since - _SKEW
        asked = {"From": outgoing.from_number, "To": outgoing.to_number, "PageSize": "100"}
        answer = await self._read(f"{_PATHS[outgoing.kind]}?{urlencode(asked)}")
        try:
            page = msgspec.json.decode(answer.content, type=dict[str, msgspec.Raw])
            records = msgspec.json.decode(page[_KEYS[outgoing.kind]], type=list[msgspec.Raw])
            listed = [msgspec.json.decode(record, type=_Listed, strict=False) for record in records]
            ours = [each for each in listed if _could_be(each, outgoing) and moment_of(each.date_created) >= earliest]
            more = page.get("next_page_uri", msgspec.Raw(b"null")) != msgspec.Raw(b"null")
            goes_on = more and all(moment_of(each.date_created) >= earliest for each in listed)
        except (*MALFORMED_JSON, KeyError, Unreadable):
            raise Unavailable("the carrier's list cannot be read") from None
        if outgoing.kind is Kind.MESSAGE:
            said = outgoing.body.text()
            if any(not each.body and said for each in ours):
                raise Uncertain("the carrier shows no texts, so its messages cannot be told apart")
            ours = [each for each in ours if _says(each.body or "", said) and each.num_media == len(outgoing.links)]
        if goes_on and not ours:
            raise Uncertain("the carrier's list is too long to be looked through")
        return [Handover(handed=Handed.TAKEN, sid=each.sid) for each in ours]

    async def end(self, sid: str, status: str) -> None:
        """End a call; see Carrier."""
        answer = await self._write(f"Calls/{sid}.json", {"Status": status})
        if not answer.is_success and answer.status_code != httpx.codes.NOT_FOUND:
            raise Conflict("the carrier does not end the call", advice="It may have ended; ask for it again.")

    async def record(self, sid: str, callback: str | None) -> str:
        """Begin to record a call; see Carrier."""
        form = {"RecordingChannels": "dual"}
        if callback is not None:
            form |= {"RecordingStatusCallback": callback, "RecordingStatusCallbackEvent": "completed absent"}
        answer = await self._write(f"Calls/{sid}/Recordings.json", form)
        if not answer.is_success:
            raise Conflict("the carrier does not record the call", advice="Only a live call can be recorded.")
        try:
            return msgspec.json.decode(answer.content, type=_Made).sid
        except MALFORMED_JSON:
            raise Uncertain("the carrier's answer cannot be read") from None

    async def control(self, sid: str, recording: str, status: str, pausing: str | None) -> None:
        """Change a recording; see Carrier. It is said again until the carrier has it: the same status twice is one."""
        form = {"Status": status} | ({} if pausing is None else {"PauseBehavior": pausing})
        for attempt in (True, False):
            try:
                answer = await self._write(f"Calls/{sid}/Recordings/{recording}.json", form)
                break
            except Unavailable:
                if not attempt:
                    raise
        if not answer.is_success:
            raise Conflict("the carrier does not do this to the recording", advice="A stopped one never resumes.")

    async def _write(self, path: str, form: Mapping[str, str | list[str]]) -> httpx.Response:
        """Return the answer to a form when it says what became of it; raises NotTaken or Uncertain otherwise."""
        try:
            answer = await self._ask("POST", path, dict(form))
        except (Forbidden, BadInput) as why:
            raise NotTaken(why.message, advice=why.advice) from None
        except _NEVER_WRITTEN:
            raise NotTaken("the carrier cannot be reached") from None
        except httpx.HTTPError:
            raise Uncertain("the carrier's answer was cut short or did not come") from None
        except OSError:  # a name that is not found; what happens once there is a connection comes as an HTTPError
            raise NotTaken("the carrier cannot be found") from None
        if answer.status_code == httpx.codes.TOO_MANY_REQUESTS:
            raise NotTaken("the carrier takes no more for the moment")
        if answer.status_code in _BUSY or not (answer.is_success or answer.status_code in _CLIENT):
            raise Uncertain(f"the carrier answered {answer.status_code}")
        return answer

    async def _read(self, path: str) -> httpx.Response:
        try:
            answer = await self._ask("GET", path, None)
        except (PrivityError, httpx.HTTPError, OSError):
            raise Unavailable("the carrier does not answer") from None
        if not answer.is_success:
            raise Unavailable(f"the carrier answered {answer.status_code}")
        return answer

    async def _ask(self, method: str, path: str, form: dict[str, Any] | None) -> httpx.Response:
        """Return a whole answer of at most a megabyte; nothing is redirected."""
        headers = {"Accept": "application/json", **PLAIN}
        asking = self._http.stream(method, f"{self._base}/{path}", headers=headers, data=form, auth=self._auth)
        async with asking as answer:
            try:
                body = await read_whole(answer, _LARGEST)
            except TooLarge:
                raise httpx.ReadError("the answer is too large") from None
        return httpx.Response(answer.status_code, content=body)


def _form_of(outgoing: Outgoing) -> dict[str, str | list[str]]:
    form: dict[str, str | list[str]] = {"From": outgoing.from_number, "To": outgoing.to_number, **outgoing.asked}
    if outgoing.kind is Kind.MESSAGE and (text := outgoing.body.text()):
        form["Body"] = text
    if outgoing.links:
        form["MediaUrl"] = list(outgoing.links) if outgoing.kind is Kind.MESSAGE else outgoing.links[0]
    if outgoing.callback is not None:
        form["StatusCallback"] = outgoing.callback
        if outgoing.kind is Kind.CALL:
            form["StatusCallbackEvent"] = ["initiated", "ringing", "answered", "completed"]
    return form


def _could_be(listed: _Listed, outgoing: Outgoing) -> bool:
    between = (listed.sender, listed.recipient) == (outgoing.from_number, outgoing.to_number)
    return between and listed.direction.startswith("outbound")


def _says(body: str, said: str) -> bool:
    """Tell whether a text is the one that was sent; vendors put a notice before the texts of accounts on trial."""
    return body == said or (bool(said) and body.endswith(said))


def _code_of(answer: httpx.Response) -> int:
    try:
        return msgspec.json.decode(answer.content, type=_Problem).code or answer.status_code
    except MALFORMED_JSON:
        return answer.status_code
