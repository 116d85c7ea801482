"""Commands against something that is no server of Privity's: an error of ours, which repeats nothing of it."""

import os
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest

from privity import errors
from privity.cli.remote import RemoteSession, open_remote_session
from privity.custody import Channel

CANARY = "41 rue des Lilas"
ID = UUID(int=7)


def session(status: int, body: bytes) -> RemoteSession:
    transport = httpx.MockTransport(lambda _: httpx.Response(status, content=body))
    return RemoteSession(httpx.AsyncClient(transport=transport, base_url="https://privity.example.org"))


@pytest.mark.parametrize(
    "body", [b"", b"<html>41 rue des Lilas</html>", b"[]", b'{"id":"41 rue des Lilas"}', b"\xff", b"[" * 100_000]
)
async def test_answer_that_is_none_is_said_to_be(body: bytes) -> None:
    for status in (200, 302, 500):
        with pytest.raises(errors.Unavailable) as failed:
            await session(status, body).show(ID)
        assert CANARY not in f"{failed.value} {failed.value.advice}"


async def test_what_comes_by_a_pipe_is_sent_whole() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        assert "content-length" not in request.headers
        assert CANARY.encode() in request.content
        return httpx.Response(202, json={"id": str(ID), "state": "received"})

    reading, writing = os.pipe()
    with os.fdopen(writing, "wb") as pipe:
        pipe.write(CANARY.encode())
    client = httpx.AsyncClient(transport=httpx.MockTransport(answer), base_url="https://privity.example.org")
    try:
        ingested = await RemoteSession(client).ingest(Path(f"/dev/fd/{reading}"), Channel.CALL, wait=False)
    finally:
        os.close(reading)
    assert ingested.id == ID


@pytest.mark.parametrize("slug", sorted(kind.slug for kind in (errors.RangeNotSatisfiable, errors.OAuthError)))
async def test_problem_of_any_type_is_an_error_of_ours(slug: str) -> None:
    told = b'{"type":"urn:privity:%b","title":"a title","status":400,"detail":"what was wrong","instance":"x"}'
    with pytest.raises(errors.PrivityError, match="what was wrong"):
        await session(400, told % slug.encode()).show(ID)


@pytest.mark.parametrize(
    "url", ["http://[", "https://host:port/", "https://h\x00st/", "ftp://host", "http://10.0.0.1/"]
)
async def test_address_that_is_none_is_bad_input(url: str) -> None:
    opened: Any
    with pytest.raises(errors.BadInput):
        async with open_remote_session(url, "token") as opened:
            await opened.show(ID)
