"""Made-up months of expiry: the 240 of twenty years in an order that the key decides, each becoming the next one."""

from typing import Final

from privity.redact.hiding.dates import english, romance
from privity.redact.hiding.dates.written import below_hundred, year_said
from privity.redact.hiding.made_up.keyed_order import Draw, KeyedOrder, seeded
from privity.redact.hiding.spellings.expiry_months import Expiry, read_expiry

_FIRST_YEAR: Final = 2020
_MONTHS: Final = 240


def made_up_expiry(key: bytes, value: str) -> str | None:
    """Return another month in the form of one, or None for what is no month for sure."""
    read = read_expiry(value)
    if read is None or not read.whole:
        return None
    number = (read.year - _FIRST_YEAR) * 12 + read.month - 1
    if 0 <= number < _MONTHS:
        made = KeyedOrder(key, "expiry", _MONTHS).after(number)
    else:
        made = Draw(seeded(key, "expiry", f"{read.year}-{read.month}")).below(_MONTHS)
    return _written(read, _FIRST_YEAR + made // 12, made % 12 + 1, value)


def _written(read: Expiry, year: int, month: int, value: str) -> str:
    if not any(map(str.isalpha, value)):
        return f"{month:02}{read.between}{year if read.whole_year else f'{year % 100:02}'}"
    if not read.language:
        return f"{month:02}/{year % 100:02}"
    shown = year if read.whole_year else year % 100
    if read.language == "en":
        said = f"{english.MONTHS[month - 1]} {shown if any(map(str.isdigit, value)) else _said(shown)}"
    else:
        said = f"{romance.MONTHS[read.language][month - 1]}{' de ' if read.language == 'es' else ' '}{year}"
    return said if value.islower() else said.upper() if value.isupper() else said.capitalize()


def _said(year: int) -> str:
    return year_said(year) if year >= 100 else below_hundred(year)
