"""Names that only the talk tells of, and words of the talk that are none."""

import pytest

from privity.redact import Redactor


@pytest.mark.parametrize("name", ["Elena Price", "Zhiwei Palmer", "Duc", "Ngozi Day"])
def test_speakers_with_strange_and_worldly_names_are_hidden(redactor: Redactor, name: str) -> None:
    text = f"{name}: good morning\nAgent: hello\n{name}: is it open\nAgent: yes"
    assert redactor.redact_text(text).text == text.replace(name, "[NAME]")


@pytest.mark.parametrize("label", ["Rep", "Cus", "Agt"])
def test_abbreviated_parts_stay(redactor: Redactor, label: str) -> None:
    text = f"{label}: good morning\nOther: hello\n{label}: is it open\nOther: yes"
    assert redactor.redact_text(text).text == text


@pytest.mark.parametrize(
    "text",
    [
        "para espanol oprima el tres",
        "para español oprima el dos, for english press one",
        "yes maam that was all",
        "have you ever washed with calgon woolite or persil",
        "she drives a white altima silver trim i think",
        "Any pills? Just Bisoprolol, and Metoprolol in the morning.",
        "thanks a lot and talk soon",
    ],
)
def test_what_names_nobody_stays(redactor: Redactor, text: str) -> None:
    assert redactor.redact_text(text).text == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("thanks a lot helena", "thanks a lot [NAME]"),
        ("okay talk soon jeremy", "okay talk soon [NAME]"),
        ("on the other side marco benedetti stood", "on the other side [NAME] stood"),
        (
            "agent: your full name please\ncaller: regina holloway born oh two eleven eighty\nagent: ok",
            "agent: your full name please\ncaller: [NAME] born [DOB]\nagent: ok",
        ),
        ("Hi, this is Nora Collins in HR, for you.", "Hi, this is [NAME] in HR, for you."),
    ],
)
def test_a_name_ends_where_it_ends(redactor: Redactor, text: str, shown: str) -> None:
    assert redactor.redact_text(text).text == shown


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("it's a fine day at harbor tile and stone dawn here how can i help", ["dawn"]),
        ("thanks for holding this is jesus in parts what do you need", ["jesus"]),
        ("it's will from the tire shop calling back", ["will"]),
        ("good morning jun here with north shore gas", ["jun"]),
        ("my boss jun hadid said so", ["jun hadid"]),
        ("the bill came jun 5 and again in jun", ["jun 5"]),
        ("It is open from Apr. to Jun. and not in Jul. Sep.\nJun, jul, aug are dry.", []),
        ("you have reached the tailor, you've reached hope le please leave word", ["hope le"]),
        ("please don't mail it to rosalind pemberton that's my ex", ["rosalind pemberton"]),
        ("do you still have miles frost as your emergency contact", ["miles frost"]),
        ("okay i've taken art off the list", ["art"]),
        ("i do see chase on here and you're listed too bill", ["chase", "bill"]),
        ("this letter is intended for kaveh tiller this is the county", ["kaveh tiller"]),
        ("it might be under my husband that's miles case i'm leilani", ["miles case", "leilani"]),
        ("my brother pat drove down and my mother in law savannah usually helps", ["pat", "savannah"]),
        ("tell will thanks for the ride", ["will"]),
        ("i talked to a mark there last night", ["mark"]),
        ("thank you bill you've been kind", ["bill"]),
        ("not roger, not shanice, nobody calls", ["roger", "shanice"]),
        ("hi is this nancy sharp its drew at the eye doctor", ["nancy sharp", "drew"]),
        ("is paola still there / paola foot she moved to billing", ["paola", "paola foot"]),
        ("this is emeka kuznetsova i'm calling about a door", ["emeka kuznetsova"]),
        ("caller: hey it's pat is will around\nagent: i'll send drew out", ["pat", "will", "drew"]),
        ("could you have will call me and is art here", ["will", "art"]),
        ("okay mister do let me look", ["do"]),
        ("it's for my son jun jun le", ["jun jun le"]),
        ("my roommate hope said to ring twice", ["hope"]),
        ("you've reached the voicemail of tevita kalaniopuu please speak", ["tevita kalaniopuu"]),
        ("it's under a leilani kahanamoku i think", ["leilani kahanamoku"]),
        ("agent: and the driver's name\ncaller: the other driver was in a truck\nagent: i see", []),
        ("is anybody there / hey it's long overdue / let them call me / have it come over", []),
        ("my will is with my lawyer and the bill is due", []),
        ("i've taken ten off the list and put two on file", []),
        ("my son just got here and my wife said no", []),
        ("they said it's at the shop and it's from the yard", []),
        ("is this thing still working", []),
        ("not good, not bad", []),
    ],
)
def test_a_place_for_a_name_makes_a_name_of_a_word(redactor: Redactor, text: str, names: list[str]) -> None:
    assert [text[span.start : span.end] for span in redactor.detect_text(text)] == names


