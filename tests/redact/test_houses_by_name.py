"""Houses with names, houses beside others, streets of letters and directions, spots, and halves of postcodes."""

import pytest

from privity.redact.redactor import Redactor

PLACES = (
    ("could you post it to the old smithy, wetherden please", ["the old smithy", "wetherden"]),
    ("My address is The Old Chapel, Lower Mill Lane, Chagford.", ["The Old Chapel, Lower Mill Lane"]),
    ("You're in Oakham?\nThe Old Dairy, Church Street, yes.", ["The Old Dairy, Church Street"]),
    ("i'm at primrose cottage and the gate is open", ["primrose cottage"]),
    ("the address is honeysuckle cottage, netherbury", ["honeysuckle cottage", "netherbury"]),
    ("she passed at home heol y felin ammanford in the end", ["heol y felin", "ammanford"]),
    ("we're at maes y llan, dolgellau", ["maes y llan", "dolgellau"]),
    ("It happened at the corner of Hayes and Nine Mile.", ["Hayes and Nine Mile"]),
    ("I was at a light by Avenue M, it was green.", ["Avenue M"]),
    ("she lives on avenue d with her sister", ["avenue d"]),
    ("last night\nokay where was that\noutside the library on west burnham", ["west burnham"]),
    ("i was coming off the freeway onto maple drive", ["maple drive"]),
    ("they're turning onto badger creek road now", ["badger creek road"]),
    ("i'm calling about the two bedroom on willow ridge", ["willow ridge"]),
    ("from there to twenty two calloway in brooklyn", ["twenty two calloway"]),
    ("it's going to seven larkspur brae please", ["seven larkspur brae"]),
    ("Is that 220 Harmony Road?\nThat's my brother's place. I'm at 1187.", ["220 Harmony Road", "1187"]),
    ("It's 212 Queen's Road?\nNo no, I'm 240.", ["240"]),
    ("Outside where?\n158 Kingsmead.", ["158 Kingsmead"]),
    ("okay but put unit d like delta on there", ["d like delta"]),
    ("I'm parked at the lake, at Heron Point.", ["Heron Point"]),
    ("we're camping at pickerel cove tonight", ["pickerel cove"]),
    ("Send it to 9 Fenwick Mews, London SW9.", ["9 Fenwick Mews", "London", "SW9"]),
    ("the shop's in Leeds LS7", ["LS7"]),
    ("It's 12 Sefton Croft, Ilkley.", ["12 Sefton Croft", "Ilkley"]),
    ("Try 2 Railway Cottages, Goole.", ["2 Railway Cottages", "Goole"]),
    ("We moved to 12 The Maltings last year.", ["12 The Maltings"]),
    ("she's at 3 the beeches, flat 2", ["3 the beeches"]),
)
NOWHERE = (
    "send it to the old address, please, or to the old email, thanks",
    "we stayed at the old mill, lovely, and the old bakery closed",
    "cottage cheese from the dairy, a farmhouse sink and the coach house, which is lovely",
    "there are 4 kitchen gardens, 2 rear gardens and 3 front gardens",
    "i'd turn on avenue so far and take a street or on a street near",
    "put it onto backup drive, onto fast lane, past the first court date",
    "the two bedroom on hold, the studio on point, the one bedroom on special",
    "I'm at 120 over 80, no i'm 62, and we're at 45 percent",
    "unit price, unit a box of twelve",
    "we're at this point, i'm at a low point, they're at Boiling Point, match point",
    "she's by the harbor and he's in the bay",
    "outside on east side, on west bank, on south beach",
    "i need a pen y'all and tan lines",
    "chapter 5 world's end, they sell 10 gate valves and 4 yard lights, i counted 3 the elms are sick",
)


@pytest.mark.parametrize(("text", "hidden"), PLACES)
def test_such_places_are_hidden(redactor: Redactor, text: str, hidden: list[str]) -> None:
    found = [text[span.start : span.end] for span in redactor.detect_text(text)]
    assert [place for place in hidden if not any(place in each for each in found)] == []


@pytest.mark.parametrize("text", NOWHERE)
def test_what_is_said_like_a_place_stays_readable(redactor: Redactor, text: str) -> None:
    assert redactor.redact_text(text).text == text


def test_a_number_behind_a_street_is_another_house_only_where_somebody_is_there(redactor: Redactor) -> None:
    for said in ("No, it's 500 dollars.", "I'm at 45 percent.", "No, I'm 62."):
        assert redactor.redact_text(f"14 Birch Road. {said}").text.endswith(said)
