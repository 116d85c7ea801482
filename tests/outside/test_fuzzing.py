"""Requests made up from `/openapi.json` itself: none breaks the server, opens anything or gets a long answer."""

import json
import warnings
from typing import Any

import httpx
import hypothesis
import pytest
from hypothesis import HealthCheck, Phase, given
from server import Server

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # what it depends on warns of itself while it is imported
    import schemathesis

pytestmark = pytest.mark.slow

OPEN = {"/healthz", "/readyz", "/.well-known/security.txt", "/.well-known/oauth-authorization-server"}
FEW = hypothesis.settings(
    max_examples=2,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
schemathesis.serializer("audio/wav")(lambda _, value: value if isinstance(value, bytes) else str(value).encode())
Asked = list[tuple[Any, httpx.Response]]


def ask(client: httpx.Client, url: str, operation: Any, headers: dict[str, str], answers: Asked) -> None:
    """Send what a few made-up requests of one operation can say over HTTP, with these credentials and no others."""

    @FEW
    @given(case=operation.as_strategy())
    def send(case: Any) -> None:
        told: dict[str, Any] = case.as_transport_kwargs(base_url=url)
        made_up = {name: str(value) for name, value in dict(told.get("headers") or {}).items()}
        sent = {name: value for name, value in made_up.items() if value.isascii() and value.isprintable()}
        sent.pop("Authorization", None)
        body: dict[str, Any] = {}
        if isinstance(told.get("data"), bytes | str):
            body = {"content": told["data"]}
        elif told.get("data") is not None:
            body = {"data": told["data"]}
        elif told.get("json") is not None:
            body = {"content": json.dumps(told["json"])}
        try:
            answer = client.request(
                told["method"], told["url"], params=told.get("params"), headers=sent | headers, **body
            )
        except (httpx.InvalidURL, httpx.LocalProtocolError, UnicodeEncodeError):
            return
        answers.append((operation, answer))

    send()


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("known", [False, True], ids=["without credentials", "with a token"])
def test_made_up_requests_get_short_answers_and_break_nothing(server: Server, known: bool) -> None:
    document = server.call("GET", "/openapi.json").json()
    made = server.command("tenant", "create", f"fuzz {known}", "--profile", "clinic", "--owner", "f@z.example")
    headers = {"Authorization": f"Bearer {made['api_token']}"} if known else {}
    answers: Asked = []
    with httpx.Client(trust_env=False, timeout=30.0) as client:
        for found in schemathesis.openapi.from_dict(document).get_all_operations():
            ask(client, server.url, found.ok(), headers, answers)  # type: ignore[union-attr]  # an error raises
    assert {operation.path for operation, _ in answers} == set(document["paths"])
    for operation, answer in answers:
        path = operation.path
        where = f"{answer.request.method} {path}: {answer.status_code}"
        assert answer.status_code < 500, where
        assert known or path in OPEN or not answer.is_success, where
        if answer.is_error and path not in OPEN:
            kind = answer.headers.get("content-type", "").partition(";")[0]
            refused = path.startswith("/oauth/") and "error" in answer.json()
            assert kind == "application/problem+json" or refused, where
            assert len(answer.content) < 2000, where
        operation.validate_response(answer)  # raises for an answer of another form than is described
