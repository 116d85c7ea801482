"""Users in logs, keys of programs, short dates, numbers of states, houses and initials that notes and letters hold."""

import pytest

from privity.redact import Redactor

HIDDEN = (
    ("Blocked after 12 failed attempts for selma10.", "selma10"),
    ("Two failed logins by tom.varga today.", "tom.varga"),
    ("The branch was merged to trunk by varga_t.", "varga_t"),
    ("@lindholm_i has left the group.", "lindholm_i"),
    ("@xXselmaXx wrote that he was ill.", "xXselmaXx"),
    ("They know me as I am @gregorio73 there.", "gregorio73"),
    ("We leaked xoxb-Kd83hsGt5vLq02mZr there.", "xoxb-Kd83hsGt5vLq02mZr"),
    ("My token is glpat-Zx93kd8s7d6f5g4h3j2k now.", "glpat-Zx93kd8s7d6f5g4h3j2k"),
    ("Our neighbour Elsa Varga, now 97, lost her key.", "97"),
    ("Elsa Varga, 101, of Camden, sings.", "101"),
    ("They moved on 17.8.21 to the coast.", "17.8.21"),
    ("Retired since 09/2022 in peace.", "09/2022"),
    ("The choir meets on 6. Juli at ten.", "6. Juli"),
    ("We were away between 3 and 8 May 2021.", "3 and 8 May 2021"),
    ("The van with registration KB-214-T blocks the gate.", "KB-214-T"),
    ("It was towed, registration TV 4608.", "TV 4608"),
    ("Always quote AX/55421/BM when you call.", "AX/55421/BM"),
    ("Pay to BSB 063-018 please.", "063-018"),
    ("DNI 45781236K, born in spring.", "45781236K"),
    ("My BSN 274905618 is new.", "274905618"),
    ("Hosp. no. B 418 265, seen twice.", "B 418 265"),
    ("Ring 0 (532) 417 60 38 at noon.", "417 60 38"),
    ("Please txt me on 08123456789 first.", "08123456789"),
    ("It goes out for the attention of R. ter Horst.", "R. ter Horst"),
    ("A joint card in the name of K. & T. Berger.", "K. & T. Berger"),
    ("Warm regards, H. van Dalen, notaris", "H. van Dalen"),
    ('IBAN below, reference "Osei rent".', "Hargreaves"),
    ("He lives at Via Garibaldi 12, int. 4, 10122 Torino.", "Via Garibaldi 12, int. 4, 10122 Torino"),
    ("Her office moved to Schillerstr. 9, 10625 Berlin.", "Schillerstr. 9, 10625 Berlin"),
    ("They live at H.No. 12-4/A, MG Road, Pune.", "H.No. 12-4/A"),
    ("A fire in the 1400 block of N. Lowry is out.", "1400 block of N. Lowry"),
    ("C/ Mayor 14, 3.º dcha., 41001 Sevilla", "C/ Mayor 14"),
    ("Flat 2, 17 Beech Grove, Hull", "Flat 2, 17 Beech Grove"),
    ("Place of birth: Aberdeen.", "Aberdeen"),
    ("The file was deleted by user mbekele.", "mbekele"),
    ("You may call me @raven there.", "raven"),
    ("Mrs Lindqvist (now 95) needs a lift.", "95"),
    ("The tenant, now 91, wants help.", "91"),
    ("Mr. Hill, 93, was seen at noon.", "93"),
    ("Back at work seit dem 3.2.19.", "3.2.19"),
    ("On 4.11.22 she was operated on.", "4.11.22"),
    ("The lease ran from 2.3.21 to 9.3.21.", "9.3.21"),
    ("The hearing is on 14. April 2026.", "14. April 2026"),
    ("Codice fiscale RSSMRA85T10A562S.", "RSSMRA85T10A562S"),
    ("HKID A123456(7) was shown.", "A123456(7)"),
    ("Rodne cislo 850102/1234.", "850102/1234"),
    ("Emirates ID 784-1985-1234567-1.", "784-1985-1234567-1"),
    ("NIE X1234567L", "X1234567L"),
    ("Nummernschild M-AB 1234", "M-AB 1234"),
    ("Kenteken XT-482-B", "XT-482-B"),
    ("Our file is 2023/KLR/00412.", "2023/KLR/00412"),
    ("Regards, W. Young", "W. Young"),
    ("Owner: E. Lake", "E. Lake"),
    ("C/ de la Luna 8, 28004 Madrid", "C/ de la Luna 8"),
    ("Via Garibaldi 12, scala B, int. 4, 20121 Milano", "scala B, int. 4"),
)
SHOWN = (
    "3 failed attempts for root.",
    "Two failed attempts for a passport renewal.",
    "It was pushed by strong winds and deployed by hand.",
    "The build was created by windows10.",
    "@media queries fail in this browser.",
    "Route 66, 101, of course. Highway, 101, was closed.",
    "Scores: Lakers, 102, and Celtics, 99. The Bulls, 98, won.",
    "Please upgrade from 4.5.12 to 4.6.0 first, or update to 14.2.21.",
    "Rows 11 to 19 are empty.",
    "Registration opens at 9 am. Registration for 2025 is open.",
    "Mix 5/1000/2 and add 3 mg/ml.",
    "Pay attention to detail.",
    "The 200 block of time was lost, and a 100 block of cheese.",
    "See c/o in section C/ 4.",
    "The band AC/2000/DC played two sets, after A/1000/B and IS/2015/90.",
    "Order no. LM/77812/QR shipped, part XY/12345/ZB too.",
    "Score on 3.2.10 is better than on 3.1.9.",
    "It was tested on 5.6.11, and works since 2.4.12 and from 7.4.33 on.",
    "The server was moved from 8.3.10 to 8.1.20.",
    "I scored 5. August was dry.",
    "cc @finance, tag @marketing, ask @support, hi @team.",
    "Wait for it, 95, of course. Bread, 95, of all sorts.",
    "Oxygen, now 94, was 88; Grade, 92, was posted. Pulse, now 98, is fine.",
    "HR (now 101) fell.",
    "Plate A1 was empty and plates 3 and 4 full. The plate is 12 mm thick.",
    "Registration B 12 is the form. Registration is 40 EUR a head, until 10 AM.",
    "This was deployed to prod_eu, and changed to top_len2 or utf8_general_ci.",
    "The change was opened by github_actions and reverted by lint_runner.",
    "Assigned to tier-2 by hand, escalated to frontend-team.",
    "Failed login attempts from China and from chrome.",
    "CPR 100-120 per minute.",
    'Reference "Summer membership" and "Car loan" are yours.',
    "H. No. 9 is a symphony.",
    "Two kinds of tenants, A. Smokers, and others.",
    "Tenants. A. Card is needed. The owner, U.S. Land, knows.",
    "12 block of Cheddar, please.",
    "We went to asia2000festivalmusic once, xoxo-hugs-and-kisses-to-you.",
)


