"""Values with something inside that parts nothing: hidden whole and by their kind; fields and lines stay apart."""

import time

import pytest

from privity.redact import Label, LooksFor, Policy, Redactor, Style
from privity.redact.reading.unseen import seen

VALUES = {
    "IBAN": ("DE44500105175407324931", "GB33 BUKB 2020 1555 5555 55", "NO9386011117947"),
    "CARD": ("4532015112830366", "3714 496353 98431", "4532-0151-1283-0366"),
    "SSN": ("536-27-8841", "536 27 8841"),
    "PHONE": ("415-555-2671", "(415) 555-2671", "+1 415 555 2671", "+44 20 7946 0958"),
}
ODD = (
    *map(chr, (0x00, 0x01, 0x07, 0x08, 0x0B, 0x0C, 0x1B, 0x1C, 0x1D, 0x1E, 0x1F, 0x7F, 0x80, 0x85, 0x9F)),
    *"\xa0\u1680\u2007\u2009\u202f\u2028\u2029\u205f\u3000\u2800\ufffd",
    *"\u00ad\u034f\u180e\u200b\u200c\u200d\u2060\ufeff",
    "&nbsp;", "&#160;", "&#xA0;", "&amp;nbsp;", "&shy;", "\xa0\u200b", "\x00\x00",
)  # fmt: skip


def _parted(value: str, odd: str) -> list[str]:
    places = [value[:at] + odd + value[at:] for at in range(1, len(value))]
    return [*places, odd.join(value), value.replace(" ", odd).replace("-", odd)]


@pytest.mark.parametrize("odd", ODD, ids=ascii)
def test_what_parts_nothing_within_a_value_leaves_it_whole(redactor: Redactor, odd: str) -> None:
    for label, values in VALUES.items():
        said = [text for value in values for text in _parted(value, odd)]
        for text, hidden in zip(said, redactor.redact_texts([f"note it: {text}, ok" for text in said]), strict=True):
            assert hidden.text == f"note it: [{label}], ok", ascii(text)


@pytest.mark.parametrize("odd", ODD[::4], ids=ascii)
def test_so_it_is_where_only_written_forms_are_looked_for(redactor: Redactor, odd: str) -> None:
    forms = redactor.under(Policy(name="forms", hides=frozenset(Label), looks_for=LooksFor.WRITTEN_FORMS))
    for label, values in VALUES.items():
        for value in values[:2]:
            text = value[:5] + odd + value[5:]
            assert forms.redact_text(text).text == f"[{label}]", ascii(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("pay to GB33BUKB2020\n1555555555 please", "pay to [IBAN] please"),
        ("pay to DE44 50010517\r\n5407324931 please", "pay to [IBAN] please"),
        ("his number is 536-27-\n8841 on file", "his number is [SSN] on file"),
        ("his number is 536-27-88\n41 on file", "his number is [SSN] on file"),
        ("call 415-\r\n  555-2671 today", "call [PHONE] today"),
        ("call 415-555-26\n71 today", "call [PHONE] today"),
    ],
)
def test_a_value_goes_on_in_the_next_line(redactor: Redactor, text: str, shown: str) -> None:
    assert redactor.redact_text(text).text == shown


@pytest.mark.parametrize(
    "text",
    [
        "we sold 12\n3-14 were sent back",
        "at 10 20 30 40 50 60 70 80 90 100 110 we stop",
        "it is 20 of 30, no 47 88 11 here, be 12 34 56",
        "rows 5\xa0000 and 12\xa0500\xa0000 of 7\u202f300",
        "tables 12\tof\t56\n78\tof\t12",
        "on page 5.\n12. Next: 3.\n14. Last",
        "a\x1fgreen\x1f12\x1fmore\x1f400 mg",
    ],
)
def test_fields_lists_and_thousands_stay(redactor: Redactor, text: str) -> None:
    assert redactor.redact_text(text).text == text


def test_fields_of_control_characters_stay_apart(redactor: Redactor) -> None:
    row = "x\x01Ana Ruiz\x01536-27-8841\x01mobile\x01415-555-2671\x01from\x01DE44500105175407324931\x01ok"
    shown = "x\x01[NAME]\x01[SSN]\x01mobile\x01[PHONE]\x01from\x01[IBAN]\x01ok"
    assert redactor.redact_text(row).text == shown


def test_the_whole_place_is_masked(redactor: Redactor) -> None:
    text = "it is 53\xa06-27-\x0088&shy;41."
    assert redactor.redact_text(text, Style.MASK).text == "it is " + "*" * (len(text) - 7) + "."


@pytest.mark.parametrize(
    "piece", ["1\xa0\xa0\xa0\xa0 ", "1&nbsp;&nbsp; ", "5\xad", "123-\n45-\n67", "GB33 ", "A\x00\x00"]
)
def test_what_repeats_such_signs_takes_linear_time(piece: str) -> None:
    def taken(times: int) -> float:
        text = piece * times
        return min(_timed(text) for _ in range(3))

    def _timed(text: str) -> float:
        begin = time.process_time()
        seen(text)
        return time.process_time() - begin

    assert taken(16_000) < 8 * max(taken(4_000), 0.002)
