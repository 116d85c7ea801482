"""What stands in the braces of a phrase: `{card}`, `{dob}`, `{room}`; as people say it, or as they write it."""

from collections.abc import Callable

import saying
from books import book
from filling import Groups
from labelled import Piece
from people import CITIES, LOCALES, family_name, given_name, made
from reaching import Paying

_LISTS = book("lists")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_STATES = ("Ohio", "Texas", "Oregon", "Maine", "Nevada", "Georgia", "Virginia")

# kind of a number: its label, the form it is given (9 a digit, A a letter), the groups in which it is said
_NUMBERS = {
    "mrn": ("MRN", ("999999", "9999999", "99999999", "A999999", "AA-99999", "99-99-99"), 3),
    "member": ("ID", ("AAA999999999", "A99999999", "999999999", "AAA-99-9999", "9AA9999999"), 3),
    "group_no": ("ID", ("99999", "A9999", "999999"), 3),
    "policy": ("ID", ("AA-9999999", "99999999", "AAA 999 999", "9999-9999"), 4),
    "claim": ("ID", ("99999999", "AA999999", "99-999999"), 4),
    "case_no": ("ID", ("99-AA-99999", "9999-99999", "AA99-9999"), 4),
    "license": ("LICENSE", ("A9999999", "999999999", "A999-9999-9999", "AA999999"), 3),
    "plate": ("LICENSE", ("AAA 9999", "9AAA999", "AAA-999", "999 AAA"), 3),
    "passport": ("LICENSE", ("999999999", "A99999999"), 3),
    "npi": ("ID", ("1999999999",), 4),
    "dea": ("LICENSE", ("AB9999999",), 4),
    "ticket": ("ID", ("99999", "999999", "9999"), 4),
    "confirm": ("ID", ("999999", "99999"), 4),
    "serial": ("ID", ("AA99-9999-AAA", "A9A99999", "SN9999999999"), 4),
}
_PLAIN_NUMBERS = {
    "order": ("9999999", "99999", "9999", "999-9999"),
    "room": ("999", "9999"),
    "item": ("99-999", "9999", "99999"),
    "code_small": ("99", "999"),
}


