"""Dates that move together: read in the order of their language and conversation, in words of three languages."""

from datetime import date

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from privity.redact import DateShift, KeyedTokens, Label, Redactor, Surrogates, Turn
from privity.redact.documents import redact_document
from privity.redact.hiding.conversation import Conversation, Hidden
from privity.redact.hiding.dates.calendar_dates import read_date
from privity.redact.hiding.dates.read_dates import DayOrder
from privity.redact.hiding.dates.romance import MONTHS
from privity.redact.reading.folding import fold

KEY = b"k" * 32
SHIFT = DateShift(KEY, "p7")
DAYS = st.dates(date(1920, 1, 1), date(2080, 12, 31))


def moved(day: date) -> date:
    """Return a day as the shift moves it."""
    read = read_date(SHIFT.shifted(day.isoformat()) or "")
    assert read is not None
    return date(read.year or 0, read.month or 0, read.day or 0)


def american(day: date) -> str:
    return f"{day.month}/{day.day}/{day.year}"


def european(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("la paciente ingresó el {} y salió por la tarde con su hija", date(2024, 4, 3)),
        ("Fecha de nacimiento: {}", date(1981, 6, 5)),
        ("nous avons vu la patiente le {} et elle va bien maintenant", date(2024, 4, 3)),
        ("né le {} à Lyon", date(1984, 3, 4)),
    ],
)
def test_in_spanish_and_french_the_day_comes_first(redactor: Redactor, text: str, day: date) -> None:
    shown = redactor.redact_text(text.format(european(day)), SHIFT).text
    assert european(moved(day)) in shown


@pytest.mark.parametrize("text", ["she was admitted on {} with a cough", "my date of birth is {}", "DOB {}"])
def test_in_english_the_month_comes_first(redactor: Redactor, text: str) -> None:
    day = date(1981, 6, 5)
    assert redactor.redact_text(text.format(american(day)), SHIFT).text.endswith(
        text.format(american(moved(day)))[-12:]
    )


@pytest.mark.parametrize(
    ("clear", "unclear", "order"),
    [("25/4/2024", "3/4/2024", DayOrder.DAY_FIRST), ("4/25/2024", "3/4/2024", DayOrder.MONTH_FIRST)],
)
def test_another_date_of_the_conversation_tells_the_order(
    redactor: Redactor, clear: str, unclear: str, order: DayOrder
) -> None:
    turns = [
        Turn(speaker="agent", text=f"you were admitted on {unclear}"),
        Turn(speaker="caller", text=f"and they sent me home on {clear}"),
    ]
    said = [turn.text.rpartition(" ")[2] for turn in redactor.redact_turns(turns, SHIFT).turns]
    assert said == [SHIFT.shifted(unclear, order), SHIFT.shifted(clear)]
    first, second = (read_date(each, order) for each in said)
    assert first is not None
    assert second is not None
    days = [date(read.year or 0, read.month or 0, read.day or 0) for read in (first, second)]
    truly = date(2024, 4, 25) - (date(2024, 4, 3) if order is DayOrder.DAY_FIRST else date(2024, 3, 4))
    assert days[1] - days[0] == truly


def test_dates_that_tell_both_orders_leave_the_others_labelled(redactor: Redactor) -> None:
    text = "seen on 3/4/2024, on 25/4/2024 and again on 4/26/2024"
    shown = redactor.redact_text(text, SHIFT).text
    assert shown.startswith("seen on [DATE], on ")
    assert shown.count("[DATE]") == 1


def test_a_date_of_which_nothing_tells_the_order_is_labelled(redactor: Redactor) -> None:
    assert redactor.instead_of(Label.DOB, "03/04/1980", SHIFT) == "[DOB]"
    assert redactor.instead_of(Label.DOB, "03/14/1980", SHIFT) == SHIFT.shifted("03/14/1980")
    for order in (DayOrder.MONTH_FIRST, DayOrder.DAY_FIRST):
        way = DateShift(KEY, "p7", order=order)
        assert redactor.instead_of(Label.DOB, "03/04/1980", way) == SHIFT.shifted("03/04/1980", order)
        assert Surrogates(KEY, subject="p7", order=order).instead(Label.DOB, "03/04/1980") == way.instead(
            Label.DOB, "03/04/1980"
        )
    assert Surrogates(KEY, subject="p7").instead(Label.DOB, "03/04/1980") == "[DOB]"


def test_the_order_that_is_given_holds_against_the_language(redactor: Redactor) -> None:
    text = "she was admitted on 3/4/2024 with a cough"
    for order in (DayOrder.MONTH_FIRST, DayOrder.DAY_FIRST):
        told = DateShift(KEY, "p7").shifted("3/4/2024", order)
        assert told
        assert told in redactor.redact_text(text, DateShift(KEY, "p7", order=order)).text


