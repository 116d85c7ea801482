"""Made-up people: their names, numbers, addresses. Check digits are right unless a value is meant to be misheard.

Names come from three sources, so that no list of names finds them all: Faker in many languages, names of our own that
are rare in such lists, and family names put together from syllables.
"""

from dataclasses import dataclass
from functools import cache
from random import Random
from unicodedata import normalize

from books import book
from faker import Faker

LOCALES = (
    "en_US", "en_GB", "en_IN", "en_CA", "es_MX", "es_ES", "fr_FR", "de_DE", "it_IT", "pl_PL", "nl_NL", "pt_BR", "sv_SE",
    "no_NO", "da_DK", "fi_FI", "hu_HU", "cs_CZ", "ro_RO", "hr_HR", "tr_TR", "vi_VN", "id_ID",
)  # fmt: skip
_LISTS = book("lists")
# letters that are not a plain one with a mark
UNMARKED = str.maketrans({"đ": "d", "Đ": "D", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ß": "ss", "ı": "i", "æ": "ae"})
_SYLLABLES = (
    ("Bar", "Cor", "Dal", "Fen", "Gar", "Hol", "Kir", "Lun", "Mor", "Nor", "Pel", "Quin", "Rad", "Sel", "Tor", "Vel",
     "Wick", "Yar", "Zam", "Stav", "Brun", "Chal", "Drum", "Esk"),
    ("a", "en", "er", "i", "o", "in", "al", "es", "um", "ov"),
    ("bury", "dale", "ford", "berg", "stein", "ski", "wicz", "escu", "mann", "sson", "ley", "ton", "quist", "ini",
     "ello", "idis", "poulos", "enko", "adze", "yan", "moto", "puram", "well", "worth", "more", "shaw"),
)  # fmt: skip
_KINDS = (
    "Street", "Avenue", "Road", "Lane", "Drive", "Court", "Boulevard", "Place", "Way", "Circle", "Terrace", "Parkway",
    "Trail", "Highway",
)  # fmt: skip
CITIES: list[tuple[str, str, str]] = [tuple(row) for row in _LISTS["cities"]]


@cache
def faker(locale: str) -> Faker:
    """Return the source of one language; it is seeded anew for each value, so that order does not matter."""
    return Faker(locale)


def made(random: Random, locale: str, what: str) -> str:
    """Return one made-up value of Faker's, decided by our own source of randomness."""
    source = faker(locale)
    source.seed_instance(random.getrandbits(32))
    return str(getattr(source, what)())


def given_name(random: Random, locale: str) -> str:
    """Return a given name."""
    return str(random.choice(_LISTS["given"])) if random.random() < 0.4 else made(random, locale, "first_name")


def family_name(random: Random, locale: str) -> str:
    """Return a family name."""
    roll = random.random()
    if roll < 0.3:
        return str(random.choice(_LISTS["family"]))
    if roll < 0.5:
        return "".join(random.choice(part) for part in _SYLLABLES)
    return made(random, locale, "last_name")


def digits(random: Random, count: int) -> str:
    """Return that many digits, the first of them not zero."""
    return random.choice("123456789") + "".join(random.choice("0123456789") for _ in range(count - 1))


def luhn(payload: str) -> str:
    """Return the digits with their check digit (ISO/IEC 7812-1, annex B)."""
    total = sum(int(d) if i % 2 else sum(divmod(2 * int(d), 10)) for i, d in enumerate(reversed(payload)))
    return payload + str(-total % 10)


def card(random: Random) -> str:
    """Return a card number of one of the brands; one in eight is misheard and fails its check."""
    start, size = random.choice(
        [("4", 16), ("4", 16), ("51", 16), ("55", 16), ("2221", 16), ("34", 15), ("37", 15), ("6011", 16), ("65", 16),
         ("3530", 16), ("36", 14), ("62", 16)]
    )  # fmt: skip
    number = luhn(start + "".join(random.choice("0123456789") for _ in range(size - len(start) - 1)))
    if random.random() < 0.125:
        at = random.randrange(4, size)
        number = number[:at] + str((int(number[at]) + 1) % 10) + number[at + 1 :]
    return number


def routing(random: Random) -> str:
    """Return a routing number whose check digit holds (ABA)."""
    body = random.choice(["01", "02", "03", "06", "07", "11", "12", "26", "31", "32"]) + digits(random, 6)
    total = sum(int(d) * weight for d, weight in zip(body, (3, 7, 1) * 3, strict=False))
    return body + str(-total % 10)


def vin(random: Random) -> str:
    """Return a vehicle identification number with its check character (49 CFR 565.15)."""
    alphabet = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"
    worth = dict(zip(alphabet, [*range(1, 9), *range(1, 6), 7, 9, *range(2, 10), *range(10)], strict=True))
    body = random.choice("1245JWK") + "".join(random.choice(alphabet) for _ in range(16))
    weights = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
    check = sum(worth[c] * w for c, w in zip(body, weights, strict=True)) % 11
    return body[:8] + ("X" if check == 10 else str(check)) + body[9:]


@dataclass(frozen=True)
class Address:
    """A US address in its parts."""

    house: int
    street: str
    unit: str
    city: str
    state: str
    short: str
    zip: str


def address(random: Random) -> Address:
    """Return an address of a street that may carry a number, a direction, or two words."""
    name = random.choice(_LISTS["streets"])
    if random.random() < 0.15:
        name = random.choice(["3rd", "5th", "12th", "42nd", "103rd", "21st"])
    side = random.choice(["", "", "", "North ", "South ", "East ", "West "])
    unit = random.choice(["", "", "", f"Apartment {random.randint(1, 40)}", f"Unit {random.choice('ABCDEF')}",
                          f"Suite {random.randint(100, 900)}",
                          f"Apt {random.randint(1, 20)}{random.choice('ABCD')}"])  # fmt: skip
    city, state, short = random.choice(CITIES)
    house = random.choice([random.randint(2, 99), random.randint(100, 999), random.randint(1000, 9999),
                           random.randint(10000, 29999)])  # fmt: skip
    return Address(house, f"{side}{name} {random.choice(_KINDS)}", unit, city, state, short, digits(random, 5))


@dataclass(frozen=True)
class Person:
    """Someone who calls or is spoken about, with all that identifies them."""

    given: str
    family: str
    born: tuple[int, int, int]
    phone: str
    mail: str
    ssn: str
    card: str
    expiry: tuple[int, int]
    cvv: str
    address: Address
    routing: str
    account: str


def person(random: Random) -> Person:
    """Return the next made-up person."""
    locale = random.choice(LOCALES)
    given, family = given_name(random, locale), family_name(random, locale)
    plain = [plain_letters(part) for part in (given, family)]
    local = random.choice(
        [f"{plain[0]}.{plain[1]}", f"{plain[0]}{plain[1]}", f"{plain[0][:1]}{plain[1]}{random.randint(10, 99)}",
         f"{plain[0]}_{plain[1]}", f"{plain[1]}{random.randint(1, 2010)}", f"{plain[0]}-{plain[1][:1]}",
         random.choice(["soccermom", "bigtruck", "catlover", "zenmaster", "bluesky"]) + str(random.randint(2, 99))]
    )  # fmt: skip
    number = card(random)
    area = random.choice("23456789") + str(random.randint(0, 8)) + random.choice("0123456789")
    ssn = f"{random.choice([n for n in (random.randint(1, 665), random.randint(667, 899)) if n]):03}"
    return Person(
        given=given,
        family=family,
        born=(random.randint(1921, 2008), random.randint(1, 12), random.randint(1, 28)),
        phone=area + random.choice(["555", digits(random, 3)]) + f"{random.randint(0, 9999):04}",
        mail=f"{local}@{random.choice(_LISTS['hosts'])}",
        ssn=ssn + f"{random.randint(1, 99):02}{random.randint(1, 9999):04}",
        card=number,
        expiry=(random.randint(1, 12), random.randint(26, 34)),
        cvv="".join(random.choice("0123456789") for _ in range(4 if number[:2] in {"34", "37"} else 3)),
        address=address(random),
        routing=routing(random),
        account=digits(random, random.randint(7, 12)),
    )


def plain_letters(name: str) -> str:
    """Return a name as it stands in an address of mail: ASCII, lower case, letters only."""
    name = name.translate(UNMARKED)
    return "".join(c for c in normalize("NFKD", name).lower() if c.isascii() and c.isalpha()) or "user"