@pytest.mark.parametrize(
    ("asked", "answer", "shown"),
    [
        ("and the name as it appears on the passport", "bao do", "[NAME]"),
        ("who do i have the pleasure of speaking with", "this is soren wah chuck woo", "this is [NAME]"),
        ("who do i have the pleasure of speaking with", "my bill went up", "my bill went up"),
        ("could i have the name on the account", "it'll be drew nelson", "it'll be [NAME]"),
        ("Could I have your name, first and last?", "Goodnight, Amir.", "[NAME], [NAME]."),
        ("and your name again", "it's will", "it's [NAME]"),
    ],
)
def test_an_answer_is_a_name_whatever_words_it_has(redactor: Redactor, asked: str, answer: str, shown: str) -> None:
    text = f"agent: {asked}\ncaller: {answer}\nagent: thank you"
    assert redactor.redact_text(text).text == f"agent: {asked}\ncaller: {shown}\nagent: thank you"


def test_a_first_name_is_asked_for_in_one_word(redactor: Redactor) -> None:
    text = "agent: last name\ncaller: holloway\nagent: thank you first\ncaller: grace\nagent: how many boxes"
    assert redactor.redact_text(text).text == text.replace("holloway", "[NAME]").replace("grace", "[NAME]")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "caller: it's bennett\ncaller: b e double n e double t\nagent: ok",
            "caller: it's [NAME]\ncaller: [NAME]\nagent: ok",
        ),
        ("agent: how do you spell hiroshi\ncaller: h i r o s h i", "agent: how do you spell [NAME]\ncaller: [NAME]"),
        ("my name is nora brown b r o w n oh okay brown", "my name is [NAME] [NAME] oh okay [NAME]"),
        ("this is Ji-woo at the desk. How may I help? Fine.", "this is [NAME] at the desk. How may I help? Fine."),
        ("my name's Lars Friday, how may I help you?", "my name's [NAME], how may I help you?"),
    ],
)
def test_names_are_spelled_and_hyphened_to_their_end(redactor: Redactor, text: str, shown: str) -> None:
    assert redactor.redact_text(text).text == shown


def test_a_name_that_is_a_verb_is_known_again_where_somebody_is_spoken_to(redactor: Redactor) -> None:
    text = "agent: your name\ncaller: will\nagent: okay thanks will bye now\ncaller: will you call\nagent: yes"
    shown = "agent: your name\ncaller: [NAME]\nagent: okay thanks [NAME] bye now\ncaller: will you call\nagent: yes"
    assert redactor.redact_text(text).text == shown


@pytest.mark.parametrize("verb", ["works", "said", "still", "comes", "goes", "never", "knows", "bear", "left"])
def test_what_somebody_does_is_no_surname_unless_nothing_follows(redactor: Redactor, verb: str) -> None:
    assert redactor.redact_text(f"well no irene {verb} at the bakery").text == f"well no [NAME] {verb} at the bakery"
    assert redactor.redact_text(f"my name is irene {verb}").text == "my name is [NAME]"


def test_a_surname_may_come_first_and_a_letter_tell_how_a_name_begins(redactor: Redactor) -> None:
    text = "Agent: May I take your name?\nCaller: Wood, Miriam.\nAgent: Is that Miriam with an M?\nCaller: Yes."
    shown = "Agent: May I take your name?\nCaller: [NAME], [NAME].\nAgent: Is that [NAME] with an [NAME]?\nCaller: Yes."
    assert redactor.redact_text(text).text == shown
    assert redactor.redact_text("i'd like a room with a view").text == "i'd like a room with a view"
