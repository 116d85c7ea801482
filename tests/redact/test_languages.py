"""What is in no language that is read here is hidden whole, and what only looks so is not."""

from pathlib import Path

import pytest

from privity.redact import Label, Policy, Redactor, Turn, policy_named
from promises import promise

MASK = f"[{Label.OTHER_LANGUAGE}]"

ELSEWHERE = {
    "german": "Guten Tag, ich heiße Jürgen Müller und wohne in der Hauptstraße zwölf in Köln",
    "german as heard": "ich moechte meine rechnung bezahlen die nummer ist drei vier fünf",
    "dutch": "kunt u mij helpen met mijn afspraak voor morgen",
    "portuguese": "Bom dia, o meu nome é João Silva e moro na Rua das Flores número doze",
    "italian": "il mio numero di carta è quattro uno uno uno",
    "polish": "Dzień dobry, nazywam się Anna Kowalska i mieszkam przy ulicy Długiej",
    "turkish": "yarın saat üçte randevu almak istiyorum lütfen",
    "vietnamese": "tôi muốn đặt lịch hẹn với bác sĩ vào ngày mai",
    "somali": "magacaygu waa maxamed cali waxaan ku noolahay minneapolis lambarkaygu waa lix laba",
    "tagalog": "Magandang umaga po ang pangalan ko ay Jose Santos at nakatira ako sa Maynila",
    "haitian": "bonjou mwen rele jean baptiste mwen rete nan lari delmas",
    "hmong": "kuv xav teem caij mus ntsib kws kho mob tag kis",
    "hindi": "mera naam rahul sharma hai aur mera phone number nau aath saat hai",
    "a language of no list": "molo igama lam nguthabo ndihlala ekapa inombolo yam yefowuni",
    "russian": "Здравствуйте, меня зовут Иван Петров, карта четыре один",
    "chinese": "你好，我叫王小明，我的电话号码是一三八零零一三八零零零",
    "arabic": "مرحبا اسمي محمد علي ورقم هاتفي خمسة خمسة",
    "korean": "안녕하세요 제 이름은 김민수이고 전화번호는 공일공 입니다",
    "devanagari": "मेरा नाम राहुल शर्मा है और मेरा फोन नंबर नौ आठ सात",
}

ENGLISH = (
    "uh um mm-hm yeah okay uh-huh mhm yep",
    "metformin lisinopril atorvastatin omeprazole levothyroxine amlodipine",
    "pt c/o sob htn dm2 cabg s/p lad stent asa plavix",
    "def fold(text): return unicodedata.normalize('NFKD', text)",
    "kubectl get pods -n kube-system nginx systemd dmesg grep awk",
    "image:: https://img.shields.io/pypi/pyversions/execnet.svg",
    "quesadilla burrito enchilada guacamole carnitas and churros please",
    "We had crème brûlée, coq au vin and pâté at the bistro.",
    "she said bonjour and c'est la vie and then left",
    "alpha bravo charlie delta echo foxtrot golf",
    "THANK YOU FOR HOLDING I CAN SEE THE ORDER ON MY SCREEN NOW",
    "Dx: T2DM, HTN, HLD, CAD s/p PCI. Rx: ASA 81, metoprolol, lisinopril.",
    "the β-blocker and the α2 agonist, ΔG of 5 μmol",
)
NAMED = (
    "Priya Okafor, Jan Kowalski, Thi Nguyen, Abdi Mohamed, Dr. Szymanowski, Giuseppe Verdi",
    "my friend maria de los santos lives on calle ocho in little havana",
    "los angeles de la cruz maria garcia lopez el paso san jose",
)


def labels(redactor: Redactor, text: str) -> set[str]:
    return {str(finding.label) for finding in redactor.redact_text(text).findings}


@promise("E25", sabotage="other_languages_pass_as_clean")
@pytest.mark.parametrize("text", ELSEWHERE.values(), ids=ELSEWHERE)
def test_another_language_is_hidden_whole(redactor: Redactor, text: str) -> None:
    redacted = redactor.redact_text(text)
    assert redacted.text.strip(".") == MASK
    assert [finding.label for finding in redacted.findings] == [Label.OTHER_LANGUAGE]


@pytest.mark.parametrize("text", ENGLISH)
def test_noise_code_and_abbreviations_are_no_language(redactor: Redactor, text: str) -> None:
    assert MASK not in redactor.redact_text(text).text


@pytest.mark.parametrize("text", NAMED)
def test_names_from_everywhere_are_no_language(redactor: Redactor, text: str) -> None:
    assert Label.OTHER_LANGUAGE not in labels(redactor, text)


def test_a_part_of_a_text_is_hidden_and_the_rest_stays(redactor: Redactor) -> None:
    text = "I will put you through now. Können Sie mir bitte sagen, wann ich kommen kann? The line is open until six."
    assert redactor.redact_text(text).text == f"I will put you through now. {MASK}? The line is open until six."


@promise("E25", sabotage="undecided_turns_pass_as_clean")
def test_a_turn_that_shows_no_language_is_read_like_its_neighbours(redactor: Redactor) -> None:
    turns = [
        Turn(speaker="agent", text="thank you for calling how can i help"),
        Turn(speaker="caller", text="guten tag ich habe eine frage zu meiner rechnung und möchte sie bezahlen"),
        Turn(speaker="caller", text="okonkwo strasse"),
        Turn(speaker="agent", text="one moment please i will find somebody who can help you"),
    ]
    shown = [turn.text for turn in redactor.redact_turns(turns).turns]
    assert shown == [turns[0].text, MASK, MASK, turns[3].text]


