"""One value in several spellings has one token and one surrogate, and two values have two."""

import re
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privity.redact import KeyedTokens, Label, Redactor, Surrogates, VaultTokens
from privity.redact.hiding.dates.read_dates import DayOrder
from privity.redact.hiding.spellings.canonical import bare, canonical
from privity.redact.hiding.spellings.numbers_elsewhere import digits_elsewhere

KEY = b"k" * 32
TOKENS, SURROGATES = KeyedTokens(KEY), Surrogates(KEY)

ALIKE: list[tuple[Label, list[str]]] = [
    (Label.IBAN, ["GB33BUKB20201555555555", "GB33 BUKB 2020 1555 5555 55", "gb33-bukb-2020-1555-5555-55"]),
    (Label.IBAN, ["FR1420041010050500013M02606", "fr14 2004 1010 0505 0001 3m02 606"]),
    (Label.PHONE, ["+1 415 268 0143", "(415) 268-0143", "415.268.0143", "1-415-268-0143", "4152680143",
                   "four one five two six eight oh one four three", "415 two six eight 0143",
                   "plus one four one five two six eight zero one four three"]),
    (Label.PHONE, ["(312) 268-0143 x12", "312-268-0143 ext. 12", "3122680143 extension 12",
                   "312 268 0143 extension one two"]),
    (Label.PHONE, ["+44 20 7946 1958", "+44 (0)20 7946 1958", "0044 20 7946 1958", "011 44 20 7946 1958"]),
    (Label.PHONE, ["06 12 34 56 78", "0612345678", "zéro six douze trente-quatre cinquante-six soixante-dix-huit"]),
    (Label.ZIP, ["K1A 0B1", "k1a0b1", "K1A-0B1", "k one a zero b one", "k one a oh b one"]),
    (Label.ZIP, ["90210", "nine oh two one oh", "nine zero two ten"]),
    (Label.VEHICLE, ["ABC-1234", "ABC 1234", "abc1234", "a b c one two three four", "alpha bravo charlie 1234"]),
    (Label.CARD, ["4012 8888 8888 1881", "4012-8888-8888-1881", "4012888888881881", "4012 8888 88881881",
                  "four zero one two eight eight eight eight eight eight eight eight one eight eight one",
                  "forty twelve triple eight eight double eight double eight eighteen eighty one"]),
    (Label.SSN, ["212-45-6789", "212 45 6789", "212456789", "two one two four five six seven eight nine"]),
    (Label.EMAIL, ["ann.lee@Clinic.Example", "Ann.Lee@clinic.example", "ann dot lee at clinic dot example"]),
    (Label.EMAIL, ["ann_lee7@clinic.example", "ann underscore lee seven at clinic dot example"]),
    (Label.EMAIL, ["ann-lee@clinic.example", "ann dash lee at clinic dot example",
                   "ann guion lee arroba clinic punto example"]),
    (Label.URL, ["https://www.Clinic.example/", "http://clinic.example", "clinic.example",
                 "www dot clinic dot example"]),
    (Label.IP, ["10.2.3.4", "ten dot two dot three dot four"]),
    (Label.IP, ["2001:db8:0:0:0:0:0:7", "2001:DB8::7"]),
    (Label.DEVICE, ["00:1a:2b:3c:4d:5e", "00-1A-2B-3C-4D-5E", "001a.2b3c.4d5e"]),
    (Label.MRN, ["AB-448219", "ab448219", "AB 448 219", "a b four four eight two one nine"]),
    (Label.HEALTH_PLAN, ["W12345", "w as in whiskey 1 2 3 4 5", "whiskey one two three four five", "W-12345"]),
    (Label.LICENSE, ["K12345678", "k one two three four five six seven eight", "K1234-5678"]),
    (Label.ACCOUNT, ["4111 22", "cuarenta y uno once veintidós", "quarante et un onze vingt-deux"]),
    (Label.ID, ["AB 4021", "a b cuatro cero veintiuno"]),
    (Label.USERNAME, ["jane_doe99", "Jane_Doe99", "@jane_doe99", "jane underscore doe ninety nine"]),
    (Label.EXPIRY, ["12/29", "12/2029", "12-29", "1229", "12 / 29", "December 2029", "dec 2029",
                    "december twenty twenty nine", "twelve twenty nine", "one two two nine",
                    "december twenty nine", "Dec 29"]),
    (Label.DOB, ["03/04/1980", "3/4/80", "1980-03-04", "March 4, 1980", "4 Mar 1980", "MARCH 4TH 1980",
                 "the fourth of march 1980", "march fourth nineteen eighty", "oh three oh four nineteen eighty",
                 "4 de marzo de 1980", "4 mars 1980",
                 "quatre mars mil neuf cent quatre-vingts", "cuatro de marzo de mil novecientos ochenta", "19800304"]),
    (Label.DATE, ["2026-03-04T10:15:00Z", "March 4, 2026 at 10:15 am", "3/4/2026", "Wednesday, March 4th, 2026"]),
    (Label.AGE, ["93", "ninety three", "93 years old", "ninety-three"]),
    (Label.NAME, ["Mary Okafor", "MARY OKAFOR", "Okafor, Mary", "mary okafor's", "Mrs. Mary Okafor", "Màry Okafor"]),
    (Label.NAME, ["John", "j o h n", "J-O-H-N", "j as in juliet o h n"]),
    (Label.NAME, ["O'Brien", "OBrien", "o’brien"]),
    (Label.ADDRESS, ["14 N Oak St", "14 north oak street", "fourteen North Oak Street", "14 N. Oak St."]),
    (Label.LOCATION, ["St. Louis", "saint louis", "St Louis"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("label", "spellings"), ALIKE, ids=lambda each: each[0] if isinstance(each, list) else str(each)
)
def test_all_spellings_of_a_value_have_one_token(label: Label, spellings: list[str]) -> None:
    assert len({TOKENS.instead(label, value) for value in spellings}) == 1, [
        canonical(label, each) for each in spellings
    ]
    vault = VaultTokens(Box(), channel="message", randomness=Counted())
    assert len({vault.instead(label, value) for value in spellings}) == 1


@pytest.mark.parametrize(
    ("label", "spellings"),
    [each for each in ALIKE if each[0] not in {Label.AGE, Label.DOB, Label.DATE, Label.EXPIRY, Label.NAME}],
    ids=lambda each: each[0] if isinstance(each, list) else str(each),
)
def test_all_spellings_of_a_value_have_one_surrogate(label: Label, spellings: list[str]) -> None:
    made = {canonical(label, SURROGATES.instead(label, value)) for value in spellings}
    assert len(made) == 1
    assert f"[{label}]" not in {SURROGATES.instead(label, value) for value in spellings}


def test_all_spellings_of_a_day_are_moved_to_one_day() -> None:
    for label, spellings in ALIKE:
        if label in {Label.DOB, Label.DATE, Label.EXPIRY}:
            way = Surrogates(KEY, order=DayOrder.MONTH_FIRST)
            assert len({canonical(label, way.instead(label, value)) for value in spellings}) == 1


def test_different_values_have_different_tokens() -> None:
    for label in {label for label, _ in ALIKE}:
        firsts = [spellings[0] for each, spellings in ALIKE if each is label]
        assert len({TOKENS.instead(label, value) for value in firsts}) == len(firsts)
    apart = [
        (Label.EMAIL, "ann_lee@clinic.example", "annlee@clinic.example"),
        (Label.EMAIL, "ann-lee@clinic.example", "ann_lee@clinic.example"),
        (Label.PHONE, "415-268-0143", "415-268-0143 x1"),
        (Label.PHONE, "+44 20 7946 1958", "+33 20 7946 1958"),
        (Label.ID, "five star hotel", "five guys"),
        (Label.MRN, "S1234", "51234"),
        (Label.ZIP, "02139", "02139-1234"),
        (Label.NAME, "Mary Okafor", "Mary Okafor Lee"),
        (Label.IP, "10.2.3.4", "10.23.4.0"),
    ]
    for label, one, other in apart:
        assert TOKENS.instead(label, one) != TOKENS.instead(label, other)


class Box:
    """A sealer that takes everything."""

    def seal(self, token: str, label: Label, value: str) -> None:
        """Keep nothing."""


class Counted:
    """Random bytes that count."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, size: int) -> bytes:
        self.count += 1
        return self.count.to_bytes(size)


SEPARATED = st.lists(st.sampled_from(["", " ", "-", "."]), min_size=40, max_size=40)


@pytest.mark.parametrize(
    "label", [Label.MRN, Label.IBAN, Label.VEHICLE, Label.LICENSE, Label.ACCOUNT, Label.HEALTH_PLAN], ids=str
)
@settings(max_examples=60, deadline=None)
@given(code=st.from_regex(r"[A-Z]{2}[0-9]{8,12}", fullmatch=True), between=SEPARATED, lower=st.booleans())
def test_a_code_is_the_same_in_any_grouping(label: Label, code: str, between: list[str], lower: bool) -> None:
    grouped = "".join(character + sign for character, sign in zip(code[2:], between, strict=False)).rstrip(" -.")
    spelled = code[:2] + grouped
    spelled = spelled.lower() if lower else spelled
    assert TOKENS.instead(label, spelled) == TOKENS.instead(label, code)
    made, other = SURROGATES.instead(label, spelled), SURROGATES.instead(label, code)
    assert bare(made) == bare(other)
    assert re.sub("[A-Z0-9]", "", made.upper()) == re.sub("[A-Z0-9]", "", spelled.upper())


ONES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@settings(max_examples=80, deadline=None)
@given(number=st.text("0123456789", min_size=16, max_size=16))
def test_a_number_is_the_same_when_it_is_said(number: str) -> None:
    said = " ".join(ONES[int(digit)] for digit in number)
    assert TOKENS.instead(Label.CARD, said) == TOKENS.instead(Label.CARD, number)


@pytest.mark.parametrize(
    ("said", "digits"),
    [
        ("cuatro uno uno uno", "4111"), ("cuarenta y uno once", "4111"), ("veintidós treinta y tres", "2233"),
        ("ciento veinte cero cinco", "12005"), ("mil novecientos ochenta y cuatro", "1984"), ("dos mil cinco", "2005"),
        ("zéro six douze", "0612"), ("soixante et onze", "71"), ("quatre-vingt-dix-neuf", "99"),
        ("quatre vingt un", "81"), ("soixante dix huit", "78"), ("vingt et un trente", "2130"),
        ("mil neuf cent quatre vingt dix", "1990"), ("deux mille vingt-quatre", "2024"), ("double sept", "77"),
        ("septante trois", "73"),
    ],
)  # fmt: skip
def test_numbers_of_spanish_and_french_are_read(said: str, digits: str) -> None:
    from privity.redact.hiding.spellings.codes_read import tokens_of

    assert digits_elsewhere(tokens_of(said)) == digits


def test_no_keyed_token_says_a_verification_code(redactor: Redactor) -> None:
    assert TOKENS.instead(Label.CVV, "737") == "[CVV]"
    assert TOKENS.instead(Label.CARD, "%B4012888888881881^DOE/JOHN^2912101?") == "[CARD]"
    assert redactor.redact_text("security code 737", TOKENS).text == "security code [CVV]"


def test_tokens_have_one_length(redactor: Redactor) -> None:
    values = ["a", "hunter2", "correct horse battery staple", "x" * 400]
    assert {len(TOKENS.instead(Label.PASSWORD, value)) for value in values} == {len("[PASSWORD:]") + 24}
    assert {SURROGATES.instead(Label.PASSWORD, value) for value in values} == {"[PASSWORD]"}
    for one, other in combinations(values, 2):
        assert TOKENS.instead(Label.PASSWORD, one) != TOKENS.instead(Label.PASSWORD, other)
