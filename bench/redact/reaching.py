"""Slots of ways to reach someone, of money and of machines."""

import saying
from filling import Filling, Groups
from labelled import Piece
from people import LOCALES, Address, digits, made, vin

_IBAN_LOCALES = (
    "en_GB", "de_DE", "fr_FR", "es_ES", "it_IT", "nl_NL", "pl_PL", "fi_FI", "no_NO", "pt_PT", "tr_TR", "de_AT", "de_CH",
    "el_GR",
)  # fmt: skip


def _ordinal_street(word: str) -> str:
    """Return how the number of a street is said: "forty second" for 42nd."""
    number = int(word[:-2])
    if number <= 31:
        return saying.ORDINALS[number - 1]
    return f"{saying.cardinal(number // 10 * 10)} {saying.ORDINALS[number % 10 - 1]}"


class Reaching(Filling):
    """Telephone, mail, address, address on the internet."""

    def _phone(self) -> Groups:
        return self._telephone("phone", self.who.phone)

    def _other_phone(self) -> Groups:
        return self._telephone("other phone", self.other.phone)

    def _telephone(self, kind: str, value: str) -> Groups:
        if self.spoken:
            country = self.random.choice(["", "", "", "1"])
            return self._long(kind, "PHONE", country + value, (1, 3, 3, 4) if country else (3, 3, 4), "")
        a, b, c = value[:3], value[3:6], value[6:]
        forms = [f"{a}-{b}-{c}", f"({a}) {b}-{c}", f"{a}.{b}.{c}", f"{a} {b} {c}", f"+1 {a} {b} {c}", f"1-{a}-{b}-{c}",
                 f"{a}{b}{c}", f"+1 ({a}) {b}-{c}"]  # fmt: skip
        return self._one(kind, "PHONE", self.random.choice(forms))

    def _extension(self) -> Groups:
        value = digits(self.random, self.random.randint(2, 4))
        return self._one("extension", "PHONE", saying.one_by_one(self.random, value) if self.spoken else value)

    def _phone_abroad(self) -> Groups:
        locale = self.random.choice([each for each in LOCALES if each not in {"en_US", "en_CA", "es_MX"}])
        return self._one("phone abroad", "PHONE", made(self.random, locale, "phone_number"))

    def _email(self) -> Groups:
        return self._one("email", "EMAIL", saying.mail(self.random, self.who.mail) if self.spoken else self.who.mail)

    def _url(self) -> Groups:
        host = made(self.random, "en_US", "domain_name")
        if self.spoken:
            said = host.replace(".", " dot ").replace("-", " dash ")
            return self._one("url", "URL", self.random.choice(["www dot ", ""]) + said)
        forms = [f"https://{host}/u/{self.who.account}", f"www.{host}", f"http://{host}/p?id={self.who.address.zip}"]
        return self._one("url", "URL", self.random.choice(forms))

    def _ip(self) -> Groups:
        if not self.spoken:
            return self._one("ip", "IP", made(self.random, "en_US", self.random.choice(["ipv4", "ipv4", "ipv6"])))
        parts = made(self.random, "en_US", "ipv4").split(".")
        said = [
            saying.cardinal(int(part)) if self.random.random() < 0.3 else saying.one_by_one(self.random, part)
            for part in parts
        ]
        return self._one("ip", "IP", " dot ".join(said))

    # Where someone lives

    def _street(self) -> Groups:
        return self._one("street", "ADDRESS", self._street_text(self.who.address))

    def _city(self) -> Groups:
        return self._one("city", "LOCATION", self.who.address.city)

    def _other_city(self) -> Groups:
        return self._one("other city", "LOCATION", self.other.address.city)

    def _zip(self) -> Groups:
        return self._one("zip", "ADDRESS", self._zip_text(self.who.address))

    def _full_address(self) -> Groups:
        home = self.who.address
        place = f"{home.city} {self.random.choice([home.state, home.state, ''])}".strip()
        if self.spoken:
            street = f"{self._street_text(home)} {place}"
            return self._one(
                "address", "ADDRESS", f"{street} {self._zip_text(home)}" if self.random.random() < 0.6 else street
            )
        tail = f"{home.city}, {home.short} {home.zip}"
        return self._one(
            "address", "ADDRESS", f"{self._street_text(home)}{self.random.choice([', ', ', ', chr(10)])}{tail}"
        )

    def _other_address(self) -> Groups:
        return self._one("other address", "ADDRESS", self._street_text(self.other.address))

    def _box(self) -> Groups:
        number = digits(self.random, self.random.randint(2, 5))
        if self.spoken:
            return self._one("box", "ADDRESS", f"p o box {saying.group(self.random, number)}")
        return self._one("box", "ADDRESS", f"{self.random.choice(['P.O. Box', 'PO Box'])} {number}")

    def _address_abroad(self) -> Groups:
        value = made(self.random, self.random.choice(LOCALES), "address")
        return self._one("address abroad", "ADDRESS", value.replace("\n", self.random.choice([", ", "\n"])))

    def _city_abroad(self) -> Groups:
        return self._one("city abroad", "LOCATION", made(self.random, self.random.choice(LOCALES), "city"))

    def _country(self) -> Groups:
        return self._one("country", "LOCATION", made(self.random, "en_US", "country"))

    def _street_text(self, home: Address) -> str:
        if not self.spoken:
            unit = (
                self.random.choice([f", {home.unit}", f" {home.unit}", f" #{home.unit.split()[-1]}"])
                if home.unit
                else ""
            )
            return f"{home.house} {home.street}{unit}"
        number = str(home.house)
        house = self.random.choice(
            [saying.in_pairs(self.random, number)] * 2
            + [saying.one_by_one(self.random, number), saying.cardinal(home.house), number]
        )  # fmt: skip
        words = [_ordinal_street(word) if word[0].isdigit() else word for word in home.street.split()]
        return " ".join([house, *words, *(self._unit_word(word) for word in home.unit.split())])

    def _unit_word(self, word: str) -> str:
        if word.isdigit():
            return saying.below_hundred(int(word)) if len(word) < 3 else saying.in_pairs(self.random, word)
        if word == "Apt":
            return "apartment"
        return " ".join(saying.code(self.random, word)) if len(word) <= 3 else word

    def _zip_text(self, home: Address) -> str:
        if not self.spoken:
            return home.zip
        return saying.one_by_one(self.random, home.zip, doubles=0.5) if self.random.random() < 0.8 else home.zip


