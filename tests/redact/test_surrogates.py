"""Surrogates: never the value, never another one of the text, the same for the same value, in its kind and form."""

import re
from collections.abc import Callable
from ipaddress import ip_address
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privity.redact import Label, Redactor, Stream, Surrogates, Turn
from privity.redact.checks import aba, iban, luhn, nanp, npi, ssn, vin
from privity.redact.hiding.made_up.keyed_order import Draw, KeyedOrder
from privity.redact.hiding.made_up.names import MadeUpNames, _kinds
from privity.redact.hiding.made_up.places import made_up_town
from privity.redact.hiding.spellings.canonical import bare, canonical
from privity.redact.reading.lexicon import Bit, lexicon

KEY = b"k" * 32
WAY = Surrogates(KEY)
KEYS = st.binary(min_size=16, max_size=32)
DIGITS = st.text("0123456789", min_size=1, max_size=1)


def digits(count: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=count, max_size=count)


def letters(least: int, most: int) -> st.SearchStrategy[str]:
    return st.text("abcdefghijklmnopqrstuvwxyz", min_size=least, max_size=most)


PHONES = st.builds(
    lambda area, exchange, line, form: form.format(area, exchange, line),
    st.from_regex(r"[2-9][0-8][0-9]", fullmatch=True),
    st.from_regex(r"[2-9][0-9]{2}", fullmatch=True),
    digits(4),
    st.sampled_from(["({}) {}-{}", "{}-{}-{}", "+1 {} {} {}", "{}{}{}", "1-{}-{}-{}"]),
)
VALUES: dict[Label, st.SearchStrategy[str]] = {
    Label.NAME: st.sampled_from(sorted(_kinds())).map(str.title),
    Label.PHONE: PHONES,
    Label.SSN: st.builds("{}-{}-{}".format, digits(3), digits(2), digits(4)),
    Label.CARD: digits(14).map("42{}".format),
    Label.ZIP: digits(5),
    Label.IBAN: digits(18).map("DE{}2".format),
    Label.MRN: st.builds("{}{}".format, letters(2, 2).map(str.upper), digits(6)),
    Label.ACCOUNT: digits(8),
    Label.BANK_ACCOUNT: digits(9),
    Label.LICENSE: st.builds("{}{}".format, letters(1, 1).map(str.upper), digits(7)),
    Label.VEHICLE: st.builds("{}-{}".format, letters(3, 3).map(str.upper), digits(4)),
    Label.DEVICE: digits(15),
    Label.ID: st.builds("{}-{}".format, letters(3, 5), digits(5)),
    Label.HEALTH_PLAN: st.builds("{}{}".format, letters(3, 3).map(str.upper), digits(9)),
    Label.USERNAME: st.builds("{}_{}".format, letters(3, 8), digits(2)),
    Label.EMAIL: st.builds("{}@{}.com".format, letters(3, 9), letters(3, 9)),
    Label.URL: letters(4, 12).map("https://www.{}.com/".format),
    Label.IP: st.ip_addresses(v=4).map(str) | st.ip_addresses(v=6).map(str),
    Label.LOCATION: st.sampled_from(["Denver", "Fresno", "Ohio", "Lyon", "Quebec", "Bath"])
    | letters(4, 12).map(str.title),
    Label.ADDRESS: st.builds("{} {} Street".format, st.integers(1, 9999), letters(3, 10).map(str.title)),
    Label.EXPIRY: st.builds("{:02}/{}".format, st.integers(1, 12), st.integers(20, 39)),
    Label.DATE: st.dates().map(str),
    Label.DOB: st.dates().map(lambda day: f"{day:%B} {day.day}, {day.year:04}"),
    Label.AGE: st.integers(90, 119).map(str),
    Label.CVV: digits(3) | digits(4),
}


@pytest.mark.parametrize("label", VALUES, ids=str)
@settings(max_examples=60, deadline=None)
@given(data=st.data(), key=KEYS)
def test_a_surrogate_is_never_the_value_and_always_the_same(label: Label, data: st.DataObject, key: bytes) -> None:
    value = data.draw(VALUES[label])
    made = Surrogates(key).instead(label, value)
    assert made == Surrogates(key).instead(label, value)
    assert bare(made) != bare(value)
    assert canonical(label, made) != canonical(label, value)
    words = {word for word in re.findall("[a-z]{2,}", value.lower()) if label in {Label.NAME, Label.LOCATION}}
    assert words.isdisjoint(re.findall("[a-z]{2,}", made.lower()))


