"""The OpenAPI document says what each route takes, and describes the errors that are really sent."""

from typing import Any

import pytest
from litestar.di import Provide

from privity.api.app import _HANDLERS
from privity.api.description import described

WITHOUT_A_BODY = {
    "/v1/recordings/{id}/links",
    "/v1/webhooks/{id}/secret",
    "/v1/webhooks/{id}/test",
    "/v1/webhooks/{id}/deliveries/{event}/redeliver",
}


async def nothing() -> None: ...


async def nothing_either() -> None: ...


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return described(_HANDLERS, {"access": Provide(nothing), "installation": Provide(nothing_either)})


def operations(document: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (path, method, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]


def test_every_act_that_takes_something_says_what(document: dict[str, Any]) -> None:
    taking = {
        path for path, method, operation in operations(document) if method in {"post", "patch"} and not taken(operation)
    }
    assert taking == WITHOUT_A_BODY
    forms = document["paths"]["/v1/conversations"]["post"]["requestBody"]["content"]
    assert forms.keys() == {"multipart/form-data", "application/json"}


def taken(operation: dict[str, Any]) -> bool:
    return bool(operation.get("requestBody", {}).get("content"))


def test_errors_are_described_as_the_problems_that_they_are(document: dict[str, Any]) -> None:
    assert "Problem" in document["components"]["schemas"]
    for path, method, operation in operations(document):
        answers, where = operation["responses"], f"{method} {path}"
        assert operation["description"], where
        assert answers["default"]["content"].keys() == {"application/problem+json"}, where
        if path.startswith("/v1/"):
            assert {"401", "403", "503"} <= answers.keys(), where
            for status in answers.keys() - {"200", "201", "202", "204", "206"}:
                assert answers[status]["content"].keys() == {"application/problem+json"}, where
        if "{id}" in path:
            assert "404" in answers, where


def test_every_schema_that_is_named_is_there(document: dict[str, Any]) -> None:
    def named(part: object) -> set[str]:
        if isinstance(part, dict):
            own = {part["$ref"]} if isinstance(part.get("$ref"), str) else set()
            return own.union(*map(named, part.values()))
        return set().union(*map(named, part)) if isinstance(part, list) else set()

    there = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}
    assert named(document) <= there


def test_only_what_needs_no_token_says_so(document: dict[str, Any]) -> None:
    without = {path for path, _, operation in operations(document) if operation.get("security") == []}
    assert {path for path in without if path.startswith("/v1/")} == {"/v1/links/{link}"}
    assert {"/healthz", "/readyz", "/oauth/token"} <= without
