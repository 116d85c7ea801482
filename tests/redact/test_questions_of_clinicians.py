"""What clinicians write: eponyms, measures and doses stay readable, patients and their numbers do not."""

import pytest

from privity.redact import Redactor

STAYS = (
    "Is a Hinchey classification of III enough to operate?",
    "Does Boerhaave syndrome cause a Hamman sign in children?",
    "Which Vienna classification and which Oslo criteria are meant?",
    "Schedule for Kikuchi disease and for Castleman disease in adults.",
    "Would you place a Tenckhoff catheter or a Sengstaken tube first?",
    "Compare the Lund-Browder chart with the Rule of Nines.",
    "A Marcus Gunn pupil and an Argyll Robertson pupil are different.",
    "Does Wernicke-Korsakoff or Guillain-Barre come first?",
    "What do Rome IV and Baveno VI say?",
    "Stanford type A or Stanford type B by the ED physician?",
    "She has Na 131, K 4.2 and a MELD-Na of 22.",
    "The QTc 498 ms. Ideas?",
    "Max dose of amiodarone in children?",
    "Any warnings for brivaracetam, esp in pregnancy?",
    "What would GINA 2023 and ADA 2022 say of it?",
    "Light's criteria are met, Bell's palsy is not likely.",
    "Can Zolgensma be given after Spinraza, or Orkambi with Trikafta?",
    "pls list evidence for mavacamten in adults",
    "What do KDIGO and EULAR say, and what does Maastricht VI?",
    "Is a Rankin 3 or a Schatzker V worse than Fontaine IIb?",
    "Was it shown in the ARISTOTLE trial and in the Framingham Heart Study?",
    "The Li 1.9 and the INR 4.2 are high.",
    "Refer to Pediatric Neurology or to Cardiology?",
)
SHOWN = (
    ("The patient John Ewing was seen.", "The patient [NAME] was seen."),
    ("Is it Ewing sarcoma? Dr. Ewing thinks so.", "Is it Ewing sarcoma? [NAME] thinks so."),
    ("Dr. Roth asked about Roth spots.", "Dr. [NAME] asked about Roth spots."),
    ("Anna Zenker has a Zenker diverticulum.", "[NAME] has a Zenker diverticulum."),
    (
        "She moved to Rotterdam and meets the Rotterdam criteria.",
        "She moved to [LOCATION] and meets the Rotterdam criteria.",
    ),
    ("Na Li, 40, has Na 122.", "[NAME], 40, has Na 122."),
    ("for pt (MRN 480213X), CLL, CRP 40.", "for pt (MRN [MRN]), CLL, CRP 40."),
    ("MRN: TB4402718, gout w/ K 5.1. Give 2 g q8h?", "MRN: [MRN], gout w/ K 5.1. Give 2 g q8h?"),
    ("He (license K7731902) asks if GOLD 2024 objects.", "He (license [LICENSE]) asks if GOLD 2024 objects."),
    ("Seen by Prof. Iyer and Ms Castellano today.", "Seen by Prof. [NAME] and Ms [NAME] today."),
    ("Was she seen by Prof. Iyer and Ms Castellano?", "Was she seen by [NAME] and [NAME]?"),
    ("latest guidelines for gout, pt of Dr. Iyer.", "latest guidelines for gout, pt of [NAME]."),
    ("Signed by RN Meredith Okonkwo at noon.", "Signed by RN [NAME] at noon."),
    ("Thyroid storm in G.H., 47.", "Thyroid storm in [NAME], 47."),
    ("can T.R., 8, with asthma swim?", "can [NAME], 8, with asthma swim?"),
    ("Is D.K. (insurance # QX-448120) covered?", "Is [NAME] (insurance # [HEALTH_PLAN]) covered?"),
    ("It was 9 a.m., 20 minutes late, in the U.S., 3 times.", "It was 9 a.m., 20 minutes late, in the U.S., 3 times."),
    ("re: Oyelaran, Daniel, DOB pending", "re: [NAME], DOB pending"),
    ("consult for VALENCIA, MIGUEL: rash", "consult for [NAME]: rash"),
    ("a patient with CKD, John Abernathy, wants to know", "a patient with CKD, [NAME], wants to know"),
    ("Counseling for Violet R. and her brother.", "Counseling for [NAME]. and her brother."),
    ("Stop it (case 604417250)?", "Stop it (case [ID])?"),
    ("accession K21-70934: path shows CLL.", "accession [ID]: path shows CLL."),
    ("Sputum (lab no. T19-40211) grew AFB.", "Sputum (lab no. [ID]) grew AFB."),
    ("EMS run no. 440192837, encounter no. 55120934.", "EMS run no. [ID], encounter no. [ID]."),
    ("In this case 250000 units were given, in case 3 of 9.", "In this case 250000 units were given, in case 3 of 9."),
    ("teleconsult, user brambilla44: no fever", "teleconsult, user [USERNAME]: no fever"),
    ("the user guide 2 says so", "the user guide 2 says so"),
    ("teleconsult 03/19, labs 4/22, BP 120/80", "teleconsult [DATE], labs [DATE], BP 120/80"),
    ("It was 14-May-2019 or 3-Mar-21.", "It was [DATE] or [DATE]."),
    ("Dosing (contact: 4145550163)?", "Dosing (contact: [PHONE])?"),
    ("Should Pine Ridge Clinic transfer her?", "Should [LOCATION] transfer her?"),
    ("Pt of Blue Lake Dialysis Center, stable.", "Pt of [LOCATION], stable."),
    ("Seen at Bellweather Heart Institute today.", "Seen at [LOCATION] today."),
    (
        "She went to Cedar Hollow Pediatrics and then to Quarry Urgent Care.",
        "She went to [LOCATION] and then to [LOCATION].",
    ),
    ("Karen Roth's score was 12.", "[NAME]'s score was 12."),
    ("pt Foley, MRN 4471920, on heparin", "pt [NAME], MRN [MRN], on heparin"),
    ("What of pt, Mr. W., who fell?", "What of pt, [NAME]., who fell?"),
    ("Weber B., 45, with a cough.", "[NAME]., 45, with a cough."),
    ("He was treated at UCLA Medical Center.", "He was treated at [LOCATION]."),
    ("He is seen at Prairie Dermatology for it.", "He is seen at [LOCATION] for it."),
    ("subscriber # 5527361A, CSN 300293847", "subscriber # [HEALTH_PLAN], [ID]"),
    ("Dr. Whitlock in Fargo agrees.", "Dr. [NAME] in [LOCATION] agrees."),
)


