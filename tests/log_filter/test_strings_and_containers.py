"""What the log filter hides in strings and containers, and what it leaves alone."""

import collections
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privity.log_filter import sanitize_dict, sanitize_string
from promises import promise

HIDDEN = {
    "ssn": ["123-45-6789", "123\u200b-45\u20116789", "SSN123-45-6789x", "123 45 6789", "123456789", "at 078-05-1120."],
    "phone": ["212-555-0147", "(212) 555-0147", "2125550147", "+1 212 555 0147", "+12125550147", "+44 20 7946 0958",
              "212\u00a0555\u00a00147", "212\u2011555\u20110147"],
    "email": ["ann.lee+x@example.co.uk", "ANN@EXAMPLE.ORG", "ann%40example.org", "<ann@mail.example.org>",
              "ann\u200b@exam\u00adple.org"],
    "card": ["4111111111111111", "4111 1111 1111 1111", "4111-1111 1111.1111", "378282246310005", "5555555555554444",
             "order4111111111111111X", "6759649826438453", "30569309025904", "4111\u200b1111\u00a01111\u200b1111",
             "%B4111111111111111^DOE/JOHN^2912101?", ";4111111111111111=29121010000?"],
    "ip": ["203.0.113.9", "203.0.113.9:443", "2001:db8::8a2e:370:7334", "fe80::1%eth0", "::ffff:203.0.113.9",
           "2001:0db8:0000:0000:0000:8a2e:0370:7334"],
    "secret": ["Bearer abc.def-123", "https://ann:hunter2@example.org/x", "AKIAABCDEFGHIJKLMNOP",
               "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln"],
}  # fmt: skip
INNOCENT = [
    "4111111111111112", "1234567890123456", "0000000000000000", "490154203237518", "353879234252633", "9780306406157",
    "1764000000000", "9400111899223197428490", "550e8400-e29b-41d4-a716-446655440000",
    "12345678-1234-1234-1234-123456789012",
    "deadbeef4111111111111111deadbeefdeadbeef", "12:30:45", "2026-11-26T01:02:03.123456Z", "version 1.2.3.4",
    "v1.2.3.4",
    "std::string", "1.2.3", "took 1764000000 ms", "GET /v1/conversations/{id} 200", "user not found",
    "the patient is 45",
    "98.6 degrees", "500 mg", "ICD E11.9", "CPT 99213", "256.256.256.256", "token_count=5", "a @ b", "ratio 3:2:1",
]  # fmt: skip


@promise("E16", sabotage="filter_forgets_the_forms")
@pytest.mark.parametrize("text", [text for texts in HIDDEN.values() for text in texts])
def test_what_has_a_form_is_hidden(text: str) -> None:
    hidden = sanitize_string(f"it was {text} again")
    assert text not in hidden
    assert sum(character.isdigit() for character in hidden) <= 3
    assert hidden.startswith("it was ")
    assert hidden.endswith(" again")


@pytest.mark.parametrize("text", INNOCENT)
def test_what_only_looks_like_it_stays(text: str) -> None:
    assert sanitize_string(text) == text


@promise("E17", sabotage="filter_forgets_the_words")
@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("password=hunter2", "password=[REDACTED]"),
        ("PASSWORD = 'hunter 2'; next", "PASSWORD = '[REDACTED]'; next"),
        ('{"password": "a \\" b", "n": 1}', '{"password": "[REDACTED]", "n": 1}'),
        ("ssn: 12", "ssn: [REDACTED]"),
        ("ssn 1234 ok", "ssn [REDACTED] ok"),
        ("dob 3/4/1980 ok", "dob [REDACTED] ok"),
        ("dob march 3 1980 ok", "dob [REDACTED] ok"),
        ("date_of_birth=1980-03-04", "date_of_birth=[REDACTED]"),
        ("patient name is John Smith and he left", "patient name is [REDACTED] and he left"),
        ("first_name=Ann&last_name=Lee", "first_name=[REDACTED]&last_name=[REDACTED]"),
        ("patient: ann lee", "patient: [REDACTED]"),
        ("GET /reset?token=abc&page=2", "GET /reset?token=[REDACTED]&page=2"),
        ("Authorization: Bearer abcdef", "Authorization: [REDACTED]"),
        ("address: 14 Oak Street, Springfield", "address: [REDACTED]"),
        ("mrn AB12 is no number, mrn 448219 is", "mrn AB12 is no number, mrn [REDACTED] is"),
        ("cvv=737", "cvv=[REDACTED]"),
        ("password='never closed, and more", "password=[REDACTED]"),
        (f"password={'x' * 9000}", "password=[REDACTED]"),
        ("patient is admitted", "patient is admitted"),
        ("\u0130d: password=hunter2", "\u0130d: password=[REDACTED]"),
    ],
)
def test_what_a_word_announces_is_hidden(text: str, hidden: str) -> None:
    assert sanitize_string(text) == hidden


_PIECES = st.sampled_from([
    "password", "=", ":", " ", " is ", "ssn", "123-45-6789", "ann@example.org", "[SSN]", "[REDACTED]", "'", '"', "4111",
    "1111", "-", "dob", "212", "555-0147", "name", "patient", "first_", "::", "1", "f", "@", "%40", "Bearer ", "+",
    "\n",
    "token", "card", "\u00e9", "\u0130", "?", "&", "://", "march 3", "[", "]",
])  # fmt: skip


@given(st.one_of(st.lists(_PIECES, max_size=14).map("".join), st.text(max_size=60)))
@settings(max_examples=400, deadline=None)
def test_doing_it_again_changes_nothing(text: str) -> None:
    once = sanitize_string(text)
    assert sanitize_string(once) == once


