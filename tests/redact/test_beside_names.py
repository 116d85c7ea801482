"""What stands beside names in notes, letters and forms stays readable: titles, degrees, labels, goods, letters."""

import pytest

from privity.redact import Redactor

SHOWN = (
    "Seen on MAU, moved to ITU, then HDU.",
    "PMH: COPD, TIA, CKD.",
    "He came with an inferior NSTEMI and an anterior STEMI.",
    "Meds: Ventolin, Seretide, Movicol and Zapain. Allergies: Elastoplast.",
    "She takes Laxido, Fortisip and Buccolam.",
    "The Skoda Fabia stood beside a Renault Clio and a Vauxhall Corsa.",
    "Make: Batavus. Model: Quip. Colour: black.",
    "You said your car, a 2004 Saturn, was sold; my silver Lincoln was not.",
    "Banked with Natwest and Commerzbank, insured with Helsana, sent by InPost.",
    "Tickets live in Zendesk, logs in Kibana, wages in Personio.",
    "The entry is in the Grundbuch Blatt 3312; Das Jobcenter and das Jugendamt were told.",
    "La Agencia Tributaria y la Seguridad Social were written to.",
    "She was seen in the Fracture Clinic, the Day Hospital and the Birth Center.",
    "Dear neighbours, the lift is out of order.",
    "Jack no. 2 was tagged, wrench no. 4 is lost.",
    "Odometer: 90,100 km   Price: $2,400",
    "The jack is gone, and the carter who came had none.",
    "The bell rang Monday at ten; I rang off.",
    "The hearing is at the Family Court on Monday; the County Court, the Crown Court and the High Court are closed.",
    "From: Facilities. Wear hi-vis, please; the meter reading 40817 is noted.",
    "Pivmecillinam S, Nitrofurantoin R; a Moses basket, a Guthrie card, Velux windows.",
    "Code Blue at 0342, pulse back; the program ended with exit code 137.",
    "Royal London and Aegon wrote; the Smith machine, an Arnold press and a Pendlay row were next.",
    "The Coq au Vin and the Tarte Tatin; the Donor Centre; Kell neg, Kidd neg.",
    "Factura y contrato de Iberdrola were sent to the Helpdesk.",
    "It was filed at 2214 hrs, badge at home.",
)
BESIDE = (
    ("Fatma Oyelade, PESEL 75082316438.", "[NAME], PESEL"),
    ("Catriona Macleod, FRCS", "[NAME], FRCS"),
    ("Vasquez, Lena, MBBS MRCP", "[NAME], MBBS MRCP"),
    ("The notary is Maître Colonna.", "The notary is Maître [NAME]."),
    ("Schwester Runa and Mme Thévenot came.", "Schwester [NAME] and Mme [NAME] came."),
    ("Rechtsanwalt Przybyl and PC Wojcik agreed.", "Rechtsanwalt [NAME] and PC [NAME] agreed."),
    ("Second contact: Taid (Ifor Rhys).", "Second contact: Taid ([NAME])."),
    ("She leaves her daughters Ruth and June, four grandchildren.", "Ruth|June"),
    ("Dear Mr and Mrs Oyelaran, the lift is out. Regards, Gail Fenn", "Dear Mr and Mrs [NAME]"),
    ("NEFT to A/c 62157812666 today.", "NEFT to A/c [ID] today."),
    ("Your temporary password is heron-Mast-117. Parcels are sent on Mondays.", "117"),
    ("Bank: Nowak. Diagnosis: Kowalczyk. Insurance: Bianchi", "Nowak|Kowalczyk|Bianchi"),
    ("Dr Corsa and Ms Lincoln came; Octavia rang, Mercedes too.", "Corsa|Lincoln|Octavia|Mercedes"),
    ("He saw Austin and Lincoln; Ms. Austin left.", "Austin|Lincoln"),
    ("Present: ANA, TIA and MARCO.", "ANA|TIA|MARCO"),
    ("Seen with Tia today. Patient: PEARL JONES.", "Tia|PEARL|JONES"),
    ("She was treated in Baltimore, MD, last week.", "in [LOCATION], last week."),
    ("He lives at Crown Court. Ms Reading, READING 40817", "at [ADDRESS]."),
    ("The court sits at 12 Crown Court, York.", "12|York"),
    ("From: Nowak. The door code is 4471. Contact Kowalczyk.", "Nowak|4471|Kowalczyk"),
    ("In Reading 40817 she signed, Moses Adeyemi too.", "Reading|40817|Moses|Adeyemi"),
    ("Lewis A. Kidd, Arnold Smith, London Bradford and Kell Duffy came.", "Lewis|Kidd|Arnold|Bradford|Duffy"),
    ("Ms Hornbach saw Tom Wedgwood, Eva Viessmann and Sainsbury's son.", "Hornbach|Wedgwood|Viessmann|Sainsbury"),
    ("Frau Blatt and Ms Libro came.", "Blatt|Libro"),
    ("Met the 2006 Hendricks boys and Das Gupta.", "Hendricks|Gupta"),
    ("Henrik Vauxhall, Frank Opel and Anna Lancia came.", "Vauxhall|Opel|Lancia"),
)


@pytest.mark.parametrize("text", SHOWN)
def test_what_is_nobodys_stays(text: str) -> None:
    assert Redactor().redact_text(text).text == text


@pytest.mark.parametrize(("text", "expected"), BESIDE)
def test_who_stands_beside_it_is_hidden(text: str, expected: str) -> None:
    shown = Redactor().redact_text(text).text
    if "[" in expected or "," in expected:
        assert expected in shown
    else:
        assert not any(name in shown for name in expected.split("|")), shown