def test_stops_between_figures_put_the_day_first(redactor: Redactor) -> None:
    day = date(2024, 4, 3)
    shown = redactor.redact_text("she was admitted on 3.4.2024 with a cough", SHIFT).text
    assert f"{moved(day).day}.{moved(day).month}.{moved(day).year}" in shown


@pytest.mark.parametrize(
    ("key", "order"),
    [("date_of_birth", DayOrder.MONTH_FIRST), ("dob", DayOrder.MONTH_FIRST), ("fecha_nacimiento", DayOrder.DAY_FIRST)],
)
def test_the_name_of_a_key_or_column_tells_the_language_of_its_dates(
    redactor: Redactor, key: str, order: DayOrder
) -> None:
    told = SHIFT.shifted("03/04/1980", order)
    assert told
    json = redact_document(redactor, "json", f'{{"{key}": "03/04/1980"}}'.encode(), SHIFT).content.decode()
    csv = redact_document(redactor, "csv", f"{key},kind\n03/04/1980,x\n".encode(), SHIFT).content.decode()
    assert told in json
    assert told in csv


@pytest.mark.parametrize(
    ("said", "day", "form"),
    [
        ("3 de abril de 2024", date(2024, 4, 3), "{day} de {es} de {year}"),
        ("el 3 de abril del 2024", date(2024, 4, 3), "el {day} de {es} del {year}"),
        ("tres de abril de mil novecientos ochenta y cuatro", date(1984, 4, 3), "{day} de {es} de {year}"),
        ("3 avril 2024", date(2024, 4, 3), "{day} {fr} {year}"),
        ("le 3 avril 2024", date(2024, 4, 3), "le {day} {fr} {year}"),
        ("premier mars mil neuf cent quatre-vingt-dix", date(1990, 3, 1), "{day} {fr} {year}"),
        ("vingt-sept juin mille neuf cent soixante-sept", date(1967, 6, 27), "{day} {fr} {year}"),
        ("3 Abr. 2024", date(2024, 4, 3), None),
        ("mardi 2 avril 2024", date(2024, 4, 2), None),
    ],
)
def test_months_in_words_of_spanish_and_french_are_moved(said: str, day: date, form: str | None) -> None:
    shown = SHIFT.shifted(said)
    assert shown is not None
    read = read_date(fold(shown))
    assert read is not None
    assert (read.year, read.month, read.day) == (moved(day).year, moved(day).month, moved(day).day)
    if form is not None:
        to = moved(day)
        assert shown == form.format(
            day=to.day, es=MONTHS["es"][to.month - 1], fr=MONTHS["fr"][to.month - 1], year=to.year
        )


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("oh six one eight nineteen ninety seven", date(1997, 6, 18)), ("03041980", date(1980, 3, 4)),
        ("twelve thirty one eighty five", date(1985, 12, 31)), ("one oh one three two oh oh six", date(2006, 10, 13)),
        ("october thirteenth nineteen hundred and twenty six", date(1926, 10, 13)),
        ("one two oh four one nine eight zero", date(1980, 12, 4)), ("three four two thousand five", date(2005, 3, 4)),
        ("two thousand three november first", date(2003, 11, 1)), ("may twenty twenty twenty four", date(2024, 5, 20)),
        ("may third twenty four", date(2024, 5, 3)), ("march um fourth nineteen oh five", date(1905, 3, 4)),
        ("the twenty first of july nineteen seventy six", date(1976, 7, 21)),
    ],
)  # fmt: skip
def test_dates_that_are_said_are_moved(said: str, day: date) -> None:
    read = read_date(SHIFT.shifted(said) or "")
    assert read is not None
    assert (read.year, read.month, read.day) == (moved(day).year, moved(day).month, moved(day).day)


@pytest.mark.parametrize(
    "said", ["one two one nine eight zero", "eight nine five eight four", "030480", "february twenty twenty eight"]
)
def test_what_may_be_said_in_two_ways_is_not_moved(said: str) -> None:
    assert SHIFT.shifted(said) is None


@pytest.mark.parametrize(
    "said",
    [
        "August 2008", "august two thousand eight", "agosto de 2008", "août 2008", "2008", "the 14th", "next Tuesday",
        "Easter", "March 3 to March 15", "2/30/2024", "Tuesday, March 3", "spring of 1999", "03/2024", "Q3 2024",
        "99/99/99",
    ],
)  # fmt: skip
def test_what_is_no_day_shows_its_label(said: str) -> None:
    assert SHIFT.instead(Label.DATE, said) == "[DATE]"