class Paying(Reaching):
    """Cards, banks, tax numbers, machines, credentials."""

    def _card(self) -> Groups:
        number = self.who.card
        sizes: tuple[int, ...] = (4, 6, 5) if len(number) == 15 else (4, 6, 4) if len(number) == 14 else (4, 4, 4, 4)
        if self.spoken and len(number) == 16 and self.random.random() < 0.12:
            sizes = self.random.choice([(2, 2, 2, 2, 2, 2, 2, 2), (4, 4, 8), (8, 8), (3, 3, 3, 3, 4)])
        return self._long("card", "CREDIT_CARD", number, sizes, self.random.choice(["", " ", "-", " "]))

    def _expiry(self) -> Groups:
        month, year = self.who.expiry
        if not self.spoken:
            forms = [
                f"{month:02}/{year}",
                f"{month}/{year}",
                f"{month:02}/20{year}",
                f"{saying.MONTHS[month - 1]} 20{year}",
            ]
            return self._one("expiry", "CREDIT_CARD", self.random.choice(forms))
        said = saying.below_hundred(year)
        first = saying.one_by_one(self.random, f"{month:02}")
        number, named = saying.below_hundred(month), saying.MONTHS[month - 1]
        forms = [f"{first} {said}", f"{number} {said}", f"{named} {said}", f"{named} twenty {said}",
                 f"{first} slash {said}", f"{number} of {said}", f"{number} twenty {said}",
                 f"{first} {saying.one_by_one(self.random, str(year))}"]  # fmt: skip
        return self._one("expiry", "CREDIT_CARD", self.random.choice(forms))

    def _cvv(self) -> Groups:
        value = self.who.cvv
        if self.spoken:
            roll = self.random.random()
            said = saying.group(self.random, value) if roll < 0.8 else value
            return self._one("cvv", "CREDIT_CARD", said)
        return self._one("cvv", "CREDIT_CARD", value)

    def _card_last(self) -> Groups:
        value = self.who.card[-4:]
        return [[Piece(saying.group(self.random, value) if self.spoken else value, "IGNORE", "last four of card")]]

    def _ssn(self) -> Groups:
        return self._long("ssn", "SSN", self.who.ssn, (3, 2, 4), self.random.choice(["-", "-", " ", ""]))

    def _ssn_last(self) -> Groups:
        value = self.who.ssn[5:]
        return self._one("last four", "SSN", saying.group(self.random, value) if self.spoken else value)

    def _routing(self) -> Groups:
        return self._long("routing", "BANK_ACCOUNT", self.who.routing, (3, 3, 3), "")

    def _account(self) -> Groups:
        return self._long("account", "BANK_ACCOUNT", self.who.account, (3, 3, 3), "")

    def _iban(self) -> Groups:
        value = made(self.random, self.random.choice(_IBAN_LOCALES), "iban")
        if self.random.random() < 0.5:
            value = " ".join(value[at : at + 4] for at in range(0, len(value), 4))
        return self._one("iban", "IBAN", value)

    def _vin(self) -> Groups:
        value = self._codes.setdefault("vin", vin(self.random))
        return self._one("vin", "ID", " ".join(saying.code(self.random, value)) if self.spoken else value)

    def _mac(self) -> Groups:
        return self._one("mac", "ID", made(self.random, "en_US", "mac_address"))

    def _username(self) -> Groups:
        value = made(self.random, "en_US", "user_name")
        if self.spoken:
            return self._one("username", "USERNAME", " ".join(saying.code(self.random, value)) if len(value) < 6 else
                             saying.mail(self.random, f"{value}@x.y").partition(" at ")[0])  # fmt: skip
        return self._one("username", "USERNAME", value)

    def _password(self) -> Groups:
        word = self.random.choice(["Sunflower", "Tiger", "Bella", "Mustang", "Packers", "Pumpkin", "Dragonfly"])
        tail = digits(self.random, self.random.randint(2, 4))
        if self.spoken:
            return self._one("password", "PASSWORD", f"{word.lower()} {saying.group(self.random, tail)}")
        forms = [f"{word}{tail}!", f"{word.lower()}#{tail}", made(self.random, "en_US", "password")]
        return self._one("password", "PASSWORD", self.random.choice(forms))

    def _pin(self) -> Groups:
        value = digits(self.random, 4)
        return self._one(
            "pin", "PASSWORD", saying.one_by_one(self.random, value, doubles=0.5) if self.spoken else value
        )
