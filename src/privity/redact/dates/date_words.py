"""The words of dates: months, days and years as patterns, and what tells that a number counts something instead."""

import re

from privity.redact.reading.folding import DOCUMENT_BREAK, TURN_BREAK
from privity.redact.reading.lexicon import Bit
from privity.redact.reading.spoken_numbers import ORDINALS
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.vocabulary import one_of, vocabulary

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\b\.?"
)
PLAIN_MONTH = MONTH.replace("mar(?:ch)?|", "").replace("may|", "")  # "the second may be" is no date
UNIT = r"(?:one|two|three|four|five|six|seven|eight|nine)"
TEEN = r"(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)"
TENS = r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
NTH = r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)"
ORDINAL = rf"(?:{one_of(ORDINALS)}|(?:twenty|thirty)[\s-]+{NTH})\b"
NUMERIC_DAY = r"(?:[0-2]?[0-9]|3[01])(?:\s?(?:st|nd|rd|th))?\b"
DAY_IN_FIGURES = r"(?:0?[1-9]|1[0-2])\s?/\s?(?:0?[1-9]|[12][0-9]|3[01])"  # the month first, as in the United States
CARDINAL_DAY = rf"(?:(?:twenty|thirty)(?:[\s-]+{UNIT})?|{TEEN}|{UNIT})\b"
DAY = rf"(?:{ORDINAL}|{NUMERIC_DAY}|{CARDINAL_DAY})"
SPOKEN_YEAR = (
    rf"(?:(?:nineteen|twenty)[\s,-]+(?:hundred(?:\s+and)?(?:\s+(?:{TENS}(?:[\s-]+{UNIT})?|{TEEN}|{UNIT}))?|(?:oh|o)[\s-]+{UNIT}|{TEEN}|{TENS}(?:[\s-]+{UNIT})?)|"
    rf"nineteen\s+[0-9]{{2}}|two\s+thousand(?:\s+(?:and\s+)?(?:{TEEN}|{TENS}(?:[\s-]+{UNIT})?|{UNIT}))?)\b"
)
LONG_YEAR = rf"(?:(?:1[89]|20)[0-9]{{2}}\b|'[0-9]{{2}}\b|{SPOKEN_YEAR})"
SHORT_YEAR = rf"(?:{LONG_YEAR}|[0-9]{{2}}\b|{TENS}(?:[\s-]+{UNIT})?\b)"

# Words of which a pattern needs one, where days and months are numbers, and ages of ninety and more in figures.
IN_FIGURES = " ".join(f"{day} {day:02}" for day in range(1, 32))
IN_WORDS = " ".join(re.findall("[a-z]+", f"{UNIT} {TEEN} twenty thirty"))
OF_MONTHS = (  # as MONTH has them
    "jan january feb february mar march apr april may jun june jul july aug august sep sept september sepember oct "
    "october nov november dec december"
)
AGES = " ".join(f"{age}*" for age in range(90, 120))
YEAR_BEHIND = rf"(?:(?:of\s+|then\s+)?{SHORT_YEAR}|in\s+{LONG_YEAR})"  # of a month; "in 12 b" is a seat


def counts_something(transcript: Transcript, end: int) -> bool:
    """Return whether a number goes on, or is one of something: "she is a hundred percent sure"."""
    words = transcript.words
    at = words.at_or_behind(end)
    if at >= len(words.texts) or words.starts[at] > end + 1 or transcript.folded[end] in {TURN_BREAK, DOCUMENT_BREAK}:
        return False
    word = words.texts[at].lower()
    if word in {"oh", "o"} and (at + 1 >= len(words.texts) or not words.bits[at + 1] & (Bit.NUMBER | Bit.DIGITS)):
        return False  # "she is ninety one oh bless her"
    return words.bits[at] & (Bit.NUMBER | Bit.DIGITS) != 0 or (word in vocabulary().units and "year" not in word)
