"""Numbers and ordinals that are nobody's stay readable, and those beside them that are somebody's do not."""

import pytest

from privity.redact.reading.counted import HOUR_TO_HOUR
from privity.redact.redactor import Redactor

STAYS = (
    ("if you see smoke call back on nine one one", "nine one one"),
    ("call me, or reach the city at three one one", "three one one"),
    ("for a crisis call nine eight eight any time", "nine eight eight"),
    ("can you fax my prescription to one eight hundred contacts or so", "one eight hundred"),
    ("the prescription is from one eight hundred vitamins", "one eight hundred"),
    ("what does the tag number say\nit's two twenty five sixty five r seventeen", "sixty five r seventeen"),
    ("what does the tag number say\ntwo fifteen fifty five r sixteen", "fifty five r sixteen"),
    ("train id 7731 leaves that evening at 10:30", "10:30"),
    ("is that the one\noh dear\nwhat's your id number\nthat's the one", "that's the one"),
    ("what's the card number\nfour one one one that's the old one hold on\nfive four one two", "the old one hold on"),
    ("social\nthree two one\noh that's the wrong one\nthree two one five four nine eight eight seven", "the wrong one"),
    ("the expiration is oh five twenty six and the code is oh two one", "and"),
    ("my check didn't come on the third wednesday", "third wednesday"),
    ("we pay on the second tuesday and the fourth friday", "fourth friday"),
    ("sixth grade's at six and the seventh and eighth is at seven thirty", "the seventh and eighth is"),
    ("fifth floor has offices and the sixth is storage", "the sixth is"),
    ("how many lights\nthree the fourth one's blinking", "the fourth one's"),
    ("the closing is the third floor", "the third floor"),
)
HIDDEN = (
    ("what's your cvv\nnine one one", "nine one one"),
    ("call one eight hundred four one five two two one one", "eight hundred"),
    ("and your checking number is it still one one eight four oh seven two nine", "one one eight"),
    ("what's your social\nsure two\nright\nthen it's oh\nzero\nseven five", "it's oh"),
    ("what's your social\nokay two three\nsorry the dog barked one\nright\nseven five", "barked one"),
    ("what's your social\none\ntwo one\nfour four oh eight nine one", "two one"),
    ("they took it out the first of the month", "first"),
    ("the rent's due the fifteenth of every month", "fifteenth"),
    ("the rent's the first and the hearing is the third at nine", "first|third"),
    ("my appointment is the second, in the morning", "second"),
    ("and your birthday\ntwelfth of the fourth sorry i'm from abroad", "twelfth|fourth"),
    ("date of birth\nit's the third of the eleventh eighty one", "third|eleventh|eighty one"),
    ("sixth grade starts on the ninth", "ninth"),
)


@pytest.mark.parametrize(("text", "said"), STAYS)
def test_what_is_nobodys_stays_readable(redactor: Redactor, text: str, said: str) -> None:
    assert said in text
    assert said in redactor.redact_text(text).text


@pytest.mark.parametrize(("text", "values"), HIDDEN)
def test_what_looks_like_it_and_is_somebodys_is_hidden(redactor: Redactor, text: str, values: str) -> None:
    shown = redactor.redact_text(text).text
    assert all(value in text and value not in shown for value in values.split("|"))


@pytest.mark.parametrize(
    ("said", "hours"),
    [
        ("six thirty to ten", True),
        ("ten until six fifteen", True),
        ("8:30 to 9", True),
        ("eleven to forty", False),
        ("nine oh to two", False),
    ],
)
def test_from_one_hour_to_another_is_no_number(said: str, *, hours: bool) -> None:
    assert (HOUR_TO_HOUR.fullmatch(said) is not None) is hours
