"""Names that are nobody's where they stand, and those of people right beside them."""

import pytest

from privity.redact import Redactor


@pytest.mark.parametrize(
    "text",
    [
        "the drain's a jackson pratt and the fluid was serosanguineous",
        "Knee film: Kellgren-Lawrence grade 3, no Salter-Harris fracture.",
        "he drank two arnold palmers and she had a shirley temple",
        "Do you carry Harvey Wallbangers or Bloody Marys on Sunday?",
        "the choir will do ave maria before the readings",
        "i donated a shelf of danielle steel and zane grey",
        "to be frank with you it's the wrong part",
        "Let me be perfectly frank, the engine is gone.",
        "Now lift the hood and chuck 'em in the bin.",
        "and they beat Madison 31 to 12 on Friday",
        "the reading this week is luke fifteen and the sermon is short",
        "Open to Ruth 2:4 and follow along.",
        "This year's musical, Matilda, opens in the gym.",
        "the theme was Paris and the band was loud",
        "We offer Bronze 6000, Silver 3500 and Gold 900.",
        "that plan pays nine hundred a year max",
        "You need a power of attorney, Form 2848.",
        "We cut ninety acres of milo, and there's a robin on the wire.",
        "Call me right away, and once more if nobody answers.",
        "it was my halmoni who made the soup and my nani who sang",
        "Have you tried the Nashville chicken or the Detroit style pizza?",
        "Call over to Lakeside Tire and ask for a quote.",
        "come to the Saturday clinic and bring your bike",
        "We compared them with a Mann-Whitney U and drew a Kaplan-Meier curve.",
        "the dongle is in the drawer under the mr coffee",
        "then deglaze with marsala and fold in the cremini and mascarpone",
        "Our next pick is Anna Karenina, or else Moby Dick.",
        "the home game against Roosevelt is sold out",
        "i dont think youre late and it didnt matter",
        "The set has 5 GHz, a 600 MHz chip and KCl in it; she had an X-Ray with FlexBoost.",
        "Max lidocaine with epi for a child? Max infusion rate of vancomycin?",
        "a Stanford B dissection, like the Stanford A dissection before",
        "Is it in North Carolina or West Virginia?",
        "OK IM SENDING ONE NOW. DONT HANG UP. YOURE NEXT",
        "the score was two to one after the second and then it rained",
    ],
)
def test_names_of_works_scores_and_dishes_stay_readable(redactor: Redactor, text: str) -> None:
    assert redactor.redact_text(text).text == text


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("The trial is before Judge Lindqvist on the left.", ["Lindqvist"]),
        ("This is Cpl Hathaway in records.", ["Hathaway"]),
        ("The prayer was given by Bishop Langi.", ["Langi"]),
        ("i talked to Mr. Im and Dr. Im-Sook Park", ["Mr. Im", "Dr. Im-Sook Park"]),
        ("My name is Major Williams.\nThank you.", ["Major Williams"]),
        ("we will invite frank and he should be frank the plumber", ["frank", "frank"]),
        ("my son Daniel 16 and my daughter Ruth 12 are here", ["Daniel", "Ruth"]),
        ('then his name, Sione "Boxer" Fonoti, in full', ["Sione", "Boxer", "Fonoti"]),
        ("come on tavion boots off we are late for school", ["tavion"]),
        ("i have mikko and the tremblay kid on the second line", ["mikko", "tremblay"]),
        ("can i get your last name\nbeatrice swallow swallow that's pretty", ["beatrice swallow swallow"]),
        ("don't look at them look at me grace and breathe", ["grace"]),
        ("i know mister rogers and mr coffey from church", ["rogers", "coffey"]),
        ("good job joy you did it", ["joy"]),
        ("well ask dusty if the truck is fixed", ["dusty"]),
        ("who has the keys\nhope does and she is out", ["hope"]),
        ("we moved off ponce de leon last year", ["ponce de leon"]),
        ("if nobody picks up ask for grace she has the keys", ["grace"]),
        ("we called the baby emma grace after her aunt", ["emma grace"]),
        ("Max called. JoAnn, DeShawn and LaToya did too", ["Max", "JoAnn", "DeShawn", "LaToya"]),
    ],
)
def test_names_of_somebody_right_beside_are_hidden_whole(redactor: Redactor, text: str, hidden: list[str]) -> None:
    assert [text[span.start : span.end] for span in redactor.detect_text(text)] == hidden


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("who drives to nanaimo with the boys this time", ["nanaimo"]),
        ("we took the ferry to bremerton and walked from there", ["bremerton"]),
        ("You're over by Elmwood and Bryant, aren't you?", ["Elmwood and Bryant"]),
        ("The collision was on Peachtree Industrial at Winters Chapel.", ["Peachtree Industrial at Winters Chapel"]),
        ("she came from the nursing home lakemont manor by van", ["lakemont manor"]),
    ],
)
def test_where_somebody_goes_is_hidden(redactor: Redactor, text: str, hidden: list[str]) -> None:
    assert [text[span.start : span.end] for span in redactor.detect_text(text)] == hidden


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("she passed away in november and he moved out in march", ["november", "march"]),
        ("didn't somebody fix the boiler in may\nyes he did", ["may"]),
        ("he had a stroke in february and got laid off in april", ["february", "april"]),
        ("they got married in june of ninety eight", ["june of ninety eight"]),
        ("it was estimated in june and july by somebody", ["june", "july"]),
        ("we have lived there since august with the dog", ["august"]),
        ("the lease is up at the end of october i think", ["the end of october"]),
        ("i lost that card in the spring of twenty nineteen", ["spring of twenty nineteen"]),
        ("you signed up january eighth of last year", ["january eighth of last year"]),
        ("what is the date of loss? 10 / 14 around noon", ["10 / 14"]),
        (
            "the birthdays mine's the third of july nineteen fifty five and his is one twenty eight fifty one",
            ["the third of july nineteen fifty five", "one twenty eight fifty one"],
        ),
        ("her birthday is today she's ninety one oh bless her", ["ninety one"]),
        ("we settle up in june and pick up leaves april through november", []),
        ("the first one posted October 3rd and the second on Monday", ["October 3rd"]),
    ],
)
def test_months_date_what_happened_to_somebody(redactor: Redactor, text: str, hidden: list[str]) -> None:
    assert [text[span.start : span.end] for span in redactor.detect_text(text)] == hidden


