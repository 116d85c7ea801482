"""Bad input and missing parts: an answer, or a refusal to start, that says what to do; nothing lost or repeated."""

import json
import os
import resource
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
from scene import Place, Server, Stage, secrets_of, staged
from test_cut_logs import at_rest

from promises import promise

pytestmark = pytest.mark.slow

_TEXT_LIMIT = 8 << 20
_REFUSED_WITHIN = 8.0  # seconds; what is promised is 5, and a busy machine is given more


@pytest.fixture(scope="module")
def open_house(template: Place) -> Iterator[tuple[Stage, Server]]:
    with staged(template) as stage, stage.serving() as server:
        yield stage, server


def kept(stage: Stage) -> tuple[Any, ...]:
    """Return what there is to be changed: rows, jobs, record keys and blobs."""
    counts = (
        stage.place.rows("SELECT count(*) FROM tenant.conversation"),
        stage.place.rows("SELECT count(*) FROM queue.procrastinate_jobs"),
        stage.place.rows("SELECT count(*) FROM keys.record_key", side="keys"),
    )
    return (*(count for [(count,)] in counts), len(stage.place.blobs()))


def problem(answer: httpx.Response, status: int, *never: str) -> dict[str, Any]:
    """Assert that an answer is a problem that helps, and repeats nothing."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    told: dict[str, Any] = answer.json()
    assert told["detail"]
    assert told["advice"]
    assert not [value for value in never if value.lower() in answer.text.lower()]
    return told


SECRETS = secrets_of()
EMPTY = {
    "nothing": b"",
    "only spaces": b" \n\t ",
    "not UTF-8": b"caller: \xff\xfe" + SECRETS.text,
    "NUL": b"caller: a\x00b " + SECRETS.text,
    "NUL in who speaks": b'{"turns": [{"speaker": "a\\u0000", "text": "' + SECRETS.mail.encode() + b'"}]}',
    "an image": b"\x89PNG\r\n\x1a\n\xff\x00" + SECRETS.text,
    "JSON that is cut": SECRETS.json_turns[:-5],
    "JSON of another kind": b'{"turns": 7}',
    "JSON in JSON in JSON": b'{"turns": [], "more": %b%b}' % (b"[" * 5000, b"]" * 5000),
    "JSON without turns": b'{"turns": []}',
    "a turn of another kind": b'{"turns": [{"speaker": 1, "text": "a"}]}',
    "words that are no list": b'{"turns": [{"speaker": "a", "text": "b", "words": "' + SECRETS.mail.encode() + b'"}]}',
    "a word that is none": b'{"turns": [{"speaker": "a", "text": "b", "words": ["' + SECRETS.mail.encode() + b'"]}]}',
    "a word before the call": b'{"turns": [{"speaker": "a", "text": "b", "words": [{"text": "%b", "start_ms": -4}]}]}'
    % SECRETS.mail.encode(),
    "words that go back": b'{"turns": [{"speaker": "a", "text": "b", "words": [{"text": "%b", "start": 4},'
    b'{"text": "b", "start": 3}]}]}' % SECRETS.mail.encode(),
    "a word that is as sure as NaN": b'{"turns": [{"speaker": "a", "text": "b", "words": [{"text": "%b",'
    b'"confidence": NaN}]}]}' % SECRETS.mail.encode(),
    "more words than the text": b'{"turns": [{"speaker": "a", "text": "b", "words": [%b]}]}'
    % b",".join([b'{"text": "' + SECRETS.mail.encode() + b'"}'] * 300),
    "an unknown field in a turn": b'{"turns": [{"speaker": "a", "text": "b", "' + SECRETS.mail.encode() + b'": 1}]}',
}


@pytest.mark.parametrize("case", EMPTY)
def test_unreadable_text_is_refused_at_once(open_house: tuple[Stage, Server], case: str) -> None:
    stage, server = open_house
    before = kept(stage)
    problem(server.post(EMPTY[case], name=SECRETS.name), 422, *SECRETS.all)
    assert kept(stage) == before


def test_words_are_refused_by_the_turn_that_they_are_of(open_house: tuple[Stage, Server]) -> None:
    _, server = open_house
    turns = [{"speaker": "agent", "text": "hello"}, {"speaker": "caller", "text": "a b", "words": [{"text": "a"}, 7]}]
    told = problem(server.post(json.dumps({"turns": turns}).encode(), name=SECRETS.name), 422)
    assert "`$.turns[1].words[1]`" in told["detail"]
    assert '{"text": "hello", "confidence": 0.98}' in told["advice"]


def test_doubted_words_of_another_turn_hide_the_answer(open_house: tuple[Stage, Server]) -> None:
    _, server = open_house
    words = [{"text": "thirty", "confidence": 0.1, "start_ms": 5, "end_ms": 9}]
    turns = [
        {"speaker": "agent", "text": "what is your card number"},
        {"speaker": "caller", "text": "for the want of it", "words": words},
    ]
    answer = server.post(json.dumps({"turns": turns}).encode(), name=SECRETS.name)
    assert answer.status_code == 202
    shown = server.settled(answer.json()["id"])
    assert shown["redacted_text"] == "agent: what is your card number\ncaller: [UNCERTAIN]"


def test_a_misspelled_channel_is_not_taken_for_none(open_house: tuple[Stage, Server]) -> None:
    stage, server = open_house
    before = kept(stage)
    turns = [{"speaker": "caller", "text": "hello"}]
    with server.client("birch") as client:
        problem(client.post("/v1/conversations", json={"chanel": "call", "turns": turns}), 422)
    assert kept(stage) == before


@promise("E13", sabotage="processed_sources_stay")
@pytest.mark.parametrize(
    "recording",
    [b"RIFF\x00\x00\x00\x00WAVE", SECRETS.recording(99), b"ID3" + bytes(50)],
    ids=["wav without samples", "wav with other bytes", "mp3 of zeros"],
)
def test_audio_that_cannot_be_decoded_is_refused_and_wiped(open_house: tuple[Stage, Server], recording: bytes) -> None:
    stage, server = open_house
    answer = server.post(recording, name=f"{SECRETS.name}.wav", channel="call")
    assert answer.status_code == 202
    shown = server.settled(answer.json()["id"])
    assert (shown["state"], shown["refusal"], shown["redacted_text"]) == ("refused", "unreadable", None)
    server.idle()
    assert stage.place.blobs() == []
    sources = "SELECT count(*) FROM keys.record_key WHERE table_name = 'conversation_source'"
    assert stage.place.rows(sources, side="keys") == [(0,)]


def malformed(boundary: str = "b") -> dict[str, bytes]:
    file = b'--b\r\nContent-Disposition: form-data; name="file"; filename="%s"\r\n\r\n%s\r\n' % (
        SECRETS.mail.encode(),
        SECRETS.text,
    )
    field = b'--b\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
    return {
        "two files": file + file + b"--b--\r\n",
        "no file": field % (b"channel", b"call") + b"--b--\r\n",
        "an unknown field": file + field % (SECRETS.mail.encode(), SECRETS.card.encode()) + b"--b--\r\n",
        "an unknown channel": file + field % (b"channel", SECRETS.card.encode()) + b"--b--\r\n",
        "a channel without end": file + field % (b"channel", SECRETS.card.encode() * 99) + b"--b--\r\n",
        "cut short": file,
        "not multipart": SECRETS.text,
    }


@promise("E23", "E33", sabotage="file_names_are_repeated")
def test_malformed_multipart_is_refused_and_repeats_nothing(open_house: tuple[Stage, Server]) -> None:
    stage, server = open_house
    before = kept(stage)
    for body in malformed().values():
        with server.client(**{"Content-Type": "multipart/form-data; boundary=b"}) as client:
            answer = client.post("/v1/conversations", content=body)
        assert answer.status_code in {400, 422}, answer.text
        problem(answer, answer.status_code, *SECRETS.all)
    with server.client(**{"Content-Type": "application/xml"}) as client:
        problem(client.post("/v1/conversations", content=SECRETS.text), 400, *SECRETS.all)
    assert kept(stage) == before


def test_too_much_text_is_refused_early_in_little_memory(open_house: tuple[Stage, Server]) -> None:
    stage, server = open_house
    before, sent = kept(stage), 0

    def body() -> Iterator[bytes]:
        nonlocal sent
        yield b'--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
        piece = b"caller: hello again and again\n" * (1 << 13)
        while sent < 200 << 20:
            sent += len(piece)
            yield piece
        yield b"\r\n--b--\r\n"

    with server.client(**{"Content-Type": "multipart/form-data; boundary=b"}) as client:
        try:
            problem(client.post("/v1/conversations", content=body()), 413)
        except httpx.TransportError:
            assert sent < 200 << 20, "the connection broke although everything was read"
    peak = next(line for line in Path(f"/proc/{server.process.pid}/status").read_text().splitlines() if "VmHWM" in line)
    assert int(peak.split()[1]) < 400 << 10, "more than 400 MiB"
    assert kept(stage) == before


def test_ids_that_are_none_or_anothers_are_not_found(open_house: tuple[Stage, Server]) -> None:
    _, server = open_house
    conversation = server.bring(SECRETS.text)
    problem(server.get(f"/v1/conversations/{conversation}", tenant="cedar"), 404)
    with server.client("cedar") as cedar:
        problem(cedar.delete(f"/v1/conversations/{conversation}"), 404)
    assert server.get(f"/v1/conversations/{SECRETS.mail}").status_code in {400, 404}
    assert SECRETS.mail not in server.get(f"/v1/conversations/{SECRETS.mail}").text
    with server.client() as client:
        assert client.post("/v1/conversations", headers={"Idempotency-Key": "k" * 256}, json={}).status_code == 400


def test_a_token_that_is_revoked_while_its_request_runs_brings_its_last(template: Place) -> None:
    with staged(template) as stage, stage.serving() as server:
        made = stage.command("token", "create", "--tenant", "birch", "--json")
        token = json.loads(made.stdout)
        started, go_on = threading.Event(), threading.Event()
        answers: list[httpx.Response] = []

        def body() -> Iterator[bytes]:
            yield b'--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\ncaller: hello '
            started.set()
            go_on.wait(30)
            yield b"there\r\n--b--\r\n"

        def send() -> None:
            headers = {"Content-Type": "multipart/form-data; boundary=b", "Authorization": f"Bearer {token['token']}"}
            with httpx.Client(base_url=server.url, headers=headers, timeout=30, trust_env=False) as client:
                answers.append(client.post("/v1/conversations", content=body()))
                answers.append(client.get("/v1/conversations"))

        sending = threading.Thread(target=send)
        sending.start()
        assert started.wait(30)
        assert stage.command("token", "revoke", token["token_id"], "--tenant", "birch").returncode == 0
        go_on.set()
        sending.join(30)
        assert [answer.status_code for answer in answers] == [202, 401]
        assert server.settled(answers[0].json()["id"])["state"] == "kept"


def refuses_to_start(stage: Stage, *advice: str) -> None:
    """Assert that nothing starts, and that the reason and what to do are said."""
    ended = stage.command("list", "--tenant", "birch", "--json")
    assert ended.returncode in {2, 4}
    told = json.loads(ended.stderr.splitlines()[-1])
    assert told["error"] == "misconfigured"
    assert all(word in told["advice"] for word in advice), told
    with pytest.raises(AssertionError, match="privity up ended with 2"), stage.serving():
        pass


@promise("E44", sabotage="a_lost_keyring_is_replaced")
def test_without_a_good_keyring_nothing_starts_and_nothing_is_written(stage: Stage) -> None:
    keyring = stage.place.data.keyring
    content = keyring.read_bytes()
    keyring.chmod(0o644)
    refuses_to_start(stage, "chmod 600")
    keyring.chmod(0o600)
    keyring.write_bytes(content[:40])
    refuses_to_start(stage, "safe copy")
    keyring.unlink()
    refuses_to_start(stage, "Put the keyring back")
    assert not keyring.exists(), "a new keyring would open nothing"
    keyring.write_bytes(content)
    keyring.chmod(0o600)
    for cluster, told in (
        (stage.place.data.key_cluster, "new keys could not open"),
        (stage.place.data.data_cluster, "begin in a new directory"),
    ):
        away = cluster.rename(cluster.with_name("away"))
        refuses_to_start(stage, told)
        assert not cluster.exists(), "an empty database would look as if nothing had ever been kept"
        away.rename(cluster)
    assert stage.command("list", "--tenant", "birch").returncode == 0
    with at_rest(stage) as database:
        database.execute("COMMENT ON TABLE public.alembic_version IS 'of other SQL'")
    refuses_to_start(stage, "first release", "new directory")


@promise("E44")
def test_without_keys_an_upload_is_refused_and_nothing_is_written(template: Place) -> None:
    secrets = secrets_of()
    with staged(template) as stage, stage.serving(PRIVITY_TENANT_KEY_CACHE="0") as server:
        conversation = server.bring(secrets_of().text)
        keyring, aside = stage.place.data.keyring, stage.place.folder / "keyring"
        before = kept(stage)
        keyring.rename(aside)
        problem(server.post(secrets.text), 503, *secrets.all)
        problem(server.get(f"/v1/conversations/{conversation}"), 503)
        aside.rename(keyring)
        assert kept(stage) == before
        assert server.bring(secrets.text)
        for side in ("keys", "data"):
            with for_good(stage, server, side):
                problem(server.post(secrets.text, timeout=_REFUSED_WITHIN), 503, *secrets.all)
                assert server.get("/readyz").json()["parts"]["database" if side == "data" else "keys"] is False
        assert stage.place.blobs() == []
        until_accepted(server, secrets.text)
        server.kill()


@contextmanager
def for_good(stage: Stage, server: Server, side: str) -> Iterator[None]:
    """Kill a database while the block runs, in such a way that it cannot be started again before the block ends."""
    version = stage.place.data.path / "clusters" / side / "PG_VERSION"
    aside = version.rename(version.with_name("PG_VERSION.aside"))
    os.kill(server.pid_of(side), signal.SIGQUIT)
    try:
        yield
    finally:
        aside.rename(version)


def until_accepted(server: Server, content: bytes) -> str:
    """Send a conversation as a client does that tries again when it is told to, and return its id."""
    deadline = time.monotonic() + 30
    while (answer := server.post(content)).status_code != 202:
        assert answer.status_code == 503, answer.text
        assert time.monotonic() < deadline, "it does not recover"
        time.sleep(0.1)
    return str(answer.json()["id"])


_LONGEST = 24 << 20  # bytes a file; a segment of WAL has 16 MiB
_FILL = """
    INSERT INTO ledger.entry (log, index, entry_id, leaf, leaf_hash, time)
    SELECT 'filler', n, gen_random_uuid(), convert_to(repeat(md5(n::text), 59), 'UTF8'), sha256('x'), now()
    FROM generate_series(1, 20000) AS n