class Slots(Paying):
    """Fills the slots of one document: the same person throughout, each value with a number of its own."""

    def fill(self, name: str) -> Groups:
        """Return the pieces of a slot in groups; a speaker may be interrupted between two groups."""
        if name in _PLAIN_NUMBERS:
            return [[Piece(self._innocent_number(_PLAIN_NUMBERS[name]))]]
        if name in _NUMBERS:
            label, forms, size = _NUMBERS[name]
            value = self._codes.setdefault(name, self._form(self.random.choice(forms)))
            said = self._said_code(value, size) if self.spoken else [value]
            return [[self._piece(name, label, part)] for part in said]
        filler: Callable[[], Groups] = getattr(self, f"_{name}")
        return filler()

    # People

    def _person(self) -> Groups:
        return self._one("name", "PERSON", f"{self.who.given} {self.who.family}")

    def _given(self) -> Groups:
        return self._one("name", "PERSON", self.who.given)

    def _family(self) -> Groups:
        return self._one("name", "PERSON", self.who.family)

    def _person_back(self) -> Groups:
        return self._one(
            "name", "PERSON", f"{self.who.family}, {self.who.given}" if not self.spoken else self.who.family
        )

    def _initial(self) -> Groups:
        return self._one("name", "PERSON", f"{self.who.given} {self.who.family[0]}.")

    def _spell_family(self) -> Groups:
        if self.spoken:
            return self._one("spelled name", "PERSON", saying.spelled(self.random, self.who.family))
        return self._one("spelled name", "PERSON", "-".join(c for c in self.who.family.upper() if c.isalpha()))

    def _spell_given(self) -> Groups:
        if self.spoken:
            return self._one("spelled name", "PERSON", saying.spelled(self.random, self.who.given))
        return self._one("spelled name", "PERSON", " ".join(c for c in self.who.given.upper() if c.isalpha()))

    def _other(self) -> Groups:
        return self._one("other name", "PERSON", f"{self.other.given} {self.other.family}")

    def _other_given(self) -> Groups:
        return self._one("other name", "PERSON", self.other.given)

    def _third(self) -> Groups:
        locale = self.random.choice(LOCALES)
        return self._one(
            "third name", "PERSON", f"{given_name(self.random, locale)} {family_name(self.random, locale)}"
        )

    def _doctor(self) -> Groups:
        self._codes.setdefault("doctor", family_name(self.random, "en_US"))
        title = "doctor " if self.spoken else self.random.choice(["Dr. ", "Dr ", "Dr. "])
        return [[Piece(title, "IGNORE", "title"), self._piece("doctor", "PERSON", self._codes["doctor"])]]

    def _agent(self) -> Groups:
        return self._one("agent name", "PERSON", self.agent)

    def _stranger(self) -> Groups:
        return self._one("stranger", "PERSON", made(self.random, self.random.choice(LOCALES), "name"))

    # Dates and ages

    def _dob(self) -> Groups:
        return self._one("dob", "DOB", self._date_text(self.who.born))

    def _date(self) -> Groups:
        when = (2026, self.random.randint(1, 12), self.random.randint(1, 28))
        if self.spoken:
            return self._one("date", "DATE", saying.date(self.random, when, with_year=False))
        named = saying.MONTHS[when[1] - 1]
        suffix = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd"}.get(when[2], "th")
        forms = [f"{named} {when[2]}", f"{named} {when[2]}{suffix}", f"{when[2]} {named}", f"{when[1]}/{when[2]}",
                 f"the {when[2]}{suffix} of {named}", f"{named[:3]} {when[2]}"]  # fmt: skip
        return self._one("date", "DATE", self.random.choice(forms))

    def _date_year(self) -> Groups:
        when = (self.random.randint(2008, 2026), self.random.randint(1, 12), self.random.randint(1, 28))
        return self._one("date", "DATE", self._date_text(when))

    def _date_text(self, when: tuple[int, int, int]) -> str:
        if self.spoken:
            return saying.date(self.random, when)
        year, month, day = when
        named = saying.MONTHS[month - 1]
        suffix = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd"}.get(day, "th")
        return self.random.choice(
            [f"{month}/{day}/{year}", f"{month:02}/{day:02}/{year}", f"{named} {day}, {year}",
             f"{year}-{month:02}-{day:02}", f"{day} {named} {year}", f"{month:02}-{day:02}-{year}",
             f"{named} {day}{suffix}, {year}", f"{named[:3]}. {day}, {year}",
             f"{day:02}.{month:02}.{year}", f"{month}/{day}/{year % 100:02}", f"the {day}{suffix} of {named}, {year}"]
        )  # fmt: skip

    def _age_old(self) -> Groups:
        age = self.random.randint(90, 104)
        return self._one("age", "AGE", saying.cardinal(age, " and") if self.spoken else str(age))

    def _age(self) -> Groups:
        age = self.random.randint(19, 88)
        return [[Piece(saying.below_hundred(age) if self.spoken else str(age), "IGNORE", "age below 90")]]

    def _year(self) -> Groups:
        value = self.random.randint(1965, 2025)
        return [[Piece(saying.year(self.random, value) if self.spoken else str(value), "IGNORE", "year")]]

    def _weekday(self) -> Groups:
        return [[Piece(self.random.choice(WEEKDAYS), "IGNORE", "weekday")]]

    # What anyone may read

    def _time(self) -> Groups:
        hour, minute = self.random.randint(1, 12), self.random.choice([0, 15, 30, 45, 10, 20])
        if not self.spoken:
            return _plain(
                self.random.choice([f"{hour}:{minute:02} {self.random.choice(['am', 'pm', 'AM', 'PM'])}", f"{hour} pm"])
            )
        named = saying.below_hundred(hour)
        more = {0: "o'clock", 15: "fifteen", 30: "thirty", 45: "forty five", 10: "ten", 20: "twenty"}[minute]
        forms = [f"{named} {more}", f"{named} {more} {self.random.choice(['a m', 'p m', 'pm', 'in the morning'])}",
                 f"half past {named}", f"a quarter to {named}"]  # fmt: skip
        return _plain(self.random.choice(forms))

    def _price(self) -> Groups:
        dollars, cents = self.random.randint(3, 2400), self.random.choice([0, 0, 50, 95, 99])
        if not self.spoken:
            return _plain(f"${dollars:,}" + (f".{cents:02}" if cents else ""))
        said = f"{saying.cardinal(dollars)} dollars" + (f" and {saying.below_hundred(cents)} cents" if cents else "")
        short = f"{saying.in_pairs(self.random, str(dollars))} {saying.below_hundred(cents)}" if cents else said
        return _plain(self.random.choice([said, said, short if dollars < 100 else said]))

    def _dose(self) -> Groups:
        amount = self.random.choice([5, 10, 20, 25, 40, 50, 75, 81, 100, 250, 500, 850, 1000])
        unit = self.random.choice(
            [("mg", "milligrams"), ("mg", "milligrams"), ("mcg", "micrograms"), ("ml", "milliliters")]
        )
        return _plain(f"{saying.cardinal(amount)} {unit[1]}" if self.spoken else f"{amount} {unit[0]}")

    def _quantity(self) -> Groups:
        amount = self.random.choice([2, 3, 4, 8, 10, 12, 15, 30, 40, 60, 90, 120, 200])
        return _plain(saying.cardinal(amount) if self.spoken else str(amount))

    def _percent(self) -> Groups:
        amount = self.random.choice([5, 10, 15, 20, 25, 40, 80, 95])
        return _plain(f"{saying.below_hundred(amount)} percent" if self.spoken else f"{amount}%")

    def _version(self) -> Groups:
        parts = [self.random.randint(1, 14), self.random.randint(0, 9), self.random.randint(0, 20)][
            : self.random.randint(2, 3)
        ]
        return _plain(
            (" point " if self.spoken else ".").join(saying.below_hundred(p) if self.spoken else str(p) for p in parts)
        )

    def _vitals(self) -> Groups:
        high, low = self.random.randint(98, 178), self.random.randint(55, 99)
        return _plain(
            f"{saying.in_pairs(self.random, str(high))} over {saying.below_hundred(low)}"
            if self.spoken
            else f"{high}/{low}"
        )

    def _drug(self) -> Groups:
        return _plain(self.random.choice(_LISTS["drugs"]))

    def _disease(self) -> Groups:
        return _plain(self.random.choice(_LISTS["diseases"]))

    def _product(self) -> Groups:
        return _plain(self.random.choice(_LISTS["products"]))

    def _filler(self) -> Groups:
        return _plain(self.random.choice(saying.FILLERS))

    def _thing(self) -> Groups:
        return _plain(self.random.choice(_LISTS["things"]))

    def _place(self) -> Groups:
        return [[Piece(self.random.choice(_LISTS["places"]), "IGNORE", "place")]]

    def _digit(self) -> Groups:
        return _plain(str(self.random.randint(0, 9)))

    def _state(self) -> Groups:
        return [[Piece(self.random.choice(_STATES), "IGNORE", "state")]]

    def _org(self) -> Groups:
        return self._one(
            "org",
            "ORG",
            self._codes.setdefault("org", self.random.choice([*_LISTS["companies"], *_LISTS["clinics"][:6]])),
        )

    def _company(self) -> Groups:
        return self._one("company", "ORG", made(self.random, self.random.choice(LOCALES), "company"))

    def _clinic(self) -> Groups:
        self._codes.setdefault(
            "clinic", self.random.choice([*_LISTS["clinics"], f"{self.random.choice(CITIES)[0]} General Hospital"])
        )
        return self._one("clinic", "LOCATION", self._codes["clinic"])


def _plain(text: str) -> Groups:
    return [[Piece(text)]]
