"""A plain sentence of a language that is not read here is hidden whole, with its diacritics and without them."""

import unicodedata

import pytest

from privity.redact import Label, Redactor

MASK = f"[{Label.OTHER_LANGUAGE}]"

PLAIN = {
    "catalan": "em pot passar amb algú del departament d'atenció al client",
    "catalan numbers": "el meu telèfon és set sis cinc quatre tres dos u nou",
    "romanian": "mă cheamă andrei ionescu și stau pe strada lalelelor în cluj",
    "czech": "narodil jsem se osmého listopadu tisíc devět set sedmdesát",
    "slovak": "môj manžel leží v nemocnici po operácii kolena",
    "danish": "det er for dyrt for os at køre derhen",
    "norwegian": "hva er åpningstidene deres i helgen",
    "swedish": "vilka öppettider har ni på helgen",
    "finnish": "korttini on lukittu enkä saa rahaa ulos",
    "estonian": "mis ravimit ma pean enne sööki võtma",
    "latvian": "lūdzu nesūtiet man vairs vēstules pa pastu",
    "lithuanian": "kokius vaistus turiu gerti prieš valgį",
    "hungarian": "jól hall engem vagy hívjam vissza később",
    "croatian": "sin ima temperaturu i kašlje cijelu noć",
    "slovene": "me dobro slišite ali naj pokličem kasneje",
    "albanian": "nuk e mbaj mend kodin e kartës sime",
    "icelandic": "ég man ekki hvað kóðinn á kortinu er",
    "irish": "cad iad na huaireanta oscailte atá agaibh",
    "welsh": "mae gwres ar fy mab ac mae e'n peswch drwy'r nos",
    "basque": "nire txartela blokeatuta dago eta ezin dut dirurik atera",
    "galician": "o meu número de teléfono é seis catro cinco oito dous un",
    "maltese": "ibni għandu d-deni u qed jisgħol il-lejl kollu",
    "vietnamese": "cuối tuần bên mình làm việc từ mấy giờ",
    "malay": "isteri saya sakit belakang sejak semalam",
    "swahili": "ni dawa gani natakiwa kunywa kabla ya kula",
    "zulu": "angikhumbuli ukuthi iyini ikhodi yekhadi lami",
    "somali": "ma xasuusto lambarka sirta ah ee kaarka",
    "haitian": "ki lè nou ouvri nan wikenn nan",
    "latin": "filius meus febrim habet et tota nocte tussit",
    "afrikaans": "my seun het koors en hoes die hele nag",
    "yoruba": "oògùn wo ni mo gbọ́dọ̀ lò ṣáájú oúnjẹ",
    "hausa": "ban tuna lambar sirrin katin ba",
    "hindi": "weekend par aap log kitne baje kholte ho",
    "tamil": "innum ratha parisodhanai mudivu enakku varala",
    "esperanto": "mi ne povas ensaluti en la aplikaĵon per mia telefono",
}
ENGLISH = (
    "we visited łódź and kraków then took the train to wrocław for the christmas market",
    "my neighbor đorđe and his wife živka are from niš originally",
    "we had the phở and a crème brûlée with extra mint please",
    "rx lisinopril 10 mg po qd metoprolol 25 mg po bid and asa 81 prn",
    "amox 500 tid x 10 d ibu 600 q6h prn tyl 325 sos",
    "ante mortem and post mortem findings in situ were noted ad hoc",
    "status post cabg with lima to lad and svg to om",
    "jan van der berg piet de vries kees van dijk and anneke de jong",
    "send it to hauptstraße 12 in münchen or take the calle ocho exit",
    "leo max sam ben dan tom tim jan and kim came too",
    "ba da ba ba ba im lovin it la la la na na na hey hey",
    "hakuna matata means no worries for the rest of your days",
    "kung pao chicken lo mein chow fun har gow siu mai char siu bao",
)
SPANISH_AND_FRENCH = (
    "que medicamento tengo que tomar antes de comer",
    "esta a nombre de otra persona pero la cuenta es la misma",
    "no puedo entrar en la cuenta con el celular nuevo",
    "on ne peut pas ouvrir la porte de la chambre",
    "est ce que vous avez recu le resultat de la prise de sang",
)


def plain(text: str) -> str:
    """Return a text as somebody writes it who has no keys for its diacritics."""
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("ł", "l").replace("ħ", "h").replace("ø", "o"))
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


@pytest.mark.parametrize("text", PLAIN.values(), ids=PLAIN)
def test_a_plain_sentence_is_hidden_whole(redactor: Redactor, text: str) -> None:
    assert redactor.redact_text(text).text == MASK


@pytest.mark.parametrize("text", PLAIN.values(), ids=PLAIN)
def test_diacritics_may_be_missing(redactor: Redactor, text: str) -> None:
    assert redactor.redact_text(plain(text)).text == MASK


@pytest.mark.parametrize("text", ENGLISH)
def test_names_abbreviations_and_loans_are_no_language(redactor: Redactor, text: str) -> None:
    assert MASK not in redactor.redact_text(text).text


@pytest.mark.parametrize("text", SPANISH_AND_FRENCH)
def test_spanish_and_french_are_taken_for_no_neighbour(redactor: Redactor, text: str) -> None:
    assert MASK not in redactor.redact_text(text).text


def test_the_letters_of_a_word_tell_it_from_an_english_one(redactor: Redactor) -> None:
    written = "thẻ của tôi bị khóa thế là hết"
    assert redactor.redact_text(written).text == MASK
    assert redactor.redact_text("the cat on the mat is an old cat and so am i").findings == ()
