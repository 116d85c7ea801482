"""Secrets and plaintexts show themselves nowhere by accident, and can be wiped."""

import copy
import pickle
import traceback
from collections.abc import Callable
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privity.errors import SealBroken
from privity.keys import RecordKey
from privity.vault import Hidden, Plaintext, Secret
from promises import promise

CONTENT = b"\x00Rosalind Whitcombe 4111111111111111"
KINDS: list[type[Hidden]] = [Secret, Plaintext]


def shows(text: str, content: bytes) -> bool:
    forms = {content.hex(), repr(content)[2:-1], repr(bytearray(content)), str(list(content))[1:-1]}
    return any(form in text for form in forms) or "Whitcombe" in text


@promise("E1", sabotage="secret_shows_itself")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", [repr, str, "{}".format, "%s".__mod__, ascii])
def test_text_forms_hide_the_content(kind: type[Hidden], form: Callable[[object], str]) -> None:
    assert not shows(form(kind(CONTENT)), CONTENT)


def test_a_record_key_hides_its_bytes() -> None:
    key = RecordKey(key_id=uuid4(), key=Secret(CONTENT))
    assert not shows(repr(key), CONTENT)
    assert str(key.key_id) in repr(key)


def test_a_traceback_with_locals_hides_the_content() -> None:
    def fail(secret: Secret, plaintext: Plaintext) -> None:
        assert len(secret) == len(plaintext)
        raise SealBroken("a sealed value did not open")

    try:
        fail(Secret(CONTENT), Plaintext(CONTENT))
    except SealBroken as error:
        trace = "".join(traceback.TracebackException.from_exception(error, capture_locals=True).format())
    assert "hidden" in trace
    assert not shows(trace, CONTENT)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("act", [hash, pickle.dumps, copy.copy, copy.deepcopy])
def test_copies_out_of_reach_of_wipe_are_refused(kind: type[Hidden], act: Callable[[object], object]) -> None:
    with pytest.raises(TypeError):
        act(kind(CONTENT))


def test_wiping_clears_the_bytes_and_ends_their_use() -> None:
    content = bytearray(CONTENT)
    with Secret(content) as secret:
        held = secret.reveal()
        assert held == CONTENT
    assert content == held == bytes(len(CONTENT))
    with pytest.raises(SealBroken):
        secret.reveal()
    with pytest.raises(SealBroken):
        secret.hex()


@given(st.binary(), st.binary())
def test_equality_is_that_of_the_content_and_the_kind(one: bytes, other: bytes) -> None:
    assert (Secret(one) == Secret(other)) == (one == other)
    assert Secret(one) != Plaintext(one)
    assert Secret(one) != one


@given(st.text())
def test_text_comes_back_as_it_went_in(text: str) -> None:
    assert Plaintext.of(text).text() == text


def test_what_is_not_text_is_refused_without_being_shown() -> None:
    with pytest.raises(SealBroken) as caught:
        Plaintext(b"\xff\xfe" + CONTENT).text()
    assert not shows("".join(traceback.format_exception(caught.value)), CONTENT)
