"""Search over redacted text, from outside: by every word, in one's own project, and gone with its conversation."""

from typing import Any

import pytest
from cast import Cast
from scene import Place
from server import SETTLED_WITHIN, Server, token_for, wait_for
from test_recordings import SAID, Listens, line_of, recorded
from vendor import Office

from privity.custody.search import words_of
from privity.errors import Refused
from privity.gate import Action, resources
from privity.identity import Scope
from promises import promise

pytestmark = pytest.mark.slow

POSTINGS = "SELECT count(*) FROM tenant.search_posting WHERE record_id = %s"


def bring_text(server: Server, token: str, text: str) -> str:
    asked = {"channel": "call", "turns": [{"speaker": "caller", "text": text}]}
    conversation = str(server.call("POST", "/v1/conversations", token, json=asked).json()["id"])
    wait_for(
        lambda: server.call("GET", f"/v1/conversations/{conversation}", token).json()["state"] == "kept",
        SETTLED_WITHIN,
    )
    return conversation


def found(server: Server, query: str, token: str | None = None, **more: Any) -> list[str]:
    answer = server.call("GET", "/v1/search", token or server.a.token, params={"q": query, **more})
    assert answer.status_code == 200, answer.text
    return [each["id"] for each in answer.json()["found"]]


def test_words_are_folded_and_marks_are_none() -> None:
    assert words_of(["Café CAFE\u0301, straße STRASSE", "[NAME] has ２ cats_and [MEDICAL_RECORD] dogs"]) == [
        "cafe", "strasse", "has", "2", "cats", "and", "dogs",
    ]  # fmt: skip


@promise("E1", sabotage="search_holds_what_was_hidden")
def test_conversations_are_found_by_every_word_of_what_was_kept_and_by_nothing_hidden(server: Server) -> None:
    first = bring_text(server, server.a.token, "this is Maria Gonzalez, the Periscope leaks again")
    second = bring_text(server, server.a.token, "a périscope is for sale")
    assert found(server, "periscope") == [second, first]
    assert found(server, "PERISCOPE, leaks!") == [first]
    assert found(server, "periscope leaks sale") == []
    assert found(server, "Gonzalez") == found(server, "maria") == found(server, "NAME periscope leaks") == []
    assert found(server, "periscope", limit=1) == [second]
    assert found(server, "periscope", limit=1, after=second) == [first]
    shown = server.call("GET", "/v1/search", server.a.token, params={"q": "periscope"}).text
    assert "leaks" not in shown, "hits show no text"
    assert server.command("search", "periscope", "--tenant", "birch", code=1)["found"] == [], (
        "an operator finds only what it may read"
    )


def test_search_finds_nothing_of_another_project_or_tenant(server: Server) -> None:
    mine = bring_text(server, server.a.token, "the astrolabe is broken")
    assert found(server, "astrolabe") == [mine]
    assert found(server, "astrolabe", server.a.other_token) == []
    assert found(server, "astrolabe", server.b.token) == []
    theirs = bring_text(server, server.b.token, "the astrolabe is broken")
    assert found(server, "astrolabe", server.b.token) == [theirs]
    tokens = "SELECT token FROM tenant.search_posting WHERE record_id = %s"
    assert not set(server.rows(tokens, mine)) & set(server.rows(tokens, theirs)), "equal words look different"


@promise("E43", sabotage="words_outlive_their_conversation")
def test_deletion_takes_the_words_with_it(server: Server) -> None:
    conversation = bring_text(server, server.a.token, "the sextant and the theodolite")
    assert server.rows(POSTINGS, conversation) == [(4,)]
    server.call("DELETE", f"/v1/conversations/{conversation}", server.a.token)
    assert found(server, "theodolite") == [], "it is invisible at once"
    wait_for(lambda: not server.rows("SELECT FROM tenant.conversation WHERE id = %s", conversation), SETTLED_WITHIN)
    assert server.rows(POSTINGS, conversation) == [(0,)]


@promise("E25", sabotage="missed_words_are_still_found")
def test_what_a_person_marked_as_missed_is_not_found_any_more(server: Server) -> None:
    conversation = bring_text(server, server.a.token, "we talked about the zyglorp for long")
    assert found(server, "zyglorp") == [conversation]
    text = server.call("GET", f"/v1/conversations/{conversation}", server.a.token).json()["turns"][0]["text"]
    start = text.index("zyglorp")
    mark = {"turn": 0, "start": start, "end": start + len("zyglorp"), "label": "NAME"}
    assert server.call("POST", f"/v1/conversations/{conversation}/missed", server.a.token, json=mark).is_success
    pending = "SELECT FROM tenant.missed WHERE conversation_id = %s AND state = 'pending'"
    wait_for(lambda: not server.rows(pending, conversation), SETTLED_WITHIN)
    assert found(server, "zyglorp") == []
    assert found(server, "talked about long") == [conversation]


