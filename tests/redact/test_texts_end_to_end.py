"""Where a text of a batch ends, it ends: what stands last or first in one is found as in the text alone."""

import pytest

from privity.redact import Redactor


@pytest.mark.parametrize(
    "text",
    [
        "10/29",
        "9/22-9/27",
        "Last PT 10/30.",
        "All done.\nYours,\nMay",
        "See you soon.\nYour loving aunt,\nMay",
        "OTP asked, user deepthi.rv",
        "seen with client J.K.",
        "MBEKI, Thabo",
        "Philippa Denholm, MCSP",
    ],
)
def test_a_text_ends_where_it_ends(redactor: Redactor, text: str) -> None:
    alone = redactor.redact_text(text).text
    assert alone != text
    assert [shown.text for shown in redactor.redact_texts([text] * 3)] == [alone] * 3


def test_what_takes_the_end_of_a_line_leaves_the_next_one_its_beginning(redactor: Redactor) -> None:
    shown = redactor.redact_text(
        "10/30\n10/31\n11/15-11/16\n11/17-11/18\nMBEKI, Thabo\nNAIDOO, Priya\nHAUGLAND, Siv"
    ).text
    assert not any(map(str.isdigit, shown))
    assert not any(name in shown for name in ("MBEKI", "Thabo", "NAIDOO", "Priya", "HAUGLAND", "Siv"))