def test_a_name_in_another_script_is_hidden_and_the_sentence_stays(redactor: Redactor) -> None:
    shown = redactor.redact_text("please tell Владимир that the package has arrived at the front desk").text
    assert "Владимир" not in shown
    assert shown.endswith("that the package has arrived at the front desk")


def test_a_document_does_not_change_how_another_is_read(redactor: Redactor) -> None:
    texts = [ELSEWHERE["german"], "okay", "the package has arrived"]
    assert [redacted.text for redacted in redactor.redact_texts(texts)] == [MASK, *texts[1:]]


def test_a_policy_decides_and_safe_harbor_says_so(redactor: Redactor) -> None:
    strict = policy_named("hipaa-safe-harbor")
    lenient = strict.overridden(keep=[Label.OTHER_LANGUAGE])
    assert MASK in redactor.under(strict).redact_text(ELSEWHERE["german"]).text
    assert redactor.under(strict).statement().startswith("Safe Harbor: all 18")
    assert MASK not in redactor.under(lenient).redact_text(ELSEWHERE["german"]).text
    assert redactor.under(lenient).statement().startswith("Not Safe Harbor: text in other languages")


def test_only_labels_that_are_asked_for_are_hidden(redactor: Redactor) -> None:
    emails = redactor.under(Policy(name="emails", hides=frozenset({Label.EMAIL})))
    assert emails.redact_text(ELSEWHERE["german"]).text == ELSEWHERE["german"]


READ = {
    "hola me llamo juan perez y mi numero de tarjeta es cuatro uno uno uno uno uno uno uno": (
        "hola me llamo [NAME] y mi numero de tarjeta es [CARD]"
    ),
    "mi hija camila tiene ocho anos y vive en guadalajara con su abuela": (
        "mi hija [NAME] tiene ocho anos y vive en [ADDRESS] con su abuela"
    ),
    "mi seguro social es uno dos tres cuatro cinco seis siete ocho nueve": "mi seguro social es [SSN]",
    "naci el doce de marzo de mil novecientos sesenta y dos": "naci el [DOB]",
    "mi correo es juan punto perez arroba gmail punto com gracias": "mi correo es [EMAIL] gracias",
    "mi código postal es veintiocho cero cero uno": "mi código postal es [ZIP]",
    "la dosis es de veinticinco mg dos veces por dia": "la dosis es de veinticinco mg dos veces por dia",
    "bonjour je m'appelle pierre dupont et mon numero de carte est quatre un un un": (
        "bonjour je m'appelle [NAME] et mon numero de carte est [CARD]"
    ),
    "Bonjour, je m'appelle Étienne Tremblay et mon NAS est 046 454 286.": (
        "Bonjour, je m'appelle [NAME] et mon NAS est [SSN]."
    ),
    "je suis née le quatorze juillet mille neuf cent soixante deux": "je suis née le [DOB]",
    "J'habite au 12 rue de la Paix à Lyon, mon code postal est 69002.": (
        "J'habite au [ADDRESS], mon code postal est [ZIP]."
    ),
    "mon courriel c'est marie tiret louise arobase orange point fr voila": "mon courriel c'est [EMAIL] voila",
    "je voudrais prendre rendez-vous pour demain s'il vous plait": (
        "je voudrais prendre rendez-vous pour demain s'il vous plait"
    ),
}


@promise("E25", sabotage="spanish_and_french_pass_as_clean")
@pytest.mark.parametrize(("text", "shown"), READ.items(), ids=[text[:24] for text in READ])
def test_spanish_and_french_are_read(redactor: Redactor, text: str, shown: str) -> None:
    redacted = redactor.redact_text(text).text
    assert redacted == shown


def test_a_number_of_one_digit_answers_a_question_in_spanish(redactor: Redactor) -> None:
    asked = "agent: cual es el codigo de seguridad de su tarjeta\ncaller: uno dos tres\nagent: muy bien muchas gracias"
    assert redactor.redact_text(asked).text.split("\n")[1] == "caller: [CVV]"


@pytest.mark.parametrize("kind", ["spoken_spanish", "spoken_french"])
def test_what_is_made_up_in_spanish_and_french_is_hidden(
    redactor: Redactor, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).resolve().parents[2] / "bench" / "redact"))
    from kinds import documents

    made = list(documents(kind, 17, 12))
    hidden = said = 0
    for document, spans in zip(made, redactor.detect_texts([each.text for each in made]), strict=True):
        covered = {at for span in spans for at in range(span.start, span.end)}
        secret = [at for gold in document.spans for at in range(gold.start, gold.end) if document.text[at].isalnum()]
        said += len(secret)
        hidden += len(covered.intersection(secret))
    assert hidden >= 0.9 * said


@pytest.mark.parametrize(
    "text",
    [
        "o número do meu cartão é quatro um um um um um um um",
        "o meu nome é Rui Tavares e o cartão é quatro um um um",
    ],
)
def test_the_portuguese_one_is_no_english_noise(redactor: Redactor, text: str) -> None:
    assert redactor.redact_text(text).text == "[OTHER_LANGUAGE]"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("bonjour, vous pouvez appelez-moi au zéro six douze trente-quatre cinquante-six soixante-dix-huit", "trente"),
        ("appelez-moi au zéro six douze trente-quatre cinquante-six soixante-dix-huit", "trente"),
        ("mon NIR est 2 85 05 78 006 084 41", "78"),
        ("llámeme al dos uno dos cinco cinco cinco cero uno cuatro siete", "cinco"),
    ],
)
def test_numbers_that_french_and_spanish_announce_go(redactor: Redactor, text: str, left: str) -> None:
    assert left not in redactor.redact_text(text).text
