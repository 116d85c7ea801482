"""Messages through the compatible interface: listed, shown redacted, blanked, deleted; and nothing of them is left."""

import random
import re
import time
import uuid
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import quote

import pytest
from server import Server, wait_for
from vendor import OTHER_SIDE, SETTLED_WITHIN, Office

from privity.custody.telephony import CardData
from promises import promise

pytestmark = pytest.mark.slow

AHEAD = timezone(timedelta(hours=5, minutes=30))
CARD = "4111 1111 1111 1111"
TEXT = "Maria Gonzalez would like to move her appointment, please call 415-555-0199"
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108020000009077"
    "53de0000000c4944415408d763f8cfc000000301010018dd8db00000000049454e44ae426082"
)


def sids(messages: list[dict[str, Any]]) -> set[str]:
    return {message["sid"] for message in messages}


@promise("A20", sabotage="status_is_not_asked")
def test_messages_are_found_by_sender_recipient_day_and_status(office: Office) -> None:
    other = "+13025550187"  # nobody else writes from it to the shared office
    one, two, three = office.receive("a", "b", "c", sender=other)
    sent = office.call("POST", "Messages.json", data={"From": office.number, "To": other, "Body": "hello there"})
    assert sent.status_code == 201
    four = sent.json()["sid"]
    wait_for(lambda: office.get(f"Messages/{four}.json")["status"] != "queued", SETTLED_WITHIN)
    today, number, mine = f"{datetime.now(UTC):%Y-%m-%d}", office.number.replace("+", "%2B"), "%2B13025550187"
    assert sids(office.listed(f"From={mine}")) == {one, two, three}
    assert sids(office.listed(f"To={mine}")) == {four}
    assert sids(office.listed(f"To={mine}&From={number}&DateSent={today}&Status=undelivered")) == {four}
    assert office.listed(f"To={mine}&Status=received") == []
    assert {one, two, three, four} <= sids(office.listed(f"DateSent={today}"))
    assert {one, two, three, four} <= sids(office.listed(f"DateSent={today}T00:00:00Z"))
    assert office.listed("DateSent=2020-01-01") == []
    assert office.listed("DateSent%3C=2020-01-01") == []
    assert {one, four} <= sids(office.listed("DateSent%3E=2020-01-01T00:00:00Z"))
    assert sids(office.listed(f"From={mine}&PageSize=1")) == {one, two, three}
    assert [message["sid"] for message in office.listed(f"From={mine}&PageSize=2")] == [three, two, one]
    sent_at = parsedate_to_datetime(office.get(f"Messages/{one}.json")["date_sent"])
    at = f"{sent_at:%Y-%m-%dT%H:%M:%S}Z"
    assert one in sids(office.listed(f"From={mine}&DateSent%3E={at}&DateSent%3C={at}"))
    for spelled in (at, at.replace("T", " "), at.replace("Z", "+00:00"), at.replace("Z", "%2B00:00")):
        assert one in sids(office.listed(f"From={mine}&DateSent%3E%3D={spelled}&DateSentBefore={spelled}")), spelled
    assert one in sids(office.listed(f"From={mine}&DateSentAfter={sent_at.astimezone(AHEAD).isoformat()}"))
    assert office.listed("DateSent%3C%3D=2020-01-01") == office.listed("DateSentBefore=2020-01-01") == []


def test_a_list_is_never_longer_than_was_asked_for(office: Office) -> None:
    (message,) = office.receive("see", media=(PICTURE,))
    for path, query in (
        ("Messages.json", "MessageDate=2020-01-01"),
        ("Messages.json", "DateCreated%3E=2099-01-01"),
        ("Messages.json", "datesent=2020-01-01"),
        ("Messages.json", "To=%2B13025550133&To=%2B13025550134"),
        ("Messages.json", "DateSent%3E=2020-01-01&DateSent%3E=2021-01-01"),
        (f"Messages/{message}/Media.json", "ContentType=image/png"),
        ("Calls.json", "StartDate=2020-01-01"),
        ("Recordings.json", "StartTime=2020-01-01"),
        ("Transcriptions.json", "Status=failed"),
        ("Faxes", "Status=canceled"),
        ("IncomingPhoneNumbers.json", "AreaCode=999"),
    ):
        refused = office.call("GET", f"{path}?{query}")
        assert (refused.status_code, refused.json()["code"]) == (400, 20001), (path, query)
    assert office.get("Messages.json?PageSize=1&_=1700000000")["messages"]  # what keeps caches from answering
    assert office.get("Messages.json?PageSize=1000000")["page_size"] == 1000
    assert office.get("Messages.json?Page=1000000&PageSize=1")["messages"] == []


