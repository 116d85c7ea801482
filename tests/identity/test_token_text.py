"""The written form of tokens: what was written is read back, and nothing else is a token."""

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privity.errors import BadInput, NotAuthenticated
from privity.identity import Scope, TokenText, new_token, parse_scopes

TENANT = uuid.UUID("0199b2f0-0000-7000-8000-000000000001")
VECTOR = "privity_agm3f4aaabyabaaaaaaaaaaaae_0123456789_aaaqeayeaudaocajbifqydiob4ibceqtcqkrmfyydenbwha5dypq_"


@given(
    tenant=st.uuids(), public=st.from_regex(r"[a-z0-9]{10}", fullmatch=True), secret=st.binary(min_size=32, max_size=32)
)
def test_token_is_read_back(tenant: uuid.UUID, public: str, secret: bytes) -> None:
    token = TokenText(tenant, public, secret)
    assert TokenText.parse(token.reveal()) == token


def test_form_is_fixed() -> None:
    assert TokenText(TENANT, "0123456789", bytes(range(32))).reveal().startswith(VECTOR)


@given(at=st.integers(0, 120), to=st.characters(codec="ascii"))
def test_one_changed_character_is_noticed(at: int, to: str) -> None:
    text = TokenText(TENANT, "0123456789", bytes(range(32))).reveal()
    changed = text[: at % len(text)] + to + text[at % len(text) + 1 :]
    if changed != text:
        with pytest.raises(NotAuthenticated):
            TokenText.parse(changed)


@given(st.text())
def test_other_text_is_no_token(text: str) -> None:
    with pytest.raises(NotAuthenticated):
        TokenText.parse(text)


def test_every_refusal_reads_alike() -> None:
    good = TokenText(TENANT, "0123456789", bytes(range(32))).reveal()
    told = set()
    for text in ("", "x", good[:-1], f"{good}\n", good.upper()):
        with pytest.raises(NotAuthenticated) as refused:
            TokenText.parse(text)
        told.add((refused.value.message, refused.value.advice))
    assert len(told) == 1


def test_printing_shows_the_public_id_only() -> None:
    token = new_token(TENANT)
    assert repr(token) == f"TokenText({token.id})"
    assert token.reveal().split("_")[3] not in f"{token} {token!r}"


def test_new_tokens_differ() -> None:
    assert len({new_token(TENANT).reveal() for _ in range(100)}) == 100


@pytest.mark.parametrize("texts", [[], [""], ["conversations:read", "everything"], ["*"], ["Conversations:Read"]])
def test_scopes_are_those_that_exist(texts: list[str]) -> None:
    with pytest.raises(BadInput) as refused:
        parse_scopes(texts)
    assert all(scope in refused.value.advice for scope in Scope)
    assert "everything" not in refused.value.message + refused.value.advice


def test_scopes_may_stand_between_blanks() -> None:
    assert parse_scopes([" conversations:read ", ""]) == {Scope.CONVERSATIONS_READ}
