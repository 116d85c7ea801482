"""Numbers that are said in passing: behind an aside, to nobody's question, with digits heard as small words."""

import pytest

from privity.redact import Redactor


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "Agent: The whole social.\nCaller: In the waiting room. Eight three zero, five five, one two six nine.",
            "Agent: The whole social.\nCaller: In the waiting room. [SSN].",
        ),
        ("A: And the passports?\nB: Mine's K84076152.", "A: And the passports?\nB: Mine's [ID]."),
        ("A: It's on the app.\nB: Yes, 344902061. I see.", "A: It's on the app.\nB: Yes, [ID]. I see."),
        ("A: Do you have a frequent flyer?\nB: K7 55120.", "A: Do you have a frequent flyer?\nB: [ID]."),
        ("A: And the group, 591377?\nB: Yes.", "A: And the group, [HEALTH_PLAN]?\nB: Yes."),
        (
            "agent: membership number\ncaller: at six percent battery it's seven fourteen nine nine eight eight oh six",
            "agent: membership number\ncaller: at six percent battery it's [ACCOUNT]",
        ),
        ("A: Do you have the confirmation?\nB: I do. TN36BK.", "A: Do you have the confirmation?\nB: I do. [ID]."),
        ("it's claim h as in hotel one five one five two six okay", "it's claim [ID] okay"),
        ("he gave me to oh eight seven six seven for seven four nine", "he gave me [PHONE]"),
        (
            "Agent: and the last four of the\nCaller: uh three double one three",
            "Agent: and the last four of the\nCaller: uh [SSN]",
        ),
        ("is it the one ending oh one ninety", "is it the one ending [ACCOUNT]"),
        ("is it the one ending ninety-four forty-two?", "is it the one ending [ACCOUNT]?"),
        ("A: He was 101?\nB: He'd have been 101 this month.", "A: He was [AGE]?\nB: He'd have been [AGE] this month."),
        ("she's ninety seven you don't slide at ninety seven", "she's [AGE] you don't slide at [AGE]"),
        ("he's seven february twenty first twenty eighteen", "he's seven [DATE]"),
        (
            "Dean Kowal: Hello?\nAda: Yes.\nDean Kowal: Bye.\nAda: Bye.",
            "[NAME]: Hello?\n[NAME]: Yes.\n[NAME]: Bye.\n[NAME]: Bye.",
        ),
    ],
)
def test_a_number_in_passing_is_hidden(redactor: Redactor, text: str, shown: str) -> None:
    assert redactor.redact_text(text).text == shown


@pytest.mark.parametrize(
    "text",
    [
        "A: The bank has how many?\nB: 344902061 of them, and 120394857 rows.",
        "The export holds 344902061 entries.",
        "A: Which room?\nB: Rooms 401, 402, 403, and 404.",
        "she's ninety percent done, it was at 98 degrees",
        "he drove four miles, then two more, and paid 14.50",
    ],
)
def test_what_is_counted_stays(redactor: Redactor, text: str) -> None:
    assert redactor.redact_text(text).text == text