def test_pages_lose_nothing_while_what_they_hold_is_redacted_and_deleted(office: Office) -> None:
    other = "+14045550111"
    expected = set(office.receive(*(f"message {number}" for number in range(12)), sender=other))
    path, walked = "Messages.json?From=%2B14045550111&PageSize=5", []
    while path:
        page = office.get(path)
        for position, message in enumerate(page["messages"]):
            walked.append(message["sid"])
            if position % 2:
                assert office.call("DELETE", f"Messages/{message['sid']}.json").status_code == 204
            else:
                assert office.call("POST", f"Messages/{message['sid']}.json", data={"Body": ""}).json()["body"] == ""
        path = (page["next_page_uri"] or "").rpartition(f"{office.tenant.project}/")[2]
    assert len(walked) == 12
    assert set(walked) == expected
    back = office.get("Messages.json?From=%2B14045550111&PageSize=2&Page=1")
    first = office.get(back["previous_page_uri"].rpartition(f"{office.tenant.project}/")[2])
    assert sids(first["messages"]).isdisjoint(sids(back["messages"]))
    assert first["previous_page_uri"] is None


@promise("E33", sabotage="originals_are_shown")
def test_texts_are_shown_redacted_unless_a_token_was_made_to_see_originals(office: Office, server: Server) -> None:
    (message,) = office.receive(TEXT)
    shown = office.get(f"Messages/{message}.json")["body"]
    assert "Gonzalez" not in shown
    assert "[NAME]" in shown
    assert "appointment" in shown
    whole = office.get(f"Messages/{message}.json", auth=(str(server.a.project), server.a.token))["body"]
    assert whole == TEXT
    actions = [
        leaf.body["action"] for leaf in server.leaves(server.a.id) if leaf.body.get("resource", {}).get("id") == message
    ]
    assert actions.count("message:original") == 2, "an intent and an outcome of their own"


@promise("A15", sabotage="key_of_a_redacted_text_stays")
def test_redacted_text_is_gone_with_its_key(office: Office, server: Server) -> None:
    (message,) = office.receive(TEXT)
    sealed = bytes(server.rows("SELECT body FROM tenant.message WHERE id = %s", message)[0][0])
    wrapped = office.key("message_body", message)
    assert wrapped is not None
    held = {
        name
        for path, content in server.bytes_at_rest()
        for name, what in (("key", wrapped), ("text", sealed))
        if what in content
    }
    assert held == {"key", "text"}, "the search finds what is there"
    answer = office.call("POST", f"Messages/{message}.json", data={"Body": ""})
    assert (answer.status_code, answer.json()["body"]) == (200, "")
    assert office.call("POST", f"Messages/{message}.json", data={"Body": ""}).status_code == 200, (
        "again changes nothing"
    )
    assert office.get(f"Messages/{message}.json")["body"] == ""
    assert next(found for found in office.listed() if found["sid"] == message)["body"] == ""
    office.erased()
    assert server.rows("SELECT body FROM tenant.message WHERE id = %s", message) == [(None,)]
    assert office.key("message_body", message) is None
    assert not [path for path, content in server.bytes_at_rest() if wrapped in content or b"Gonzalez would" in content]


@promise("A18", sabotage="redaction_names_nobody")
def test_redaction_keeps_that_it_was_sent_and_tells_who_redacted_it(office: Office, server: Server) -> None:
    (message,) = office.receive(TEXT)
    before = office.get(f"Messages/{message}.json")
    office.call("POST", f"Messages/{message}.json", data={"Body": ""})
    after = office.get(f"Messages/{message}.json")
    kept = ("sid", "from", "to", "date_sent", "direction", "status")
    assert {name: before[name] for name in kept} == {name: after[name] for name in kept}
    history = server.call("GET", f"/v1/messages/{message}/history", office.token).json()
    assert history["redacted_by"] == f"service:{office.token_id}"
    told = [entry for entry in history["entries"] if entry["action"] == "message:redact"]
    assert [(entry["kind"], entry["principal"]) for entry in told] == [
        ("intent", f"service:{office.token_id}"),
        ("outcome", f"service:{office.token_id}"),
    ]
    assert "Gonzalez" not in str(history)


