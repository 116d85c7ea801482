"""What a question asks for is hidden in the answer, however it is put; what only looks like an answer stays."""

import pytest

from privity.redact.redactor import Redactor

HIDDEN = (
    ("where should the courier bring it\nsixteen oh nine wisteria it's a yellow house", "sixteen oh nine|wisteria"),
    ("where does my driver go\ntwenty two ten larkspur it's gray", "twenty two ten|larkspur"),
    ("hey i need the lockbox for eleven oh nine sandpiper\nokay", "eleven oh nine|sandpiper"),
    ("the showing is at four oh six yarrow\ngreat", "four oh six|yarrow"),
    ("It's going to the same place, 22 Quince Street, Rear?\nYes.", "22 Quince|Rear"),
    ("send it to 14 maple street upstairs", "14 maple|upstairs"),
    ("Do you need my license?\nYes, please.\nIt's F4420719.\nGot it.", "F4420719"),
    ("What's the member ID?\nSure.\nUh, XJH4471920.\nThanks.", "XJH4471920"),
    ("Do you have your health card?\nYes, it's ADEF 8861 0419.\nThank you.", "ADEF|8861|0419"),
    ("they texted it it's 6 6 0 1 4 7\n660147 and then", "6 6 0 1 4 7|660147"),
    ("they sent me a code four four one oh nine two\nokay", "four four one"),
    ("transit 78088, institution 889, and account 44010913", "78088|889|44010913"),
    ("how old is she\nit's ninety four years old she is", "ninety four"),
    ("my nana is ninety four years old", "ninety four"),
    ("that is not my social security number 219456783 at all", "219456783"),
    ("it's not my security code 737 on there", "737"),
    (
        "what is her social\nfour eleven let me redo that part four twelve sixty two ninety one oh eight",
        "sixty two|ninety",
    ),
)
STAYS = (
    ("Do you need my license?\nNo, the B2B form.\nIt's fine.", "B2B"),
    ("where does the driver go\nhe goes around two times usually", "two times"),
    ("Your citation number?\nIt was 52 in a 35, I think", "a 35"),
    ("did you get a prescription?\nAmoxicillin, 875, twice a day", "875"),
    ("[20:14:50] is there an id on the tag\n[20:14:51] does it say", "[20:14:51] does"),
    ("what tires are those the tag number says\ntwo seventy five sixty five eighteen", "sixty five eighteen"),
    ("it's a big oak it's a hundred years old", "a hundred years old"),
    ("the house is a hundred and ten years old", "ten years old"),
)


@pytest.mark.parametrize(("text", "values"), HIDDEN)
def test_what_is_asked_for_is_hidden_in_the_answer(redactor: Redactor, text: str, values: str) -> None:
    shown = redactor.redact_text(text).text
    assert all(value in text and value not in shown for value in values.split("|"))


@pytest.mark.parametrize(("text", "said"), STAYS)
def test_what_only_looks_like_an_answer_stays(redactor: Redactor, text: str, said: str) -> None:
    assert said in text
    assert said in redactor.redact_text(text).text


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("i live at free safety lincoln road", "i live at [ADDRESS]"),
        ("She lives at tree fitty Maple Street.", "She lives at [ADDRESS]."),
        ("my address is won tree ate elm avenue", "my address is [ADDRESS]"),
        ("i live on the main road", "i live on the main road"),
        ("she lives on a busy street", "she lives on a busy street"),
        ("i live at home and my address is on file", "i live at home and my address is on file"),
    ],
)
def test_where_somebody_lives_is_hidden_however_its_number_was_heard(said: str, shown: str) -> None:
    assert Redactor().redact_text(said).text == shown
