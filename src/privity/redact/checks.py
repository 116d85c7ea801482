"""Check digits and value ranges, each cited; all take ASCII digits or capitals without separators."""

from msgspec import Struct

_DOUBLED = bytes.maketrans(b"0123456789", b"0246813579")  # twice a digit, less 9 where that has two digits
_ZERO = ord("0")


def luhn(digits: str) -> bool:
    """Whether the Luhn check digit holds (ISO/IEC 7812-1 annex B)."""
    octets = digits.encode("ascii")
    return (sum(octets[::-2]) + sum(octets[-2::-2].translate(_DOUBLED)) - _ZERO * len(octets)) % 10 == 0


class _Issuer(Struct, frozen=True):
    """A range of issuer numbers, first to last of the same number of digits, and the lengths of their cards."""

    brand: str
    first: str
    last: str
    lengths: frozenset[int]

    def issued(self, digits: str) -> bool:
        return len(digits) in self.lengths and self.first <= digits[: len(self.first)] <= self.last


def _lengths(first: int, last: int) -> frozenset[int]:
    return frozenset(range(first, last + 1))


# The brands' published ranges, as the PCI detector of the domain rules lists them.
_ISSUERS = (
    _Issuer("Visa", "4", "4", frozenset({13, 16, 19})),
    _Issuer("Mastercard", "51", "55", _lengths(16, 16)),
    _Issuer("Mastercard", "2221", "2720", _lengths(16, 16)),
    _Issuer("American Express", "34", "34", _lengths(15, 15)),
    _Issuer("American Express", "37", "37", _lengths(15, 15)),
    _Issuer("Discover", "6011", "6011", _lengths(16, 19)),
    _Issuer("Discover", "644", "659", _lengths(16, 19)),
    _Issuer("Discover", "622126", "622925", _lengths(16, 19)),
    _Issuer("Diners Club", "300", "305", _lengths(14, 19)),
    _Issuer("Diners Club", "3095", "3095", _lengths(14, 19)),
    _Issuer("Diners Club", "36", "36", _lengths(14, 19)),
    _Issuer("Diners Club", "38", "39", _lengths(14, 19)),
    _Issuer("JCB", "3528", "3589", _lengths(16, 19)),
    _Issuer("UnionPay", "62", "62", _lengths(16, 19)),
    _Issuer("UnionPay", "81", "81", _lengths(16, 19)),
    *(
        _Issuer("Maestro", number, number, _lengths(12, 19))
        for number in ("5018", "5020", "5038", "5893", "6304", "6759", "6761", "6762", "6763")
    ),
    *(_Issuer("RuPay", number, number, _lengths(16, 16)) for number in ("508", "60", "65", "81", "82")),
    _Issuer("Mir", "2200", "2204", _lengths(16, 19)),
)


_ISSUERS_BY_OPENING = {  # the two digits that a card begins with; most numbers begin with none of any issuer
    f"{opening:02}": tuple(
        issuer for issuer in _ISSUERS if issuer.first[:2] <= f"{opening:02}"[: len(issuer.first)] <= issuer.last[:2]
    )
    for opening in range(100)
}


def card_brand(digits: str) -> str | None:
    """Return the brand whose issuer numbers and lengths fit, or None."""
    return next((issuer.brand for issuer in _ISSUERS_BY_OPENING.get(digits[:2], ()) if issuer.issued(digits)), None)


def card(digits: str) -> bool:
    """Whether issuer number, length and Luhn digit are those of a payment card."""
    return card_brand(digits) is not None and luhn(digits)


def opens_card(digits: str) -> bool:
    """Whether cards of some brand begin with these digits, as far as they tell."""
    issuers = _ISSUERS_BY_OPENING.get(digits[:2], ())
    return any(issuer.first <= digits[: len(issuer.first)] <= issuer.last for issuer in issuers)


def holds_card(digits: str) -> bool:
    """Whether 13 to 19 digits that follow each other, of any number of them, are those of a payment card."""
    return any(card(digits[at : at + size]) for at in range(len(digits) - 12) for size in range(13, 20))