@promise("A19", sabotage="media_outlive_their_message")
def test_deleted_message_is_gone_and_the_ledger_remembers_the_deed(office: Office, server: Server) -> None:
    (message,) = office.receive(TEXT, media=(PICTURE,))
    blob = server.rows("SELECT blob FROM tenant.media WHERE parent_id = %s", message)[0][0]
    assert (server.data.blobs / blob).exists()
    assert office.call("DELETE", f"Messages/{message}.json").status_code == 204
    assert office.call("DELETE", f"Messages/{message}.json").status_code == 404
    assert office.call("GET", f"Messages/{message}.json").status_code == 404
    assert message not in sids(office.listed())
    office.erased()
    assert server.rows("SELECT count(*) FROM tenant.media WHERE parent_id = %s", message) == [(0,)]
    assert not (server.data.blobs / blob).exists()
    assert office.key("message", message) is None
    told = [leaf for leaf in server.leaves(server.a.id) if leaf.body.get("resource", {}).get("id") == message]
    deeds = [leaf for leaf in told if leaf.body["action"] == "message:delete" and leaf.kind == "outcome"]
    assert (deeds[0].body["actor"]["id"], deeds[0].body["status"]) == (office.token_id, 204)
    assert "Gonzalez" not in str([leaf.body for leaf in told])


@promise("A21", sabotage="media_name_no_parent")
def test_media_are_listed_with_their_message(office: Office) -> None:
    first, second = (office.receive("see", media=media)[0] for media in ((PICTURE, b"a note", PICTURE), (PICTURE,)))
    for message, count in ((first, 3), (second, 1)):
        listed = office.get(f"Messages/{message}/Media.json")["media_list"]
        assert [media["parent_sid"] for media in listed] == [message] * count
        assert office.get(f"Messages/{message}.json")["num_media"] == str(count)
    media = office.get(f"Messages/{first}/Media")["media_list"]
    assert [each["content_type"] for each in media] == ["image/png", "text/plain", "image/png"]
    path = f"Messages/{first}/Media/{media[0]['sid']}"
    assert office.call("GET", path, headers={"Accept": "image/png"}).content == PICTURE
    assert office.get(f"{path}.json")["sid"] == media[0]["sid"]
    assert office.get(path, headers={"Accept": "Application/JSON, */*"})["parent_sid"] == first
    asked = office.call("HEAD", path, headers={"Accept": "image/png"})
    assert (asked.status_code, asked.content, asked.headers["content-type"]) == (200, b"", "image/png")
    assert int(asked.headers["content-length"]) == len(PICTURE)
    assert office.call("HEAD", path, auth=None).status_code == 401
    assert office.call("GET", f"Messages/{second}/Media/{media[0]['sid']}.json").status_code == 404


def test_pages_of_media_end_and_skip_none_while_media_are_deleted(office: Office) -> None:
    (message,) = office.receive("see", media=(PICTURE, b"a note", PICTURE, b"another", PICTURE))
    below = f"Messages/{message}/Media.json"
    everything = [media["sid"] for media in office.get(below)["media_list"]]
    assert [office.get(f"{below}?PageSize=2&Page={page}")["end"] for page in range(3)] == [1, 3, 4]
    assert office.get(f"{below}?Page=1")["media_list"] == []
    path, walked = f"{below}?PageSize=2", []
    while path:
        page = office.get(path)
        walked += [media["sid"] for media in page["media_list"]]
        if page["previous_page_uri"]:
            back = office.get(page["previous_page_uri"].rpartition(f"{office.tenant.project}/")[2])
            assert walked[-len(page["media_list"]) - 1] in [media["sid"] for media in back["media_list"]]
        assert office.call("DELETE", f"Messages/{message}/Media/{page['media_list'][0]['sid']}").status_code == 204
        path = (page["next_page_uri"] or "").rpartition(f"{office.tenant.project}/")[2]
    assert walked == everything


def test_media_are_found_by_when_they_were_made(office: Office) -> None:
    (message,) = office.receive("with media", media=(PICTURE, b"a note"))
    below, today = f"Messages/{message}/Media.json", f"{datetime.now(UTC):%Y-%m-%d}"
    assert len(office.get(f"{below}?DateCreated={today}")["media_list"]) == 2
    assert len(office.get(f"{below}?DateCreated%3E=2020-01-01")["media_list"]) == 2
    assert office.get(f"{below}?DateCreated=2020-01-01")["media_list"] == []
    assert office.get(f"{below}?DateCreated%3C=2020-01-01")["media_list"] == []
    assert office.get(f"{below}?DateCreated%3E={today}T23:59:59Z")["media_list"] == []
    assert office.call("GET", f"{below}?DateCreated=yesterday").status_code == 400


