"""Ways to hide: keyed tokens, tokens that can be turned back, surrogates, dates that move together."""

import re
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privity.errors import BadInput, Refused
from privity.redact import DateShift, KeyedTokens, Label, Redactor, Style, Surrogates, Turn, VaultTokens, Word
from privity.redact.checks import luhn
from privity.redact.hiding.dates.calendar_dates import read_date
from privity.redact.hiding.made_up.names import MadeUpNames
from privity.redact.hiding.spellings.canonical import canonical
from promises import promise

KEY, OTHER = b"k" * 32, b"o" * 32


def test_a_keyed_token_is_the_same_for_the_same_value_however_it_is_said(redactor: Redactor) -> None:
    written = redactor.redact_text("my card is 4111-1111 1111 1111", KeyedTokens(KEY)).text
    spoken = redactor.redact_turns(
        [
            Turn(speaker="agent", text="card number please"),
            Turn(speaker="caller", text="four one one one one one one one"),
            Turn(speaker="agent", text="mm-hm"),
            Turn(speaker="caller", text="one one one one one one one one"),
        ],
        KeyedTokens(KEY),
    )
    token = re.search(r"\[CARD:[a-z]{24}\]", written)
    assert token
    assert [turn.text for turn in spoken.turns] == ["card number please", token[0], "mm-hm", ""]
    assert token[0] not in redactor.redact_text("my card is 4111-1111 1111 1111", KeyedTokens(OTHER)).text
    assert redactor.redact_text(written, KeyedTokens(KEY)).text == written


@pytest.mark.parametrize("style", [Style.HASH, Style.SURROGATE])
def test_there_is_no_hash_without_a_key(redactor: Redactor, style: Style) -> None:
    with pytest.raises(BadInput, match="needs a key"):
        redactor.redact_text("hello", style)
    with pytest.raises(BadInput, match="fewer than 16 bytes"):
        KeyedTokens(b"short")
    with pytest.raises(BadInput, match="fewer than 16 bytes"):
        Surrogates(b"")


class Box:
    """A sealer that remembers."""

    def __init__(self) -> None:
        self.sealed: dict[str, tuple[Label, str]] = {}

    def seal(self, token: str, label: Label, value: str) -> None:
        self.sealed[token] = (label, value)


def tokens(box: Box, channel: str = "message") -> VaultTokens:
    numbers = iter(range(1, 100))
    return VaultTokens(box, channel=channel, randomness=lambda size: next(numbers).to_bytes(size))


def test_a_vault_token_leads_back_to_its_value(redactor: Redactor) -> None:
    box = Box()
    text = redactor.redact_text("john smith and JOHN SMITH, jane@example.org", tokens(box)).text
    [name, again, email] = re.findall(r"\[[A-Z]+:[a-z]{24}\]", text)
    assert name == again
    assert box.sealed == {name: (Label.NAME, "john smith"), email: (Label.EMAIL, "jane@example.org")}


@promise("E26", sabotage="reversible_tokens_on_calls")
@pytest.mark.parametrize("channel", ["call", "upload", "Call", " upload "])
def test_reversible_tokens_are_refused_where_the_original_is_never_kept(channel: str) -> None:
    with pytest.raises(Refused):
        tokens(Box(), channel)


@promise("D8", sabotage="card_data_gets_a_vault_token")
def test_card_data_is_never_sealed_behind_a_token(redactor: Redactor) -> None:
    box = Box()
    said = "my card is 4111111111111111 expires 12/29 security code 737"
    assert redactor.redact_text(said, tokens(box)).text == "my card is [CARD] expires [EXPIRY] security code [CVV]"
    assert box.sealed == {}


def test_a_sealer_that_fails_lets_nothing_through(redactor: Redactor) -> None:
    class Full(Box):
        def seal(self, token: str, label: Label, value: str) -> None:
            raise OSError

    with pytest.raises(OSError):  # noqa: PT011 - its message does not matter
        redactor.redact_text("john smith", tokens(Full()))


CALL = (
    "this is John Smith, born 03/04/1980, call 212-555-0187 or (212) 555 0187. SMITH at 14 Oak Street, "
    "his ssn is 123-45-6789, card 4111 1111 1111 1111, jane@corp.com, mrn AB448219"
)


def test_surrogates_have_the_kind_and_the_form_of_what_they_stand_for(redactor: Redactor) -> None:
    made = redactor.redact_text(CALL, Surrogates(KEY)).text
    form = re.compile(
        r"this is ([A-Z][a-z]+) ([A-Z][a-z]+), born (\d\d/\d\d/\d{4}), "
        r"call (\d{3})-([01]\d\d-\d{4}) or \((\d{3})\) ([01]\d\d \d{4})\. "
        r"([A-Z]+) at \d+ [A-Z][a-z]+ [A-Z][a-z]+, his ssn is 000-\d\d-\d{4}, card (4\d{3} \d{4} \d{4} \d{4}), "
        r"[a-z0-9]+@example\.(?:com|org|net), mrn [A-Z]{2}\d{6}"
    )
    found = form.fullmatch(made)
    assert found, made
    assert (found[4], found[5].replace("-", " ")) == (found[6], found[7])
    assert found[2].upper() == found[8]
    assert not luhn(found[9].replace(" ", ""))
    assert made == redactor.redact_text(CALL, Surrogates(KEY)).text
    assert made != redactor.redact_text(CALL, Surrogates(OTHER)).text


