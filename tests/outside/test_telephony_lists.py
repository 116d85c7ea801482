"""Messages, faxes, calls and recordings through `/v1`: found, shown redacted, walked page by page, one's own alone."""

from typing import Any

import pytest
from server import Server, wait_for
from vendor import Office

from promises import promise

pytestmark = pytest.mark.slow

TEXT = "Maria Gonzalez asks for a call back at 415-555-0199"
SENDER = "+13125550177"
LISTS = ("messages", "faxes", "calls", "recordings")


def listed(office: Office, kind: str, query: str = "", token: str = "") -> list[dict[str, Any]]:
    """Everything that a list holds, two records a page."""
    found: list[dict[str, Any]] = []
    after = ""
    while True:
        answer = office.server.call("GET", f"/v1/{kind}?limit=2{query}{after}", token or office.token)
        assert answer.status_code == 200, answer.text
        page = answer.json()
        assert len(page[kind]) <= 2
        found += page[kind]
        if page["next"] is None:
            return found
        after = f"&after={page['next']}"


def ids(records: list[dict[str, Any]]) -> list[str]:
    return [record["id"] for record in records]


@promise("E33", sabotage="originals_are_shown")
def test_messages_are_listed_and_shown_redacted(office: Office, server: Server) -> None:
    received = office.receive(TEXT, TEXT, TEXT, sender=SENDER)
    found = listed(office, "messages", f"&from={SENDER.replace('+', '%2B')}")
    assert ids(found) == received[::-1]
    one = server.call("GET", f"/v1/messages/{received[0]}", office.token).json()
    assert one == found[-1]
    assert "[NAME]" in one["redacted_text"]
    assert not any(word in str(found) for word in ("Gonzalez", "555-0199"))
    assert (one["from"], one["to"], one["status"]) == (SENDER, office.number, "received")
    whole = server.call("GET", f"/v1/messages/{received[0]}", server.a.token).json()
    assert whole["redacted_text"] == one["redacted_text"], "also to a token that may see originals elsewhere"


def test_lists_of_v1_hold_what_the_compatible_lists_hold(office: Office) -> None:
    fax = office.receive_fax()
    assert fax in ids(listed(office, "faxes"))
    for kind, path in (("messages", "Messages"), ("faxes", "Faxes"), ("calls", "Calls"), ("recordings", "Recordings")):
        here = ids(listed(office, kind))
        there = [record["sid"] for record in office.get(f"{path}.json?PageSize=1000")[kind]]
        assert here == there
        assert here
        shown = office.server.call("GET", f"/v1/{kind}/{here[0]}", office.token)
        assert shown.json() == next(record for record in listed(office, kind) if record["id"] == here[0])


def test_a_text_is_erased_and_the_message_stays(office: Office, server: Server) -> None:
    (message,) = office.receive(TEXT)
    erased = server.call("DELETE", f"/v1/messages/{message}/text", office.token)
    assert (erased.status_code, erased.json()["redacted_text"]) == (200, "")
    assert erased.json()["redacted_by"] == f"service:{office.token_id}"
    wait_for(lambda: office.key("message_body", message) is None, 60)
    assert server.call("GET", f"/v1/messages/{message}", office.token).json() == erased.json()


@pytest.mark.parametrize("kind", LISTS)
def test_records_of_others_are_in_no_list_and_their_pages_open_none(office: Office, server: Server, kind: str) -> None:
    foreign = ids(listed(office, kind, token=server.b.token))
    assert foreign
    assert not set(foreign) & set(ids(listed(office, kind)))
    assert not listed(office, kind, token=server.a.other_token)
    page = server.call("GET", f"/v1/{kind}?limit=1", server.b.token).json()
    if page["next"] is not None:
        assert server.call("GET", f"/v1/{kind}?after={page['next']}", office.token).status_code == 400


@pytest.mark.parametrize(
    "query",
    [
        *("messages?from=canary7", "messages?to=%2B1", "messages?status=canary7", "messages?sent_from=2026-11-22"),
        *("messages?sent_until=2026-11-22T10:00:00", "faxes?created_after=canary7", "calls?status=canary7"),
        *("calls?started_from=canary7", "recordings?call=canary7", "recordings?created_until=canary7"),
        *("messages?limit=0", "messages?limit=201", "calls?after=canary7"),
        *("messages?sent_form=2026-11-22T10:00:00Z", "recordings?limit=1&limit=2", "faxes?canary7=1"),
    ],
)
def test_what_is_asked_wrongly_is_told_and_never_repeated(office: Office, query: str) -> None:
    answer = office.server.call("GET", f"/v1/{query}", office.token)
    assert answer.status_code == 400, answer.text
    assert "canary7" not in answer.text
    assert answer.json()["detail"]


def test_what_is_deleted_is_certified_and_in_no_list(office: Office, server: Server) -> None:
    (message,) = office.receive(TEXT)
    for kind, record in (("messages", message), ("faxes", office.receive_fax())):
        accepted = server.call("DELETE", f"/v1/{kind}/{record}", office.token)
        assert accepted.status_code == 202
        assert record not in ids(listed(office, kind))
        assert server.call("GET", f"/v1/{kind}/{record}", office.token).status_code == 404
        written = certified(server, accepted.json()["deletion_id"], office.token)
        assert record in written
        assert "Gonzalez" not in written


def certified(server: Server, deletion: str, token: str) -> str:
    """The certificate, once it is there."""

    def written() -> str | None:
        answer = server.call("GET", f"/v1/deletions/{deletion}/certificate", token)
        return answer.text if answer.is_success else None

    return wait_for(written, 60)