def test_what_a_client_counts_on_and_is_not_done_here_is_refused(office: Office) -> None:
    message = {"From": office.number, "To": OTHER_SIDE, "Body": "later"}
    fax = {"From": office.number, "To": OTHER_SIDE, "MediaUrl": "https://files.example.org/a.pdf"}
    call = office.get("Calls.json")["calls"][0]["sid"]
    before = len(office.listed())
    for path, form, wish in (
        ("Messages.json", message, {"SendAt": "2030-01-01T00:00:00Z", "ScheduleType": "fixed"}),
        ("Messages.json", message, {"ContentSid": "HX0123", "ContentVariables": "{}"}),
        ("Messages.json", message, {"ContentRetention": "discard"}),
        ("Messages.json", message, {"AddressRetention": "obfuscate"}),
        ("Faxes", fax, {"StoreMedia": "false"}),
        (f"Calls/{call}/Recordings.json", {}, {"RecordingTrack": "inbound"}),
    ):
        answer = office.call("POST", path, data=form | wish)
        assert (answer.status_code, answer.json()["code"]) == (400, 20001), wish
        assert next(iter(wish)) in answer.json()["message"]
    assert len(office.listed()) == before
    kept = message | {"ContentRetention": "retain", "StatusCallback": "https://app.example.org/sms"}
    assert office.call("POST", "Messages.json", data=kept).status_code == 201


@promise("A17", sabotage="media_are_left_alone")
def test_one_of_three_media_is_deleted_and_two_remain(office: Office, server: Server) -> None:
    (message,) = office.receive("see", media=(PICTURE, PICTURE, b"a note"))
    media = [each["sid"] for each in office.get(f"Messages/{message}/Media.json")["media_list"]]
    blobs = dict(server.rows("SELECT id::text, blob FROM tenant.media WHERE parent_id = %s", message))
    assert office.call("DELETE", f"Messages/{message}/Media/{media[1]}.json").status_code == 204
    office.erased()
    left = [each["sid"] for each in office.get(f"Messages/{message}/Media.json")["media_list"]]
    assert left == [media[0], media[2]]
    assert office.call("GET", f"Messages/{message}/Media/{media[1]}").status_code == 404
    assert [(server.data.blobs / blobs[sid]).exists() for sid in media] == [True, False, True]
    assert office.key("media", media[1]) is None
    for sid in left:
        assert office.call("DELETE", f"Messages/{message}/Media/{sid}").status_code == 204
    assert office.get(f"Messages/{message}/Media.json")["media_list"] == []
    history = server.call("GET", f"/v1/messages/{message}/history", office.token).json()
    assert [trace["deleted_by"] for trace in history["media"]] == [f"service:{office.token_id}"] * 3


@promise("D6", sabotage="card_data_are_kept")
def test_card_numbers_are_masked_and_other_numbers_stay() -> None:
    masks = CardData()
    for card in ("4111111111111111", CARD, "4111-1111-1111-1111", "378282246310005", "5555 5555 5555 4444"):
        assert masks.mask(f"take {card} please").text == "take [CARD] please"
    for number in ("order 1234567890123456", "IMEI 490154203237518", "9400111899223197428490"):
        assert masks.mask(number).text == number


@promise("D8", sabotage="card_data_are_kept")
def test_card_data_reach_no_table_log_or_blob(office: Office, server: Server) -> None:
    spoken = f"my card is {CARD}, expiry 12/29, code 737"
    card = CARD.replace(" ", "")
    received = office.receive(spoken, media=(spoken.encode(), f"pay with {card}".encode()))
    sent = office.call("POST", "Messages.json", data={"From": office.number, "To": OTHER_SIDE, "Body": spoken}).json()
    assert "4111" not in str(sent)
    for field in ("From", "To", "Status", "DateSent", "PageToken"):
        office.call("GET", f"Messages.json?{field}={card}", headers={"User-Agent": spoken, "X-Card": card})
    office.call("POST", f"Messages/{card}.json", data={"Body": card})
    office.call("GET", f"Messages/{received[0]}/Media/{card}.wav")
    whole = (str(server.a.project), server.a.token)  # a token that is shown what is kept, as it is kept
    for message in (*received, sent["sid"]):
        kept = office.get(f"Messages/{message}.json", auth=whole)["body"]
        assert kept == "my card is [CARD], expiry [EXPIRY], code [CVV]"
    for media in office.get(f"Messages/{received[0]}/Media.json")["media_list"]:
        assert b"4111" not in office.call("GET", f"Messages/{received[0]}/Media/{media['sid']}").content
    assert not [
        path for path, content in server.bytes_at_rest() if card.encode() in content or CARD.encode() in content
    ]
    assert card not in server.output()