@promise("E1", sabotage="originals_are_searched")
def test_messages_are_found_by_what_is_shown_of_them(office: Office, server: Server) -> None:
    first, second = office.receive("Maria Gonzalez wants the marimba back", "the marimba is sold")
    told = server.call("GET", "/v1/search", office.token, params={"q": "marimba"}).json()["found"]
    assert [(each["kind"], each["id"], each["what"]) for each in told] == [
        ("message", second, "inbound"),
        ("message", first, "inbound"),
    ]
    assert server.call("GET", told[0]["url"], office.token).json()["redacted_text"] == "the marimba is sold"
    assert found(server, "marimba sold", office.token) == [second]
    assert found(server, "gonzalez", office.token) == found(server, "maria marimba", office.token) == []
    conversation = bring_text(server, office.token, "one more marimba")
    assert found(server, "marimba", office.token, limit=2) == [conversation, second]
    assert found(server, "marimba", office.token, limit=2, after=second) == [first]


@promise("A15", sabotage="words_outlive_a_redacted_text")
def test_a_message_that_is_blanked_or_deleted_is_not_found_any_more(office: Office, server: Server) -> None:
    blanked, deleted = office.receive("the celesta is blue", "the celesta is red")
    assert found(server, "celesta", office.token) == [deleted, blanked]
    office.call("POST", f"Messages/{blanked}.json", data={"Body": ""})
    office.call("DELETE", f"Messages/{deleted}.json")
    assert found(server, "celesta", office.token) == []
    assert server.rows(POSTINGS, blanked) == server.rows(POSTINGS, deleted) == [(0,)]


@promise("C61", "C62", sabotage="search_shows_what_one_may_not_read")
async def test_messages_are_found_by_whoever_may_read_them(office: Office, server: Server, cast: Cast) -> None:
    (message,) = office.receive("the ocarina is lost")
    async with server.attached() as inside:

        async def search(name: str) -> list[str]:
            project = resources.project(server.a.project)
            async with inside.gate.open(cast.person(name), Action.CONVERSATION_SEARCH, project) as access:
                return [str(each.id) for each in await inside.search.find(access, "ocarina", after=None, limit=50)]

        for name in ("owner", "author", "treating_admin"):
            assert await search(name) == [], "it was brought in by the operator, and granted to nobody"
        messages = await token_for(inside, server.a.id, Scope.MESSAGES_READ)
        recordings = await token_for(inside, server.a.id, Scope.RECORDINGS_READ)
        calls = await token_for(inside, server.a.id, Scope.CALLS_READ)
    conversation = bring_text(server, office.token, "another ocarina")
    assert found(server, "ocarina", messages.text) == [message]
    assert found(server, "ocarina", recordings.text) == []
    assert found(server, "ocarina", office.token) == [conversation, message]
    assert server.call("GET", "/v1/search", calls.text, params={"q": "ocarina"}).status_code == 403


@promise("E43", sabotage="words_outlive_a_recording")
async def test_recordings_are_found_by_what_was_written_down_of_them(held: Place) -> None:
    async with line_of(held, Listens(*SAID, ("agent", 5800, "bring the bassoon"))) as line:
        await line.permit(allowed=True)
        _, first = await recorded(line)
        _, second = await recorded(line)

        async def search(query: str) -> list[tuple[str, str]]:
            headers = {"Authorization": f"Bearer {line.token}"}
            answer = await line.client.get("/v1/search", params={"q": query}, headers=headers)
            return [(each["kind"], each["id"]) for each in answer.json()["found"]]

        assert await search("bassoon thank") == [("recording", second), ("recording", first)]
        assert await search("Gonzalez") == []
        written = (await line.call("GET", f"Recordings/{first}/Transcriptions.json")).json()["transcriptions"]
        await line.call("DELETE", f"Transcriptions/{written[0]['sid']}.json", 204)
        await line.call("DELETE", f"Recordings/{second}.json", 204)
        assert await search("bassoon") == []
        for recording in (first, second):
            assert held.rows(POSTINGS, recording) == [(0,)]


@pytest.fixture(name="cast", scope="module")
def everybody(server: Server) -> Cast:
    made = Cast(server)
    made.kept(made.conversation)
    return made


@promise("C64", sabotage="receptionists_are_like_anybody")
async def test_search_finds_what_its_caller_may_read(server: Server, cast: Cast) -> None:
    async with server.attached() as inside:

        async def search(name: str) -> list[str]:
            project = resources.project(server.a.project)
            async with inside.gate.open(cast.person(name), Action.CONVERSATION_SEARCH, project) as access:
                return [str(each.id) for each in await inside.search.find(access, "call me", after=None, limit=50)]

        assert str(cast.conversation) in await search("author")
        for name in ("colleague", "owner", "treating_admin"):
            assert str(cast.conversation) not in await search(name), name
        for name in ("receptionist", "admin", "auditor"):
            with pytest.raises(Refused):
                await search(name)


@pytest.mark.parametrize("query", ["", " ", "[NAME]", "!?", "canary" * 40, " ".join(f"canary{n}" for n in range(9))])
def test_query_that_cannot_be_used_says_so_and_is_not_repeated(server: Server, query: str) -> None:
    answer = server.call("GET", "/v1/search", server.a.token, params={"q": query})
    assert answer.status_code == 400
    assert "canary" not in answer.text + server.output()