FORMS = [
    "{0:%Y-%m-%d}", "{0:%m/%d/%Y}", "{0.month}/{0.day}/{0.year}", "{0:%B} {0.day}, {0.year}", "{0.day} {0:%b} {0.year}",
    "{0:%d-%b-%Y}", "the {0.day} of {0:%B} {0.year}", "{0:%A}, {0:%B} {0.day}, {0.year}", "{0:%Y%m%d}",
    "{0:%B} {0.day}", "{0:%Y/%m/%d}", "{0:%B %d %Y}",
]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(one=DAYS, other=DAYS, key=st.binary(min_size=16, max_size=24), form=st.sampled_from(FORMS[:-3]))
def test_intervals_stay_and_no_date_does(one: date, other: date, key: bytes, form: str) -> None:
    shift, found = DateShift(key, "s"), []
    if "{0.year}" not in form and "%Y" not in form:
        return
    for day in (one, other):
        shown = shift.shifted(form.format(day))
        assert shown
        assert shown != form.format(day)
        read = read_date(fold(shown))
        assert read is not None
        found.append(date(read.year or 0, read.month or 0, read.day or 0))
    assert found[1] - found[0] == other - one
    assert abs((found[0] - one).days) in range(1, 365)


@settings(max_examples=150, deadline=None)
@given(day=DAYS, form=st.sampled_from(FORMS), key=st.binary(min_size=16, max_size=24))
def test_a_date_keeps_its_form(day: date, form: str, key: bytes) -> None:
    assume("%b" not in form or day.month != 5)  # "May" is short and written out
    assume("%d" not in form or "%m" in form or day.day < 10)
    assume("{0.month}" not in form or min(day.month, day.day) < 10)  # "12/11" tells nothing of zeros
    shift = DateShift(key, "s")
    shown = shift.shifted(form.format(day))
    assert shown
    read, was = read_date(fold(shown)), read_date(fold(form.format(day)))
    assert read is not None
    assert was is not None
    after = date(read.year or 2023, read.month or 0, read.day or 0)
    assert shown == form.format(after)


@pytest.mark.parametrize("day", ["March 3", "december 31st", "the first of january", "3 de marzo"])
def test_no_shift_leads_back_to_the_same_day_of_another_year(day: str) -> None:
    for number in range(2500):
        assert DateShift(KEY, str(number)).shifted(day) != day


def test_a_date_that_would_be_another_one_of_the_conversation_is_labelled(redactor: Redactor) -> None:
    day = date(2024, 5, 20)
    text = f"she was admitted on {day:%Y-%m-%d} and seen on {moved(day):%B} {moved(day).day}, {moved(day).year}"
    shown = redactor.redact_text(text, SHIFT).text
    assert shown.startswith("she was admitted on [DATE] and seen on ")
    assert f"{moved(day):%B} {moved(day).day}" not in shown


def test_keyed_tokens_of_dates_follow_the_order_of_the_conversation(redactor: Redactor) -> None:
    tokens = KeyedTokens(KEY)
    april = redactor.redact_text("la paciente ingresó el 3/4/2024 y salió por la tarde con su hija", tokens).text
    words = redactor.redact_text(
        "la paciente ingresó el 3 de abril de 2024 y salió por la tarde con su hija", tokens
    ).text
    english = redactor.redact_text("she was admitted on 4/3/2024 with a cough", tokens).text
    found = [text.partition("[DATE:")[2].partition("]")[0] for text in (april, words, english)]
    assert found[0]
    assert len(set(found)) == 1
    assert tokens.instead(Label.DATE, "4/3/2024").strip("[]").removeprefix("DATE:") == found[0]


def test_one_value_that_stands_in_two_languages_is_unclear() -> None:
    texts = ("la paciente ingresó el 3/4/2024 con su hija", "she was admitted on 3/4/2024 with a cough")
    hidden = [
        Hidden(Label.DATE, "3/4/2024", row, text.index("3/4"), text.index("3/4") + 8) for row, text in enumerate(texts)
    ]
    assert Conversation(texts, hidden).order_of("3/4/2024") is DayOrder.UNCLEAR
    assert Conversation(texts, hidden[:1]).order_of("3/4/2024") is DayOrder.DAY_FIRST
    assert Conversation(texts, hidden[1:]).order_of("3/4/2024") is DayOrder.MONTH_FIRST


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_moved_or_not_without_an_accident(text: str) -> None:
    shown = SHIFT.shifted(text)
    assert shown is None or shown != text
