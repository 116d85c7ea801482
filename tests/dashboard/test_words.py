"""Words and places of pages: acts are told, ids are short, nobody is sent elsewhere."""

from datetime import UTC, datetime, timedelta

import pytest

from privity.dashboard.forms import days_in
from privity.dashboard.page import page_of_site
from privity.dashboard.times import exact, relative
from privity.dashboard.words import actor_of, told
from privity.errors import BadInput
from privity.gate import Action


def test_every_act_is_told_in_words() -> None:
    for action in Action:
        assert ":" not in told(action, done=True)
        assert told(action, done=False).startswith("asked to ")


def test_act_without_words_of_its_own_is_told_by_its_name() -> None:
    assert told("recording:start", done=True) == "started recording"
    assert told("recording:read", done=False) == "asked to open recording"
    assert told("moon:land", done=True) == "did moon land"


@pytest.mark.parametrize(
    "address",
    ["//evil.example", "https://evil.example/app", "/app/../x", "/application", "/app//x", "/app/\\x", "/app?x=1", ""],
)
def test_nobody_is_sent_elsewhere(address: str) -> None:
    assert page_of_site(address) == "/app"


def test_pages_of_the_site_are_gone_back_to() -> None:
    assert page_of_site("/app/ledger/12") == "/app/ledger/12"


def test_machines_and_people_have_different_shapes() -> None:
    assert actor_of({"actor": {"kind": "service", "id": "k3jx0q2v7a"}}).machine
    assert not actor_of({"actor": {"kind": "person", "id": "x"}}, {"x": "ann@birch.example"}).machine
    assert actor_of({"actor": {"kind": "person", "id": "x"}}, {"x": "ann@birch.example"}).shown == "ann@birch.example"
    assert actor_of({}).shown == "the ledger itself"


def test_times_are_near_and_exact() -> None:
    now = datetime(2026, 6, 2, 9, 14, 2, 118_000, tzinfo=UTC)
    assert exact(now) == "2 June 2026, 09:14:02.118 UTC"
    said = [relative(now - timedelta(seconds=ago), now) for ago in (0, 12, 240, 7200, 90_000, 200_000)]
    assert said == ["now", "12 s ago", "4 min ago", "2 h ago", "1 day ago", "2 days ago"]
    assert relative(now + timedelta(days=3), now) == "in 3 days"


@pytest.mark.parametrize("text", ["", "0", "367", "-1", "7.5", "٧", "00010000000000", "1" * 5_000])
def test_days_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(BadInput):
        days_in(text, "Choose fewer.")
    assert [days_in(good, "") for good in ("1", "030", "366")] == [1, 30, 366]