@pytest.mark.parametrize(
    ("label", "value", "form"),
    [
        (Label.IP, "10.2.3.4", r"2(?:4\d|5[0-4])(?:\.\d{1,3}){3}"),
        (Label.IP, "fe80::1", r"2001:db8:(?::[0-9a-f]{1,4}){4}"),
        (Label.IP, "aa:bb:cc:dd:ee:ff", r"[0-9a-f][37bf](?::[0-9a-f]{2}){5}"),
        (Label.IBAN, "DE89370400440532013000", r"DE00\d{18}"),
        (Label.ZIP, "02139", r"\d{5}"),
        (Label.ZIP, "K1A 0B1", r"[WZ]\d[A-Z] \d[A-Z]\d"),
        (Label.AGE, "ninety three", r"\[AGE\]"),
        (Label.EXPIRY, "12/29", r"\d\d/\d\d"),
        (Label.SSN, "six seven eight nine", r"\d{4}"),
        (Label.NAME, "j o h n", r"(?:[a-z] )+[a-z]"),
        (Label.NAME, "Dr. J. Anne-Marie", r"Dr\. [A-Z]\. [A-Z][a-z]+-[A-Z][a-z]+"),
        (Label.URL, "https://corp.example/x", r"https://example\.(?:com|org|net)/[a-z]+"),
        (Label.PASSWORD, "hunter2", r"\[PASSWORD\]"),
        (Label.DATE, "some day", r"\[DATE\]"),
    ],
)
def test_a_surrogate_can_belong_to_nobody(label: Label, value: str, form: str) -> None:
    made = Surrogates(KEY).instead(label, value)
    assert re.fullmatch(form, made)
    assert made != value


def test_a_name_keeps_its_gender_and_no_two_become_one() -> None:
    from privity.redact.hiding.made_up.names import _kinds, _ranked

    names = MadeUpNames(KEY)
    listed = [name for kind in ("male", "female") for name in _ranked(kind) if _kinds()[name] in {"male", "female"}]
    made = {name: names.word(name) for name in set(listed)}
    assert all(_kinds()[name] == _kinds()[other] for name, other in made.items())
    assert all(name != other for name, other in made.items())
    assert len(set(made.values())) == len(made)


def test_dates_of_a_subject_move_together_and_intervals_stay() -> None:
    shift = DateShift(KEY, "subject 1")
    moved = [read_date(shift.shifted(said) or "") for said in ("03/04/1980", "March 14, 1980", "1980-03-24")]
    days = [date(read.year or 0, read.month or 0, read.day or 0) for read in moved if read]
    assert [(later - earlier).days for earlier, later in pairwise(days)] == [10, 10]
    assert days[0] != date(1980, 3, 4)
    assert {DateShift(KEY, str(subject)).shifted("03/04/1980") for subject in range(50)} != {days[0]}
    assert shift.shifted("sometime soon") is None


@pytest.mark.parametrize(
    ("said", "year", "month", "day"),
    [
        ("3/4/1980", 1980, 3, 4),
        ("13.02.1980", 1980, 2, 13),
        ("1980-03-04", 1980, 3, 4),
        ("3/4/80", 1980, 3, 4),
        ("March 3rd", None, 3, 3),
        ("the 3rd of march, 1980", 1980, 3, 3),
        ("march third nineteen eighty", 1980, 3, 3),
        ("may twenty first two thousand and five", 2005, 5, 21),
        ("december nineteen oh four", 1904, 12, None),
        ("1999", 1999, None, None),
    ],
)
def test_dates_are_read_as_they_are_written_or_said(
    said: str, year: int | None, month: int | None, day: int | None
) -> None:
    read = read_date(said)
    assert read is not None
    assert (read.year, read.month, read.day) == (year, month, day)


@pytest.mark.parametrize("title", ["Dr. ", "Prof ", "Ms. "])
def test_a_name_is_the_same_with_its_title(title: str) -> None:
    assert canonical(Label.NAME, f"{title}Amadi") == canonical(Label.NAME, "Amadi")
    assert canonical(Label.NAME, title) != canonical(Label.NAME, "")


@given(st.text(max_size=40))
def test_any_text_is_read_as_a_date_or_not_without_an_accident(text: str) -> None:
    read_date(text)
    DateShift(KEY, "s").shifted(text)
    canonical(Label.CARD, text)


