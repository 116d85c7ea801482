"""Canonical JSON against the RFC 8785 oracle, what is refused, and what a refusal may say."""

import hashlib
import hmac
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import orjson
import pytest
import rfc8785
from hypothesis import example, given, settings
from hypothesis import strategies as st

from privity.clock import rfc3339
from privity.errors import BadInput, TooLarge, Unreadable
from privity.ledger import MAX_LEAF, canonical, check_name, commitment, leaf_hash, read_leaf, stamp

KEYS = st.text(st.characters(max_codepoint=0x7F), max_size=12)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)
BODIES = st.dictionaries(KEYS, VALUES, max_size=6)


@settings(max_examples=300)
@given(BODIES)
@example({"\x7f": 1, "a\x00": "\x1f\u2028\ud7ff\U0001f600", "A": [], "\\": {}, '"': "\b\f\n\r\t/"})
def test_canonical_is_rfc_8785(body: dict[str, Any]) -> None:
    assert canonical(body) == rfc8785.dumps(body)


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({"when": 1.0}, "body.when"),
        ({"a": [0, {"b": float("nan")}]}, "body.a[1].b"),
        ({"count": 2**53}, "body.count"),
        ({"count": -(2**53)}, "body.count"),
        ({"a": {"naïve": "secret"}}, "body.a"),
        ({"a": {7: "secret"}}, "body.a"),
        ({"a": b"secret"}, "body.a"),
        ({"a": datetime(2026, 1, 1, tzinfo=UTC)}, "body.a"),
        ({"a": UUID(int=0)}, "body.a"),
        ({"a": {"secret"}}, "body.a"),
        ({"555-0100": {"deeper": 0.5}}, "body.?.deeper"),
        ({"a": "\ud800"}, "body"),
        ([], "body"),
    ],
)
def test_what_is_not_canonical_is_refused_by_its_path(body: Any, path: str) -> None:
    with pytest.raises(BadInput) as failure:
        canonical(body)
    assert failure.value.message.replace("A ledger body", "body").startswith(path + " ")
    for value in ("secret", "2026", "9007199254740992", "555", "0.5"):
        assert value not in failure.value.message


def test_a_body_is_bounded_in_size_and_depth() -> None:
    frame = len(canonical({"text": ""}))
    assert len(canonical({"text": "x" * (MAX_LEAF - frame)})) == MAX_LEAF
    with pytest.raises(TooLarge):
        canonical({"text": "x" * (MAX_LEAF - frame + 1)})
    deep: Any = 1
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(BadInput, match="nested"):
        canonical({"a": deep})


@given(BODIES, st.integers(0, 2**40))
def test_a_stamped_leaf_is_canonical_and_reads_back(body: dict[str, Any], index: int) -> None:
    time = datetime(2026, 11, 22, 10, 15, tzinfo=UTC)
    leaf = stamp(
        canonical(body), entry_id=str(UUID(int=5)), log="platform", kind="intent", index=index, time=rfc3339(time)
    )
    assert leaf == rfc8785.dumps(orjson.loads(leaf))
    read = read_leaf(leaf)
    assert (read.body, read.index, read.time, read.id) == (body, index, time, UUID(int=5))
    assert leaf_hash(leaf) == hashlib.sha256(b"\x00" + leaf).digest()


def test_what_is_no_leaf_is_unreadable() -> None:
    for leaf in (b"", b"{}", b"\xff", b'{"v":1}'):
        with pytest.raises(Unreadable):
            read_leaf(leaf)


def test_names_are_plain() -> None:
    assert check_name("a-b_c.9", "x") == "a-b_c.9"
    for name in ("", "A", "a b", 'a"', "a" * 65, "é"):
        with pytest.raises(BadInput, match="The kind"):
            check_name(name, "The kind")


def test_a_commitment_says_nothing_without_its_salt() -> None:
    salt = bytes(range(32))
    assert commitment(salt, b"+15550100") == hmac.new(salt, b"+15550100", hashlib.sha256).hexdigest()
    assert commitment(bytes(32), b"+15550100") != commitment(salt, b"+15550100")
    with pytest.raises(BadInput):
        commitment(b"short", b"+15550100")