@promise("A6", sabotage="any_project_will_do")
def test_project_path_and_token_have_to_agree(office: Office, elsewhere: Office, server: Server) -> None:
    mine, theirs = str(server.a.project), str(server.b.project)
    assert office.call("GET", "Messages.json").status_code == 200
    for account, user, token in (
        (mine, mine, elsewhere.token),
        (mine, theirs, office.token),
        (theirs, mine, office.token),
        (str(server.a.other_project), str(server.a.other_project), office.token),
        (mine, mine, ""),
        (mine, "", office.token),
        (mine, mine, office.token.replace(office.token.split("_")[1], elsewhere.token.split("_")[1])),
    ):
        answer = office.call("GET", "Messages.json", account=account, auth=(user, token))
        assert (answer.status_code, answer.json()["code"]) == (401, 20003), (account, user)
    assert office.call("GET", "Messages.json", auth=None).status_code == 401
    bearer = office.call("GET", "Messages.json", auth=None, headers={"Authorization": f"Bearer {office.token}"})
    assert bearer.status_code == 401
    assert office.token not in str(office.get("Messages.json")) + office.call("GET", "../" + mine + ".json").text


@promise("A5", "D35", sabotage="messages_of_every_project")
def test_lists_show_nothing_of_another_project(office: Office, elsewhere: Office, server: Server) -> None:
    (message,) = office.receive(TEXT)
    other = (str(server.a.other_project), server.a.other_token)
    listed = office.get("Messages.json?PageSize=1000", account=server.a.other_project, auth=other)["messages"]
    assert message not in [each["sid"] for each in listed]
    assert {each["account_sid"] for each in listed} <= {str(server.a.other_project)}
    assert office.call("GET", f"Messages/{message}.json", account=server.a.other_project, auth=other).status_code in {
        403,
        404,
    }
    assert message not in sids(elsewhere.listed())
    for method, path in (("GET", ""), ("POST", ""), ("DELETE", ""), ("GET", "/Media"), ("GET", f"/Media/{message}")):
        theirs = elsewhere.call(method, f"Messages/{message}{path}.json")
        nothing = elsewhere.call(method, f"Messages/{uuid.uuid4()}{path}.json")
        assert (theirs.status_code, theirs.json()) == (nothing.status_code, nothing.json()), (method, path)
        assert theirs.status_code == 404
    token = office.get("Messages.json?PageSize=1")["next_page_uri"].rpartition("PageToken=")[2]
    assert elsewhere.call("GET", f"Messages.json?PageToken={token}").status_code == 400


def test_sent_between_two_tenants_of_the_installation(office: Office, elsewhere: Office) -> None:
    sent = office.call(
        "POST",
        "Messages",
        prefix="/api/laml/2010-04-01",
        data={"From": office.number, "To": elsewhere.number, "Body": "between neighbours"},
    ).json()
    wait_for(lambda: office.get(f"Messages/{sent['sid']}")["status"] == "delivered", SETTLED_WITHIN)
    arrived = elsewhere.listed(f"From={office.number.replace('+', '%2B')}")
    assert [(message["body"], message["direction"], message["status"]) for message in arrived] == [
        ("between neighbours", "inbound", "received")
    ]
    for path in ("Messages", "Calls"):
        refused = office.call("POST", path, data={"From": elsewhere.number, "To": OTHER_SIDE, "Body": "x"})
        assert (refused.status_code, refused.json()["code"]) == (400, 21606)