@pytest.mark.parametrize(("text", "value"), HIDDEN)
def test_what_names_somebody_is_hidden(redactor: Redactor, text: str, value: str) -> None:
    assert value not in redactor.redact_text(text).text


@pytest.mark.parametrize("text", SHOWN)
def test_what_only_looks_like_it_stays(redactor: Redactor, text: str) -> None:
    assert redactor.redact_text(text).text == text


def test_a_handle_that_opens_a_text_is_found_whatever_stands_before_that_text(redactor: Redactor) -> None:
    texts = ["Nothing here.", "@lindholm_i left.", "@xXselmaXx wrote to us."]
    hidden = [
        [text[span.start : span.end] for span in spans]
        for text, spans in zip(texts, redactor.detect_texts(texts), strict=True)
    ]
    assert hidden == [[], ["lindholm_i"], ["xXselmaXx"]]


def test_an_age_that_ends_a_text_is_found_whatever_stands_behind_that_text(redactor: Redactor) -> None:
    texts = ["With love, Elsa Varga, 102", "And more of it."]
    assert ["102" in [texts[0][span.start : span.end] for span in redactor.detect_texts(texts)[0]]] == [True]


def test_a_version_behind_a_name_is_no_age(redactor: Redactor) -> None:
    assert ", 92.6.1]" in redactor.redact_text("Zipped by [Tomas Wulf, 92.6.1] and others.").text
