"""Eponyms without a noun stay where an illness, a test, an operation, a device or a trial is meant, people do not."""

import pytest

from privity.redact import Redactor


@pytest.mark.parametrize(
    "text",
    [
        "Was a Groshong ever put in, or is that Hickman older?",
        "Nurse says the Penrose is leaking.",
        "Can we exchange Blakemore before rounds?",
        "Old Yankauer, new Aircast, one Bair Hugger.",
        "Equivocal Spurling and a negative Thompson, imaging?",
        "Lachman is positive on the left, brace?",
        "71M with Graves' and a goiter.",
        "She has h/o Castleman, Behçet and Meckel's.",
        "s/p Hartmann in May, POD 6 after Ivor Lewis.",
        "Redo Nissen or Toupet fundoplication?",
        "Is it Meckel's, or factor V Leiden with a clot?",
        "Kernig and Brudzinski are both there.",
        "How do Rinne and Weber differ?",
        "A Jehovah's Witness who takes St. John's wort.",
        "Simpson forceps, Wood's lamp, Thomas splint, Bishop score.",
        "Murphy sign was there, and a Baker's cyst.",
        "VICTORIA excluded patients on dialysis. Results of SOPHIA?",
        "Started on Tikosyn, then Colcrys and Bexsero.",
        "Per Hawkins-Kennedy it is an impingement.",
        "Where in KDIGO 2021 is the figure, and in XYZQ 2019?",
        "On Coreg 25 mg, what now?",
        "He came from 4 West to 5 North.",
    ],
)
def test_an_eponym_without_a_noun_stays(redactor: Redactor, text: str) -> None:
    assert redactor.redact_text(text).text == text


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Discussed with Graves, he agrees.", "Graves"),
        ("Saw Hickman in clinic again.", "Hickman"),
        ("The Hickman case is hard.", "Hickman"),
        ("Hickman placed the order at noon.", "Hickman"),
        ("Hickman's labs are back.", "Hickman"),
        ("Remove Bennett from my list.", "Bennett"),
        ("Exchange Hancock for somebody else.", "Hancock"),
        ("I asked Cullen. Sign it please.", "Cullen"),
        ("Known Wilson since 2010.", "Wilson"),
        ("History of Wilson is unknown.", "Wilson"),
        ("Consult for Evans, is it done?", "Evans"),
        ("Weber and Hoffmann signed off on it.", "Weber"),
        ("The Posey in 12 fell.", "Posey"),
        ("Her Kelly is a good boy.", "Kelly"),
        ("MARIA showed up late again.", "MARIA"),
        ("Per SOPHIA the dose was held.", "SOPHIA"),
        ("Candidate for Heller, they say.", "Heller"),
        ("Thompson was positive for covid.", "Thompson"),
    ],
)
def test_somebody_called_like_an_eponym_is_hidden(redactor: Redactor, text: str, name: str) -> None:
    assert name not in redactor.redact_text(text).text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Tunde Ayodele, MRN 55120934, had gout, now pH 7.19.", "[NAME], MRN [MRN], had gout, now pH 7.19."),
        ("mrn 5512093, dosing please, ferritin 1310", "mrn [MRN], dosing please, ferritin 1310"),
        ("SSN 219-44-7731, pale, platelets of 18,000", "SSN [SSN], pale, platelets of 18,000"),
        ("dob 04/11/1957 in 12B wants out", "dob [DOB] in 12B wants out"),
        ("Pt Ifeoma Adeyemi, stable", "Pt [NAME], stable"),
        ("Mark Iyanda, 62, has a cough.", "[NAME], 62, has a cough."),
        ("Will Iyanda (stable) go home?", "[NAME] (stable) go home?"),
        ("Mark Iyanda as absent.", "Mark [NAME] as absent."),
    ],
)
def test_what_stands_beside_a_name_or_a_number_is_told_from_it(redactor: Redactor, text: str, shown: str) -> None:
    assert redactor.redact_text(text).text == shown