"""


def short_files() -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (_LONGEST, _LONGEST))


@contextmanager
def no_room_for_entries(stage: Stage) -> Iterator[None]:
    """Fill the file of the ledger's entries up to where the kernel refuses to let it grow, as a full disk does.

    A limit on the length of files takes no rights and no file system of its own, but cannot be lifted: room is made by
    giving back what the failed statement took.
    """
    with stage.place.behind_the_walls() as connection:
        connection.execute("ALTER TABLE ledger.entry SET (autovacuum_enabled = false)")
        with pytest.raises(psycopg.Error, match="could not extend file"):
            connection.execute(_FILL)
    try:
        yield
    finally:
        with stage.place.behind_the_walls() as connection:
            connection.execute("VACUUM ledger.entry")


@promise("B31", sabotage="late_entry_counts_as_recorded")
def test_a_ledger_without_room_refuses_and_nothing_happens(template: Place) -> None:
    secrets = secrets_of()
    with staged(template) as stage, stage.serving(limits=short_files) as server:
        accepted = [server.bring(secrets.text)]
        with no_room_for_entries(stage):
            while (answer := server.post(secrets.text)).status_code == 202:  # what the last page had room for
                accepted.append(answer.json()["id"])
            problem(answer, 503, *secrets.all)
            conversations = stage.place.rows("SELECT id FROM tenant.conversation ORDER BY id")
            problem(server.post(secrets.text), 503, *secrets.all)
            problem(server.get(f"/v1/conversations/{accepted[0]}"), 503, *secrets.all)
            assert stage.place.rows("SELECT id FROM tenant.conversation ORDER BY id") == conversations
            assert server.get("/readyz").status_code == 503
        accepted.append(until_accepted(server, secrets.text))
        for conversation in accepted:
            assert server.settled(conversation)["state"] == "kept"
        server.idle()
        assert len(stage.place.rows("SELECT FROM tenant.conversation")) == len(conversations) + 1
        assert stage.command("ledger", "verify").returncode == 0


def test_a_full_disk_loses_nothing_and_is_said(template: Place) -> None:
    def small_files() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (40 << 20, 40 << 20))

    secrets = secrets_of()
    with staged(template) as stage, stage.serving(limits=small_files) as server:
        before = kept(stage)
        problem(server.post(secrets.recording(60 << 20), channel="call"), 503, *secrets.all)
        assert kept(stage) == before
        assert server.settled(server.bring(secrets.text))["state"] == "kept"
