"""Days with a month of Spanish, French, Portuguese and Italian: "admis le 3 mars 2026", "el 5 de mayo", "3 août".

Months that are English words or names as well ("3 mars", "2 mayo") want the article, the "de" or the year beside them.
"""

import re
from collections.abc import Iterator

from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import A_DIGIT, Triggered

_CLEAR = (
    "enero febrero marzo junio agosto septiembre setiembre octubre noviembre diciembre janvier fevrier avril juin "
    "juillet aout septembre octobre novembre decembre janeiro fevereiro junho setembro outubro dezembro gennaio "
    "febbraio aprile giugno luglio settembre ottobre novembre dicembre"
)
_UNCLEAR = "mars mai mayo abril julio maio marco julho maggio"
_YEAR = r"(?:\s+(?:de\s+|del\s+)?((?:19|20)[0-9]{2})\b)?"
_DAY = r"(?:1er|1o|primero|premier|0?[1-9]|[12][0-9]|3[01])"
_DATE = Triggered(
    (
        rf"\b((?:le|el|la|du|au|il|dia)\s+)?({_DAY})\s+(de\s+)?(?:({_CLEAR.replace(' ', '|')})|"
        rf"{_UNCLEAR.replace(' ', '|')})\b{_YEAR}"
    ).encode(),
    needs=(f"{_CLEAR} {_UNCLEAR}", f"primero premier {A_DIGIT}"),
)
_BORN = re.compile(
    r"\b(?:nee?s?(?:\(e\))?|naci(?:o|d[oa])?|nat[oa]|nascid[oa]|naissance|nacimiento|nascimento|nascita)(?:\s*:|\s+(?:es|est))?\s*$",
    re.ASCII,
)
_BORN_REACH = 24

_FOUND = finding(Label.DATE, "date-elsewhere", "a day with a month of another language", 0.93, "form")
_BIRTH = finding(Label.DOB, "date-elsewhere", "a day with a month of another language, behind a birth", 0.95, "form")
NEEDS = _DATE
"""Without these words in a text nothing is found in it."""


def claims(transcript: Transcript) -> Iterator[Claim]:
    """Return the days that are written so."""
    for match in _DATE.finditer(transcript.octets):
        if match[4] or match[1] or match[3] or match[5]:
            born = _BORN.search(transcript.before(match.start(), _BORN_REACH))
            yield Claim(((match.start(2), match.end()),), _BIRTH if born else _FOUND)