@pytest.mark.parametrize("text", STAYS)
def test_what_medicine_calls_after_somebody_is_nobodys(redactor: Redactor, text: str) -> None:
    assert redactor.redact_text(text).text == text


@pytest.mark.parametrize(("text", "shown"), SHOWN)
def test_a_question_hides_who_it_is_about_and_nothing_else(redactor: Redactor, text: str, shown: str) -> None:
    assert redactor.redact_text(text).text == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Agent: You see Dr. Amadi on Monday.\nCaller: Fine.", "Agent: You see Dr. [NAME] on Monday.\nCaller: Fine."),
        ("Agent: I have Dr. Dana Rice.\nCaller: Fine.", "Agent: I have Dr. [NAME].\nCaller: Fine."),
        ("cc: Dr. De La Cruz\nPlan: rest.", "cc: Dr. [NAME]\nPlan: rest."),
        ("cc: Dr. Rogers, Saint Ansgar Hospital", "cc: [NAME], [LOCATION]"),
        ("Hello Mr. Feldstein, the car is ready.", "Hello Mr. [NAME], the car is ready."),
        ("Provider: Dr. Amadi\nPlan: rest.", "Provider: Dr. [NAME]\nPlan: rest."),
    ],
)
def test_a_title_stays_where_people_are_met_by_it(redactor: Redactor, text: str, shown: str) -> None:
    assert redactor.redact_text(text).text == shown


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Patel fracture healed well.", "Patel"),
        ("The Patel catheter is in.", "Patel"),
        ("Garcia pneumonia is better.", "Garcia"),
        ("Garden 2 was booked by Rutherford 3 times.", "Rutherford"),
        ("Weber 3 is what she wrote.", "Weber"),
        ("Can Nguyen sign the form?", "Nguyen"),
        ("Did Moreno test positive?", "Moreno"),
    ],
)
def test_what_anybody_may_have_or_do_makes_no_eponym_of_a_name(redactor: Redactor, text: str, name: str) -> None:
    assert name not in redactor.redact_text(text).text


@pytest.mark.parametrize(
    "text", ["Foley wants her results.", "Rinne called back about the MRI.", "Wilson denies pain."]
)
def test_who_acts_is_somebody_though_medicine_has_the_name_too(redactor: Redactor, text: str) -> None:
    assert redactor.redact_text(text).text == f"[NAME] {text.split(' ', 1)[1]}"


@pytest.mark.parametrize("text", ["Foley is in place.", "Apgar was 8 and 9.", "Gleason is 7, and Ki-67 is low."])
def test_what_medicine_calls_after_somebody_does_nothing(redactor: Redactor, text: str) -> None:
    assert redactor.redact_text(text).text == text
