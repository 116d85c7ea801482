"""Days in figures that answer or are told, months of one person's story, ages of ninety, and what only counts."""

import pytest

from privity.redact import Redactor


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("Agent: When did it start?\nCaller: 9/9, around noon.", ("9/9",)),
        ("Do you recall the date?\nI think 4/19.", ("4/19",)),
        ("Does Monday work?\nThen 6/22, two to six.", ("6/22",)),
        ("it expired oh four nineteen twenty four so there's a fee", ("four nineteen",)),
        ("Adjuster: When did you first see it?\nInsured: It was the 3rd, around noon.", ("3rd",)),
        ("seen in ED 9/4 by the resident", ("9/4",)),
        ("Incident 5/11 21:05, two units went", ("5/11",)),
        ("Advised f/u w/ Dr. Weiss 12/19.", ("Weiss", "12/19")),
        ("Thank you for your letter of the 2nd", ("2nd",)),
        ("My last cleaning was in December.", ("December",)),
        ("my anniversary is 7/11", ("7/11",)),
        ("admitted 3/8, discharged 3/12", ("3/8", "3/12")),
        ("his father passed 2/12 and the funeral 2/17", ("2/12", "2/17")),
        ("Pt fell 10/2, surgery 10/5, d/c'd 10/9", ("10/2", "10/5", "10/9")),
        ("seen 2/18 and again 4/1", ("2/18", "4/1")),
        ("MRI knee 7/3 showed a tear; LMP 9/14", ("7/3", "9/14")),
        ("started abx 11/3, b. 6/17", ("11/3", "6/17")),
        ("I could start 1/22.", ("1/22",)),
        ("a compact, 8/21 to 8/27", ("8/21", "8/27")),
        ("admitted 9/28-10/4", ("9/28", "10/4")),
        ("he came in last night 5/31 and EDC was 11/29", ("5/31", "11/29")),
        ("he's in the hospital until the end of May", ("May",)),
        ("DOB 02/11/1931, so 95, on warfarin", ("02/11/1931", "95")),
        ("Last PT at the annex 10/29. Worse since Sat (11/21).", ("10/29", "11/21")),
        ("Pt is 97 and walks alone", ("97",)),
        ("shes 93 and needs a wheelchair", ("93",)),
        ("how old are you now maam im ninety six ninety six oh wow", ("ninety", "six")),
        ("my aunt went to a hundred and three", ("hundred", "three")),
        ("we're planning grandpa's ninety third, in june", ("ninety", "third")),
        ("for her 95th birthday", ("95",)),
    ],
)
def test_days_and_ages_are_hidden(redactor: Redactor, text: str, gone: tuple[str, ...]) -> None:
    shown = redactor.redact_text(text).text
    for word in gone:
        assert word not in shown


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Agent: how far is it?\nCaller: 3/4 of the way", "3/4 of the way"),
        ("when do we add milk?\nthen 1/2 cup of it", "1/2 cup"),
        ("A: When did he arrive?\nB: He was the first to arrive.", "the first to"),
        ("when did it start\nit was the second time this month", "the second time"),
        ("i was in the navy from ninety six to two thousand three", "ninety six to two thousand three"),
        ("he passed 3/4 of the tests and moved in 2/3 of the chairs", "3/4 of the tests and moved in 2/3"),
        ("started about 1/2, it showed 3/4 of the disc", "about 1/2, it showed 3/4"),
        ("strength 4/5 in both arms, reflexes 2/4, served 6/8 people", "4/5 in both arms, reflexes 2/4, served 6/8"),
        ("add 1/2 to 3/4 cup, cut 1/2-3/4 inch", "1/2 to 3/4 cup, cut 1/2-3/4 inch"),
        ("Read the chart of a man with AUC 710, Cr rising 0.9 -> 1.7.", "AUC 710, Cr rising 0.9 -> 1.7"),
        ("MMSE 8/30, GCS 12/15, scored 11/14 on it", "MMSE 8/30, GCS 12/15, scored 11/14"),
        ("a 9/16 inch bolt, an 11/32 bit and 5/16-18 thread", "9/16 inch bolt, an 11/32 bit and 5/16-18"),
        ("MR# 00-83-41-88. Now at 31w4d BP 168/112 x2, plt 88, AST 140.", "31w4d BP 168/112 x2, plt 88, AST 140"),
        ("Seen (MRN 00418899) on 1 g QDS. BP 128/76, HR 84, sats 96%.", "on 1 g QDS. BP 128/76, HR 84, sats 96%"),
        ("hes 95 percent sure", "95 percent"),
        ("he's 93rd in line and she's 95th on the list", "93rd in line and she's 95th on"),
        ("im ninety percent sure", "ninety percent"),
        ("it was the ninety ninth time", "ninety ninth"),
    ],
)
def test_what_is_said_beside_it_stays(redactor: Redactor, text: str, kept: str) -> None:
    assert kept in redactor.redact_text(text).text