@promise("E19", sabotage="filter_passes_once")
def test_doing_it_again_changes_nothing_where_hiding_one_thing_shows_another() -> None:
    once = sanitize_string("555-0147+4111555-0147?:")
    assert sanitize_string(once) == once


def test_a_wall_of_text_is_cut_and_takes_no_time() -> None:
    for piece in ("1", "1 ", "a@", "a.", ":", "password=", "-", "1.", "(", "name is a ", "%B4111111111111111^"):
        hidden = sanitize_string(piece * 500_000)
        assert len(hidden) < 80_000


@promise("E20", sabotage="filter_stops_at_the_first_level")
def test_containers_are_gone_through_and_not_changed() -> None:
    named = collections.namedtuple("named", "mail n")  # noqa: PYI024 - what others log
    given: dict[Any, Any] = {
        "a": [1, {"ssn": "x", "deep": {"mail": "to ann@example.org"}}],
        "ann@example.org": 1,
        "bob@example.org": 2,
        ("k", "212-555-0147"): 3,
        b"raw": b"ssn 123-45-6789",
        "binary": b"\xff\xfe123-45-6789",
        "set": {"ann@example.org", 5},
        "named": named("ann@example.org", 1),
        "first_name": {"any": "thing"},
        "n": 4111111111111111,
        "flag": True,
        "none": None,
        "object": ValueError("ann@example.org"),
    }
    given["itself"] = given
    before = repr(given)
    shown = sanitize_dict(given)
    assert repr(given) == before
    assert "example.org" not in repr(shown)
    assert "123-45" not in repr(shown)
    assert shown["a"] == [1, {"ssn": "[REDACTED]", "deep": {"mail": "[REDACTED]"}}]
    assert (shown["[EMAIL]"], shown["[EMAIL] (2)"]) == (1, 2)
    assert shown["k", "[PHONE]"] == 3
    assert shown[b"raw"] == b"ssn [REDACTED]"
    assert shown["binary"] == b"[BINARY]"
    assert shown["set"] == {"[EMAIL]", 5}
    assert shown["named"] == named("[EMAIL]", 1)
    assert (shown["first_name"], shown["n"], shown["flag"], shown["none"]) == ("[REDACTED]", "[REDACTED]", True, None)
    assert shown["itself"] == "[CYCLE]"


def test_headers_as_servers_keep_them_show_no_secret() -> None:
    kept = {
        b"authorization": b"opaque-credential",
        "headers": [(b"cookie", b"crumbs=opaque-credential"), ("Set-Cookie", "opaque-credential"), (b"accept", b"*/*")],
        "token": None,
    }
    assert sanitize_dict(kept) == {
        b"authorization": "[REDACTED]",
        "headers": [(b"cookie", "[REDACTED]"), ("Set-Cookie", "[REDACTED]"), (b"accept", b"*/*")],
        "token": None,
    }


def test_numbers_are_hidden_as_keys_too() -> None:
    assert sanitize_dict({4111111111111111: 1, 2125550147.0: 2, 7: 3, True: 4, None: 5}) == {
        "[REDACTED]": 1, "[REDACTED] (2)": 2, 7: 3, True: 4, None: 5,
    }  # fmt: skip


def test_container_that_cannot_be_gone_through_is_told_by_its_type() -> None:
    class Broken(dict[str, str]):
        def items(self) -> Any:
            raise RuntimeError("ann@example.org")

    assert sanitize_dict({"a": Broken(x="y"), "c": "fine"}) == {
        "a": "[Broken]", "c": "fine",
    }  # fmt: skip


def test_what_is_nested_too_deep_is_not_shown() -> None:
    nested: Any = "ann@example.org"
    for _ in range(200):
        nested = [nested]
    assert "example" not in str(sanitize_dict(nested))


@pytest.mark.parametrize(
    ("name", "sensitive"),
    [("SSN", True), ("homeAddress", True), ("patient-first-name", True), ("card_number_2", True), ("X-Api-Key", True),
     ("ipAddress", True), ("token_count", False), ("event_name", False), ("name", False), ("status", False), ("",
     False)],
)  # fmt: skip
def test_keys_tell_what_is_sensitive(name: str, sensitive: bool) -> None:
    assert (sanitize_dict({name: "value"})[name] == "[REDACTED]") is sensitive


def test_a_long_text_of_blanks_is_cut_as_any_other() -> None:
    assert sanitize_string("\n" * 70_000) == " [CUT]"
    assert sanitize_string("x" * 70_000).endswith(" [CUT]")


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("client:2001:db8:85a3::8a2e:370:7334", "client:[IP]"),
        ("src:fe80::1 up", "src:[IP] up"),
        (r'{"m":"x\npassword=hunter2"}', r'{"m":"x\npassword=[REDACTED]"}'),
        ("run --password hunter --verbose", "run --password [REDACTED] --verbose"),
        ("password hunter2", "password [REDACTED]"),
        ("passwordHash=hunter", "passwordHash=[REDACTED]"),
        ("id_212-555-0147", "id_[PHONE]"),
        ("203.0.113.9_x", "[IP]_x"),
        ("std::string a::b::c", "std::string a::b::c"),
        ("12:30:45 password reset, secret manager", "12:30:45 password reset, secret manager"),
        ("v1.2.3.4 --verbose --token", "v1.2.3.4 --verbose --token"),
    ],
)  # fmt: skip
def test_what_stands_beside_other_signs_or_behind_an_option_is_hidden(line: str, shown: str) -> None:
    assert sanitize_string(line) == shown