SAME_FORM = (
    Label.PHONE, Label.SSN, Label.CARD, Label.ZIP, Label.MRN, Label.ACCOUNT, Label.BANK_ACCOUNT, Label.LICENSE,
    Label.VEHICLE, Label.DEVICE, Label.ID, Label.HEALTH_PLAN, Label.USERNAME, Label.EXPIRY,
)  # fmt: skip


@pytest.mark.parametrize("label", SAME_FORM, ids=str)
@settings(max_examples=40, deadline=None)
@given(data=st.data(), key=KEYS)
def test_a_surrogate_has_the_form_of_its_value(label: Label, data: st.DataObject, key: bytes) -> None:
    value = data.draw(VALUES[label])

    def form(text: str) -> str:
        return re.sub("[a-z]", "a", re.sub("[A-Z]", "A", re.sub("[0-9]", "9", text)))

    assert form(Surrogates(key).instead(label, value)) == form(value)


@pytest.mark.parametrize(
    ("label", "real"),
    [
        (Label.PHONE, lambda made: nanp("".join(filter(str.isdigit, made)))),
        (Label.SSN, lambda made: ssn(made.replace("-", ""))),
        (Label.CARD, luhn),
        (Label.IBAN, iban),
        (Label.BANK_ACCOUNT, aba),
        (Label.DEVICE, luhn),
        (Label.IP, lambda made: ip_address(made).is_global),
        (Label.EMAIL, lambda made: not re.fullmatch(r"[a-z]+\d+@example\.(?:com|org|net)", made)),
        (Label.URL, lambda made: not re.fullmatch(r"https://example\.(?:com|org|net)/[a-z]+", made)),
        (Label.AGE, lambda made: made != "[AGE]"),
        (Label.CVV, lambda made: made != "[CVV]"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
@settings(max_examples=60, deadline=None)
@given(data=st.data(), key=KEYS)
def test_a_surrogate_belongs_to_nobody(
    label: Label, real: Callable[[str], bool], data: st.DataObject, key: bytes
) -> None:
    assert not real(Surrogates(key).instead(label, data.draw(VALUES[label])))


def test_vehicles_and_providers_fail_their_check_digits() -> None:
    for number in range(300):
        made = WAY.instead(Label.VEHICLE, f"1HGCM82633A{number:06}")
        assert re.fullmatch(r"\d[A-Z]{4}\d{5}[A-Z]\d{6}", made)
        assert not vin(made)
        assert not npi(WAY.instead(Label.LICENSE, f"1245319{number:03}"))


MANY = {
    Label.PHONE: [f"({area}) {at}-{line:04}" for area, at in product((212, 415), (230, 987)) for line in range(500)],
    Label.MRN: [f"AB{number:06}" for number in range(2000)],
    Label.ACCOUNT: [f"{number * 7:08}" for number in range(2000)],
    Label.CARD: [f"4{number:015}" for number in range(2000)],
    Label.VEHICLE: [f"KLM-{number:04}" for number in range(2000)],
    Label.IBAN: [f"DE44{number:018}" for number in range(1000)],
    Label.USERNAME: [f"ann_{number:04}" for number in range(2000)],
    Label.EMAIL: [f"ann{number}@clinic.example" for number in range(1500)],
    Label.IP: [f"10.1.{number // 250}.{number % 250}" for number in range(1500)],
    Label.URL: [f"https://clinic.example/{number}" for number in range(1500)],
    Label.EXPIRY: [f"{month:02}/{year}" for month in range(1, 13) for year in range(20, 40)],
    Label.SSN: [f"{number:04}" for number in range(2000)],
}  # fmt: skip


@pytest.mark.parametrize("label", MANY, ids=str)
def test_no_two_of_many_values_share_a_surrogate(label: Label) -> None:
    made = [WAY.instead(label, value) for value in MANY[label]]
    assert f"[{label}]" not in made
    assert len(set(made)) == len(made)


@pytest.mark.parametrize(
    ("label", "values", "most"),
    [
        (Label.LOCATION, [f"Abra {number}" for number in range(1000)], 12),
        (Label.ADDRESS, [f"{number} Elm Street" for number in range(1, 1001)], 2),
        (Label.SSN, [f"{number:09}" for number in range(1, 1001)], 4),
    ],
    ids=["towns", "streets", "social security numbers"],
)  # fmt: skip
def test_few_of_a_thousand_values_share_a_surrogate(label: Label, values: list[str], most: int) -> None:
    assert len(values) - len({WAY.instead(label, value) for value in values}) <= most


def test_towns_are_thousands_and_on_no_list() -> None:
    draw = Draw(KEY)
    towns = {made_up_town(draw).lower() for _ in range(3000)}
    assert len(towns) > 2900
    listed = Bit.PLACE | Bit.KNOWN_PLACE | Bit.REGION | Bit.GIVEN | Bit.SURNAME | Bit.WORD
    assert not any(lexicon().of(town) & listed for town in towns)


def test_names_of_no_list_are_sent_where_no_listed_name_comes_from() -> None:
    names = MadeUpNames(KEY)
    listed = {names.word(name) for name in _kinds()}
    rare = [names.word(f"{first}{last}") for first in ("oyel", "zhen", "quar") for last in ("aran", "ickov", "untu")]
    assert len(set(rare)) == len(rare)
    assert listed.isdisjoint(rare)


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("José", "Jose"),
        ("O'Brien", "OBRIEN"),
        ("Smith's", "Smith"),
        ("Anne-Marie", "Anne Marie"),
    ],
)
def test_a_name_has_one_surrogate_however_it_is_spelled(name: str, form: str) -> None:
    made = [re.sub("[^a-z]", "", WAY.instead(Label.NAME, each).lower().removesuffix("'s")) for each in (name, form)]
    assert made[0] == made[1]


def test_titles_stay_and_particles_do_not() -> None:
    assert (
        re.fullmatch(
            r"Dr\. [A-Z][a-z]+ [A-Z][a-z]+ [A-Z][a-z]+ Jr\.", WAY.instead(Label.NAME, "Dr. Maria de Souza Jr.")
        )
        is None
    )
    made = WAY.instead(Label.NAME, "Dr. Maria de Souza Jr.")
    assert re.fullmatch(r"Dr\. [A-Z][a-z]+ [a-z]+ [A-Z][a-z]+ Jr\.", made)
    assert " de " not in made
    assert "Van" not in WAY.instead(Label.NAME, "Kim Van")


@settings(max_examples=30, deadline=None)
@given(key=KEYS, size=st.integers(2, 400))
def test_an_order_has_one_behind_each_and_never_itself(key: bytes, size: int) -> None:
    order = KeyedOrder(key, "kind", size)
    behind = [order.after(number) for number in range(size)]
    assert sorted(behind) == list(range(size))
    assert all(number != after for number, after in enumerate(behind))


def told(redactor: Redactor, text: str, key: bytes) -> tuple[list[str], str]:
    way = Surrogates(key)
    spans = redactor.detect_text(text)
    return [text[span.start : span.end] for span in spans], redactor.redact_text(text, way).text


def test_a_surrogate_is_no_other_value_of_the_text(redactor: Redactor) -> None:
    """Two names of one list: with some keys one becomes the other, and then its label is shown."""
    shown = [
        told(redactor, "this is Linda Okafor, and my sister is Susan Okafor", bytes([key]) * 16)[1]
        for key in range(1, 250)
    ]
    collided = [text for text in shown if "[NAME]" in text]
    assert collided or all("Linda" not in text and "Susan" not in text for text in shown)
    names = MadeUpNames(KEY)
    other = names.word("linda").title()
    text = f"this is Linda Okafor, and my sister is {other} Okafor"
    made = redactor.redact_text(text, Surrogates(KEY)).text
    assert made.startswith("this is [NAME], and my sister is ")
    assert other not in made


@pytest.mark.parametrize(
    ("label", "value"),
    [
        (Label.ACCOUNT, "55012873"), (Label.MRN, "QX448219"), (Label.IP, "10.9.8.7"), (Label.EXPIRY, "11/28"),
        (Label.EMAIL, "ann@clinic.example"), (Label.LOCATION, "Fresno"),
    ],
)  # fmt: skip
def test_what_would_be_another_value_of_the_conversation_is_labelled(label: Label, value: str) -> None:
    from privity.redact.hiding.conversation import Conversation, Hidden

    other = WAY.instead(label, value)
    way = WAY.within(Conversation((value, other), (Hidden(label, value), Hidden(label, other))))
    assert way.instead(label, value) == f"[{label}]"
    assert way.instead(label, other) not in {other, f"[{label}]"}


def test_two_values_of_a_conversation_never_share_a_surrogate() -> None:
    """Of ZIP codes there are few that nobody has: the second of two that meet gets its label."""
    from privity.redact.hiding.conversation import Conversation, Hidden

    codes = [f"{number:05}" for number in range(10000, 13000)]
    way = WAY.within(Conversation(codes, [Hidden(Label.ZIP, code) for code in codes]))
    shown = [way.instead(Label.ZIP, code) for code in codes]
    made = [each for each in shown if each != "[ZIP]"]
    assert len(set(made)) == len(made)
    assert "[ZIP]" in shown
    assert [way.instead(Label.ZIP, code) for code in codes] == shown


def test_who_speaks_is_a_name_of_the_conversation(redactor: Redactor) -> None:
    other = MadeUpNames(KEY).word("linda").title()
    turns = [Turn(speaker=f"{other} Okafor", text="this is Linda Okafor speaking")]
    assert redactor.redact_turns(turns, Surrogates(KEY)).turns[0].text == "this is [NAME] speaking"


def test_a_stream_ends_with_the_surrogates_of_the_whole_conversation(redactor: Redactor) -> None:
    turns = [
        Turn(speaker="agent", text="who am i speaking with"),
        Turn(speaker="caller", text="this is Linda Okafor, you can reach me at 415-268-0143"),
        Turn(speaker="agent", text="and the card number"),
        Turn(speaker="caller", text="4012 8888 8888 1881, and my daughter is Susan Okafor"),
    ]
    stream = Stream(redactor, WAY)
    shown = [released.turn.text for turn in turns for released in stream.add(turn)]
    rest, finished = stream.finish()
    whole = [turn.text for turn in redactor.redact_turns(turns, WAY).turns]
    assert [*shown, *(released.turn.text for released in rest)] == whole
    assert [turn.text for turn in finished.redacted.turns] == whole
    assert not any(real in text for real in ("Linda", "Susan", "Okafor", "0143", "1881") for text in whole)


@pytest.mark.parametrize(
    ("label", "value"),
    [
        (Label.CVV, "737"), (Label.AGE, "ninety three"), (Label.PASSWORD, "correct horse"), (Label.ACCOUNT, "123"),
        (Label.PHONE, "911"), (Label.UNCERTAIN, "for the want"), (Label.CARD, "%B4111111111111111^DOE/JOHN^2912101?"),
    ],
)  # fmt: skip
def test_what_has_few_values_or_must_not_be_known_shows_its_label(label: Label, value: str) -> None:
    assert WAY.instead(label, value) == f"[{label}]"


@pytest.mark.parametrize("value", ["+1 415 268 0123 x12", "415.268.0123 ext. 4", "(415) 268-0123, extension 77"])
def test_an_extension_has_another_one(value: str) -> None:
    made = WAY.instead(Label.PHONE, value)
    assert re.sub("[0-9]", "9", made) == re.sub("[0-9]", "9", value)
    assert made[-1] != value[-1] or made[-2] != value[-2]


def test_letters_of_a_telephone_number_are_not_shown() -> None:
    made = WAY.instead(Label.PHONE, "1-800-555-HELP")
    assert "HELP" not in made
    assert "help" not in made


@pytest.mark.parametrize("value", ["00:1a:2b:3c:4d:5e", "00-1A-2B-3C-4D-5E", "001a.2b3c.4d5e"])
def test_a_hardware_address_is_of_a_group_and_keeps_its_form(value: str) -> None:
    made = WAY.instead(Label.DEVICE, value)
    assert int(made[:2], 16) & 1
    assert re.sub("[0-9a-f]", "0", made.lower()) == re.sub("[0-9a-f]", "0", value.lower())
    assert made.lower() == made or made.upper() == made


@pytest.mark.parametrize("value", ["austin", "AUSTIN", "Austin"])
def test_a_town_keeps_its_case(value: str) -> None:
    made = WAY.instead(Label.LOCATION, value)
    assert made.islower() is value.islower()
    assert made.isupper() is value.isupper()
    assert made.lower() == WAY.instead(Label.LOCATION, "Austin, TX").lower()


@pytest.mark.parametrize(
    ("value", "form"),
    [
        ("12/29", r"\d\d/\d\d"), ("12/2029", r"\d\d/\d{4}"), ("08-27", r"\d\d-\d\d"), ("1229", r"\d{4}"),
        ("december twenty twenty nine", r"[a-z]+ twenty [a-z ]+"), ("December 2029", r"[A-Z][a-z]+ 20\d\d"),
        ("twelve twenty nine", r"\d\d/\d\d"),
    ],
)  # fmt: skip
def test_a_month_of_expiry_keeps_its_form(value: str, form: str) -> None:
    assert re.fullmatch(form, WAY.instead(Label.EXPIRY, value))
