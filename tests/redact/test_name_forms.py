"""Names are hidden where a written form tells that one stands there, and words that are no names stay."""

import pytest

from privity.redact.redactor import Redactor


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("OKONJO, Temitope", "[NAME]"),
        ("Okonjo, Temitope (Acme Ltd)", "[NAME] (Acme Ltd)"),
        ("Paris, France", "[LOCATION], [LOCATION]"),
        ("Bread, Butter", "Bread, Butter"),
        ("NotFoundError, KeyMissing", "NotFoundError, KeyMissing"),
        ("Okonjo, T., & Al-Rashid, M. K. (1998). A history of tea.", "[NAME], & [NAME] (1998). A history of tea."),
        ("According to Thuong et al. (1998), tea is old.", "According to [NAME] et al. (1998), tea is old."),
        ("1. Temitope Y. Okonjo (Nigeria)\n2. Fried Rice (large)", "1. [NAME] ([LOCATION])\n2. Fried Rice (large)"),
        ("Chart. Attending: HALVORSEN, INGRID MD", "Chart. Attending: [NAME] MD"),
        ("Name: Bread, Butter\nNurse: AND/OR MR", "Name: Bread, Butter\nNurse: AND/OR MR"),
        ("His wife (Temitope) agreed, my husband (finally) too", "His wife ([NAME]) agreed, my husband (finally) too"),
        ("I met Hope Adeyemi. Hope was late. Hope you are well.", "I met [NAME]. [NAME] was late. Hope you are well."),
        ("50 mg per A. Lindqvist, ARNP", "50 mg per [NAME], ARNP"),
        ("See you soon.\nYour loving aunt,\nMay", "See you soon.\nYour loving aunt,\n[NAME]"),
        ("All done.\nThanks,\nThe Billing Team", "All done.\nThanks,\nThe Billing Team"),
        ("Bye.\nBest,\nSent from my phone", "Bye.\nBest,\nSent from my phone"),
        ("Signature: D. Field", "Signature: [NAME]"),
        ("It seats 8.\n\nBest, Griet", "It seats 8.\n\nBest, [NAME]"),
        ("Signed: Monday, in person", "Signed: Monday, in person"),
        ("Present: Fr. Okonjo and Rev. Moss", "Present: Fr. [NAME] and Rev. [NAME]"),
        ("Client T.W. seen by video", "Client [NAME] seen by video"),
        ("OKONJO/TEMITOPE MS, seat 14C", "[NAME] MS, seat 14C"),
        ("we met Min-jun and Soo-jun", "we met [NAME] and [NAME]"),
        ("Date: _3/4/2026_ Sign: _Temitope Okonjo_", "Date: _[DATE]_ Sign: _[NAME]_"),
        ("Attn: Temitope D. Okonjo\nTotal: 3", "Attn: [NAME]\nTotal: 3"),
        ("Starring Temitope D. Okonjo, Katie Stewart and Sofia Lang", "Starring [NAME], [NAME] and [NAME]"),
        ("Form W-4: Temitope Okonjo, filed", "Form W-4: [NAME], filed"),
        ("Surname: Yoon; Given names: Soo-bin; Sex: F", "Surname: [NAME]; Given names: [NAME]; Sex: F"),
        ("Temitope > Polina: your turn", "[NAME] > [NAME]: your turn"),
        ("@temitope can you look at it", "@[NAME] can you look at it"),
        ("@home we look at it, and @dataclass\nclass A", "@home we look at it, and @dataclass\nclass A"),
        ("Zubair, Temitope and Usman are away", "[NAME], [NAME] and [NAME] are away"),
        ("Bread, Milk and Butter are away", "Bread, Milk and Butter are away"),
        ("Our teacher, Prof. van Leeuwen, was strict.", "Our teacher, Prof. [NAME], was strict."),
        ("It was founded with Alexis Thompson II.", "It was founded with [NAME]."),
        ("// Author: Kittisak Srisai", "// Author: [NAME]"),
    ],
)
def test_a_form_tells_a_name(redactor: Redactor, text: str, shown: str) -> None:
    assert redactor.redact_text(text).text == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("CC: M. Brook; B. Krause; G. Field", "CC: [NAME]; [NAME]; [NAME]"),
        ("Seen by R. Haddad, D. Young and P. King today", "Seen by [NAME], [NAME] and [NAME] today"),
        ("Guests: Achterberg, Hill, Obi and Smith", "Guests: [NAME], [NAME], [NAME] and [NAME]"),
        (
            "We met Kowalczyk, Nguyen, Okafor, Lindqvist, Achterberg, Vandersloot, Obi, Haldane and Deshmukh.",
            f"We met {', '.join(['[NAME]'] * 8)} and [NAME].",
        ),
        (
            "Attendees: Priya Raghunathan, Tomasz Wieczorek, Ingrid Solheim, Kwabena Asante, Lucia Ferrero",
            f"Attendees: {', '.join(['[NAME]'] * 5)}",
        ),
    ],
)
def test_a_row_of_names_is_hidden_whole(redactor: Redactor, text: str, shown: str) -> None:
    assert redactor.redact_text(text).text.replace("[LOCATION]", "[NAME]") == shown


@pytest.mark.parametrize(
    "text",
    [
        "Samsung Galaxy, Google Pixel, Sony Xperia, Nokia Lumia, Motorola Razr, Huawei Mate",
        "Please Call Me Back Tomorrow About My Bill From The Dentist, It Was Too High",
        "Penicillin, Sulfa, Latex, Shellfish, Codeine, Ibuprofen, Morphine",
        "Toyota Camry, Honda Accord, Ford Focus, Nissan Altima, Kia Soul and others",
    ],
)
def test_a_row_of_things_is_none_of_names(redactor: Redactor, text: str) -> None:
    assert redactor.redact_text(text).text == text


def test_a_closing_ends_its_own_letter_in_a_batch_too(redactor: Redactor) -> None:
    letters = ["It seats 8.\n\nBest, Griet", "All is well with Ana."]
    alone = [redactor.redact_text(letter).text for letter in letters]
    assert alone == ["It seats 8.\n\nBest, [NAME]", "All is well with [NAME]."]
    assert [redacted.text for redacted in redactor.redact_texts(letters)] == alone
