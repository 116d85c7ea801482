"""Names that only the talk tells of, and words of the talk that are none."""

import pytest

from privity.redact import Redactor


@pytest.mark.parametrize("name", ["Elena Price", "Zhiwei Palmer", "Duc", "Ngozi Day"])
def test_speakers_with_strange_and_worldly_names_are_hidden(redactor: Redactor, name: str) -> None:
    text = f"{name}: good morning\nAgent: hello\n{name}: is it open\nAgent: yes"
    assert redactor.redact_text(text).text == text.replace(name, "[NAME]")


@pytest.mark.parametrize("label", ["Rep", "Cus", "Agt"])
def test_abbreviated_parts_stay(redactor: Redactor, label: str) -> None:
    text = f"{label}: good morning\nOther: hello\n{label}: is it open\nOther: yes"
    assert redactor.redact_text(text).text == text


@pytest.mark.parametrize(
    "text",
    [
        "para espanol oprima el tres",
        "para español oprima el dos, for english press one",
        "yes maam that was all",
        "she drives a white altima silver trim i think",
        "Any pills? Just Bisoprolol, and Metoprolol in the morning.",
        "thanks a lot and talk soon",
    ],
)
def test_what_names_nobody_stays(redactor: Redactor, text: str) -> None:
    assert redactor.redact_text(text).text == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("thanks a lot helena", "thanks a lot [NAME]"),
        ("okay talk soon jeremy", "okay talk soon [NAME]"),
        ("on the other side marco benedetti stood", "on the other side [NAME] stood"),
        (
            "agent: your full name please\ncaller: regina holloway born oh two eleven eighty\nagent: ok",
            "agent: your full name please\ncaller: [NAME] born [DOB]\nagent: ok",
        ),
        ("Hi, this is Nora Collins in HR, for you.", "Hi, this is [NAME] in HR, for you."),
    ],
)
def test_a_name_ends_where_it_ends(redactor: Redactor, text: str, shown: str) -> None:
    assert redactor.redact_text(text).text == shown