def ssn(digits: str) -> bool:
    """Whether nine digits can be a Social Security number or an ITIN (no area 000 or 666, no group 00, no serial 0000).

    Areas 900-999 are those of ITINs (IRS Publication 1915); they identify as well.
    """
    return len(digits) == 9 and digits[:3] not in {"000", "666"} and digits[3:5] != "00" and digits[5:] != "0000"


def nanp(digits: str) -> bool:
    """Whether digits are a North American number: area and exchange begin with 2-9 (ATIS-0300051)."""
    if len(digits) == 11 and digits[0] == "1":
        digits = digits[1:]
    return len(digits) == 10 and digits[0] in "23456789" and digits[3] in "23456789"


def aba(digits: str) -> bool:
    """Whether nine digits are a US bank routing number: weights 3, 7, 1 (ANSI X9.9 / ABA routing policy)."""
    return (
        len(digits) == 9
        and digits != "0" * 9
        and sum(int(digit) * weight for digit, weight in zip(digits, (3, 7, 1) * 3, strict=True)) % 10 == 0
    )


_IBAN_LENGTHS = {  # characters by country, SWIFT IBAN registry
    country: length
    for length, countries in {
        15: "NO", 16: "BE BI", 18: "DK FI FO GL NL SD", 19: "MK SI", 20: "AT BA EE KZ LT LU MN XK", 21: "CH HR LI LV",
        22: "BG BH CR DE GB GE IE ME RS VA", 23: "AE GI IL IQ OM SO TL", 24: "AD CZ ES MD PK RO SA SE SK TN VG",
        25: "LY PT ST", 26: "IS TR", 27: "BJ BF CI FR GR IT MC MG ML MR SM SN", 28: "AL AZ BY CY DO GT HU LB NI PL SV",
        29: "BR EG PS QA UA", 30: "JO KW MU YE", 31: "MT SC", 32: "LC", 33: "RU",
    }.items()
    for country in countries.split()
}  # fmt: skip


def iban_length(country: str) -> int:
    """Return how many characters the account numbers of a country have, 0 where there are none."""
    return _IBAN_LENGTHS.get(country.upper(), 0)


def iban(text: str) -> bool:
    """Whether an account number passes MOD 97-10 (ISO 13616, ISO 7064)."""
    moved = text[4:] + text[:4]
    return 15 <= len(text) <= 34 and moved.isalnum() and int("".join(str(int(c, 36)) for c in moved)) % 97 == 1


def iban_reaches(text: str) -> int:
    """Return where an account number that opens a text in capitals ends, 0 if none does.

    "SE95 7285 0277 2294 5677 7225 EVERY" has a word behind it that looks like a group of it.
    """
    places = [at for at, character in enumerate(text) if character.isalnum()]
    size = _IBAN_LENGTHS.get(text[:2], len(places))
    if size > len(places) or not iban("".join(text[at] for at in places[:size])):
        return 0
    return places[size - 1] + 1


_VIN_VALUES = {
    letter: int(value) for letter, value in zip("ABCDEFGHJKLMNPRSTUVWXYZ", "12345678123457923456789", strict=True)
}
_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)


def vin(text: str) -> bool:
    """Whether 17 characters carry the check digit of a North American vehicle (49 CFR 565.15)."""
    values = [int(c) if c.isdigit() else _VIN_VALUES.get(c, -1) for c in text]
    if len(text) != 17 or -1 in values:
        return False
    total = sum(value * weight for value, weight in zip(values, _VIN_WEIGHTS, strict=True))
    return text[8] == "0123456789X"[total % 11]


def dea(text: str) -> bool:
    """Whether two letters and seven digits carry the check digit of a DEA registration (21 CFR 1301; DEA Form 222)."""
    digits = [int(c) for c in text[2:]] if len(text) == 9 and text[2:].isdigit() else []
    return bool(digits) and (sum(digits[0:6:2]) + 2 * sum(digits[1:6:2])) % 10 == digits[6]


def npi(digits: str) -> bool:
    """Whether ten digits are a National Provider Identifier: Luhn over 80840 and the number (45 CFR 162.406)."""
    return len(digits) == 10 and digits[0] in "12" and luhn("80840" + digits)
