"""Postcodes, ZIP codes, crossings, highways and cities are told by what people say around them."""

import pytest

from privity.redact.redactor import Redactor


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("it's ten acacia road exeter e x four five t r okay", "it's [ADDRESS] [ZIP] okay"),
        ("it's l as in lemon s as in salt one two seven b q is that it", "it's [ZIP] is that it"),
        ("the postcode is sierra kilo five two hotel papa thanks", "the postcode is [ZIP] thanks"),
        ("s w one a one a a is the palace", "[ZIP] is the palace"),
        ("we're in sk17 6bd right", "we're in [ZIP] right"),
        (
            "A: what's your postcode\nB: m k two\nA: okay\nB: nine x r, correction, three x r\nA: so three x r",
            "A: what's your postcode\nB: [ZIP]\nA: okay\nB: , correction, [ZIP]\nA: so [ZIP]",
        ),
        ("I need a b 12 c d of these", "I need a b 12 c d of these"),
        ("we open at ten a m and close at five p m", "we open at ten a m and close at five p m"),
        ("that's order b n fifty two h p", "that's order b n fifty two h p"),
    ],
)
def test_a_british_postcode_is_told_however_it_is_spelled(redactor: Redactor, said: str, shown: str) -> None:
    assert redactor.redact_text(said).text == shown


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (
            "A: and the city\nB: duluth and it's five five eight oh two\nA: thanks",
            "A: and the city\nB: [LOCATION] and it's [ZIP]\nA: thanks",
        ),
        (
            "A: 12 oak street\nB: and that's pueblo?\nA: uh huh eight one zero zero five",
            "A: [ADDRESS]\nB: and that's [LOCATION]?\nA: uh huh [ZIP]",
        ),
        ("A: zip code\nB: six free one four two\nA: okay", "A: zip code\nB: [ZIP]\nA: okay"),
        ("Tulsa. Right, 74104.", "[LOCATION]. Right, [ZIP]."),
        (
            "A: 14 elm lane\nB: in flagstaff?\nA: yep, eight six double oh one",
            "A: [ADDRESS]\nB: in [LOCATION]?\nA: yep, [ZIP]",
        ),
        ("flight to denver 4 5 6 7 8 9", "flight to [LOCATION] 4 5 6 7 8 9"),
        ("we sold 3 in denver and it's five for two today", "we sold 3 in [LOCATION] and it's five for two today"),
    ],
)
def test_a_zip_code_follows_its_city_in_whatever_turn(redactor: Redactor, said: str, shown: str) -> None:
    assert redactor.redact_text(said).text == shown


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("i live at two oh four the crescent by the way", "i live at [ADDRESS] by the way"),
        ("send it to flat two b nineteen mill street please", "send it to [ADDRESS] please"),
        ("it's thirty sex hundred west maple road", "it's [ADDRESS]"),
        ("we're at 455 Grand Street now", "we're at [ADDRESS] now"),
        ("it's 18 elm court numbers nine", "it's [ADDRESS]"),
        ("i'm at 1420 highway 12 apartment 3C okay", "i'm at [ADDRESS] okay"),
        ("we broke down on i 35 northbound near exit 12 an hour ago", "we broke down on [ADDRESS] an hour ago"),
        (
            "i was on highway 9 just outside toledo by exit four",
            "i was on [ADDRESS] just outside [LOCATION] by [ADDRESS]",
        ),
        ("the crash was on us 101 north at mile marker 12", "the crash was on [ADDRESS]"),
        ("I'm stuck on the M25 clockwise near junction 9", "I'm stuck on the [ADDRESS]"),
        ("my p o box for five five two", "my [ADDRESS]"),
        ("A: address?\nB: 944, wait no, it's 494 Fern Drive.", "A: address?\nB: [ADDRESS]"),
        ("give us 3 exit surveys and 2 i 9 forms", "give us 3 exit surveys and 2 i 9 forms"),
        ("you take exit nine and go past exit 12", "you take exit nine and go past exit 12"),
        ("take i 35 south exit 12 and turn left", "take i 35 south exit 12 and turn left"),
        ("of the 5 the green ones are left", "of the 5 the green ones are left"),
    ],
)
def test_an_address_is_told_with_all_that_belongs_to_it(redactor: Redactor, said: str, shown: str) -> None:
    assert redactor.redact_text(said).text == shown


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("there's a pothole at 21st and 50th", "there's a pothole at [ADDRESS]"),
        ("he was hit at 14th and jasmine on monday", "he was hit at [ADDRESS] on monday"),
        ("the corner of thirty second and hemlock in tulsa", "the corner of [ADDRESS] in [LOCATION]"),
        ("we lost power near parkview and martin luther king", "we lost power near [ADDRESS]"),
        ("on west tenth street just past walnut terrace", "on [ADDRESS] just past [ADDRESS]"),
        ("A: where did it happen\nB: south orchard lane and seventieth avenue", "A: where did it happen\nB: [ADDRESS]"),
        ("i hit the snooze at home and school on monday", "i hit the snooze at home and school on monday"),
        ("it happened between the first and second visit", "it happened between the first and second visit"),
    ],
)
def test_streets_that_cross_are_told_without_their_kind(redactor: Redactor, said: str, shown: str) -> None:
    assert redactor.redact_text(said).text == shown


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("we moved up here from normal so it's new to us", "we moved up here from [LOCATION] so it's new to us"),
        ("i grew up in reno, mostly", "i grew up in [LOCATION], mostly"),
        ("she has family in eugene and we visit", "she has family in [LOCATION] and we visit"),
        (
            "A: whereabouts are you calling from\nB: enterprise well near it",
            "A: whereabouts are you calling from\nB: [LOCATION] well near it",
        ),
        ("A: country of citizenship\nB: i'm from guatemala", "A: country of citizenship\nB: i'm from [LOCATION]"),
        (
            "i'm on the flight from laramie to phoenix on friday",
            "i'm on the flight from [LOCATION] to [LOCATION] on friday",
        ),
        ("City and zip? Surprise AZ 85374.", "City and zip? [LOCATION] [ZIP]."),
        ("it's unit three a anchorage alaska", "it's unit [ADDRESS] [LOCATION]"),
        ("Pharmacy: Salem on 16917 Elm Street", "Pharmacy: [LOCATION] on [ADDRESS]"),
        ("is there a layover in phoenix on that flight", "is there a layover in [LOCATION] on that flight"),
        ("i'd fly delta to tulsa", "i'd fly delta to [LOCATION]"),
        ("flights are back to normal and that's a surprise", "flights are back to normal and that's a surprise"),
        ("we live in normal conditions here", "we live in normal conditions here"),
        ("she moved to mobile banking last year", "she moved to mobile banking last year"),
    ],
)
def test_a_city_is_told_by_what_is_said_of_it(redactor: Redactor, said: str, shown: str) -> None:
    assert redactor.redact_text(said).text == shown


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("this is the tenant in unit 14 upstairs", "this is the tenant in unit [ADDRESS] upstairs"),
        ("boarding is at the door and it says gate 41", "boarding is at the door and it says gate 41"),
        ("parking is 90 dollars a semester, lot seven", "parking is 90 dollars a semester, lot seven"),
        ("there's a block i think of ten rooms", "there's a block i think of ten rooms"),
        ("A: and the unit rate's 23 pence\nB: okay", "A: and the unit rate's 23 pence\nB: okay"),
        ("Para espanol oprima el dos.", "Para espanol oprima el dos."),
        ("it's up on the second floor 19 steps", "it's up on the second floor 19 steps"),
        (
            "A: and what's your mailing address\nB: oh that's twelve forty west tenth street",
            "A: and what's your mailing address\nB: oh that's [ADDRESS]",
        ),
        (
            "A: what's the address\nB: it's 14 elm street\nA: and when\nB: at five ten left of the door",
            "A: what's the address\nB: it's [ADDRESS]\nA: and when\nB: at five ten left of the door",
        ),
    ],
)
def test_what_only_looks_like_an_address_stays(redactor: Redactor, said: str, shown: str) -> None:
    assert redactor.redact_text(said).text == shown