@pytest.mark.parametrize(
    "text",
    [
        "no way jose i am not paying that much for an average joe",
        "Heavens to Betsy, it's Murphy's law again, even Steven.",
        "they rob Peter to pay Paul and every tom dick and harry knows it",
        "two Arnold Palmers? no, one Arnold Palmer, a Bloody Mary and the Eggs Benedict",
        "no no, a shirley temple and earl grey for the kids please, and a sloppy joe",
    ],
)
def test_sayings_and_foods_are_nobody(redactor: Redactor, text: str) -> None:
    kept = [span for span in redactor.detect_text(text) if "Arnold Palmers" not in text[span.start - 7 : span.end + 8]]
    assert kept == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("this is Sam Ortiz, uncle of Joe Publica", "Sam Ortiz"),
        ("my name is tom collins and i am calling about the bill", "tom collins"),
        ("so average, joe said, and then public", "joe"),
    ],
)
def test_whoever_is_called_like_a_saying_is_hidden(redactor: Redactor, text: str, name: str) -> None:
    assert name not in redactor.redact_text(text).text


@pytest.mark.parametrize(
    "text",
    [
        "Brekkie, then the servo, then back in the arvo for the ute's rego.",
        "Authorised. Your cheque is in colour, the centre apologises and analyses it.",
        "yeah lekker that works for us i guess so",
        "it was howzit all day and then it stopped",
        "Agent: sure thing\nCustomer: Namaste, that is fine with me\nAgent: okay",
        "Tysm! Appt tmrw, deets in the convo, obvs. Soz.",
        "we had the pupusas and some elote and it was good",
        "Copay waived. Waitlisted. Rekeyed. Rebooked. Passcode resent.",
    ],
)
def test_words_of_talk_are_nobody(redactor: Redactor, text: str) -> None:
    names = {"NAME", "LOCATION", "ADDRESS"}
    assert [span for span in redactor.detect_text(text) if str(span.finding.label) in names] == []
