"""Speech as recognizers write it, without capitals: names that only the words around them tell, and short codes."""

import pytest

from privity.redact import Redactor


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("i am calling for my mother lerato van der berg about her bill", "lerato van der berg"),
        ("okay the order is ready thank you moana", "moana"),
        ("you'll hear from behrouz chaliley by monday", "behrouz chaliley"),
        ("claims department lerato here how can i help", "lerato"),
        ("see you on tuesday thanks rose", "rose"),
        ("my landlord is dariela sarneel she lives upstairs", "dariela sarneel"),
    ],
)
def test_names_in_speech(redactor: Redactor, line: str, name: str) -> None:
    assert redactor.redact_text(line).text == line.replace(name, "[NAME]")


@pytest.mark.parametrize("town", ["crawfordville", "hendersonburg", "walpoleborough"])
def test_a_town_that_few_live_in_is_told_by_how_it_ends(redactor: Redactor, town: str) -> None:
    assert town not in redactor.redact_text(f"is that in tallahassee still\nno {town} since last year").text


@pytest.mark.parametrize(
    "line",
    [
        "i need a refill on my tamsulosin and the albuterol please",
        "the plan has eight gigabytes and one hundred megabits",
        "your copay is on the bill and your deductible is paid",
        "she has bell's palsy and takes prednisone",
        "no it's walkable and the walnut or the jacobean stain is fine with a satin poly over it",
        "did they pull the code it said p oh four twenty so the tariff code is sixty nine eleven ten",
        "you'd get espn and the golf channel and about a hundred others on the bundle",
        "now it says missing vcruntime140 dot dll so i right click and run as administrator",
        "i hope you will love it and may i ask for how long",
        "i'm free all day that would be great thanks",
    ],
)
def test_ordinary_speech_stays(redactor: Redactor, line: str) -> None:
    assert redactor.redact_text(line).text == line


def test_a_spelled_name_is_learned_as_the_word_it_spells(redactor: Redactor) -> None:
    text = (
        "agent: how do you spell your last name\ncaller: s like sam t o n e\n"
        "agent: thank you\ncaller: yes that stone is the one"
    )
    assert redactor.redact_text(text).text.endswith("caller: yes that [NAME] is the one")


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("what's the code on the back of the card", "eight six one"),
        ("and the little number by the signature", "eight six one"),
        ("the three digits on the back", "no sorry eight six one"),
        ("security code", "four hundred eighty two"),
        ("when does the card expire", "one two slash thirty one"),
        ("card is good until", "five of thirty two"),
    ],
)
def test_codes_and_expiries_do_not_survive(redactor: Redactor, question: str, answer: str) -> None:
    shown = redactor.redact_text(f"agent: {question}\ncaller: {answer}\nagent: thank you").text
    assert not set(shown.split()) & {"six", "one", "two", "eight", "eighty", "four", "hundred", "thirty", "five"}


def test_a_corrected_code_is_hidden_too(redactor: Redactor) -> None:
    text = "agent: the security code\ncaller: eight one six\nagent: okay\ncaller: no it's eight six one"
    shown = redactor.redact_text(text).text
    assert shown == "agent: the security code\ncaller: [CVV]\nagent: okay\ncaller: no it's "


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("about order 0 and the pills this is john smith, call 212-555-2301", "212-555-2301"),
        ('line "two", call 212-555-0100', "212-555-0100"),
    ],
)
def test_a_harmless_cue_that_has_its_number_says_nothing_more(redactor: Redactor, text: str, number: str) -> None:
    assert number not in redactor.redact_text(text).text
    assert redactor.redact_text("order 4455667788 and 5566778899").text == "order 4455667788 and 5566778899"


def test_an_age_over_89_that_somebody_is(redactor: Redactor) -> None:
    said = redactor.redact_text("my mother is ninety three and her sister, she's one hundred and two").text
    assert said == "my mother is [AGE] and her sister, she's [AGE]"
    for line in ("she is a hundred percent sure", "he is ninety miles away", "my dad is eighty nine"):
        assert redactor.redact_text(line).text == line


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("agent: what's your full name\ncaller: bill price", "caller: [NAME]"),
        ("agent: can i get your first and last name\ncaller: sure grace pangilinan", "caller: sure [NAME]"),
        ("i'm so sorry mister love okay so your panel is up", "i'm so sorry mister [NAME] okay so your panel is up"),
        ("front desk this is precious how may i help you today", "front desk this is [NAME] how may i help you today"),
    ],
)
def test_names_that_are_words_are_hidden_where_they_are_announced(redactor: Redactor, text: str, shown: str) -> None:
    assert redactor.redact_text(text).text.rpartition("\n")[2] == shown


@pytest.mark.parametrize(
    "text",
    [
        "the doctor may call you and the nurse will page him",
        "agent: what's your name\ncaller: hold on please",
        "i miss summer and this is great i love the price",
        "we had that hailstorm last week and the lockbox is beeping",
        "thank you ma'am the landline has no hotspot",
    ],
)
def test_words_that_name_nobody_stay_readable(redactor: Redactor, text: str) -> None:
    assert redactor.redact_text(text).text == text