@pytest.mark.parametrize("label", Label)
def test_a_lone_surrogate_is_hidden_like_anything_else(label: Label) -> None:
    for way in (KeyedTokens(KEY), Surrogates(KEY, subject="\ud800")):
        assert "\ud800b" not in way.instead(label, "Ann \ud800b 12")


def test_nothing_that_holds_a_key_shows_it() -> None:
    for holder in (KeyedTokens(KEY), Surrogates(KEY), DateShift(KEY, "s"), tokens(Box()), MadeUpNames(KEY)):
        assert "k" * 8 not in repr(holder)


def words(*said: tuple[str, int, int]) -> tuple[str, tuple[Word, ...]]:
    text, out = "", []
    for word, start, end in said:
        text += " " * bool(text) + word
        out.append(Word(text=word, start_ms=start, end_ms=end, start=len(text) - len(word), end=len(text)))
    return text, tuple(out)


@promise("E1", sabotage="times_that_run_backwards_are_trusted")
def test_words_whose_times_run_backwards_are_all_hidden(redactor: Redactor) -> None:
    text, heard = words(("this", 0, 90), ("is", 400, 500), ("john", 200, 300), ("smith", 300, 390))
    [turn] = redactor.redact_turns([Turn(speaker="caller", text=text, words=heard)]).turns
    assert turn.text == "this is [NAME]"
    [word] = turn.words
    assert set(word.text) == {"*"}
    assert (word.start_ms, word.end_ms) == (0, 500)


def test_a_finding_that_no_word_says_hides_all_words(redactor: Redactor) -> None:
    text, heard = words(("this", 0, 90), ("is", 100, 190), ("john", 200, 300), ("smith", 300, 390))
    [turn] = redactor.redact_turns([Turn(speaker="caller", text=text, words=heard[:2])]).turns
    assert [set(word.text) for word in turn.words] == [{"*"}]


def test_a_surrogate_of_a_card_is_of_its_brand_and_track_data_have_none(redactor: Redactor) -> None:
    made = redactor.redact_text("card 378282246310005", Surrogates(KEY)).text
    assert re.fullmatch(r"card 37\d{13}", made)
    assert not luhn(made.split()[1])
    assert redactor.redact_text("5555 5555 5555 4444", Surrogates(KEY)).text.startswith("55")
    track = redactor.redact_text("%B4111111111111111^DOE/JOHN^2912101?", Surrogates(KEY)).text
    assert track == "[CARD]"


def test_a_date_shift_is_a_way_to_hide(redactor: Redactor) -> None:
    shown = redactor.redact_text("my dob is 3/4/1980, admitted 2026-03-03, ssn 123-45-6789", DateShift(KEY, "s"))
    shift = DateShift(KEY, "s")
    assert shown.text == (f"my dob is {shift.shifted('3/4/1980')}, admitted {shift.shifted('2026-03-03')}, ssn [SSN]")
    for key in (b"", b"short"):
        with pytest.raises(BadInput):
            DateShift(key, "s")


def test_surrogates_keep_the_form_of_extensions_and_hardware_addresses(redactor: Redactor) -> None:
    way = Surrogates(KEY)
    phone = redactor.instead_of(Label.PHONE, "+1 (212) 555-0147 x12", way)
    assert re.fullmatch(r"\+1 \([2-9]\d\d\) [01]\d\d-\d{4} x\d\d", phone)
    assert re.fullmatch(r"[0-9A-F]{2}(?::[0-9A-F]{2}){5}", redactor.instead_of(Label.DEVICE, "00:1A:2B:3C:4D:5E", way))


def test_a_token_is_that_of_the_value_in_figures_and_words_mixed(redactor: Redactor) -> None:
    way = KeyedTokens(KEY)
    tokens = {
        redactor.instead_of(Label.PHONE, value, way)
        for value in ("212-555-0147", "212 five five five 0147", "two one two five five five zero one four seven")
    }
    assert len(tokens) == 1


def test_a_style_is_told_by_its_name_too(redactor: Redactor) -> None:
    by_name: Any = "mask"
    assert redactor.redact_text("ssn 392217909", by_name).text == "ssn *********"
    for wrong in ("masc", "hash"):
        by_name = wrong
        with pytest.raises(BadInput):
            redactor.redact_text("ssn 392217909", by_name)


def test_a_month_is_no_day_and_is_not_moved() -> None:
    shift = DateShift(b"k" * 32, "p1")
    assert shift.shifted("August 2008") is None
    assert shift.instead(Label.DATE, "August 2008") == "[DATE]"
    assert shift.shifted("August 4, 2008") not in {None, "August 4, 2008"}


@pytest.mark.parametrize("way", [KeyedTokens, Surrogates, lambda key: DateShift(key, "p1")])
def test_a_key_that_is_a_text_is_refused_before_it_is_used(way: Callable[[Any], object]) -> None:
    with pytest.raises(BadInput, match="no bytes"):
        way("a text of more than sixteen letters")