def test_every_problem_has_the_vendors_form(office: Office) -> None:
    (there,) = office.receive("there")
    asked: list[tuple[str, str, dict[str, Any], int, int]] = [
        ("GET", "Messages.json?PageSize=many", {}, 400, 20001),
        ("GET", "Messages.json?PageSize=0", {}, 400, 20001),
        ("GET", "Messages.json?Page=-1", {}, 400, 20001),
        ("GET", "Messages.json?PageToken=PAxxxx", {}, 400, 20001),
        ("GET", "Messages.json?DateSent=yesterday", {}, 400, 20001),
        ("GET", "Messages.json?DateSent=2026-13-45", {}, 400, 20001),
        ("GET", "Messages.json?DateSent%3E=0001-01-01", {}, 400, 20001),
        ("GET", "Messages.json?Status=unheard-of", {}, 400, 20001),
        ("GET", "Messages.json?To=nobody", {}, 400, 20001),
        ("GET", "Messages/42.json", {}, 404, 20404),
        ("GET", f"Messages/{uuid.uuid4()}.json", {}, 404, 20404),
        ("DELETE", f"Messages/{uuid.uuid4()}.json", {}, 404, 20404),
        ("PUT", "Messages.json", {}, 405, 20004),
        ("GET", "Unheard/Of.json", {}, 404, 20404),
        ("GET", "Messages/%00/Media.json", {}, 404, 20404),
        ("POST", "Messages.json", {"data": {"From": office.number, "Body": "x"}}, 400, 21604),
        ("POST", "Messages.json", {"data": {"To": OTHER_SIDE, "Body": "x"}}, 400, 21603),
        ("POST", "Messages.json", {"data": {"To": OTHER_SIDE, "From": "x", "Body": "x"}}, 400, 21212),
        ("POST", "Calls.json", {"data": {"From": office.number}}, 400, 21201),
        ("POST", "Calls.json", {"data": {"To": OTHER_SIDE}}, 400, 21213),
        ("POST", "Messages.json", {"data": {"To": "x", "From": office.number, "Body": "x"}}, 400, 21211),
        ("POST", "Messages.json", {"data": {"To": OTHER_SIDE, "From": office.number}}, 400, 21602),
        ("POST", "Messages.json", {"data": {"To": OTHER_SIDE, "From": office.number, "Body": "x" * 1601}}, 413, 21617),
        ("POST", "Messages.json", {"json": {"To": OTHER_SIDE}}, 400, 20001),
        ("POST", "Messages.json", {"data": {"Body": "x" * 70_000}}, 413, 21617),
        (
            "POST",
            "Messages.json",
            {"content": b"To=%ff", "headers": {"Content-Type": "application/x-www-form-urlencoded"}},
            400,
            20001,
        ),
        ("POST", f"Messages/{there}.json", {"data": {"Body": "anew"}}, 400, 20001),
        ("POST", f"Messages/{there}.json", {}, 400, 20001),
    ]
    for method, path, options, status, code in asked:
        answer = office.call(method, path, **options)
        assert answer.headers["content-type"] == "application/json", (method, path)
        body = answer.json()
        assert set(body) == {"code", "message", "more_info", "status"}
        assert (answer.status_code, body["status"], body["code"]) == (status, status, code), (method, path, body)
        assert not re.search(r"many|yesterday|unheard|nobody|anew|xxxx", body["message"])


@promise("A13", sabotage="any_project_will_do")
def test_no_route_answers_to_nobody(office: Office, server: Server) -> None:
    from privity.laml.routes import HANDLERS

    for handler in HANDLERS:
        for path in handler.paths:
            spelled = re.sub(
                r"\{(\w+):str\}", lambda part: str(server.a.project if part[1] == "account" else uuid.uuid4()), path
            )
            for method in handler.http_methods:
                for options in ({}, {"auth": (str(server.b.project), office.token)}):
                    answer = server.call(str(method), spelled, None, **options)
                    assert answer.status_code == 401, (method, path)


def test_form_of_an_account_and_of_numbers(office: Office) -> None:
    account = office.server.call(
        "GET", f"/2010-04-01/Accounts/{office.tenant.project}.json", auth=(str(office.tenant.project), office.token)
    ).json()
    assert office.token not in str(account)
    assert account["auth_token"]
    closing = {"data": {"Status": "closed"}, "auth": (str(office.tenant.project), office.token)}
    assert office.server.call("POST", f"{office.base}.json", None, **closing).status_code == 400
    (number,) = office.get("IncomingPhoneNumbers.json")["incoming_phone_numbers"]
    assert number["phone_number"] == office.number
    assert office.get(f"IncomingPhoneNumbers/{number['sid']}")["friendly_name"] == "sample"
    assert len(office.get("AvailablePhoneNumbers/US/Local.json?PageSize=3")["available_phone_numbers"]) == 3
    started = time.monotonic()
    assert office.get("Messages.json?PageSize=1000")["page_size"] == 1000
    assert time.monotonic() - started < 30


