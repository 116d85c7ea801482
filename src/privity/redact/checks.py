"""Check digits and value ranges, each cited. All take a string of ASCII digits or capitals and return whether it holds."""

_CARD_LENGTHS = frozenset(range(12, 20))


def luhn(digits: str) -> bool:
    """Whether the Luhn check digit holds (ISO/IEC 7812-1 annex B)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def card_brand(digits: str) -> str | None:  # noqa: PLR0911 - one return a row of the brands' table
    """Return the brand whose issuer number and length fit, or None (PCI brands' published ranges)."""
    length = len(digits)
    if length not in _CARD_LENGTHS:
        return None
    two, three, four, six = int(digits[:2]), int(digits[:3]), int(digits[:4]), int(digits[:6])
    if digits[0] == "4" and length in {13, 16, 19}:
        return "Visa"
    if length == 16 and (51 <= two <= 55 or 2221 <= four <= 2720):
        return "Mastercard"
    if length == 15 and two in {34, 37}:
        return "American Express"
    if length >= 16 and (four == 6011 or 644 <= three <= 649 or two == 65 or 622126 <= six <= 622925):
        return "Discover"
    if length >= 14 and (300 <= three <= 305 or four == 3095 or two in {36, 38, 39}):
        return "Diners Club"
    if length >= 16 and 3528 <= four <= 3589:
        return "JCB"
    if length >= 16 and two in {62, 81}:
        return "UnionPay"
    if four in {5018, 5020, 5038, 5893, 6304, 6759, 6761, 6762, 6763}:
        return "Maestro"
    if length == 16 and (three == 508 or two in {60, 65, 81, 82}):
        return "RuPay"
    if length >= 16 and 2200 <= four <= 2204:
        return "Mir"
    return None


def card(digits: str) -> bool:
    """Whether issuer number, length and Luhn digit are those of a payment card."""
    return card_brand(digits) is not None and luhn(digits)


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


def iban(text: str) -> bool:
    """Whether an account number passes MOD 97-10 (ISO 13616, ISO 7064)."""
    moved = text[4:] + text[:4]
    return 15 <= len(text) <= 34 and moved.isalnum() and int("".join(str(int(c, 36)) for c in moved)) % 97 == 1


def vin(text: str) -> bool:
    """Whether 17 characters carry the check digit of a North American vehicle (49 CFR 565.15)."""
    values = dict(
        zip(
            "ABCDEFGHJKLMNPRSTUVWXYZ",
            (1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 7, 9, 2, 3, 4, 5, 6, 7, 8, 9),
            strict=True,
        )
    )
    weights = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
    if len(text) != 17 or any(not c.isdigit() and c not in values for c in text):
        return False
    total = sum((int(c) if c.isdigit() else values[c]) * weight for c, weight in zip(text, weights, strict=True))
    return text[8] == "0123456789X"[total % 11]


def dea(text: str) -> bool:
    """Whether two letters and seven digits carry the check digit of a DEA registration (21 CFR 1301; DEA Form 222)."""
    digits = [int(c) for c in text[2:]] if len(text) == 9 and text[2:].isdigit() else []
    return bool(digits) and (sum(digits[0:6:2]) + 2 * sum(digits[1:6:2])) % 10 == digits[6]


def npi(digits: str) -> bool:
    """Whether ten digits are a National Provider Identifier: Luhn over 80840 and the number (45 CFR 162.406)."""
    return len(digits) == 10 and digits[0] in "12" and luhn("80840" + digits)
