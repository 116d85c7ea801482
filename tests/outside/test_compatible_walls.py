"""Every route of the compatible interface: what is another tenant's is not there, and no scope opens another's door."""

import base64
import uuid
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from server import Server, token_for, wait_for
from vendor import SETTLED_WITHIN, Office

from privity.identity import Scope
from privity.laml.routes import HANDLERS

pytestmark = pytest.mark.slow

FORM = {"Body": "", "Status": "completed", "From": "+12025550100", "To": "+12025550101", "PhoneNumber": "+12025550100"}
LISTS_BELOW = ("/Calls/{call:str}/Recordings", "/Recordings/{recording:str}/Transcriptions")
"""Lists of what is below something: nothing is found below what is not there."""


def everything(office: Office) -> dict[str, str]:
    """The sid of one thing of each kind that a project has, by the part of an address that it stands behind."""
    (message,) = office.receive("walled off", media=(b"a note",))
    fax = office.receive_fax()
    written = wait_for(lambda: office.get("Transcriptions.json")["transcriptions"], SETTLED_WITHIN)[0]
    number = office.get("IncomingPhoneNumbers.json")["incoming_phone_numbers"][0]
    return {
        "Messages": message,
        "Messages/Media": office.get(f"Messages/{message}/Media.json")["media_list"][0]["sid"],
        "Faxes": fax,
        "Faxes/Media": office.get(f"Faxes/{fax}/Media")["media"][0]["sid"],
        "Calls": office.get("Calls.json")["calls"][0]["sid"],
        "Recordings": written["recording_sid"],
        "Transcriptions": written["sid"],
        "IncomingPhoneNumbers": number["sid"],
        "AvailablePhoneNumbers": "US",
        "AvailablePhoneNumbers/Local": "Local",
    }


def asked(office: Office, things: dict[str, str] | None) -> Iterator[tuple[str, str, str]]:
    """Method, route and address of every handler, with these things in it, or with such as nobody has."""
    for handler in HANDLERS:
        route = min((path for path in handler.paths if path.startswith("/2010")), key=len)
        parts = route.split("/")
        for place, part in enumerate(parts):
            if not part.startswith("{"):
                continue
            if part == "{account:str}":
                parts[place] = str(office.tenant.project)
            elif part == "{kind:str}":
                parts[place] = "Local"
            else:
                kind = f"{parts[4]}/{parts[place - 1]}" if parts[place - 1] == "Media" else parts[place - 1]
                parts[place] = "US" if kind.startswith("Available") else (things or {}).get(kind) or str(uuid.uuid4())
        yield str(next(iter(handler.http_methods))), route, "/".join(parts)


def said(server: Server, office: Office, method: str, path: str, token: str) -> tuple[int, Any]:
    """The status of an answer, and its code or what it lists."""
    form = FORM if method == "POST" else None
    auth, headers = (str(office.tenant.project), token), {"Accept": "application/json"}
    answer = server.call(method, path, None, data=form, auth=auth, headers=headers)
    body = answer.json() if answer.content else {}
    return answer.status_code, body.get("code", [value for value in body.values() if isinstance(value, list)])


def test_what_is_anothers_answers_as_if_it_were_not_there(office: Office, elsewhere: Office, server: Server) -> None:
    theirs = everything(elsewhere)
    swept = 0
    real, nobodys = list(asked(office, theirs)), list(asked(office, None))
    for (method, route, path), (_, _, empty) in zip(real, nobodys, strict=True):
        if route.count("{") <= 1 or "Available" in route:
            continue
        found = said(server, office, method, path, office.token)
        assert found == said(server, office, method, empty, office.token), (method, route)
        assert found == ((200, [[]]) if method == "GET" and route.endswith(LISTS_BELOW) else (404, 20404)), (
            method,
            route,
        )
        swept += 1
    assert swept > 20
    for kind in ("Messages", "Faxes", "Calls", "Recordings", "Transcriptions", "IncomingPhoneNumbers"):
        elsewhere.get(f"{kind}/{theirs[kind]}")
    assert elsewhere.get(f"Messages/{theirs['Messages']}")["body"] == "walled off"
    assert elsewhere.get(f"Messages/{theirs['Messages']}")["num_media"] == "1"


def test_a_token_for_something_else_opens_no_route(office: Office, server: Server) -> None:
    ours = everything(office)

    async def made(installation: Any) -> str:
        scopes = (Scope.CONVERSATIONS_READ, Scope.CONVERSATIONS_WRITE, Scope.LEDGER_READ)
        return (await token_for(installation, office.tenant.id, *scopes)).text

    token = office.beside.run(made)
    for method, route, path in asked(office, ours):
        assert said(server, office, method, path, token) == (403, 20403), (method, route)
    for method, route, path in asked(office, ours):
        if method == "GET":
            assert said(server, office, method, path, office.token)[0] == 200, route


def test_other_methods_are_refused_in_the_vendors_form(office: Office, server: Server) -> None:
    for path in sorted({path for _, _, path in asked(office, None)}):
        for method in ("PUT", "PATCH"):
            assert said(server, office, method, path, office.token) == (405, 20004), (method, path)
    assert "GET" in server.call("PUT", f"{office.base}/Messages.json", None).headers["allow"]


def test_two_tokens_at_once_or_one_that_no_base64_holds_are_none(office: Office, server: Server) -> None:
    path = f"{server.url}{office.base}/Messages.json"
    good = "Basic " + base64.b64encode(f"{office.tenant.project}:{office.token}".encode()).decode()
    assert httpx.get(path, headers={"Authorization": good}, trust_env=False).status_code == 200
    for sent in ([good, good], [good, "Basic YTpi"], ["Basic \xff"], ["Basic \xc3\xa9A=="], ["Basic"]):
        headers = [(b"Authorization", each.encode("latin-1")) for each in sent]
        answer = httpx.get(path, headers=headers, trust_env=False)
        assert (answer.status_code, answer.json()["code"]) == (401, 20003), sent