def test_numbers_are_found_taken_used_and_released(office: Office, elsewhere: Office) -> None:
    def offered(query: str, kind: str = "US/Local") -> list[str]:
        found = office.get(f"AvailablePhoneNumbers/{kind}.json?{query}")["available_phone_numbers"]
        return [each["phone_number"] for each in found]

    assert {each["country_code"] for each in office.get("AvailablePhoneNumbers")["countries"]} == {"US", "CA"}
    assert office.get("AvailablePhoneNumbers/US.json")["country"] == "United States"
    free = offered("AreaCode=719&PageSize=4")
    assert free == [f"+1719555010{last}" for last in range(4)]
    assert offered("Contains=7195550*77") == ["+17195550177"]
    assert {number[:5] for number in offered("InRegion=DC&PageSize=1000")} <= {"+1202", "+1771"}
    assert len(offered("InRegion=DC&PageSize=1000")) == 100
    for nothing in ("AreaCode=200", "FaxEnabled=false", "InPostalCode=80201", "Contains=5550200"):
        assert offered(nothing) == []
    assert offered("", "US/TollFree") == offered("", "DE/Local") == []
    taken = office.call("POST", "IncomingPhoneNumbers.json", data={"PhoneNumber": free[0], "FriendlyName": "desk"})
    assert (taken.status_code, taken.json()["phone_number"]) == (201, free[0])
    number = f"IncomingPhoneNumbers/{taken.json()['sid']}.json"
    try:
        assert free[0] not in offered("AreaCode=719&PageSize=4")
        listed = office.get("IncomingPhoneNumbers.json?FriendlyName=desk")["incoming_phone_numbers"]
        assert [each["sid"] for each in listed] == [taken.json()["sid"]]
        sent = office.call("POST", "Messages", data={"From": free[0], "To": elsewhere.number, "Body": "from the desk"})
        assert sent.status_code == 201
        again = elsewhere.call("POST", "IncomingPhoneNumbers", data={"PhoneNumber": free[0]})
        assert (again.status_code, again.json()["code"]) == (400, 21422)
        assert elsewhere.call("DELETE", number).status_code == 404
        other = elsewhere.call("POST", "IncomingPhoneNumbers", data={"AreaCode": "719"}).json()
        assert other["phone_number"] == free[1]
        assert elsewhere.call("DELETE", f"IncomingPhoneNumbers/{other['sid']}").status_code == 204
    finally:
        assert office.call("DELETE", number).status_code == 204
    assert office.call("GET", number).status_code == 404
    office.erased()
    assert office.key("number", taken.json()["sid"]) is None
    assert offered("AreaCode=719&PageSize=1") == free[:1]
    after = office.call("POST", "Messages", data={"From": free[0], "To": elsewhere.number, "Body": "x"})
    assert after.json()["code"] == 21606
    real, none, few = {"PhoneNumber": "+12128675309"}, {"PhoneNumber": "x"}, {"AreaCode": "9"}
    for asked, code in ((real, 21422), (none, 21421), ({}, 21421), (few, 20001)):
        refused = office.call("POST", "IncomingPhoneNumbers", data=asked)
        assert (refused.status_code, refused.json()["code"]) == (400, code), asked
    (sample,) = office.get("IncomingPhoneNumbers.json")["incoming_phone_numbers"]
    assert sample["phone_number"] == office.number


@promise("A22", sabotage="bulk_forgets_media")
def test_everything_that_matches_is_redacted_and_a_second_run_changes_nothing(office: Office, server: Server) -> None:
    sender = "+16025550122"
    bodies = [f"{TEXT} {number}" for number in range(20)]
    messages = [
        *office.receive(*bodies[:8], sender=sender),
        *office.receive(*bodies[8:14], sender=sender, media=(PICTURE,)),
        *office.receive(*bodies[14:], sender=sender, media=(PICTURE, PICTURE, b"a note")),
    ]
    (other,) = office.receive(TEXT)

    def redacted() -> dict[str, Any]:
        made = server.call("POST", "/v1/redactions", office.token, json={"from": sender})
        assert made.status_code == 202, made.text
        path = f"/v1/redactions/{made.json()['id']}"
        wait_for(lambda: server.call("GET", path, office.token).json()["state"] == "done", SETTLED_WITHIN)
        shown = server.call("GET", path, office.token).json()
        return {name: shown[name] for name in ("seen", "bodies", "media")}

    assert redacted() == {"seen": 20, "bodies": 20, "media": 6 + 18}
    found = office.listed(f"From=%2B{sender[1:]}")
    assert sids(found) == set(messages)
    assert {(message["body"], message["num_media"]) for message in found} == {("", "0")}
    assert office.get(f"Messages/{other}.json")["body"] != ""
    assert redacted() == {"seen": 20, "bodies": 0, "media": 0}
    for status, wrong in (
        (422, {"everything": True}),
        (422, {"sent_until": "2026-11-22T10:00:00"}),
        (400, {"status": "recieved"}),
        (400, {"sent_from": "2026-11-22T10:00:00Z", "sent_until": "2026-11-22T12:00:00+05:00"}),
    ):
        refused = server.call("POST", "/v1/redactions", office.token, json={"from": sender} | wrong)
        assert refused.status_code == status, wrong


