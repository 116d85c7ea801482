"""Values as callers say them, in words of our own: days, births, ages, streets, secrets, mailboxes."""

import pytest

from privity.redact.labels import Label
from privity.redact.redactor import Redactor

SAID = (
    ("and his email\nits old barn door at gmail dot com\nokay\nthanks", Label.EMAIL, "old barn door at gmail dot com"),
    (
        "what's a good email\nfelix and mona at brookside net dot com\nokay\nthanks",
        Label.EMAIL,
        "felix and mona at brookside net dot com",
    ),
    ("does he post anything\nhe's on Instagram as tam_vd07.\nokay\nbye", Label.USERNAME, "tam_vd07"),
    ("his profile was grand deals four u and then he texted", Label.USERNAME, "grand deals four u"),
    ("what's the gate code\n4480. Then left.\nokay\nbye", Label.PASSWORD, "4480"),
    ("where are you now\nmile marker two forty on route six\nokay\nbye", Label.ADDRESS, "mile marker two forty"),
    (
        "what's the service address\nthirty one oh four and that's old quarry road\nokay\nthanks",
        Label.ADDRESS,
        "thirty one oh four and that's old quarry road",
    ),
    ("we're on highway seventeen just past exit nine", Label.ADDRESS, "exit nine"),
    ("she stays on west sixteenth above a garage", Label.ADDRESS, "west sixteenth"),
    ("It's near the Pelican Fork Road bridge, heading north.", Label.ADDRESS, "Pelican Fork Road"),
    ("Name and ID please.\nOlga Brandt, K00731945.\nThank you.\nBye.", Label.ID, "K00731945"),
    ("one on the twenty second and one for omar on the twenty seventh which one", Label.DATE, "twenty seventh"),
    ("What is your user id?\nWell, I put oldmill1931 in.\nOkay.\nThanks.", Label.USERNAME, "oldmill1931"),
    ("and the password?\nIt was Tractor#8, I think.\nOkay.\nThanks.", Label.PASSWORD, "Tractor#8"),
    ("is the alarm on\nyeah the code's four two oh nine pound\nokay\nbye", Label.PASSWORD, "four two oh nine pound"),
    ("the code on the gate is six six one four\nokay\nbye\nbye", Label.PASSWORD, "six six one four"),
    ("the combo is m a y so six two nine then push", Label.PASSWORD, "six two nine"),
    ("the backup phrase?\nNine Silver Foxes.\nOkay.\nThanks.", Label.PASSWORD, "Nine Silver Foxes"),
    ("My licence number is NV 04417-B, thanks.", Label.LICENSE, "NV 04417-B"),
    ("it's in a money market ending six six two oh okay", Label.ACCOUNT, "six six two oh"),
    ("Yes, it's E A C 2 2 9 0 0 4 7 7 1 3.", Label.ID, "E A C 2 2 9 0 0 4 7 7 1 3"),
    (
        "read me the mac address\nit's a c four b nine one two e seven seven d zero\nokay\nbye",
        Label.DEVICE,
        "a c four b nine one two e seven seven d zero",
    ),
    ("Settlement is on or before 11/29, they said.", Label.DATE, "11/29"),
    ("it's orla @ finchpottery . com thanks", Label.EMAIL, "orla @ finchpottery . com"),
    ("the office is the one on wabash okay", Label.ADDRESS, "wabash"),
    ("Send it to Box 41, please.", Label.ADDRESS, "Box 41"),
    ("it's under the name of the owner that's k r o n e y", Label.NAME, "k r o n e y"),
    ("it's for you two two four six west dry fork\nokay", Label.ADDRESS, "two two four six west dry fork"),
    ("send it to route four box ninety one please", Label.ADDRESS, "route four box ninety one"),
    ("Come to 771 Sorrel, it is the brick house.", Label.ADDRESS, "771 Sorrel"),
    ("it's two hundred east ellery\nnumber four nineteen yeah\nokay\nbye", Label.ADDRESS, "four nineteen"),
    ("hi it's priya in four eleven my sink leaks", Label.ADDRESS, "four eleven"),
    ("It's Building D, number 206.", Label.ADDRESS, "Building D, number 206"),
    ("he owns his home it's on quail hollow\nokay", Label.ADDRESS, "quail hollow"),
    ("the brick one at 5520 Sorrel Street\nso 5520\nyes\nokay", Label.ADDRESS, "5520"),
    ("it's two sixty left fork of otter creek road", Label.ADDRESS, "two sixty left fork of otter creek road"),
    ("She moved to Harmony, Minnesota last year.", Label.LOCATION, "Harmony, Minnesota"),
    ("He is in Duncan, B.C. for now.", Label.LOCATION, "Duncan, B.C."),
    ("It was filed in Larimer County in May.", Label.LOCATION, "Larimer County"),
    ("What's the parcel number?\nIt's 21-C-0048.\nOkay.\nThanks.", Label.ID, "21-C-0048"),
    ("Your case is 5-7710-K, keep it.", Label.ID, "5-7710-K"),
    (
        "the serial is b k two seven four four nine\nBK27449 got it\nokay\nbye",
        Label.DEVICE,
        "BK27449",
    ),
    ("the estate number is forty one twenty six oh nine", Label.ID, "forty one twenty six oh nine"),
    ("can you come in on the fourteenth", Label.DATE, "fourteenth"),
    ("let's do tuesday the sixth instead", Label.DATE, "sixth"),
    ("it moved from the third to the seventeenth", Label.DATE, "seventeenth"),
    ("the eighteenth or the ninth\nninth please\nokay\nbye", Label.DATE, "ninth"),
    ("we need the form the second week of october", Label.DATE, "second week of october"),
    ("it was paid on ten thirty one okay", Label.DATE, "ten thirty one"),
    ("it ended january two thousand twenty", Label.DATE, "january two thousand twenty"),
    ("birthday\num the ninth of the fourth sixty eight\nokay\nthanks", Label.DOB, "ninth of the fourth sixty eight"),
    (
        "date of birth\none moment\nnovember uh the eleventh thirty three\nthanks",
        Label.DOB,
        "november uh the eleventh thirty three",
    ),
    ("my dad he's turning ninety one", Label.AGE, "ninety one"),
    ("how old is your mother\nninety four\noh my\nyes", Label.AGE, "ninety four"),
    ("i'm a hundred and one honey", Label.AGE, "a hundred and one"),
    ("at ninety six she still drives", Label.AGE, "ninety six"),
    ("when did it happen\neleven sixteen\nokay\nthanks", Label.DATE, "eleven sixteen"),
    ("the due date is\nsix slash three\nokay\nthanks", Label.DATE, "six slash three"),
    (
        "can you give me two identifiers\ntwo fourteen forty eight\nokay\nthanks",
        Label.DOB,
        "two fourteen forty eight",
    ),
    ("ping ten zero zero one\nokay\nthanks\nbye", Label.IP, "ten zero zero one"),
    ("my side is ten dot zero dot zero dot twenty five", Label.IP, "ten dot zero dot zero dot twenty five"),
    ("go to ironpeak dot fit slash app okay", Label.URL, "ironpeak dot fit slash app"),
    ("The link was forms.kneeandback.ca/new, right?", Label.URL, "forms.kneeandback.ca/new"),
    ("is this three three four two oh nine six\nokay\nbye\nbye", Label.ID, "three three four two oh nine six"),
    (
        "call me at two oh six um three eight one six two two\nwhat's my six two two oh\nokay\nbye",
        Label.PHONE,
        "six two two oh",
    ),
    (
        "mine is five one oh i never call myself five one oh six five three one two oh nine",
        Label.PHONE,
        "five one oh",
    ),
    ("what's your address\num fourteen twenty birchmere\nokay\nthanks", Label.ADDRESS, "fourteen twenty birchmere"),
    ("so i live on\ndelancey street\nokay\nthanks", Label.ADDRESS, "delancey street"),
    ("mail it to rural route two box fifty six please", Label.ADDRESS, "rural route two box fifty six"),
    ("it's ten ten county road double j", Label.ADDRESS, "ten ten county road double j"),
    ("i'm in suite three oh nine b okay", Label.ADDRESS, "suite three oh nine b"),
    ("four six one rue notre dame ouest", Label.ADDRESS, "four six one rue notre dame ouest"),
    ("it's off lexington avenue\nokay\nso sixty lexington\nyes", Label.ADDRESS, "sixty lexington"),
    ("it was at the corner of orchard and walnut", Label.ADDRESS, "orchard and walnut"),
    ("where did it happen\nat harwick and pellton\nokay\nthanks", Label.ADDRESS, "harwick and pellton"),
    (
        "it's eight eight two uh eight eight two harrow drive",
        Label.ADDRESS,
        "eight eight two uh eight eight two harrow drive",
    ),
    ("the lights at main and third were out", Label.ADDRESS, "main and third"),
    ("what's the cross street\ntallow\nokay\nthanks", Label.ADDRESS, "tallow"),
    ("and the buzzer number\nzero four one\nokay\nthanks", Label.ADDRESS, "zero four one"),
    (
        "it's northeast sixteen twelve twenty one west of the fourth okay",
        Label.ADDRESS,
        "northeast sixteen twelve twenty one west of the fourth",
    ),
    (
        "deliver to two hundred west ellery twenty first floor\nokay\nthanks\nbye",
        Label.ADDRESS,
        "two hundred west ellery twenty first floor",
    ),
    ("postal code\nm as in mary five v three l nine\nokay\nthanks", Label.ZIP, "m as in mary five v three l nine"),
    ("where were you born\nmoose jaw\nokay\nthanks", Label.LOCATION, "moose jaw"),
    ("the door code's four four one nine pound\nokay\nbye\nbye", Label.PASSWORD, "four four one nine pound"),
    ("it's pineapple\nthat's my verbal password\nokay\nbye", Label.PASSWORD, "pineapple"),
    (
        "your password's maple dash heron dash two\nmaple heron two\nokay\nbye",
        Label.PASSWORD,
        "maple heron two",
    ),
    ("log in as brambleton\nokay\nthanks\nbye", Label.USERNAME, "brambleton"),
    ("and which town\num sister bay\nokay\nthanks", Label.LOCATION, "sister bay"),
    (
        "your wifi password please\ncapital b lue harbor seven question mark\nokay\nthanks",
        Label.PASSWORD,
        "capital b lue harbor seven question mark",
    ),
    ("and your security word\num marzipan\nokay\nthanks", Label.PASSWORD, "marzipan"),
    ("the gate code is pound four seven one nine\nokay\nthanks\nbye", Label.PASSWORD, "pound four seven one nine"),
    ("sure what's your user name\nk underscore ostrander\nokay\nthanks", Label.USERNAME, "k underscore ostrander"),
    ("it's big bear cub forty at gmail\nokay", Label.EMAIL, "big bear cub forty at gmail"),
    ("so anna dot lee at saint marys church dot org okay", Label.EMAIL, "anna dot lee at saint marys church dot org"),
    ("it's j p underscore archer at velmont dot c a okay", Label.EMAIL, "j p underscore archer at velmont dot c a"),
    ("go to canvas dot maple ridge forty dot org and log in", Label.URL, "canvas dot maple ridge forty dot org"),
    ("write to amy at pine dash grove dot com\npine dash grove\nyes\nokay", Label.EMAIL, "pine dash grove"),
    ("go to kestrelfoods dot com\nkestrel foods\none word\nokay", Label.EMAIL, "kestrel foods"),
)
INNOCENT = (
    "tell me when the door is fixed\nit gets done first so about four days and then on friday we open",
    "is the plate billing cheaper\nabout half\na $2.40 toll is $1.20 with the tag\nokay",
    "and the year he was born\nhe never said\nso we're at two eighty nine a gallon today\nokay",
    "it's on the second floor and the third door",
    "this is the fourth time and the fifth one broke",
    "just a second i'll take the first or the third",
    "he's in the tenth grade and she came in fifth",
    "stay in the right lane the next street is busy and the test drive was good",
    "i was in small claims court with a hard drive and my way home was long",
    "i forgot my password\nokay i can reset it\ni can't log in\nlet me check that for you",
    "a password needs eight characters one capital and one exclamation point",
    "that was the dot com boom and a polka dot dress on version five dot two at nine on the dot",
    "we fly air canada on canada day",
    "the unit price is four dollars and each unit two pounds",
    "can i have your address\ni'm here for two more weeks\nit took three hours\nokay",
    "we talked about salt and pepper and my accident at work and at home",
    "it should be at number one and parts and labor are extra",
    "my password is not working and the gate is locked after nine\nokay\nlog in as usual\nbye",
    "i'm ninety percent sure and i'm ninety miles away and version four point one point two point nine",
    "birthday verified\nyour balance is one thousand five hundred sixty one dollars\nokay\nbye",
    "i have two questions maybe three\nmy login is slow\nplease don't tell me your password\nport eighty is open",
    "that's ninety two dollars or ninety percent of it",
    "Plan: rest.\nVitals: BP 121/89, HR 120, T 98.6, SpO2 97% on room air.",
    "your ticket number is eight two o one\neight hang on eight two o one okay\nyes ticket eight two o one it stays",
    "your case is number six seven one oh\nsix seven one oh\nyes case six seven one oh keep it",
)


@pytest.fixture(scope="module")
def redactor() -> Redactor:
    return Redactor()


@pytest.mark.parametrize(("text", "label", "value"), SAID)
def test_what_is_said_is_hidden_as_what_it_is(redactor: Redactor, text: str, label: Label, value: str) -> None:
    found = [(span.finding.label, text[span.start : span.end]) for span in redactor.detect_text(text)]
    assert (label, value) in found


@pytest.mark.parametrize("text", INNOCENT)
def test_what_only_sounds_alike_stays_readable(redactor: Redactor, text: str) -> None:
    assert redactor.detect_text(text) == ()
