"""Dates are hidden with what was said in error before them, with a year that comes late, and in numbers only."""

import pytest

from privity.redact.redactor import Redactor


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("it happened on march no december first", "it happened on [DATE] no [DATE]"),
        ("i was hit on april no i mean july 4th", "i was hit on [DATE] no i mean [DATE]"),
        ("she filled it 2/1, wait no, February 27th, 1991.", "she filled it [DATE], wait no, [DATE]."),
        ("it is due the third sorry fourth of may", "it is due [DATE] sorry [DATE]"),
        ("we close on july fourth no sorry the fifth at ten", "we close on [DATE] no sorry [DATE] at ten"),
        ("it was december eleventh uh nineteen ninety five", "it was [DATE]"),
        ("A: which day\nB: april 9th\nA: go ahead\nB: twenty twenty", "A: which day\nB: [DATE]\nA: go ahead\nB: "),
        ("see you on the 26th of july, at two", "see you on [DATE], at two"),
        ("we ship in december sorry we are late", "we ship in december sorry we are late"),
        ("may i say no march is cold", "may i say no march is cold"),
        ("march third okay two thousand dollars", "[DATE] okay two thousand dollars"),
    ],
)
def test_what_was_corrected_goes_with_its_date(redactor: Redactor, said: str, shown: str) -> None:
    assert redactor.redact_text(said).text == shown


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("she has nine 27 at 6:30 pm or may 4th at one", "she has [DATE] at 6:30 pm or [DATE] at one"),
        ("you're all set for 9/2, check in downstairs", "you're all set for [DATE], check in downstairs"),
        ("conferences are 3 7 from 3 to 6", "conferences are [DATE] from 3 to 6"),
        ("i have may tenth\nlet's do two twenty two\nokay", "i have [DATE]\nlet's do [DATE]\nokay"),
        ("he has october 15 at 4\nlet's do ten fifteen\nokay", "he has [DATE] at 4\nlet's do [DATE]\nokay"),
        ("about your claim from six eight twenty three", "about your claim from [DATE]"),
        ("i can do friday at ten\nlet's do ten fifteen\nokay", "i can do friday at ten\nlet's do ten fifteen\nokay"),
        ("your appointment is two thirty", "your appointment is two thirty"),
        ("we were up three two at the half", "we were up three two at the half"),
        ("the pain is 8/10 and it is 3/4 inch", "the pain is 8/10 and it is 3/4 inch"),
        ("i'll take two twenty five for it", "i'll take two twenty five for it"),
        ("june third at two or four fifteen", "[DATE] at two or four fifteen"),
        ("it's friday 9/13, check in 5/6", "it's friday [DATE], check in [DATE]"),
        ("the train leaves nine twenty one", "the train leaves nine twenty one"),
        ("june 3 through 5 in the gym", "[DATE] through [DATE] in the gym"),
        ("A: the next one is September 5th?\nB: 9/5, fine", "A: the next one is [DATE]?\nB: [DATE], fine"),
        ("A: it ends july nineteen?\nB: seven nineteen yeah", "A: it ends [DATE]?\nB: [DATE] yeah"),
        (
            "A: it ends july nineteen?\nB: seven twenty one is my train",
            "A: it ends [DATE]?\nB: seven twenty one is my train",
        ),
        ("i had my knee done back in october", "i had my knee done back in [DATE]"),
        ("it has to be in before nine thirteen twenty four", "it has to be in before [DATE]"),
        ("that's approved as of six twenty three twenty four", "that's approved as of [DATE]"),
        ("come back after five twenty twenty five please", "come back after [DATE] please"),
        ("the ratio of five ten twenty five is fine", "the ratio of five ten twenty five is fine"),
        ("we closed before five thirty", "we closed before five thirty"),
        ("june 3 to 5 in the afternoon", "[DATE] to 5 in the afternoon"),
    ],
)
def test_a_date_in_numbers_is_known_by_what_stands_beside_it(redactor: Redactor, said: str, shown: str) -> None:
    assert redactor.redact_text(said).text == shown