@promise("A16", sabotage="fax_goes_with_its_pages")
def test_pages_of_a_fax_are_deleted_and_the_fax_stays(office: Office, server: Server) -> None:
    fax = office.get("Faxes")["faxes"][0] if office.receive_fax() else {}
    assert (fax["num_pages"], fax["status"], fax["direction"]) == (2, "received", "inbound")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", fax["date_created"])
    (media,) = office.get(f"Faxes/{fax['sid']}/Media")["media"]
    path = f"Faxes/{fax['sid']}/Media/{media['sid']}"
    assert office.get(path, headers={"Accept": "application/json"})["fax_sid"] == fax["sid"]
    assert office.call("GET", path, headers={"Accept": "*/*"}).content.startswith(b"%PDF")
    assert fax["media_url"] == f"{server.url}{office.base}/{path}", "scripts fetch it as it is"
    blob = server.rows("SELECT blob FROM tenant.media WHERE id = %s", media["sid"])[0][0]
    assert office.call("DELETE", path).status_code == 204
    office.erased()
    assert office.call("GET", path).status_code == 404
    assert not (server.data.blobs / blob).exists()
    assert office.get(f"Faxes/{fax['sid']}.json")["media_sid"] is None
    assert office.call("DELETE", f"Faxes/{fax['sid']}").status_code == 204
    assert office.call("GET", f"Faxes/{fax['sid']}").status_code == 404


JUNK = [
    "",
    "0",
    "-1",
    "9" * 40,
    "%00",
    "é",
    "../..",
    "{}",
    "[]",
    "null",
    "2026-13-45",
    "+1",
    "a" * 3000,
    "PA" + "A" * 44,
    "Twilio.CURRENT",
]


def test_whatever_is_sent_the_answer_has_the_vendors_form(office: Office, server: Server) -> None:
    """Every route, with things that are and are not there in its path, and junk in its query and its form."""
    from privity.laml.routes import HANDLERS

    pick = random.Random(20261126)
    (message,) = office.receive("there", media=(PICTURE,))
    known = [message, str(uuid.uuid4()), office.get("Calls.json")["calls"][0]["sid"]]
    names = ["Page", "PageSize", "PageToken", "To", "From", "Status", "DateSent", "DateSent<", "StartTime>", "CallSid"]
    names += ["DateCreated", "DateCreated>", "EndTime<", "ParentCallSid", "ConferenceSid", "DateCreatedAfter"]
    names += ["AreaCode", "Contains", "InRegion", "FriendlyName", "PhoneNumber", "SmsEnabled"]
    fields = ["Body", "Status", "To", "From", "PauseBehavior", "MediaUrl", "Url", "Record", "Quality", "StoreMedia"]
    fields += ["PhoneNumber", "AreaCode", "FriendlyName", "SendAt"]
    for handler in HANDLERS:
        for _ in range(4):
            path = pick.choice(sorted(handler.paths))
            for part in re.findall(r"\{(\w+):str\}", path):
                value = str(office.tenant.project) if part == "account" else pick.choice([*known, *JUNK[5:8], "x"])
                path = path.replace(f"{{{part}:str}}", quote(value, safe=""))
            method = next(iter(handler.http_methods))
            query = {pick.choice(names): pick.choice(JUNK) for _ in range(2)}
            form = {pick.choice(fields): pick.choice(JUNK) for _ in range(3)} if method == "POST" else None
            answer = server.call(
                str(method), path, None, params=query, data=form, auth=(str(office.tenant.project), office.token)
            )
            assert answer.status_code < 500, (method, path, query, form, answer.text)
            if answer.status_code >= 400:
                assert set(answer.json()) == {"code", "message", "more_info", "status"}, (method, path)
                assert answer.json()["status"] == answer.status_code
