"""Addresses as they are written all over the world are hidden as a whole, and what only looks like one stays."""

import pytest

from privity.redact.redactor import Redactor


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("The shop is 77 Zhongshan Lu now.", "The shop is [ADDRESS] now."),
        ("She saw vul. Sichovykh 14, kv. 9, Poltava 36000 burn.", "She saw [ADDRESS] burn."),
        ("It hangs in Lielā iela 4, Kuldīga, LV-3301 today.", "It hangs in [ADDRESS] today."),
        ("We met in Bem József utca 12 once.", "We met in [ADDRESS] once."),
        ("We met in Bela kiraly utja 12 once.", "We met in [ADDRESS] once."),
        ("There is a bakery on Inönü Caddesi No: 8 D: 2, Bursa, Turkey now.", "There is a bakery on [ADDRESS] now."),
        ("The keys are at Gang Melati 5, RT 02/RW 11, Bandung today.", "The keys are at [ADDRESS] today."),
        ("The lamp went to 31 Rua do Sol nº 4, 8000-123 Faro today.", "The lamp went to [ADDRESS] today."),
        ("The lamp went to Vicolo Corto, 31 - 37100 Verona (VR) today.", "The lamp went to [ADDRESS] today."),
        ("The lamp went to Largo Sole 8/C\n10100 Torino TO\nItaly", "The lamp went to [ADDRESS]"),
        ("They keep bees at 9 Otter Shoal #12\nDunmore, OH 44101 all year", "They keep bees at [ADDRESS] all year"),
        ("They keep bees at 7/15 Harakeke Ave\nTimaru 7910 all year", "They keep bees at [ADDRESS] all year"),
        ("They moved to Alter Hof 12, 8400 Winterthur in spring.", "They moved to [ADDRESS] in spring."),
        ("It burned at 3 Quay Cottage Lane\nArklow\nRepublic of Ireland\nY14 X2A9.", "It burned at [ADDRESS]."),
        ("Return to: Ewa Lis, 18 Topolowa, Suite 9, Krosno, Lubelskie 38-400", "Return to: [NAME], [ADDRESS]"),
        ("It burned at 12 Otter Haven Suite 41\nDunmore, ME 04401-8921 all day", "It burned at [ADDRESS] all day"),
        ("They keep bees at RR 4 Box 63\nDunmore, OH 44101 all year", "They keep bees at [ADDRESS] all year"),
        ("We live at The Old Granary, Duck Lane, Ludlow SY8 1AB now.", "We live at [ADDRESS] now."),
        ("3. Berta (España)", "3. [NAME] ([LOCATION])"),
        ("I still owe 1171 kr for it", "I still owe 1171 kr for it"),
        ("Boarding at room 14, Weber Cancer Center", "Boarding at room 14, [LOCATION]"),
        ("I need a place in Fresno and some place I like", "I need a place in [LOCATION] and some place I like"),
        ("we drove via Rome and took the avenue", "we drove via [LOCATION] and took the avenue"),
        ("Order 02366 was for the Main Cross, 12 pieces.", "Order 02366 was for the Main Cross, 12 pieces."),
    ],
)  # fmt: skip
def test_an_address_is_hidden_up_to_its_end(redactor: Redactor, text: str, shown: str) -> None:
    assert redactor.redact_text(text).text == shown


def test_the_line_below_an_address_stays(redactor: Redactor) -> None:
    text = "Hartmann & Weil\n9 Gartenweg, Ulm, Germany 89073\nTel. 0731 445 120"
    assert redactor.redact_text(text).text.splitlines()[1:] == ["[ADDRESS]", "Tel. [PHONE]"]


def test_a_town_behind_a_preposition_is_no_part_of_the_street(redactor: Redactor) -> None:
    assert redactor.redact_text("She sings at 6 Solbakken in Drammen.").text == "She sings at [ADDRESS] in [LOCATION]."
